//! How long the back office's first pages take with a year of orders behind them: `cargo bench -p services --bench desk`.
//! `DESK_ENGINE` (sqlite, postgres), `DESK_ORDERS` (1,000,000) and `DESK_SHOW` (any text: a line for each filter) are read.
//! `DESK_NO_LIST` leaves the list out. `DESK_FILE` is a SQLite file and `DESK_URL` a PostgreSQL database to fill
//! once and keep; `DESK_HOLD` waits at the end with the database open.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the numbers are what this is run for")]

#[expect(dead_code, reason = "only its wiring is needed here")]
mod shop;

use domain::desk::orders::{Column, Find, OrderFilter};
use domain::{ExportFormat, Lang, Span, Timestamp, UserId};
use services::desk::exports::{self, Asked};
use services::desk::orders::{Spots, find_of, listed, spots};
use services::desk::stats;
use services::{Services, work};
use shop::{variable, wire};
use std::time::{Duration, Instant};
use store::crypto::NumberedKey;
use store::{Db, DbSettings, Keyring, orders, outbox};
use testkit::TestDb;
use testkit::mass::{account, fill, phone};

const PAGE: usize = 50;
const RUNS: usize = 40;

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let engine = variable("DESK_ENGINE").unwrap_or_default();
    if engine != "postgres" {
        runtime.block_on(async {
            if let Some(path) = variable("DESK_FILE") {
                let db = Db::open(&DbSettings::sqlite(path)).await.unwrap();
                db.migrate().await.unwrap();
                Box::pin(run("sqlite", &db, &fixed_keys())).await;
            } else {
                let db = TestDb::sqlite().await;
                Box::pin(run("sqlite", &db, &db.keys)).await;
            }
        });
    }
    if engine != "sqlite" {
        runtime.block_on(async {
            if let Some(url) = variable("DESK_URL") {
                let db = Db::open(&DbSettings::postgres(url)).await.unwrap();
                db.migrate().await.unwrap();
                Box::pin(run("postgres", &db, &fixed_keys())).await;
            } else {
                let db = TestDb::postgres_durable().await;
                Box::pin(run("postgres", &db, &db.keys)).await;
            }
        });
    }
}

/// For a file that is kept. They guard made-up people.
fn fixed_keys() -> Keyring {
    let key = |from: u8| NumberedKey { id: 1, bytes: std::array::from_fn(|at| from + u8::try_from(at).unwrap()) };
    Keyring::new(vec![key(1)], vec![key(101)]).unwrap()
}

async fn run(engine: &str, db: &Db, keys: &Keyring) {
    let folder = tempfile::tempdir().unwrap();
    let services = wire(db, keys, folder.path()).await;
    let count = variable("DESK_ORDERS").and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let began = Instant::now();
    let mut reader = db.read().await.unwrap();
    let there = orders::any(&mut reader).await.unwrap();
    drop(reader);
    let now = services.clock.now();
    if !there {
        store::seed::seed(db, keys, now).await.unwrap();
        fill(db, keys, count, now, |_| {}).await;
        println!("desk-fill {engine} orders={count} seconds={}", began.elapsed().as_secs());
    }
    let mut slowest = (Duration::ZERO, String::new());
    let cases = if variable("DESK_NO_LIST").is_some() { Vec::new() } else { cases(&services, now) };
    for (name, filters) in cases {
        let (time, found, short) = measure(&services, &filters).await;
        if variable("DESK_SHOW").is_some() {
            println!("desk-filter {engine} {name}: p95_ms={} rows={found} short={short}", millis(time));
        }
        if time > slowest.0 {
            slowest = (time, name.to_owned());
        }
    }
    println!("desk {engine} list_p95_ms={} slowest={} orders={count}", millis(slowest.0), slowest.1);
    let began = Instant::now();
    let mut days = 0;
    // Today is due again every fifteen seconds.
    while days < stats::DAYS.unsigned_abs() {
        days += u64::try_from(stats::count(&services).await.unwrap()).unwrap().max(1);
    }
    println!("desk {engine} days_counted={days} seconds={}", began.elapsed().as_secs());
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let figures = stats::figures(&services).await.unwrap();
        assert!(figures.days.len() > 30 && !figures.taken.is_empty());
        times.push(began.elapsed());
    }
    times.sort_unstable();
    println!("desk {engine} dashboard_p95_ms={} orders={count}", millis(times[RUNS * 95 / 100]));
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        Box::pin(export(engine, &services, format, now)).await;
    }
    if variable("DESK_HOLD").is_some() {
        tokio::time::sleep(Duration::from_secs(1_800)).await;
    }
}

/// A tenth of the year as a file: rows, seconds, and how much memory the whole process had at most.
async fn export(engine: &str, services: &Services, format: ExportFormat, now: Timestamp) {
    let from = now.minus(Span::days(36)).kst_day();
    let asked = Asked {
        user: UserId::from_u128(1),
        filter: OrderFilter::parse_query(&format!("from={from}"), Lang::Ko).unwrap(),
        columns: Column::ALL.to_vec(),
        format,
        lang: Lang::Ko,
        unmasked: false,
        reason: "figures".to_owned(),
    };
    let mut tx = services.db.begin().await.unwrap();
    let id = exports::ask(services, &mut tx, asked).await.unwrap();
    let work = outbox::of_subject(&mut tx, id.bytes()).await.unwrap().pop().unwrap();
    tx.commit().await.unwrap();
    let (began, before) = (Instant::now(), rss());
    let mut most = before;
    let run = work::run(services, work.id, "bench");
    tokio::pin!(run);
    let ran = loop {
        tokio::select! {
            ran = &mut run => break ran.unwrap(),
            () = tokio::time::sleep(Duration::from_millis(20)) => most = most.max(rss()),
        }
    };
    assert_eq!(ran, work::Ran::Done);
    let mut reader = services.db.read().await.unwrap();
    let done = store::exports::find(&mut reader, id).await.unwrap().unwrap();
    println!(
        "desk {engine} export={format} rows={} bytes={} seconds={} rss_mb={} before_mb={}",
        done.done_rows,
        done.bytes,
        began.elapsed().as_secs(),
        most / 1024,
        before / 1024,
    );
}

