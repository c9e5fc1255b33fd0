//! The dashboard's figures are those of the orders behind them.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, quick};
use domain::desk::stats::{Measure, SaleStep};
use domain::{KstDate, OrderState, Span};
use services::desk::stats::{DAYS, Figures, count, figures};
use store::day_stats;
use testkit::clock::NOON;
use testkit::mass::{Fact, fill};

fn of(figures: &Figures, measure: Measure, day: KstDate) -> i64 {
    figures.days.iter().filter(|count| (count.measure, count.day) == (measure, day)).map(|count| count.number).sum()
}

testkit::both_engines! {
    async fn each_day_is_counted_as_its_orders_say(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        let mut facts: Vec<Fact> = Vec::new();
        fill(&services.db, &services.keys, 8_000, NOON, |fact| facts.push(fact)).await;
        let mut tx = services.db.begin().await.unwrap();
        for (sale, step) in [(1, SaleStep::Begun), (1, SaleStep::Quoted), (2, SaleStep::Begun), (1, SaleStep::Begun)] {
            day_stats::step(&mut tx, step, [sale; 32], NOON.minus(Span::minutes(1))).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut rounds = 0;
        while count(services).await.unwrap() > 0 {
            rounds += 1;
            assert!(rounds < 40, "counting has an end while the clock stands");
        }
        assert_eq!(rounds, DAYS.unsigned_abs().div_ceil(3), "a few days each time");
        let seen = figures(services).await.unwrap();
        assert_eq!((seen.today, seen.counted_at), (NOON.kst_day(), Some(NOON)));
        for back in 0..DAYS {
            let day = NOON.kst_day().plus_days(-back);
            let of_day: Vec<&Fact> = facts.iter().filter(|fact| fact.spot.created_at.kst_day() == day).collect();
            assert_eq!(of(&seen, Measure::Orders, day), i64::try_from(of_day.len()).unwrap(), "{day}");
            let paid = facts.iter().filter(|fact| {
                fact.state == OrderState::Paid && fact.spot.created_at.plus(Span::minutes(4)).kst_day() == day
            });
            assert_eq!(of(&seen, Measure::Paid, day), i64::try_from(paid.count()).unwrap(), "{day}");
        }
        assert_eq!((of(&seen, Measure::Begun, seen.today), of(&seen, Measure::Quoted, seen.today)), (2, 1));
        let first = NOON.kst_day().plus_days(1 - DAYS);
        let within = |fact: &&Fact| fact.spot.created_at.plus(Span::minutes(4)).kst_day() >= first;
        let refused = facts.iter().filter(within).filter(|fact| fact.state == OrderState::Rejected).count();
        let mut reader = services.db.read().await.unwrap();
        let parts = day_stats::parts(&mut reader, first, seen.today, Measure::Rejected).await.unwrap();
        drop(reader);
        let vouchers: i64 = parts.iter().map(|part| part.number).sum();
        assert!(refused > 5 && vouchers >= i64::try_from(refused).unwrap(), "{refused} orders, {vouchers} vouchers");
        assert!(parts.iter().all(|part| !part.brand.is_empty() && part.reason == "declined"));
        assert!(seen.taken.len() > 3);
        let held = facts.iter().filter(|fact| fact.state == OrderState::Held).count();
        let standing = seen.standing.iter().find(|(state, ..)| *state == OrderState::Held).map(|(_, orders, _)| *orders);
        assert_eq!(standing, Some(i64::try_from(held).unwrap()));

        // Today again once its figures are old, and only today.
        shop.move_clock(NOON.plus(Span::seconds(14)));
        assert_eq!(count(services).await.unwrap(), 0);
        shop.move_clock(NOON.plus(Span::seconds(15)));
        assert_eq!(count(services).await.unwrap(), 1);
        let again = figures(services).await.unwrap();
        assert_eq!(of(&again, Measure::Orders, again.today), of(&seen, Measure::Orders, seen.today), "not twice");
    }
}
