//! How many orders of ten vouchers are taken in a second, from the call of `order::submit` to the durable commit, at 32
//! callers: `cargo bench -p services --bench submit`. SQLite with synchronous=FULL, PostgreSQL with fsync, each in a
//! folder of its own under the temporary folder. `SUBMIT_ORDERS` and `SUBMIT_ENGINE` (sqlite, postgres) are read.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the numbers are what this is run for")]

mod shop;

use services::order::{self, Submission};
use services::{Actor, Services};
use shop::{ITEMS, prepare, variable, visitor, wire};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::TestDb;

const CALLERS: usize = 32;
const WARM: usize = 200;

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let orders = variable("SUBMIT_ORDERS").and_then(|text| text.parse().ok()).unwrap_or(4_000);
    let engine = variable("SUBMIT_ENGINE").unwrap_or_default();
    if engine != "postgres" {
        runtime.block_on(async { run("sqlite", TestDb::sqlite().await, orders).await });
    }
    if engine != "sqlite" {
        runtime.block_on(async { run("postgres", TestDb::postgres_durable().await, orders).await });
    }
}

async fn run(engine: &str, db: TestDb, orders: usize) {
    let folder = tempfile::tempdir().unwrap();
    let services = wire(&db, &db.keys, folder.path()).await;
    let now = services.clock.now();
    store::seed::seed(&db, &db.keys, now).await.unwrap();
    let facts = db.check().await.unwrap();
    let actor = visitor();
    let mut prepared = prepare(&services, WARM + orders).await;
    let measured = prepared.split_off(WARM);
    submit_all(&services, &actor, prepared).await;
    let began = Instant::now();
    let mut times = submit_all(&services, &actor, measured).await;
    let took = began.elapsed();
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let per_second = u128::try_from(times.len()).unwrap() * 1_000_000 / took.as_micros();
    println!(
        "submit {engine} {} orders_per_s={per_second} p50_ms={} p95_ms={} p99_ms={} orders={} items={ITEMS} callers={CALLERS}",
        facts.version.split_whitespace().next().unwrap_or_default(),
        millis(at(50)),
        millis(at(95)),
        millis(at(99)),
        times.len(),
    );
}

fn millis(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{}", micros / 1_000, micros % 1_000 / 100)
}

/// Every submission once, `CALLERS` at a time; how long each took.
async fn submit_all(services: &Services, actor: &Actor, submissions: Vec<Submission>) -> Vec<Duration> {
    let submissions = Arc::new(submissions);
    let next = Arc::new(AtomicUsize::new(0));
    let callers = (0..CALLERS).map(|_| {
        let (services, actor) = (services.clone(), actor.clone());
        let (submissions, next) = (Arc::clone(&submissions), Arc::clone(&next));
        tokio::spawn(async move {
            let mut times = Vec::new();
            while let Some(submission) = submissions.get(next.fetch_add(1, Ordering::Relaxed)) {
                let submission = submission.clone();
                let began = Instant::now();
                order::submit(&services, &actor, submission).await.unwrap();
                times.push(began.elapsed());
            }
            times
        })
    });
    let mut all = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        all.extend(caller.await.unwrap());
    }
    all
}
