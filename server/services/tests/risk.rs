//! The rules in the money path, with real stores and the real sandbox: what is held, reviewed, waited for, and that none
//! of it is redeemed or paid before a person or an answer says so.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, THECHEAT_IS_ASKED, pins, quick};
use domain::risk::{Asked, Cause, Limit, Period, RiskLane, RuleBook, Subject};
use domain::{AccountNo, BookId, OrderId, OrderState, PersonName, Phone, Span, Won};
use serde_json::json;
use services::order::Submission;
use services::{Actor, Policy, order, work};
use std::time::Duration;
use store::blocks::{self, NewBlock};
use store::outbox::Work;
use store::risk::{self, Clearance, Standing};
use store::risk_books::{self, BookState, NewBook};
use testkit::partners::Party;

/// Orders whose whole journey is shorter than this are over by then.
const SOON: Duration = Duration::from_secs(20);

async fn standing(shop: &Shop, id: OrderId) -> Standing {
    let mut reader = shop.services.db.read().await.unwrap();
    risk::standing(&mut reader, id).await.unwrap().unwrap()
}

async fn causes(shop: &Shop, id: OrderId) -> Vec<Cause> {
    let mut reader = shop.services.db.read().await.unwrap();
    let flags = risk::of_order(&mut reader, id).await.unwrap();
    let mut causes: Vec<Cause> = flags.iter().map(|flag| flag.reason.parse().unwrap()).collect();
    causes.sort_unstable();
    causes
}

/// Puts a book into force.
async fn rule_by(shop: &Shop, book: RuleBook) {
    let now = shop.services.clock.now();
    let mut tx = shop.services.db.begin().await.unwrap();
    let before = risk_books::in_force(&mut tx).await.unwrap().unwrap().new.version;
    risk_books::decide(&mut tx, before, BookState::InForce, BookState::Retired, None).await.unwrap();
    let new = NewBook {
        id: BookId::from_bytes(shop.services.chance.id(now)),
        version: before + 1,
        state: BookState::InForce,
        based_on: Some(before),
        book,
        author: "test".into(),
        author_id: None,
        reason: "test".into(),
        created_at: now,
    };
    assert!(risk_books::insert(&mut tx, &new).await.unwrap());
    tx.commit().await.unwrap();
    // Prices, and the book with them, are kept for a tenth of a second.
    tokio::time::sleep(Duration::from_millis(120)).await;
}

fn limit(subject: Subject, orders: Option<u32>, amount: Option<u32>) -> RuleBook {
    let limit = Limit { subject, period: Period::Day, orders, amount: amount.map(Won::whole) };
    RuleBook { limits: vec![limit], ..RuleBook::usual() }
}

/// The desk's release, as far as the store is concerned.
async fn release(shop: &Shop, id: OrderId) {
    shop.release_if_held(id).await;
    let mut tx = shop.services.db.begin().await.unwrap();
    store::orders::lock(&mut tx, id).await.unwrap();
    let at = shop.services.clock.now();
    let clearance = Clearance { at, by: "test".into(), user: None, reason: "known customer".into() };
    risk::clear(&mut tx, id, &clearance).await.unwrap();
    tx.commit().await.unwrap();
    shop.hurry(id).await;
}

fn moved(shop: &Shop) -> (usize, usize) {
    let redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed").len();
    (redeemed, shop.partners.references(Party::Bank, "deposit", "paid").len())
}

/// The same person again: other vouchers, a proof of its own.
async fn again(shop: &Shop, like: &Submission, same_account: bool) -> Submission {
    let mut next = shop.submission_by(&like.phone, &pins(1)).await;
    if same_account {
        next.account = like.account.clone();
    }
    next
}

async fn block(shop: &Shop, kind: Subject, value_hmac: [u8; 32]) -> NewBlock {
    let now = shop.services.clock.now();
    let new = NewBlock {
        id: domain::BlockId::from_bytes(shop.services.chance.id(now)),
        kind,
        value_hmac,
        value_enc: None,
        masked: "***".into(),
        reason: "test".into(),
        until: now.plus(Span::days(1)),
        author: "test".into(),
        author_id: None,
        created_at: now,
    };
    let mut tx = shop.services.db.begin().await.unwrap();
    assert!(blocks::insert(&mut tx, &new).await.unwrap());
    tx.commit().await.unwrap();
    new
}

