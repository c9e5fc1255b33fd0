//! How many orders a second are taken. Not a law, so it is run by hand, in release:
//! `cargo test --release -p services --test throughput -- --ignored --nocapture --test-threads=1`.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins};
use services::order;
use std::sync::Arc;
use std::time::Instant;
use testkit::TestDb;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// Orders of ten vouchers, taken by so many clients at once.
async fn measured(db: TestDb, orders: usize, clients: usize, name: &str) {
    let shop = Shop::open(db).await;
    let mut ready = Vec::with_capacity(orders);
    for _ in 0..orders {
        ready.push(shop.submission(&pins(10)).await);
    }
    let queue = Arc::new(Mutex::new(ready));
    let start = Instant::now();
    let mut running = JoinSet::new();
    for _ in 0..clients {
        let (services, actor, queue) = (shop.services.clone(), shop.actor.clone(), Arc::clone(&queue));
        running.spawn(async move {
            let mut took = Vec::new();
            loop {
                let Some(submission) = queue.lock().await.pop() else { return took };
                let begun = Instant::now();
                order::submit(&services, &actor, submission).await.unwrap();
                took.push(begun.elapsed());
            }
        });
    }
    let mut took: Vec<_> = running.join_all().await.into_iter().flatten().collect();
    let all = start.elapsed();
    took.sort_unstable();
    tracing::warn!(
        engine = name,
        orders,
        clients,
        per_second = u64::try_from(orders).unwrap() * 1_000_000 / u64::try_from(all.as_micros()).unwrap(),
        median_us = took[took.len() / 2].as_micros(),
        p99_us = took[took.len() * 99 / 100].as_micros(),
        "orders of ten vouchers"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn sqlite() {
    measured(TestDb::sqlite().await, 2000, 16, "SQLite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn postgres() {
    measured(TestDb::postgres().await, 4000, 16, "PostgreSQL").await;
}
