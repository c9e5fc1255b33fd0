//! Partners that do the work and fall silent, that do nothing and fall silent, and that lie. Whatever they do, a
//! voucher is redeemed once and an order paid once, and the partners' own journals say so.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins, quick};
use domain::{AttemptState, ItemState, OrderId, OrderState, PayoutState, Span};
use serde_json::{Value, json};
use services::{Policy, work};
use std::time::Duration;
use testkit::clock::NOON;
use testkit::partners::Party;

/// The journals against the database, one to one.
async fn balanced(shop: &Shop, order: OrderId) {
    let mut redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed");
    let mut accepted = Vec::new();
    for item in shop.items(order).await {
        let attempts = shop.lock_attempts(item.id).await;
        accepted.extend(attempts.into_iter().filter(|a| a.state == AttemptState::Accepted).map(|a| a.reference));
    }
    redeemed.sort_unstable();
    accepted.sort_unstable();
    assert_eq!(redeemed, accepted, "{}", shop.story(order).await);
    let paid = shop.partners.references(Party::Bank, "deposit", "paid");
    let attempts = shop.payout_attempts(order).await;
    let accepted: Vec<_> =
        attempts.into_iter().filter(|a| a.state == AttemptState::Accepted).map(|a| a.bank_tran_id).collect();
    assert_eq!(paid, accepted, "{}", shop.story(order).await);
    assert_eq!(paid.len(), 1);
}

/// Between two sends of one reference, or of one payout, lie at least two inquiries that said "not found".
fn asked_before_resending(journal: &[Value], send: &str, ask: &str) {
    let mut not_found = None::<u32>;
    for line in journal {
        if line["operation"] == ask && line["decision"] == "not_found" {
            not_found = not_found.map(|n| n + 1);
        }
        if line["operation"] == send {
            if let Some(n) = not_found {
                assert!(n >= 2, "sent again after {n} inquiries");
            }
            not_found = Some(0);
        }
    }
}