async fn lift(shop: &Shop, block: &NewBlock) {
    let mut tx = shop.services.db.begin().await.unwrap();
    blocks::lift(&mut tx, block.id, 1, ("test", None), "test", shop.services.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

fn with_device(shop: &Shop, device: &str) -> Actor {
    let Actor::Visitor(visitor) = &shop.actor else { panic!("the shop's customer") };
    Actor::Visitor(services::Visitor { device: Some(device.to_owned()), ..visitor.clone() })
}

/// A while in which everything due is done.
async fn wait_and_see(shop: &Shop) {
    shop.until(Duration::from_millis(1500), async |_| false).await;
}

testkit::both_engines! {
    async fn an_ordinary_order_is_judged_auto_and_paid(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(2)).await;
        let judged = standing(&shop, id).await.judgement;
        assert_eq!((judged.lane, judged.asked, judged.book_version), (RiskLane::Auto, Asked::Off, Some(1)));
        assert_eq!(judged.facts.unwrap().pins, 2);
        assert!(causes(&shop, id).await.is_empty());
        shop.until_order(id, OrderState::Paid).await;
    }

    async fn another_holder_is_verified_and_waits_for_a_person_before_anything_is_redeemed(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut submission = shop.submission(&pins(2)).await;
        submission.holder = PersonName::parse("김다른").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        assert_eq!(standing(&shop, id).await.judgement.lane, RiskLane::Review);
        assert_eq!(causes(&shop, id).await, [Cause::HolderNotApplicant]);
        shop.until_order(id, OrderState::Held).await;
        wait_and_see(&shop).await;
        let order = shop.order(id).await;
        assert_eq!((order.state, order.hold_reason.as_deref()), (OrderState::Held, Some("risk_holder_not_applicant")));
        assert!(shop.items(id).await.iter().all(|item| item.state == domain::ItemState::Verified), "{}", shop.story(id).await);
        assert_eq!(moved(&shop), (0, 0));
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(moved(&shop), (2, 1));
    }

    async fn a_person_may_let_a_flagged_order_go_on_before_it_stops(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.holder = PersonName::parse("김다른").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
        assert!(!shop.kinds(id).await.contains(&"order_hold".to_owned()));
    }

    async fn over_the_limit_nothing_is_even_asked(db: TestDb) {
        let shop = Shop::open(db).await;
        rule_by(&shop, limit(Subject::Phone, Some(1), None)).await;
        let first = shop.submission(&pins(1)).await;
        let second = again(&shop, &first, false).await;
        let first = shop.submit(first).await.unwrap().id;
        let id = shop.submit(second).await.unwrap().id;
        let order = shop.order(id).await;
        assert_eq!((order.state, order.hold_reason.as_deref()), (OrderState::Held, Some("risk_limit_day")));
        assert_eq!(order.risk_score, 100);
        assert_eq!(causes(&shop, id).await, [Cause::LimitDay]);
        shop.until_order(first, OrderState::Paid).await;
        wait_and_see(&shop).await;
        assert_eq!(shop.partners.references(Party::Issuer, "inquiry", "ok").len(), 1, "only the first was asked after");
        assert_eq!(moved(&shop), (1, 1));
        assert_eq!(shop.kinds(id).await, ["order_submitted", "order_hold"]);
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
    }

    async fn withdrawn_orders_leave_their_place_under_the_limit(db: TestDb) {
        let shop = Shop::open(db).await;
        rule_by(&shop, limit(Subject::Account, Some(1), None)).await;
        let first = shop.submission(&pins(1)).await;
        let second = again(&shop, &first, true).await;
        let first = shop.submit(first).await.unwrap().id;
        let Actor::Visitor(visitor) = &shop.actor else { panic!() };
        let owner = Actor::Visitor(services::Visitor { grants: vec![first], ..visitor.clone() });
        order::cancel(&shop.services, &owner, first).await.unwrap();
        let id = shop.submit(second).await.unwrap().id;
        assert_eq!(standing(&shop, id).await.judgement.lane, RiskLane::Auto);
    }

    /// Written at once, by two processes and in one till: exactly one is within the limit.
    async fn two_orders_at_the_limit_do_not_both_pass(db: TestDb) {
        let shop = Shop::open(db).await;
        // What one order pays, and not twice.
        rule_by(&shop, limit(Subject::Account, None, Some(12_000))).await;
        let twin = shop.twin().await;
        for _ in 0..8 {
            let first = shop.submission(&pins(1)).await;
            let mut others = Vec::new();
            for _ in 0..3 {
                // Another phone each: only the account is shared.
                let mut other = shop.submission(&pins(1)).await;
                other.account = first.account.clone();
                others.push(other);
            }
            let (a, b, c, d) = {
                let mut rest = others.into_iter();
                let mut next = || rest.next().unwrap();
                tokio::join!(
                    order::submit(&shop.services, &shop.actor, first),
                    order::submit(&twin, &shop.actor, next()),
                    order::submit(&shop.services, &shop.actor, next()),
                    order::submit(&twin, &shop.actor, next()),
                )
            };
            let mut passed = 0;
            for made in [a, b, c, d] {
                let id = made.unwrap().id;
                let held = shop.order(id).await.state == OrderState::Held;
                assert_eq!(held, causes(&shop, id).await.contains(&Cause::LimitDay));
                passed += usize::from(!held);
            }
            assert_eq!(passed, 1);
        }
    }

    async fn one_device_with_many_phones_is_seen(db: TestDb) {
        let shop = Shop::open(db).await;
        let actor = with_device(&shop, &"ab".repeat(32));
        let mut last = None;
        for _ in 0..4 {
            let submission = shop.submission(&pins(1)).await;
            last = Some(order::submit(&shop.services, &actor, submission).await.unwrap().id);
        }
        assert_eq!(causes(&shop, last.unwrap()).await, [Cause::SharedDevice]);
        let other = shop.sell(&pins(1)).await;
        assert!(standing(&shop, other).await.judgement.facts.unwrap().device.is_none());
    }

    async fn refused_numbers_stop_the_next_order(db: TestDb) {
        let shop = Shop::open(db).await;
        let wrong: Vec<String> = (0..10).map(|_| common::pin_ending("9902")).collect();
        let first = shop.submission(&wrong).await;
        let second = again(&shop, &first, false).await;
        let first = shop.submit(first).await.unwrap().id;
        shop.until_order(first, OrderState::Rejected).await;
        let id = shop.submit(second).await.unwrap().id;
        assert_eq!(causes(&shop, id).await, [Cause::FailedPins]);
        assert_eq!(shop.order(id).await.state, OrderState::Held);
    }

    async fn a_blocked_phone_account_device_or_address_is_held(db: TestDb) {
        let shop = Shop::open(db).await;
        let device = "cd".repeat(32);
        for kind in Subject::ALL {
            let submission = shop.submission(&pins(1)).await;
            let keys = &shop.services.keys;
            let hash = match kind {
                Subject::Phone => keys.phone_hash(&submission.phone),
                Subject::Account => keys.account_hash(&submission.bank_code, &submission.account),
                Subject::Device => keys.hmac("device", device.as_bytes()),
                Subject::Address => keys.address_hash("203.0.113.7".parse().unwrap()),
            };
            let new = block(&shop, *kind, hash).await;
            let actor = with_device(&shop, &device);
            let id = order::submit(&shop.services, &actor, submission).await.unwrap().id;
            let held = shop.order(id).await;
            assert_eq!((held.state, held.hold_reason.as_deref()), (OrderState::Held, Some("risk_blocked")), "{kind}");
            let mut tx = shop.services.db.begin().await.unwrap();
            let now = shop.services.clock.now();
            blocks::lift(&mut tx, new.id, 1, ("test", None), "over", now).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// Blocked after the order was judged good: it is neither redeemed nor paid, also when nobody holds it.
    async fn a_block_in_the_last_moment_stops_the_redemption(db: TestDb) {
        let shop = Shop::open(db).await;
        let submission = shop.submission(&pins(1)).await;
        let hash = shop.services.keys.phone_hash(&submission.phone);
        let id = shop.submit(submission).await.unwrap().id;
        assert_eq!(standing(&shop, id).await.judgement.lane, RiskLane::Auto);
        let new = block(&shop, Subject::Phone, hash).await;
        shop.until_order(id, OrderState::Held).await;
        wait_and_see(&shop).await;
        assert_eq!(moved(&shop), (0, 0));
        assert_eq!(shop.order(id).await.hold_reason.as_deref(), Some("risk_blocked"));
        // A person's word doesn't open what is blocked, whichever was said later.
        release(&shop, id).await;
        wait_and_see(&shop).await;
        assert_eq!(moved(&shop), (0, 0));
        assert_eq!(shop.order(id).await.state, OrderState::Held);
        lift(&shop, &new).await;
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
    }

    async fn a_block_in_the_last_moment_stops_the_payout(db: TestDb) {
        let shop = Shop::open(db).await;
        let submission = shop.submission(&pins(1)).await;
        let hash = shop.services.keys.phone_hash(&submission.phone);
        // The bank says nothing about the holder, so the payout waits; then the block comes.
        let silent = json!([{"party": "bank", "operation": "receive_inquiry", "fault": "500_before"}]);
        shop.partners.faults(silent).await;
        let id = shop.submit(submission).await.unwrap().id;
        shop.until_order(id, OrderState::Paying).await;
        let new = block(&shop, Subject::Phone, hash).await;
        shop.partners.behave().await;
        shop.until_order(id, OrderState::Held).await;
        wait_and_see(&shop).await;
        assert_eq!(moved(&shop), (1, 0));
        assert!(shop.payout_attempts(id).await.is_empty());
        lift(&shop, &new).await;
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(moved(&shop), (1, 1));
    }

    async fn the_work_of_a_block_holds_what_is_under_way_also_what_was_let_go_on(db: TestDb) {
        let shop = Shop::open(db).await;
        let first = shop.submission(&pins(1)).await;
        let hash = shop.services.keys.phone_hash(&first.phone);
        let second = again(&shop, &first, false).await;
        let stranger = shop.sell(&pins(1)).await;
        let first = shop.submit(first).await.unwrap().id;
        let new = block(&shop, Subject::Phone, hash).await;
        let second = shop.submit(second).await.unwrap().id;
        release(&shop, second).await;
        let now = shop.services.clock.now();
        let mut tx = shop.services.db.begin().await.unwrap();
        let work = Work {
            id: domain::OutboxId::from_bytes(shop.services.chance.id(now)),
            kind: domain::OutboxKind::HoldBlocked,
            subject: new.id.bytes(),
            unique_key: hex(new.id.bytes()),
            run_at: now,
        };
        store::outbox::enqueue(&mut tx, std::slice::from_ref(&work), now).await.unwrap();
        tx.commit().await.unwrap();
        work::run(&shop.services, work.id, "test").await.unwrap();
        assert_eq!(shop.order(first).await.state, OrderState::Held);
        assert_eq!(causes(&shop, first).await, [Cause::Blocked]);
        assert_eq!(shop.order(second).await.state, OrderState::Held);
        assert_eq!(shop.order(stranger).await.state, OrderState::Submitted);
        shop.until_order(stranger, OrderState::Paid).await;
        wait_and_see(&shop).await;
        assert_eq!(moved(&shop), (1, 1));
    }

    async fn without_a_sensible_book_every_order_is_held(db: TestDb) {
        let shop = Shop::open(db).await;
        let mut tx = shop.services.db.begin().await.unwrap();
        risk_books::decide(&mut tx, 1, BookState::InForce, BookState::Retired, None).await.unwrap();
        tx.commit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(120)).await;
        let id = shop.sell(&pins(1)).await;
        assert_eq!(causes(&shop, id).await, [Cause::CheckFailed]);
        assert_eq!(shop.order(id).await.state, OrderState::Held);
    }

    async fn a_clean_answer_opens_the_gate(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        let id = shop.sell(&pins(1)).await;
        assert_eq!(standing(&shop, id).await.judgement.asked, Asked::Due);
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(standing(&shop, id).await.judgement.asked, Asked::Done);
        assert_eq!(shop.partners.references(Party::TheCheat, "search", "clean"), ["phone", "account"]);
    }

    async fn a_reported_phone_is_held_before_anything_is_redeemed(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        let reported = Phone::parse("01055559911").unwrap();
        let submission = shop.submission_by(&reported, &pins(1)).await;
        let id = shop.submit(submission).await.unwrap().id;
        shop.until_order(id, OrderState::Held).await;
        wait_and_see(&shop).await;
        assert_eq!(causes(&shop, id).await, [Cause::CheatHit]);
        assert_eq!(shop.order(id).await.hold_reason.as_deref(), Some("risk_cheat_hit"));
        assert_eq!(moved(&shop), (0, 0));
    }

    async fn a_report_takes_back_what_a_person_said_without_knowing_it(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.account = AccountNo::parse("43020011911").unwrap();
        submission.holder = PersonName::parse("김다른").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        release(&shop, id).await;
        shop.until_order(id, OrderState::Held).await;
        assert_eq!(standing(&shop, id).await.cleared_at, None);
        assert!(causes(&shop, id).await.contains(&Cause::CheatHit));
    }

    async fn no_answer_of_thecheat_holds_whatever_kind_of_none_it_is(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        let mut last = None;
        for fault in ["hang", "500_before", "malformed", "wrong_reference", "truncated", "429", "connection_refused"] {
            shop.partners.faults(json!([{"party": "thecheat", "operation": "search", "fault": fault}])).await;
            let id = shop.sell(&pins(1)).await;
            let held = shop.until(SOON, async |shop| shop.order(id).await.state == OrderState::Held).await;
            assert!(held, "{fault}: {}", shop.story(id).await);
            assert_eq!(causes(&shop, id).await, [Cause::CheckFailed], "{fault}");
            assert_eq!(standing(&shop, id).await.judgement.asked, Asked::Failed, "{fault}");
            last = Some(id);
        }
        shop.partners.behave().await;
        wait_and_see(&shop).await;
        assert_eq!(moved(&shop), (0, 0), "verified, and no more");
        release(&shop, last.unwrap()).await;
        shop.until_order(last.unwrap(), OrderState::Paid).await;
    }

    async fn a_person_does_not_let_go_on_what_thecheat_is_still_asked_about(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        shop.partners.faults(json!([{"party": "thecheat", "operation": "search", "fault": "500_before"}])).await;
        let mut submission = shop.submission(&pins(1)).await;
        submission.holder = PersonName::parse("김다른").unwrap();
        let id = shop.submit(submission).await.unwrap().id;
        assert_eq!(standing(&shop, id).await.judgement.asked, Asked::Due);
        release(&shop, id).await;
        // It waits, and then nobody answered, which the person didn't know.
        shop.until_order(id, OrderState::Held).await;
        assert_eq!(moved(&shop), (0, 0), "{}", shop.story(id).await);
        let now = standing(&shop, id).await;
        assert_eq!((now.judgement.asked, now.cleared_at), (Asked::Failed, None));
        // Knowing that, a person may.
        release(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
    }

    async fn while_the_answer_is_on_its_way_nothing_is_redeemed(db: TestDb) {
        let shop = Shop::with(db, Policy { risk_check_pause: THECHEAT_IS_ASKED, ..quick() }).await;
        let rule = json!([{"party": "thecheat", "operation": "search", "fault": "500_before", "count": 2}]);
        shop.partners.faults(rule).await;
        let id = shop.sell(&pins(1)).await;
        // Everything but the answer.
        for kind in [domain::OutboxKind::BeginOrder, domain::OutboxKind::VerifyItem, domain::OutboxKind::LockItem] {
            shop.run_all(kind).await;
        }
        assert_eq!(shop.items(id).await[0].state, domain::ItemState::Verified);
        assert_eq!(moved(&shop), (0, 0));
        shop.until_order(id, OrderState::Paid).await;
    }
}

fn hex(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
