//! Everything is dropped at random awaits, again and again: a whole runtime with its workers, its half-done transactions
//! and its calls under way is thrown away after a random moment, and a new one goes on. At the end nothing may be lost
//! and nothing done twice, and the partners' journals are the judges.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins, quick};
use domain::{AttemptState, OrderId, OrderState, Span};
use serde_json::{Value, json};
use services::order::Submission;
use services::{Policy, Services, order, work};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::crypto::{NumberedKey, random};
use store::{Db, DbSettings, Keyring};
use testkit::TestDb;
use testkit::partners::{Partners, Party};

const ROUNDS: usize = 14;

#[test]
fn nothing_is_lost_or_doubled_on_sqlite() {
    let folder = tempfile::Builder::new().prefix("pindesk-cut-").tempdir().unwrap();
    interrupted(&DbSettings::sqlite(folder.path().join("pindesk.db")));
}

#[test]
fn nothing_is_lost_or_doubled_on_postgres() {
    let home = runtime();
    let db = home.block_on(TestDb::postgres());
    interrupted(db.settings());
    home.block_on(async move { drop(db) });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A number below `most` by chance.
fn below(most: u64) -> u64 {
    let mut bytes = [0; 8];
    random(&mut bytes).unwrap();
    u64::from_be_bytes(bytes) % most
}

fn keys() -> Keyring {
    let key = |first: u8| NumberedKey {
        id: 1,
        bytes: std::array::from_fn(|n| first.wrapping_mul(7).wrapping_add(u8::try_from(n).unwrap_or(0))),
    };
    Keyring::new(vec![key(1)], vec![key(2)]).unwrap()
}

fn policy() -> Policy {
    Policy { lease: Span::millis(1500), max_claims: 200, max_inquiries: 200, ..quick() }
}

async fn shop(settings: &DbSettings, partners: &Arc<Partners>) -> Shop {
    // The last round's connections may need a moment to let go of the file.
    let mut left = 100;
    let db = loop {
        match Db::open(settings).await {
            Ok(db) => break db,
            Err(error) if left == 0 => panic!("{error}"),
            Err(_) => left -= 1,
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    db.migrate().await.unwrap();
    Shop::on(db, keys(), Arc::clone(partners), policy()).await
}

fn interrupted(settings: &DbSettings) {
    let partners = Arc::new(Partners::start());
    let orders: Arc<Mutex<BTreeSet<OrderId>>> = Arc::default();
    let mut unanswered: Vec<Submission> = Vec::new();
    for round in 0..ROUNDS {
        let runtime = runtime();
        let next = Arc::new(Mutex::new(Vec::new()));
        runtime.block_on(async {
            let shop = shop(settings, &partners).await;
            partners.faults(misbehaviour(round)).await;
            // New customers, and those who never got an answer and press the button again.
            let mut submissions = std::mem::take(&mut unanswered);
            submissions.push(shop.submission(&pins(3)).await);
            submissions.push(shop.submission(&pins(2)).await);
            next.lock().unwrap().extend(submissions.iter().cloned());
            for submission in submissions {
                tokio::spawn(press(
                    shop.services.clone(),
                    shop.actor.clone(),
                    submission,
                    Arc::clone(&orders),
                    Arc::clone(&next),
                ));
            }
            for worker in 0..3 {
                tokio::spawn(drive(shop.services.clone(), format!("worker-{round}-{worker}")));
            }
            tokio::time::sleep(Duration::from_millis(40 + below(900))).await;
        });
        // Every task is dropped where it stands.
        runtime.shutdown_timeout(Duration::from_secs(5));
        unanswered = std::mem::take(&mut *next.lock().unwrap());
    }
    runtime().block_on(async {
        let shop = shop(settings, &partners).await;
        partners.behave().await;
        for submission in unanswered {
            let id = shop.submit(submission).await.unwrap().id;
            orders.lock().unwrap().insert(id);
        }
        let orders = orders.lock().unwrap().clone();
        assert_eq!(orders.len(), ROUNDS * 2);
        for id in &orders {
            shop.until_order(*id, OrderState::Paid).await;
        }
        judge(&shop, &orders).await;
    });
}

async fn press(
    services: Services,
    actor: services::Actor,
    submission: Submission,
    orders: Arc<Mutex<BTreeSet<OrderId>>>,
    waiting: Arc<Mutex<Vec<Submission>>>,
) {
    tokio::time::sleep(Duration::from_millis(below(200))).await;
    let key = submission.idempotency_key.clone();
    if let Ok(submitted) = order::submit(&services, &actor, submission).await {
        orders.lock().unwrap().insert(submitted.id);
        waiting.lock().unwrap().retain(|other| other.idempotency_key != key);
    }
}

async fn drive(services: Services, name: String) {
    loop {
        work::run_due(&services, &name).await.ok();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn misbehaviour(round: usize) -> Value {
    let mut rules = Vec::new();
    for (n, fault) in ["500_after", "truncated", "500_before", "connection_refused", "timeout_after"].iter().enumerate()
    {
        for party in ["issuer", "bank"] {
            rules.push(json!({ "party": party, "operation": "*", "fault": fault, "probability": 0.04, "seed": round * 100 + n, "delay_ms": 900 }));
        }
    }
    Value::Array(rules)
}

/// Journals and database, one to one.
async fn judge(shop: &Shop, orders: &BTreeSet<OrderId>) {
    let (mut redeemed, mut paid) = (Vec::new(), Vec::new());
    for id in orders {
        for item in shop.items(*id).await {
            let attempts = shop.lock_attempts(item.id).await;
            let accepted: Vec<_> =
                attempts.into_iter().filter(|attempt| attempt.state == AttemptState::Accepted).collect();
            assert_eq!(accepted.len(), 1, "{}", shop.story(*id).await);
            redeemed.push((accepted[0].reference.clone(), accepted[0].face.unwrap().get()));
        }
        let payout = shop.payout(*id).await.unwrap();
        let attempts = shop.payout_attempts(*id).await;
        let accepted: Vec<_> = attempts.into_iter().filter(|attempt| attempt.state == AttemptState::Accepted).collect();
        assert_eq!(accepted.len(), 1, "{}", shop.story(*id).await);
        paid.push((accepted[0].bank_tran_id.clone(), payout.amount.get()));
    }
    for (party, operation, decision, mut ours) in
        [(Party::Issuer, "redeem", "redeemed", redeemed), (Party::Bank, "deposit", "paid", paid)]
    {
        let mut theirs: Vec<(String, i64)> = shop
            .partners
            .journal(party)
            .iter()
            .filter(|line| line["operation"] == operation && line["decision"] == decision)
            .map(|line| (line["reference"].as_str().unwrap().to_owned(), line["amount"].as_i64().unwrap()))
            .collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{operation}");
    }
    let mut sent: Vec<String> = shop
        .partners
        .journal(Party::Agent)
        .iter()
        .filter_map(|line| line["reference"].as_str().map(ToOwned::to_owned))
        .collect();
    let all = sent.len();
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), all, "a message was handed over twice");
}
