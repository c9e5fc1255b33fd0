//! From the last button to the money, with partners that answer at once: `cargo bench -p pindesk --bench paid`. Two
//! hundred orders of one to five vouchers, four customers at a time, through the whole product on SQLite and PostgreSQL.
//! The times are the order's own: when it was taken and when the bank had paid.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "the numbers are what this is run for")]

use domain::OrderCode;
use futures::future::join_all;
use std::time::Duration;
use store::orders;
use testkit::product::Product;
use testkit::shopper::{BRANDS, Ending, Person, Shopper, voucher};

const CUSTOMERS: usize = 4;

fn main() {
    // `cargo test --all-targets` starts benches too; only `cargo bench` says so.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let orders = variable("PAID_ORDERS").and_then(|text| text.parse().ok()).unwrap_or(200);
    let engine = variable("PAID_ENGINE").unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if engine != "postgres" {
            run("sqlite", Product::sqlite(&[]).await, orders).await;
        }
        if engine != "sqlite" {
            run("postgres", Product::postgres(&[]).await, orders).await;
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "a bench has no configuration file")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

async fn run(engine: &str, mut product: Product, orders: usize) {
    let mut codes = Vec::new();
    while codes.len() < orders {
        let customers = (0..CUSTOMERS.min(orders - codes.len())).map(|at| one(&product, codes.len() + at));
        codes.extend(join_all(customers).await);
    }
    product.quiet(Duration::from_secs(60)).await;
    let books = product.books().await;
    let mut reader = books.read().await.unwrap();
    let mut times = Vec::new();
    for code in &codes {
        let code: OrderCode = code.parse().unwrap();
        let order = orders::find_by_code(&mut reader, &code).await.unwrap().unwrap();
        times.push(order.paid_at.unwrap().since(order.created_at).as_micros() / 1_000);
    }
    drop(reader);
    books.close().await;
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    println!("paid {engine} p50_ms={} p95_ms={} max_ms={} orders={}", at(50), at(95), at(100), times.len());
}

async fn one(product: &Product, n: usize) -> String {
    let vouchers: Vec<_> = (0..=n % 5).map(|at| voucher(BRANDS[(n + at) % BRANDS.len()], Ending::Good)).collect();
    let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
    let form = shopper.prepare(&vouchers).await.unwrap_or_else(|trouble| panic!("{trouble}"));
    let code = shopper.submit_stubbornly(&form).await.unwrap();
    let view = shopper.finished(&code, Duration::from_secs(30)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(view["paid"], true, "{view}");
    code
}
