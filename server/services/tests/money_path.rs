//! The money path at its edges: what can't be sent, what people stop meanwhile, workers that come late, partners that
//! turn us away. Each law says what must not happen to a voucher or a payout.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{BRAND, FACE, Shop, pin, pin_ending, pins, quick};
use domain::{
    AttemptState, FeeId, ItemState, MessageKind, MessageState, OrderId, OrderState, OutboxId, OutboxKind, OutboxState,
    PayoutId, PayoutState, PersonName, Reason, Span, Speed, Timestamp, Won,
};
use gateway_issuer::RedeemRequest;
use serde_json::json;
use services::{Policy, work};
use std::time::{Duration, Instant};
use store::fees::{self, FeeInForce};
use store::orders::{self, Order};
use store::outbox::{self, OutboxRow, Work};
use store::payouts::{self, NewPayout};
use testkit::clock::NOON;
use testkit::partners::Party;

async fn run(shop: &Shop) {
    work::run_due(&shop.services, "test").await.unwrap();
}

/// Does the one piece of work of this kind about this thing, and nothing else.
async fn run_one(shop: &Shop, subject: [u8; 16], kind: OutboxKind) {
    let row = work_of(shop, subject, kind).await;
    work::run(&shop.services, row.id, "test").await.unwrap();
}

async fn work_of(shop: &Shop, subject: [u8; 16], kind: OutboxKind) -> OutboxRow {
    shop.works(subject).await.into_iter().find(|work| work.kind == kind).unwrap()
}

/// Begins the order and asks about its first voucher, and goes no further.
async fn verified(shop: &Shop, id: OrderId) {
    run_one(shop, id.bytes(), OutboxKind::BeginOrder).await;
    let item = shop.items(id).await[0].id;
    run_one(shop, item.bytes(), OutboxKind::VerifyItem).await;
    assert_eq!(shop.items(id).await[0].state, ItemState::Verified);
}

async fn messages(shop: &Shop, id: OrderId) -> Vec<(MessageKind, MessageState)> {
    let mut reader = shop.services.db.read().await.unwrap();
    let messages = store::messages::of_subject(&mut reader, id.bytes()).await.unwrap();
    messages.into_iter().map(|message| (message.kind, message.state)).collect()
}

async fn was_told(shop: &Shop, id: OrderId, kind: MessageKind) -> bool {
    messages(shop, id).await.iter().any(|(told, _)| *told == kind)
}

