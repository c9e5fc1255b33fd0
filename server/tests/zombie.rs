//! A process that is stopped in its tracks for longer than its lease, while its work is given to somebody else, and then
//! goes on as if nothing had happened. Its late writes change nothing and it sends nothing any more.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use futures::future::join_all;
use std::time::Duration;
use testkit::balance::balance;
use testkit::product::{Product, report};
use testkit::shopper::{BRANDS, Ending, Person, Shopper, voucher};

/// Work that moves money is held twice as long, and the sweeper comes every five seconds.
const LEASE: (&str, &str) = ("PINDESK_WORK_LEASE_S", "3");
/// On SQLite there is one process, and what it had under way when it was stopped may well be written before its own
/// sweeper comes. So one redemption's answer is kept back for longer than stop, lease and sweep together: while it sleeps
/// its work is given to another worker of the same process, and it must come back to a claim that is not its own.
const ASLEEP: (&str, &str) = ("PINDESK_FAILPOINT", "lock.after_call:stall30");
const STOPPED: Duration = Duration::from_millis(12_000);
const ROUNDS: u64 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_process_does_nothing_late_on_sqlite() {
    rounds(Product::sqlite(&[LEASE, ASLEEP]).await, false).await;
}

/// With a second process that takes the work over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_process_does_nothing_late_on_postgres() {
    rounds(Product::postgres(&[LEASE]).await, true).await;
}

async fn rounds(mut product: Product, with_helper: bool) {
    let mut codes = Vec::new();
    for round in 0..ROUNDS {
        let shoppers = (0..3_usize).map(|at| {
            let vouchers: Vec<_> = (0..4).map(|n| voucher(BRANDS[(at + n) % BRANDS.len()], Ending::Good)).collect();
            let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
            async move {
                let form = shopper.prepare(&vouchers).await.unwrap_or_else(|trouble| panic!("{trouble}"));
                (shopper, form)
            }
        });
        let mut ready = join_all(shoppers).await;
        // Answers take a while, so that the stop meets calls under way: every question to the issuer does.
        let slow = serde_json::json!([
            { "party": "issuer", "operation": "inquiry", "fault": "slow", "delay_ms": 4 },
            { "party": "issuer", "operation": "redeem", "fault": "timeout_after", "delay_ms": 400, "probability": 0.3, "seed": round },
            { "party": "bank", "operation": "deposit", "fault": "timeout_after", "delay_ms": 400, "probability": 0.5, "seed": round },
        ]);
        product.partners.bend(&slow).await;
        for (shopper, form) in &mut ready {
            codes.push(shopper.submit_stubbornly(form).await.unwrap());
        }
        tokio::time::sleep(Duration::from_millis(20 + round * 130)).await;
        product.pause();
        let helper = with_helper.then(|| product.helper());
        tokio::time::sleep(STOPPED).await;
        product.resume();
        product.partners.behave().await;
        for ((shopper, _), code) in ready.iter_mut().zip(&codes[codes.len() - 3..]) {
            shopper.finished(code, Duration::from_secs(90)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
        }
        drop(helper);
    }
    product.quiet(Duration::from_secs(180)).await;
    let late = product.log().matches("a worker was too late").count();
    let balance = balance(&product, &codes).await;
    report(&format!(
        "zombie: {ROUNDS} stops of {STOPPED:?}, {} orders, {} redemptions, {} transfers, {late} late writes refused, {} differences",
        balance.orders,
        balance.redemptions,
        balance.transfers,
        balance.differences.len()
    ));
    balance.assert_even();
    assert_eq!(balance.orders, codes.len());
    // Work was given to somebody else while it stood still or slept, so it must have come back with something to say.
    assert!(late > 0, "no stop met work under way");
}