/// Kilobytes of memory this process has.
fn rss() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn millis(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{}", micros / 1_000, micros % 1_000 / 100)
}

/// Each kind of filter with several values, since one value may be kind.
fn cases(services: &Services, now: Timestamp) -> Vec<(&'static str, Vec<OrderFilter>)> {
    let read = |query: &str| OrderFilter::parse_query(query, Lang::Ko).unwrap();
    let day = |back: i64| now.minus(Span::days(back)).kst_day().to_string();
    let each = |queries: &[String]| queries.iter().map(|query| read(query)).collect::<Vec<_>>();
    let states = ["submitted", "verifying", "locking", "settled", "paying", "paid", "rejected", "cancelled", "held"];
    let brands: Vec<&str> = domain::catalogue::seed_brands().iter().map(|brand| brand.brand).collect();
    let banks = ["004", "088", "048", "071", "027"];
    let of = |name: &str, values: &[&str], more: &str| -> Vec<String> {
        values.iter().map(|value| format!("{name}={value}{more}")).collect()
    };
    let mut both = Vec::new();
    for state in states {
        both.extend(of("brand", &brands, &format!("&state={state}")));
    }
    let mut cases = vec![
        ("newest", each(&[String::new()])),
        ("oldest", each(&["sort=oldest".to_owned()])),
        ("amount", each(&["sort=amount".to_owned()])),
        ("points", each(&["sort=risk".to_owned()])),
        ("state", each(&of("state", &states, ""))),
        ("state-oldest", each(&of("state", &states, "&sort=oldest"))),
        ("states", each(&["state=held,verifying,submitted".to_owned(), "state=rejected,cancelled".to_owned()])),
        ("state-amount", each(&of("state", &states, "&sort=amount"))),
        ("brand", each(&of("brand", &brands, ""))),
        ("bank", each(&of("bank", &banks, ""))),
        ("speed", each(&["speed=instant".to_owned(), "speed=next_morning".to_owned()])),
        ("held", each(&["held=over_auto_limit".to_owned(), "held=never_heard".to_owned()])),
        ("amounts", each(&["min=400000".to_owned(), "min=2000000".to_owned(), "max=10000".to_owned()])),
        ("risk", each(&["risk=1".to_owned(), "risk=40".to_owned(), "risk=65".to_owned(), "risk=500".to_owned()])),
        ("open", each(&["open=1".to_owned()])),
        ("day", each(&[format!("from={0}&to={0}", day(0)), format!("from={0}&to={0}", day(90))])),
        ("month", each(&[format!("from={}&to={}", day(60), day(30)), format!("to={}", day(300))])),
        ("state-brand", each(&both)),
        ("state-day", each(&of("state", &states, &format!("&from={0}&to={0}", day(7))))),
        ("state-month", each(&of("state", &states, &format!("&from={}&to={}", day(60), day(30))))),
        ("state-bank", each(&of("state", &states, "&bank=071"))),
        ("brand-day", each(&of("brand", &brands, &format!("&from={0}&to={0}", day(7))))),
        ("brand-amounts", each(&of("brand", &brands, "&min=300000"))),
        ("bank-speed", each(&of("bank", &banks, "&speed=next_morning"))),
        ("risk-state", each(&of("state", &states, "&risk=30"))),
        ("all-at-once", each(&of("brand", &brands, "&state=paid&bank=004&speed=instant&min=50000&risk=1&sort=amount"))),
    ];
    let sealed = |typed: &str| OrderFilter { find: find_of(services, typed).unwrap(), ..OrderFilter::default() };
    let people: Vec<OrderFilter> = (0..10).map(|n| sealed(phone(n * 31).expose())).collect();
    let accounts: Vec<OrderFilter> = (0..10).map(|n| sealed(account(n * 31).expose())).collect();
    assert!(people.iter().all(|filter| matches!(filter.find, Some(Find::Sealed(_)))));
    cases.push(("phone", people));
    cases.push(("account", accounts));
    cases
}

/// 95 of 100 within; the rows of all pages seen, and how many of these ended early.
async fn measure(services: &Services, filters: &[OrderFilter]) -> (Duration, usize, usize) {
    let mut times = Vec::new();
    let (mut rows, mut short) = (0, 0);
    for run in 0..RUNS.max(filters.len()) {
        let mut filter = filters[run % filters.len()].clone();
        // Every third look goes on to later pages.
        for _ in 0..=(run % 3) {
            let began = Instant::now();
            let mut reader = services.db.read().await.unwrap();
            let Spots { spots: found, next, looked_until } = spots(services, &mut reader, &filter, PAGE).await.unwrap();
            rows += listed(services, &mut reader, &found).await.unwrap().len();
            times.push(began.elapsed());
            short += usize::from(looked_until.is_some());
            filter.after = next;
            if next.is_none() {
                break;
            }
        }
    }
    times.sort_unstable();
    (times[(times.len() * 95 / 100).min(times.len() - 1)], rows, short)
}
