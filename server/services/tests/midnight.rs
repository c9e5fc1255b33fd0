//! Payouts around midnight in Korea, where the rail's keys begin anew: a transfer is known under the day it arrived.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins, quick};
use domain::bank::RailRest;
use domain::wire::SellView;
use domain::{AttemptState, OrderId, OrderState, PayoutState, Span, Timestamp};
use serde_json::json;
use services::sell::{self, YouInput};
use services::{Actor, Policy, Visitor, order_view, work};
use std::time::Duration;
use testkit::partners::Party;

fn kst(text: &str) -> Timestamp {
    Timestamp::from_kst_yyyymmddhhmmss(text).unwrap()
}

/// As the shop runs: with the rail's rest, and delays that need no waiting.
fn usual() -> Policy {
    let (waits, most) = (domain::policy::INQUIRY_WAITS.to_vec(), domain::policy::MOST_INQUIRIES);
    let lease = Span::seconds(60);
    let settle_delay = Span::minutes(5);
    Policy { rail_rest: RailRest::USUAL, inquiry_schedule: waits, max_inquiries: most, settle_delay, lease, ..quick() }
}

/// An order whose vouchers are redeemed and whose payout could not be sent yet; then the bank's clock goes ahead.
async fn ready_to_pay(shop: &Shop, now: Timestamp) -> OrderId {
    shop.partners.faults(json!([{ "party": "bank", "operation": "receive_inquiry", "fault": "500_before" }])).await;
    let id = shop.sell(&pins(1)).await;
    work::run_due(&shop.services, "test").await.unwrap();
    assert_eq!(shop.payout(id).await.unwrap().state, PayoutState::Ready, "{}", shop.story(id).await);
    shop.partners.behave().await;
    shop.set_clock(now, Span::minutes(11)).await;
    id
}

/// When the order's page says the money will come.
async fn eta_shown(shop: &Shop, id: OrderId) -> Option<String> {
    let order = shop.order(id).await;
    let Actor::Visitor(visitor) = &shop.actor else { unreachable!("a shop has a visitor") };
    let owner = Actor::Visitor(Visitor { grants: vec![id], ..visitor.clone() });
    order_view::view(&shop.services, &owner, order.code.as_str()).await.unwrap().eta
}

/// A draft of one voucher, priced, with the bank chosen.
async fn quoted(shop: &Shop) -> SellView {
    let (services, actor) = (&shop.services, &shop.actor);
    let words = format!("컬쳐랜드 10,000원\n{}", common::pin());
    let pasted = sell::paste(services, actor, None, &words, "").await.unwrap();
    let some = pasted.token.as_ref();
    sell::quote(services, actor, some, None).await.unwrap();
    let you = YouInput { bank_code: Some("004".into()), ..YouInput::default() };
    sell::payee(services, actor, some, you).await.unwrap().view
}

