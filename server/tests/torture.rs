//! SIGKILL at any moment between the order and the money, again and again; afterwards the partners' journals and our
//! database say the same, one to one.
//!
//! `PINDESK_TORTURE_KILLS` kills on each engine (30 by default; `make torture` asks for 300), `PINDESK_TORTURE_SEED` for the
//! moments. On SQLite there is one process; on PostgreSQL the server and the worker are two, and either dies. Every second
//! kill is an abort inside the program at a named failpoint, walked through in turn; the others come from outside at
//! random moments. Meanwhile customers press the last button and press it again when the
//! page does not load, vouchers end well and badly, and the partners answer late, broken or not at all.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use futures::future::join_all;
use serde_json::json;
use std::time::Duration;
use testkit::balance::balance;
use testkit::product::{Helper, Product, report};
use testkit::shopper::{BRANDS, Ending, Form, Person, Shopper, Voucher, voucher};

/// Orders under way during one round of kills.
const SHOPPERS: u64 = 4;
/// Kills in a round; then everything is let to its end before the next one.
const ROUND: u32 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_done_twice_on_sqlite() {
    torture(Rig { product: Product::sqlite(&[]).await, worker: None }, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_done_twice_on_postgres() {
    let product = Product::postgres(&[("PINDESK_WORK_INSIDE_SERVE", "false")]).await;
    let worker = Some(product.helper());
    torture(Rig { product, worker }, 2).await;
}

/// What is killed: one process, or the server and its worker.
struct Rig {
    product: Product,
    worker: Option<Helper>,
}

impl Rig {
    /// From outside, at any moment.
    async fn kill(&mut self, chance: &mut Chance) {
        if self.worker.is_some() && chance.below(2) == 0 {
            self.renew_worker(&[]);
        } else {
            self.product.restart().await;
        }
    }

    /// The old one dies first.
    fn renew_worker(&mut self, settings: &[(&str, &str)]) {
        drop(self.worker.take());
        self.worker = Some(self.product.helper_with(settings));
    }

    /// A life that ends by itself at the next named place. Says whether it got there.
    async fn at_failpoint(&mut self, place: usize, chance: &mut Chance) -> bool {
        let name = services::FAILPOINTS[place % services::FAILPOINTS.len()];
        let point = format!("{name}:abort:{}", 1 + chance.below(3));
        let setting = [("PINDESK_FAILPOINT", point.as_str())];
        // What a customer does is done by the server, all else by the worker where there is one.
        let at_work = self.worker.is_some() && !name.starts_with("submit.") && !name.starts_with("cancel.");
        if at_work {
            self.renew_worker(&setting);
        } else {
            self.product.kill9();
            if self.product.try_start(&setting).await.is_err() {
                self.product.start().await;
                return true;
            }
        }
        let mut reached = false;
        for _ in 0..chance.below(40) {
            reached =
                if at_work { self.worker.as_mut().is_some_and(Helper::ended) } else { self.product.ended().is_some() };
            if reached {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if at_work {
            self.renew_worker(&[]);
        } else {
            self.product.restart().await;
        }
        reached
    }
}

async fn torture(mut rig: Rig, salt: u64) {
    let kills = setting("PINDESK_TORTURE_KILLS", 30);
    let seed = setting("PINDESK_TORTURE_SEED", 20_261_121);
    report(&format!("torture: {kills} kills, PINDESK_TORTURE_SEED={seed}"));
    let mut chance = Chance(seed.wrapping_mul(2).wrapping_add(salt));
    let kills = u32::try_from(kills).unwrap();
    let mut codes = Vec::new();
    let mut done = 0;
    let mut aborted = 0_u32;
    let mut place = usize::try_from(salt).unwrap();
    while done < kills {
        let mut prepared = prepare(&rig.product, &mut chance).await;
        rig.product.partners.bend(&faults(&mut chance)).await;
        let pressed: Vec<_> = prepared
            .drain(..)
            .map(|(mut shopper, form)| {
                let wait = chance.millis(0, 2_500);
                tokio::spawn(async move {
                    tokio::time::sleep(wait).await;
                    let code = shopper.submit_stubbornly(&form).await;
                    (shopper, code)
                })
            })
            .collect();
        for _ in 0..ROUND.min(kills - done) {
            if done % 2 == 0 {
                tokio::time::sleep(chance.millis(30, 1_500)).await;
                rig.kill(&mut chance).await;
            } else {
                place += 1;
                aborted += u32::from(rig.at_failpoint(place, &mut chance).await);
            }
            done += 1;
        }
        let mut round = Vec::new();
        for pressed in pressed {
            let (shopper, code) = pressed.await.unwrap();
            round.push((shopper, code.unwrap()));
        }
        rig.product.partners.behave().await;
        for (shopper, code) in &mut round {
            let view =
                shopper.finished(code, Duration::from_secs(90)).await.unwrap_or_else(|trouble| panic!("{trouble}"));
            assert_eq!(view["code"], code.as_str());
        }
        codes.extend(round.into_iter().map(|(_, code)| code));
    }
    rig.product.quiet(Duration::from_secs(180)).await;
    drop(rig.worker.take());
    let balance = balance(&rig.product, &codes).await;
    report(&format!(
        "torture: {done} kills ({aborted} at failpoints), {} orders, {} redemptions, {} transfers, {} messages, {} differences",
        balance.orders,
        balance.redemptions,
        balance.transfers,
        balance.messages,
        balance.differences.len()
    ));
    balance.assert_even();
    assert_eq!(balance.orders, codes.len(), "every order was one a customer was told of");
    assert!(balance.redemptions > 0 && balance.transfers > 0, "something was at stake");
    assert!(aborted > 0 || done < 10, "no life ended at a failpoint");
}

/// Customers in front of the last button.
async fn prepare(product: &Product, chance: &mut Chance) -> Vec<(Shopper, Form)> {
    let shoppers = (0..SHOPPERS).map(|_| {
        let vouchers = vouchers(chance);
        let mut shopper = Shopper::new(&product.url(), &product.partners.url, Person::fresh());
        async move {
            let form = shopper.prepare(&vouchers).await.unwrap_or_else(|trouble| panic!("{trouble}"));
            (shopper, form)
        }
    });
    join_all(shoppers.collect::<Vec<_>>()).await
}

/// One to ten, most of them good.
fn vouchers(chance: &mut Chance) -> Vec<Voucher> {
    let count = 1 + chance.below(10);
    let mut made = vec![voucher(BRANDS[usize::try_from(chance.below(6)).unwrap()], Ending::Good)];
    for _ in 1..count {
        let brand = BRANDS[usize::try_from(chance.below(6)).unwrap()];
        let ending =
            if chance.below(3) > 0 { Ending::Good } else { Ending::ALL[usize::try_from(chance.below(6)).unwrap()] };
        made.push(voucher(brand, ending));
    }
    made
}

/// Seldom, and never for long.
fn faults(chance: &mut Chance) -> serde_json::Value {
    let mut rules = Vec::new();
    for (party, operation) in
        [("issuer", "redeem"), ("issuer", "inquiry"), ("issuer", "redemption"), ("bank", "deposit"), ("bank", "result")]
    {
        for (fault, delay_ms) in [("timeout_after", 2_500), ("500_after", 0), ("truncated", 0), ("500_before", 0)] {
            rules.push(json!({
                "party": party, "operation": operation, "fault": fault, "probability": 0.05,
                "delay_ms": delay_ms, "seed": chance.below(1_000_000),
            }));
        }
    }
    json!(rules)
}

/// The same moments for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}