testkit::both_engines! {
    async fn a_redemption_that_was_done_and_not_answered_is_found_by_asking(db: TestDb) {
        let shop = Shop::open(db).await;
        for fault in ["timeout_after", "500_after", "truncated", "malformed", "wrong_reference", "wrong_amount", "not_found_then_found"] {
            shop.partners.faults(json!([{ "party": "issuer", "operation": "redeem", "fault": fault, "count": 1, "delay_ms": 1500 }])).await;
            let before = shop.partners.references(Party::Issuer, "redeem", "redeemed").len();
            let id = shop.sell(&pins(1)).await;
            shop.until_order(id, OrderState::Paid).await;
            assert!(shop.kinds(id).await.contains(&"item_lock_unclear".to_owned()), "{fault}: {}", shop.story(id).await);
            let redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed");
            assert_eq!(redeemed.len(), before + 1, "{fault}");
            assert_eq!(shop.lock_attempts(shop.items(id).await[0].id).await.len(), 1, "{fault}: one reference for good");
        }
    }

    async fn a_redemption_that_was_never_done_is_sent_again_under_its_name(db: TestDb) {
        let shop = Shop::open(db).await;
        shop.partners.faults(json!([{ "party": "issuer", "operation": "redeem", "fault": "timeout_before", "count": 1, "delay_ms": 1500 }])).await;
        let id = shop.sell(&pins(1)).await;
        shop.until_order(id, OrderState::Paid).await;
        balanced(&shop, id).await;
        let attempts = shop.lock_attempts(shop.items(id).await[0].id).await;
        assert_eq!(attempts.len(), 1);
        let journal = shop.partners.journal(Party::Issuer);
        let sends: Vec<_> = journal.iter().filter(|line| line["operation"] == "redeem").map(|line| line["reference"].clone()).collect();
        assert!(sends.iter().all(|reference| *reference == sends[0]));
        asked_before_resending(&journal, "redeem", "redemption");
    }

    async fn nothing_is_sent_again_while_people_hold_the_order(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        shop.partners.faults(json!([{ "party": "issuer", "operation": "redeem", "fault": "timeout_before", "count": 1, "delay_ms": 1500 }])).await;
        let id = shop.sell(&pins(1)).await;
        work::run_due(&shop.services, "test").await.unwrap();
        let item = shop.items(id).await[0].id;
        assert_eq!(shop.items(id).await[0].state, ItemState::UnknownLock, "{}", shop.story(id).await);
        shop.hold(id).await;
        let attempt = shop.lock_attempts(item).await.remove(0);
        let waits = shop.step_until(Span::millis(300), 30, async |shop| {
            let row = shop.works(attempt.id.bytes()).await.remove(0);
            row.last_error_code.as_deref() == Some("order_held") || shop.items(id).await[0].state != ItemState::UnknownLock
        }).await;
        assert!(waits, "{}", shop.story(id).await);
        let sends = |shop: &Shop| shop.partners.journal(Party::Issuer).iter().filter(|line| line["operation"] == "redeem").count();
        assert_eq!((sends(&shop), shop.items(id).await[0].state), (1, ItemState::UnknownLock), "{}", shop.story(id).await);
        let after = shop.lock_attempts(item).await.remove(0);
        assert_eq!(after.attempted_at, attempt.attempted_at, "nothing was meant to be sent");
        shop.release(id).await;
        let paid = async |shop: &Shop| shop.order(id).await.state == OrderState::Paid;
        assert!(shop.step_until(Span::seconds(10), 12, paid).await, "{}", shop.story(id).await);
        assert_eq!(sends(&shop), 2);
        balanced(&shop, id).await;
    }

    async fn a_transfer_that_was_done_and_not_answered_is_found_by_asking(db: TestDb) {
        let shop = Shop::open(db).await;
        for fault in ["timeout_after", "500_after", "truncated", "malformed", "wrong_reference", "wrong_amount", "not_found_then_found"] {
            shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": fault, "count": 1, "delay_ms": 1500 }])).await;
            let before = shop.partners.references(Party::Bank, "deposit", "paid").len();
            let id = shop.sell(&pins(1)).await;
            shop.until_order(id, OrderState::Paid).await;
            assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), before + 1, "{fault}");
            let attempts = shop.payout_attempts(id).await;
            assert_eq!(attempts.len(), 1, "{fault}: {}", shop.story(id).await);
            assert!(attempts[0].inquiries >= 1, "{fault}");
        }
    }

    async fn a_transfer_that_was_never_done_is_made_under_a_new_key_after_proof(db: TestDb) {
        let shop = Shop::open(db).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": "timeout_before", "count": 1, "delay_ms": 1500 }])).await;
        let id = shop.sell(&pins(1)).await;
        let unknown = shop.until(Duration::from_secs(10), async |shop| {
            shop.payout(id).await.is_some_and(|payout| payout.state == PayoutState::Unknown && payout.next_check_at.is_some())
        }).await;
        assert!(unknown, "an unknown payout says when we look again");
        shop.until_order(id, OrderState::Paid).await;
        balanced(&shop, id).await;
        let attempts = shop.payout_attempts(id).await;
        let states: Vec<_> = attempts.iter().map(|attempt| attempt.state).collect();
        assert_eq!(states, [AttemptState::NotSent, AttemptState::Accepted]);
        assert_ne!(attempts[0].bank_tran_id, attempts[1].bank_tran_id);
        assert!(attempts[0].not_found >= 2);
        asked_before_resending(&shop.partners.journal(Party::Bank), "deposit", "result");
    }

    async fn what_cannot_be_learned_goes_to_a_person_and_stays_unknown(db: TestDb) {
        let shop = Shop::with(db, Policy { max_inquiries: 3, ..quick() }).await;
        shop.partners.faults(json!([
            { "party": "bank", "operation": "deposit", "fault": "timeout_after", "count": 1, "delay_ms": 1500 },
            { "party": "bank", "operation": "result", "fault": "500_before" },
        ])).await;
        let id = shop.sell(&pins(1)).await;
        let given_up = shop.until(Duration::from_secs(15), async |shop| {
            let Some(payout) = shop.payout(id).await else { return false };
            let Some(attempt) = shop.payout_attempts(id).await.pop() else { return false };
            let works = shop.works(attempt.id.bytes()).await;
            payout.state == PayoutState::Unknown && works.iter().any(|work| work.state == domain::OutboxState::Review)
        }).await;
        assert!(given_up, "{}", shop.story(id).await);
        assert_eq!(shop.payout(id).await.unwrap().next_check_at, None);
        shop.partners.behave().await;
        work::run_due(&shop.services, "test").await.unwrap();
        assert_eq!(shop.payout_attempts(id).await.len(), 1, "nothing is sent by guess");
    }

    async fn partners_that_are_gone_cost_time_only(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(2)).await;
        shop.partners.kill();
        work::run_due(&shop.services, "test").await.unwrap();
        tokio::time::sleep(Duration::from_millis(1500)).await;
        work::run_due(&shop.services, "test").await.unwrap();
        shop.partners.revive();
        shop.until_order(id, OrderState::Paid).await;
        balanced(&shop, id).await;
    }

    async fn a_worker_that_was_given_up_writes_nothing(db: TestDb) {
        // Leases end while the calls are still under way; a second worker takes over each time.
        let shop = Shop::with(db, Policy { lease: Span::millis(250), max_claims: 50, ..quick() }).await;
        let twin = shop.twin().await;
        shop.partners.faults(json!([
            { "party": "issuer", "operation": "redeem", "fault": "timeout_after", "count": 2, "delay_ms": 1500 },
            { "party": "bank", "operation": "deposit", "fault": "timeout_after", "count": 1, "delay_ms": 1500 },
        ])).await;
        let id = shop.sell(&pins(3)).await;
        let other = tokio::spawn(async move {
            loop {
                work::run_due(&twin, "twin").await.ok();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        shop.until_order(id, OrderState::Paid).await;
        other.abort();
        balanced(&shop, id).await;
    }

    async fn two_workers_on_the_same_rows_do_each_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let twin = shop.twin().await;
        let mut orders = Vec::new();
        for _ in 0..4 {
            orders.push(shop.sell(&pins(5)).await);
        }
        let other = tokio::spawn(async move {
            loop {
                work::run_due(&twin, "twin").await.ok();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        for id in &orders {
            shop.until_order(*id, OrderState::Paid).await;
        }
        other.abort();
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 20);
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 4);
        let sent = shop.partners.journal(Party::Issuer).iter().filter(|line| line["operation"] == "redeem").count();
        assert_eq!(sent, 20, "no request went out twice");
    }

    async fn random_faults_leave_the_books_balanced(db: TestDb) {
        let shop = Shop::with(db, Policy { max_inquiries: 60, max_claims: 60, ..quick() }).await;
        let mut rules = Vec::new();
        for (n, fault) in ["500_before", "500_after", "truncated", "malformed", "429", "maintenance", "wrong_reference", "connection_refused"].iter().enumerate() {
            rules.push(json!({ "party": "issuer", "operation": "*", "fault": fault, "probability": 0.05, "seed": n }));
            rules.push(json!({ "party": "bank", "operation": "*", "fault": fault, "probability": 0.05, "seed": n + 100 }));
        }
        shop.partners.faults(Value::Array(rules)).await;
        let mut orders = Vec::new();
        for _ in 0..5 {
            orders.push(shop.sell(&pins(4)).await);
        }
        shop.until(Duration::from_secs(6), async |_| false).await;
        shop.partners.behave().await;
        for id in &orders {
            shop.until_order(*id, OrderState::Paid).await;
        }
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 20);
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 5);
        asked_per_reference(&shop.partners.journal(Party::Issuer));
    }
}

/// The same rule for many vouchers at once.
fn asked_per_reference(journal: &[Value]) {
    let mut references: Vec<&str> = journal.iter().filter_map(|line| line["reference"].as_str()).collect();
    references.sort_unstable();
    references.dedup();
    for reference in references {
        let own: Vec<Value> = journal.iter().filter(|line| line["reference"] == reference).cloned().collect();
        asked_before_resending(&own, "redeem", "redemption");
    }
}
