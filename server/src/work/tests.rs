//! The lanes as they run in the product: real apalis workers, real partners, both engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use super::{WorkSettings, run};
use common::{Shop, pins};
use domain::{Lane, OrderId, OrderState, Span};
use std::time::{Duration, Instant};
use store::outbox;
use testkit::partners::Party;
use tokio_util::sync::CancellationToken;

#[path = "../../services/tests/common/mod.rs"]
mod common;

fn settings() -> WorkSettings {
    WorkSettings { lanes: Lane::ALL.iter().map(|lane| (*lane, 4)).collect() }
}

async fn paid_within(shop: &Shop, orders: &[OrderId], limit: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        let mut open = false;
        for id in orders {
            open |= shop.order(*id).await.state != OrderState::Paid;
        }
        if !open {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

testkit::both_engines! {
    /// Thirty orders in a row are paid, each once, when the partners answer at once. How fast is a matter of `make bench`.
    async fn orders_are_paid_while_others_come_in(db: TestDb) {
        let shop = Shop::open(db).await;
        let stop = CancellationToken::new();
        let lanes = tokio::spawn(run(shop.services.clone(), settings(), stop.clone()));
        let mut orders = Vec::new();
        for _ in 0..30 {
            orders.push(shop.sell(&pins(3)).await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(paid_within(&shop, &orders, Duration::from_secs(40)).await);
        stop.cancel();
        tokio::time::timeout(Duration::from_secs(25), lanes).await.unwrap().unwrap();
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), orders.len());
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), orders.len() * 3);
    }

    /// A worker took the first row and died. Its alarm is gone with it; only the sweeper knows.
    async fn a_dead_worker_and_a_lost_alarm_cost_seconds(db: TestDb) {
        let shop = Shop::open(db).await;
        let order = shop.sell(&pins(1)).await;
        let work = shop.works(order.bytes()).await.pop().unwrap();
        let now = shop.services.clock.now();
        let mut tx = shop.services.db.begin().await.unwrap();
        let claim = outbox::claim(&mut tx, work.id, "dead", now, now.plus(Span::seconds(4))).await.unwrap();
        tx.commit().await.unwrap();
        assert!(claim.is_some());
        let stop = CancellationToken::new();
        let lanes = tokio::spawn(run(shop.services.clone(), settings(), stop.clone()));
        assert!(!paid_within(&shop, &[order], Duration::from_secs(2)).await, "the lease is kept");
        assert!(paid_within(&shop, &[order], Duration::from_secs(30)).await);
        stop.cancel();
        lanes.await.unwrap();
    }
}
