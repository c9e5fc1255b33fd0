//! What asking for the right and writing the audit line add to a use case: `cargo bench -p services --bench rights`. A note on
//! an order is written by the use case, and once more by the same statements without either; the two take turns.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the numbers are what this is run for")]

#[expect(dead_code, reason = "only its wiring is needed here")]
mod shop;

use domain::desk::orders::OrderFilter;
use domain::{Lang, NoteId, OrderCode, Role};
use services::desk::order;
use services::desk::orders::{listed, spots};
use services::{Actor, Services, Staff};
use shop::{variable, wire};
use std::time::{Duration, Instant};
use store::notes::{self, Note};
use store::orders;
use testkit::TestDb;
use testkit::mass::fill;
use testkit::staff::{Member, member_at};

const ORDERS: u64 = 1_000;
const RUNS: usize = 1_000;
const TEXT: &str = "고객과 통화했어요. 내일 다시 연락해요.";

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let engine = variable("RIGHTS_ENGINE").unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if engine != "postgres" {
            run("sqlite", &TestDb::sqlite().await).await;
        }
        if engine != "sqlite" {
            run("postgres", &TestDb::postgres_durable().await).await;
        }
    });
}

async fn run(engine: &str, db: &TestDb) {
    let folder = tempfile::tempdir().unwrap();
    let services = wire(db, &db.keys, folder.path()).await;
    let now = services.clock.now();
    store::seed::seed(db, &db.keys, now).await.unwrap();
    fill(db, &db.keys, ORDERS, now, |_| {}).await;
    let operator = member_at(db, 1, &[Role::Operator], now).await;
    let actor = actor_of(&operator);
    let codes = codes(&services).await;
    let (mut with, mut without) = (Vec::with_capacity(RUNS), Vec::with_capacity(RUNS));
    for run in 0..RUNS {
        let code = &codes[run % codes.len()];
        let began = Instant::now();
        bare(&services, code, &operator).await;
        without.push(began.elapsed());
        let began = Instant::now();
        order::note(&services, &actor, code, TEXT).await.unwrap();
        with.push(began.elapsed());
    }
    let (with, without) = (percents(with), percents(without));
    println!(
        "rights {engine} adds_ms={:.3} adds_p95_ms={:.3} with_ms={:.3} without_ms={:.3} runs={RUNS}",
        with.0 - without.0,
        with.1 - without.1,
        with.0,
        without.0,
    );
}

/// The note without asking whether one may and without a line of it.
async fn bare(services: &Services, code: &str, member: &Member) {
    let code: OrderCode = code.parse().unwrap();
    let mut reader = services.db.read().await.unwrap();
    let order_id = orders::find_by_code(&mut reader, &code).await.unwrap().unwrap().id;
    drop(reader);
    let mut tx = services.db.begin().await.unwrap();
    let now = services.clock.now();
    let id = NoteId::from_bytes(services.chance.id(now));
    let body_enc = services.keys.seal(notes::TABLE, "body_enc", id.bytes(), TEXT.as_bytes()).unwrap();
    let note = Note { id, order_id, user: member.user, body_enc, created_at: now };
    notes::insert(&mut tx, &note).await.unwrap();
    tx.commit().await.unwrap();
}

async fn codes(services: &Services) -> Vec<String> {
    let mut reader = services.db.read().await.unwrap();
    let found = spots(services, &mut reader, &OrderFilter::default(), 100).await.unwrap().spots;
    let listed = listed(services, &mut reader, &found).await.unwrap();
    listed.into_iter().map(|row| row.order.code.to_string()).collect()
}

fn actor_of(member: &Member) -> Actor {
    Actor::Staff(Staff {
        user: member.user,
        login: member.login.clone(),
        name: member.login.clone(),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "203.0.113.9".into(),
        agent: "bench".into(),
        lang: Lang::Ko,
        step_up_at: Some(member.step_up_at),
    })
}

/// Half and 95 of 100 within, milliseconds.
fn percents(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    (at(50), at(95))
}