testkit::both_engines! {
    async fn nothing_is_sent_around_midnight_and_the_time_is_shown(db: TestDb) {
        let shop = Shop::at(db, usual(), kst("20261120235200")).await;
        let id = shop.sell(&pins(1)).await;
        work::run_due(&shop.services, "test").await.unwrap();
        let payout = shop.payout(id).await.unwrap();
        assert_eq!((payout.state, payout.next_check_at), (PayoutState::Ready, Some(kst("20261121000500"))));
        let eta = eta_shown(&shop, id).await.unwrap();
        assert!(eta.contains("자정") && eta.contains("00:05"), "{eta}");
        shop.set_clock(kst("20261121000459"), Span::ZERO).await;
        work::run_due(&shop.services, "test").await.unwrap();
        assert!(shop.partners.journal(Party::Bank).is_empty(), "the bank was asked nothing");
        shop.set_clock(kst("20261121000500"), Span::ZERO).await;
        work::run_due(&shop.services, "test").await.unwrap();
        assert_eq!(shop.order(id).await.state, OrderState::Paid);
        assert_eq!(eta_shown(&shop, id).await, None);
    }

    async fn who_sells_around_midnight_sees_when_the_money_comes(db: TestDb) {
        let shop = Shop::at(db, usual(), kst("20261120234400")).await;
        let eta = async |shop: &Shop| quoted(shop).await.quote.unwrap().eta;
        assert!(!eta(&shop).await.contains("자정"), "there is time enough");
        // Checked by ten to midnight.
        shop.move_clock(kst("20261120234501"));
        let words = eta(&shop).await;
        assert!(words.contains("자정") && words.contains("00:05"), "{words}");
        assert_eq!(quoted(&shop).await.you.bank_warning, None, "the bank itself is not at rest yet");
        shop.move_clock(kst("20261120235100"));
        let warning = quoted(&shop).await.you.bank_warning.unwrap();
        assert!(warning.contains("자정") && warning.contains("00:05"), "{warning}");
    }

    /// The rest begins while the bank is slow to say whose account it is.
    async fn the_rest_is_looked_at_again_with_the_intent(db: TestDb) {
        let shop = Shop::at(db, usual(), kst("20261120234959")).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "token", "fault": "slow", "delay_ms": 2 }])).await;
        let id = shop.sell(&pins(1)).await;
        let (services, asks) = (shop.services.clone(), async {
            while !shop.partners.journal(Party::Bank).iter().any(|line| line["operation"] == "token") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            shop.move_clock(kst("20261120235001"));
        });
        let (ran, ()) = tokio::join!(work::run_due(&services, "test"), asks);
        ran.unwrap();
        let lines = shop.partners.journal(Party::Bank);
        assert!(lines.iter().any(|line| line["operation"] == "receive_inquiry"), "the holder was asked for");
        assert!(lines.iter().all(|line| line["operation"] != "deposit"));
        let payout = shop.payout(id).await.unwrap();
        assert_eq!((payout.state, payout.next_check_at), (PayoutState::Ready, Some(kst("20261121000500"))));
        assert!(shop.payout_attempts(id).await.is_empty(), "no intent was written");
    }

    /// The bank's clock is far ahead: sent today, booked tomorrow, and the answer is lost. Asked under today alone the
    /// bank would say twice that it never saw it.
    async fn a_lost_transfer_that_slipped_over_midnight_is_found_under_its_day_and_paid_once(db: TestDb) {
        let shop = Shop::at(db, usual(), kst("20261120234800")).await;
        let id = ready_to_pay(&shop, kst("20261120234950")).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": "timeout_after", "delay_ms": 1500 }])).await;
        work::run_due(&shop.services, "test").await.unwrap();
        let attempt = shop.payout_attempts(id).await.pop().unwrap();
        assert_eq!((attempt.state, attempt.tran_date.as_str()), (AttemptState::Unknown, "20261120"));
        let done = shop.step_until(Span::minutes(1), 40, async |shop| shop.order(id).await.state == OrderState::Paid).await;
        let transfers = shop.partners.journal(Party::Bank).into_iter().filter(|line| line["operation"] == "deposit");
        let days: Vec<_> = transfers.map(|line| line["date"].clone()).collect();
        assert_eq!(days, ["20261121"], "one transfer, booked when it arrived: {}", shop.story(id).await);
        assert!(done, "{}", shop.story(id).await);
        let attempts = shop.payout_attempts(id).await;
        assert_eq!(attempts.len(), 1);
        assert_eq!((attempts[0].state, attempts[0].tran_date.as_str()), (AttemptState::Accepted, "20261121"));
    }

    /// What never arrived is looked for under both days before it is made again.
    async fn not_found_near_midnight_means_on_both_days(db: TestDb) {
        let now = kst("20261120234950");
        let shop = Shop::at(db, usual(), now).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": "timeout_before", "delay_ms": 1500, "count": 1 }])).await;
        let id = shop.sell(&pins(1)).await;
        let done = shop.step_until(Span::minutes(1), 60, async |shop| shop.order(id).await.state == OrderState::Paid).await;
        assert!(done, "{}", shop.story(id).await);
        let lines = shop.partners.journal(Party::Bank);
        let asked: Vec<_> = lines.iter().filter(|line| line["operation"] == "result").map(|line| line["date"].as_str().unwrap()).collect();
        assert!(asked.len() >= 4 && asked.chunks(2).all(|pair| pair == ["20261120", "20261121"]), "{asked:?}");
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 1);
    }

    async fn the_banks_day_is_kept_and_the_committed_time_is_sent(db: TestDb) {
        let shop = Shop::at(db, usual(), kst("20261120234800")).await;
        let id = ready_to_pay(&shop, kst("20261120234930")).await;
        work::run_due(&shop.services, "test").await.unwrap();
        assert_eq!(shop.order(id).await.state, OrderState::Paid);
        let attempt = shop.payout_attempts(id).await.pop().unwrap();
        assert_eq!((attempt.tran_date.as_str(), attempt.tran_dtime.as_str()), ("20261121", "20261120234930"));
        let line = shop.partners.journal(Party::Bank).into_iter().find(|line| line["operation"] == "deposit").unwrap();
        assert_eq!((line["date"].as_str(), line["sent"].as_str()), (Some("20261121"), Some("20261120234930")));
    }
}