/// A payout with an account of its own, for an order that names another, ready to be sent.
async fn payout_by_hand(shop: &Shop, account: &str) -> OrderId {
    let services = &shop.services;
    let id = shop.sell(&pins(1)).await;
    let now = services.clock.now();
    let payout = PayoutId::from_bytes(services.chance.id(now));
    let seal = |column: &str, plain: &str| {
        services.keys.seal(payouts::TABLE, column, payout.bytes(), plain.as_bytes()).unwrap()
    };
    let new = NewPayout {
        id: payout,
        order_id: id,
        amount: Won::whole(5_000),
        fee: Won::ZERO,
        state: PayoutState::Ready,
        bank_code: "004".to_owned(),
        account_no_enc: seal("account_no_enc", account),
        account_no_hmac: vec![7; 32],
        holder_enc: seal("holder_enc", "홍길동"),
        hold_reason: None,
        not_before: now,
        created_at: now,
    };
    let mut tx = services.db.begin().await.unwrap();
    let before = orders::lock(&mut tx, id).await.unwrap().unwrap();
    orders::write(&mut tx, &before, &Order { state: OrderState::Paying, ..before.clone() }).await.unwrap();
    payouts::insert(&mut tx, &new).await.unwrap();
    let work = Work {
        id: OutboxId::from_bytes(services.chance.id(now)),
        kind: OutboxKind::SendPayout,
        subject: payout.bytes(),
        unique_key: hex_of(payout.bytes()),
        run_at: now,
    };
    outbox::enqueue(&mut tx, &[work], now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn hex_of(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn fee(shop: &Shop, won: u32) {
    let now = shop.services.clock.now();
    let fee = FeeInForce { speed: Speed::Instant, fee: Won::whole(won), effective_from: now };
    let mut tx = shop.services.db.begin().await.unwrap();
    fees::insert(&mut tx, FeeId::from_bytes(shop.services.chance.id(now)), fee, "test", now).await.unwrap();
    tx.commit().await.unwrap();
}

fn operations(shop: &Shop, party: Party, operation: &str) -> usize {
    shop.partners.journal(party).iter().filter(|line| line["operation"] == operation).count()
}

fn at(hours: i64) -> Timestamp {
    NOON.plus(Span::hours(hours))
}

/// Claims whose time to send is over when they are made: what a worker that was stopped wakes up to.
fn stopped() -> Policy {
    Policy { lease: Span::micros(1), max_claims: 1_000, ..quick() }
}

testkit::both_engines! {
    async fn a_name_the_rail_has_no_letters_for_goes_to_a_person_at_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.name = PersonName::parse("张伟").unwrap();
        submission.holder = PersonName::parse("张伟").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        let held = shop.until(Duration::from_secs(10), async |shop| {
            shop.payout(id).await.is_some_and(|payout| payout.state == PayoutState::Held)
        }).await;
        assert!(held, "{}", shop.story(id).await);
        assert_eq!(shop.payout(id).await.unwrap().hold_reason.as_deref(), Some("bad_name"));
        assert!(was_told(&shop, id, MessageKind::Held).await);
        assert_eq!(operations(&shop, Party::Bank, "deposit"), 0);
    }

    async fn a_bank_that_never_says_whose_account_it_is_reaches_a_person_after_a_day(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "receive_inquiry", "fault": "500_before" }])).await;
        let id = shop.sell(&pins(1)).await;
        let held = async |shop: &Shop| shop.payout(id).await.unwrap().state == PayoutState::Held;
        assert!(!shop.step_until(Span::minutes(30), 47, held).await, "patience for most of a day");
        assert!(shop.payout(id).await.unwrap().next_check_at.is_some(), "and the time of the next try is known");
        assert!(shop.step_until(Span::minutes(30), 4, held).await, "{}", shop.story(id).await);
        assert_eq!(shop.payout(id).await.unwrap().hold_reason.as_deref(), Some("bank_silent"));
        assert!(was_told(&shop, id, MessageKind::Held).await);
    }

    async fn a_deposit_that_cannot_leave_reaches_a_person_after_a_day(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": "token_refused" }])).await;
        let id = shop.sell(&pins(1)).await;
        let held = async |shop: &Shop| shop.payout(id).await.unwrap().state == PayoutState::Held;
        assert!(shop.step_until(Span::hours(3), 12, held).await, "{}", shop.story(id).await);
        assert!(shop.services.clock.now() >= at(24));
        assert_eq!(shop.payout(id).await.unwrap().hold_reason.as_deref(), Some("bank_silent"));
        assert!(shop.payout_attempts(id).await.iter().all(|attempt| attempt.state == AttemptState::NotSent));
        assert!(was_told(&shop, id, MessageKind::Held).await);
    }

    /// The key was revoked, or the clock is wrong for good: nothing is redeemed, and somebody must know of it.
    async fn a_redemption_that_cannot_leave_reaches_a_person_after_a_day(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let id = shop.sell(&pins(1)).await;
        verified(&shop, id).await;
        shop.partners.clock(at(24 * 30)).await;
        let item = shop.items(id).await[0].id;
        let given_up = async |shop: &Shop| shop.items(id).await[0].state == ItemState::Manual;
        assert!(!shop.step_until(Span::minutes(30), 47, given_up).await, "patience for most of a day");
        assert!(shop.step_until(Span::minutes(30), 4, given_up).await, "{}", shop.story(id).await);
        assert_eq!(shop.items(id).await[0].reason, Some(Reason::NoAnswer));
        assert!(shop.lock_attempts(item).await.iter().all(|attempt| attempt.state == AttemptState::NotSent));
        assert_eq!(work_of(&shop, item.bytes(), OutboxKind::LockItem).await.state, OutboxState::Done);
        assert_eq!(operations(&shop, Party::Issuer, "redeem"), 0);
        assert_eq!(shop.order(id).await.state, OrderState::Locking, "the order waits for the desk");
    }

    /// Counted is the time in which we tried: a weekend in which people held the order is no silence of the issuer's.
    async fn a_day_in_which_nobody_tried_sends_no_voucher_to_the_desk(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let [asked, locked] = [shop.sell(&pins(1)).await, shop.sell(&pins(1)).await];
        verified(&shop, locked).await;
        shop.partners.clock(at(24 * 30)).await;
        run(&shop).await;
        for id in [asked, locked] {
            shop.hold(id).await;
        }
        assert!(!shop.step_until(Span::hours(1), 60, async |_| false).await);
        for id in [asked, locked] {
            shop.release(id).await;
        }
        assert!(!shop.step_until(Span::minutes(30), 46, async |_| false).await);
        assert_eq!(shop.items(asked).await[0].state, ItemState::UnknownVerify, "{}", shop.story(asked).await);
        assert_eq!(shop.items(locked).await[0].state, ItemState::Verified, "{}", shop.story(locked).await);
        let given_up = async |shop: &Shop| {
            shop.items(asked).await[0].state == ItemState::Manual && shop.items(locked).await[0].state == ItemState::Manual
        };
        assert!(shop.step_until(Span::minutes(30), 6, given_up).await, "and after a whole day of trying it goes there");
    }

    /// Neither the holder's name nor the deposit: on Monday there is time to try.
    async fn a_weekend_in_which_the_order_was_held_is_no_silence_of_the_bank(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        for (operation, fault) in [("receive_inquiry", "500_before"), ("deposit", "token_refused")] {
            shop.partners.faults(json!([{ "party": "bank", "operation": operation, "fault": fault }])).await;
            shop.partners.clock(shop.services.clock.now()).await;
            let id = shop.sell(&pins(1)).await;
            run(&shop).await;
            shop.hold(id).await;
            assert!(!shop.step_until(Span::hours(1), 60, async |_| false).await);
            shop.release(id).await;
            let held = async |shop: &Shop| shop.payout(id).await.unwrap().state == PayoutState::Held;
            assert!(!shop.step_until(Span::minutes(30), 46, held).await, "{operation}: {}", shop.story(id).await);
            assert!(shop.step_until(Span::minutes(30), 6, held).await, "{operation}: {}", shop.story(id).await);
            assert_eq!(shop.payout(id).await.unwrap().hold_reason.as_deref(), Some("bank_silent"));
        }
    }

    async fn a_clock_that_is_wrong_costs_time_and_no_voucher(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        shop.set_clock(NOON, Span::minutes(6)).await;
        let asked_late = shop.sell(&pins(1)).await;
        run(&shop).await;
        assert_eq!(shop.items(asked_late).await[0].state, ItemState::UnknownVerify);
        // Verified in time, and turned away when it is to be redeemed.
        shop.set_clock(NOON, Span::ZERO).await;
        let locked_late = shop.sell(&pins(1)).await;
        verified(&shop, locked_late).await;
        shop.set_clock(NOON, Span::minutes(6)).await;
        let item = shop.items(locked_late).await.remove(0);
        run_one(&shop, item.id.bytes(), OutboxKind::LockItem).await;
        assert_eq!(shop.items(locked_late).await[0].state, ItemState::Verified);
        let attempt = shop.lock_attempts(item.id).await.remove(0);
        assert_eq!((attempt.state, attempt.code.as_deref()), (AttemptState::NotSent, Some("stale_time")));
        shop.set_clock(NOON.plus(Span::minutes(1)), Span::ZERO).await;
        for id in [asked_late, locked_late] {
            let paid = async |shop: &Shop| shop.order(id).await.state == OrderState::Paid;
            assert!(shop.step_until(Span::minutes(1), 10, paid).await, "{}", shop.story(id).await);
        }
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 2);
    }

    async fn a_worker_that_comes_late_redeems_pays_and_hands_over_nothing(db: TestDb) {
        let shop = Shop::at(db, stopped(), NOON).await;
        let id = shop.sell(&pins(1)).await;
        let paying = payout_by_hand(&shop, "55512345678").await;
        for _ in 0..6 {
            run(&shop).await;
            shop.move_clock(shop.services.clock.now().plus(Span::minutes(1)));
        }
        assert!(shop.kinds(id).await.contains(&"item_lock_unclear".to_owned()), "{}", shop.story(id).await);
        assert!(shop.kinds(paying).await.contains(&"payout_unclear".to_owned()), "{}", shop.story(paying).await);
        assert_eq!(operations(&shop, Party::Issuer, "redeem"), 0);
        assert_eq!(operations(&shop, Party::Bank, "deposit"), 0);
        assert!(shop.partners.journal(Party::Agent).is_empty());
        let messages = messages(&shop, id).await;
        assert!(!messages.is_empty());
        assert!(messages.iter().all(|(_, state)| matches!(state, MessageState::Ready | MessageState::Handing | MessageState::Unknown)), "{messages:?}");
    }

    async fn what_was_paid_while_people_held_the_order_is_recorded(db: TestDb) {
        let shop = Shop::open(db).await;
        shop.partners.faults(json!([{ "party": "bank", "operation": "deposit", "fault": "timeout_after", "count": 1, "delay_ms": 1500 }])).await;
        let id = shop.sell(&pins(1)).await;
        let unknown = shop.until(Duration::from_secs(10), async |shop| {
            let unknown = shop.payout(id).await.is_some_and(|payout| payout.state == PayoutState::Unknown);
            if unknown {
                shop.hold(id).await;
            }
            unknown
        }).await;
        assert!(unknown);
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(shop.order(id).await.held_from, None);
        assert_eq!(shop.payout(id).await.unwrap().state, PayoutState::Paid);
        assert!(shop.items(id).await.iter().all(|item| item.state == ItemState::Paid));
        assert_eq!(shop.payout_attempts(id).await[0].state, AttemptState::Accepted);
        assert!(shop.kinds(id).await.contains(&"order_release".to_owned()));
    }

    async fn a_payout_goes_to_its_own_account(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = payout_by_hand(&shop, "55512345678").await;
        shop.until_order(id, OrderState::Paid).await;
        let bank = shop.partners.journal(Party::Bank);
        let sent = bank.iter().find(|line| line["operation"] == "deposit").unwrap();
        assert_eq!(sent["account_masked"], "555123*****");
    }

    /// PostgreSQL shows it: the worker has read the order as it was, and waits for its row. SQLite's one writer makes it
    /// wait for its very claim.
    async fn an_order_that_is_held_meanwhile_is_not_redeemed(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        verified(&shop, id).await;
        let item = shop.items(id).await[0].id;
        let row = work_of(&shop, item.bytes(), OutboxKind::LockItem).await;
        let mut tx = shop.services.db.begin().await.unwrap();
        let before = orders::lock(&mut tx, id).await.unwrap().unwrap();
        orders::write(&mut tx, &before, &common::held(&before)).await.unwrap();
        let services = shop.services.clone();
        let worker = tokio::spawn(async move { work::run(&services, row.id, "test").await });
        shop.home.as_ref().unwrap().waited_for().await;
        tx.commit().await.unwrap();
        worker.await.unwrap().unwrap();
        assert_eq!(operations(&shop, Party::Issuer, "redeem"), 0);
        assert_eq!(shop.items(id).await[0].state, ItemState::Verified);
        let row = work_of(&shop, item.bytes(), OutboxKind::LockItem).await;
        assert_eq!((row.state, row.last_error_code.as_deref()), (OutboxState::Ready, Some("order_held")));
    }

    /// The bridge forgot what it did: the second send of the same request is told "used", or that it can't be done.
    async fn a_no_to_a_second_send_is_a_persons_matter(db: TestDb) {
        let shop = Shop::open(db).await;
        for (word, answered) in [("used", true), ("used", false), ("not_supported", true), ("not_supported", false)] {
            let mut rules = vec![json!({ "party": "issuer", "operation": "redeem", "fault": "timeout_before", "count": 1, "delay_ms": 1500 })];
            let number = if word == "used" { pin() } else { pin_ending("9909") };
            shop.partners.faults(json!(rules)).await;
            let id = shop.sell(std::slice::from_ref(&number)).await;
            let item = shop.items(id).await[0].id;
            let unknown = shop.until(Duration::from_secs(10), async |shop| shop.items(id).await[0].state == ItemState::UnknownLock).await;
            assert!(unknown);
            // Done after all, and nothing is known of it under our reference.
            let reference = format!("lost-{}", &number[4..]);
            let request = RedeemRequest { reference: &reference, brand: BRAND, pin: &number, companions: &[], expected_face: FACE, send_by: Instant::now() + Duration::from_secs(5) };
            let _ = shop.services.issuer.redeem(&request, shop.services.clock.now()).await;
            if !answered {
                rules = vec![json!({ "party": "issuer", "operation": "redeem", "fault": "timeout_after", "count": 1, "delay_ms": 1500 })];
                shop.partners.faults(json!(rules)).await;
            }
            let asked = shop.until(Duration::from_secs(20), async |shop| {
                shop.kinds(id).await.contains(&"item_needs_person".to_owned()) || shop.items(id).await[0].state != ItemState::UnknownLock
            }).await;
            assert!(asked, "{}", shop.story(id).await);
            let found = shop.items(id).await.remove(0);
            assert_eq!((found.state, found.next_check_at), (ItemState::UnknownLock, None), "{}", shop.story(id).await);
            let attempts = shop.lock_attempts(item).await;
            assert_eq!((attempts.len(), attempts[0].state, attempts[0].code.as_deref()), (1, AttemptState::Unknown, Some(word)));
            assert_eq!(work_of(&shop, attempts[0].id.bytes(), OutboxKind::InquireLock).await.state, OutboxState::Review);
            assert_eq!(shop.order(id).await.state, OrderState::Locking);
        }
    }

    async fn a_voucher_the_fee_would_eat_is_handed_back_unredeemed(db: TestDb) {
        let shop = Shop::open(db).await;
        fee(&shop, 5_000).await;
        let lines = [(pin(), Won::whole(1_000)), (pin_ending("9901"), FACE)];
        let id = shop.submit(shop.submission_of(BRAND, &lines, Speed::Instant).await).await.unwrap().id;
        run_one(&shop, id.bytes(), OutboxKind::BeginOrder).await;
        for item in shop.items(id).await {
            run_one(&shop, item.id.bytes(), OutboxKind::VerifyItem).await;
        }
        shop.until_order(id, OrderState::Rejected).await;
        assert_eq!(shop.items(id).await[0].reason, Some(Reason::Declined));
        assert_eq!(operations(&shop, Party::Issuer, "redeem"), 0, "nothing was taken");
        assert!(was_told(&shop, id, MessageKind::ItemProblem).await);
    }

    async fn a_redeemed_voucher_the_fee_would_eat_waits_for_a_person(db: TestDb) {
        let shop = Shop::open(db).await;
        fee(&shop, 5_000).await;
        let lines = [(pin(), Won::whole(1_000)), (pin_ending("9901"), FACE)];
        let id = shop.submit(shop.submission_of(BRAND, &lines, Speed::Instant).await).await.unwrap().id;
        verified(&shop, id).await;
        // Redeemed while the other one still looked good.
        run_one(&shop, shop.items(id).await[0].id.bytes(), OutboxKind::LockItem).await;
        shop.until_order(id, OrderState::Held).await;
        let order = shop.order(id).await;
        assert_eq!(order.hold_reason.as_deref(), Some("nothing_left"));
        assert!(order.held_from.is_some());
        assert_eq!(shop.items(id).await[0].state, ItemState::Locked);
        assert!(shop.payout(id).await.is_none());
        assert!(was_told(&shop, id, MessageKind::Held).await);
        assert_eq!(work_of(&shop, id.bytes(), OutboxKind::SettleOrder).await.state, OutboxState::Review);
    }

    async fn a_message_nobody_takes_is_given_up_after_three_days(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        shop.services.agent.close().await;
        let id = shop.sell(&pins(1)).await;
        let first = async |shop: &Shop| messages(shop, id).await[0].1;
        assert!(!shop.step_until(Span::hours(6), 12, async |shop| first(shop).await != MessageState::Ready).await);
        assert!(shop.step_until(Span::hours(6), 3, async |shop| first(shop).await == MessageState::Dropped).await);
    }
}
