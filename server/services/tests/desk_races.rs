//! Two people at one thing, and somebody whose right ends while their request is under way.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins};
use domain::risk::{Condition, ReleaseReason, RiskRule, RuleBook, StopReason};
use domain::{Lang, OrderCode, OrderId, OrderState, PersonName, Role};
use services::desk::order::{self, HoldInput};
use services::desk::risk::{self, Decision};
use services::desk::users as desk_users;
use services::{Actor, ServiceError, Services, Staff};
use std::time::Duration;
use store::users::{self, User, UserState};
use store::{Tx, orders, sessions};
use testkit::TestDb;
use testkit::staff::{Member, member_at};

async fn member(shop: &Shop, number: u8, role: Role) -> Member {
    member_at(shop.home.as_ref().unwrap(), number, &[role], shop.services.clock.now()).await
}

fn actor(member: &Member) -> Actor {
    Actor::Staff(Staff {
        user: member.user,
        login: member.login.clone(),
        name: member.login.clone(),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "203.0.113.1".into(),
        agent: "test".into(),
        lang: Lang::Ko,
        step_up_at: Some(member.step_up_at),
    })
}

/// An order of somebody whose account is another's.
async fn flagged(shop: &Shop) -> (OrderId, OrderCode) {
    let mut submission = shop.submission(&pins(1)).await;
    submission.holder = PersonName::parse("김다른").unwrap();
    let made = shop.submit(submission).await.unwrap();
    (made.id, made.code)
}

fn decision<R>(order: &OrderCode, revision: i64, reason: R) -> Decision<R> {
    Decision { order: order.clone(), revision, reason, note: String::new() }
}

fn holding(mark: i64) -> HoldInput {
    HoldInput { why: "identity".into(), reason: "본인 확인이 필요해요".into(), mark, tell: false }
}

/// One did it; the other is told in words that it changed.
fn one_of(answers: &[Result<(), ServiceError>; 2], codes: &[&str]) {
    let told: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert_eq!(told.len(), 1, "{answers:?}");
    let fine =
        matches!(told[0], ServiceError::Conflict { code, message } if codes.contains(code) && !message.is_empty());
    assert!(fine, "{:?}", told[0]);
}

async fn changes(services: &Services, kind: &str, id: String) -> Vec<String> {
    let mut reader = services.db.read().await.unwrap();
    let lines = store::audit::of_target(&mut reader, kind, &id, 100).await.unwrap();
    lines
        .into_iter()
        .map(|line| line.action)
        .filter(|action| action.rsplit_once('.').is_none_or(|(_, verb)| verb != "open"))
        .collect()
}

/// How somebody's right ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Session,
    Epoch,
    Disabled,
    Role,
}

/// Ends it, in a transaction that is not over yet.
async fn revoked(tx: &mut Tx, member: &Member, how: End, services: &Services) {
    let now = services.clock.now();
    let before = users::lock(&mut *tx, member.user).await.unwrap().unwrap();
    match how {
        End::Session => assert_eq!(sessions::delete_of_user(&mut *tx, member.user).await.unwrap(), 1),
        End::Epoch => {
            let after = User { session_epoch: before.session_epoch + 1, ..before.clone() };
            users::write(&mut *tx, &before, &after, now).await.unwrap();
        }
        End::Disabled => {
            let after = User { state: UserState::Disabled, ..before.clone() };
            users::write(&mut *tx, &before, &after, now).await.unwrap();
        }
        End::Role => {
            users::set_role(&mut *tx, member.user, Role::Operator, false, now).await.unwrap();
        }
    }
}

testkit::both_engines! {
    /// The page was opened and the form sent while all was well; the request is stopped inside the use case, and only then
    /// is the session, the account or the role taken away. Nothing of it is written.
    async fn what_was_under_way_when_the_right_ended_writes_nothing(db: TestDb) {
        let shop = Shop::open(db).await;
        let services = &shop.services;
        let id = shop.sell(&pins(1)).await;
        let code = shop.order(id).await.code.as_str().to_owned();
        let (risky, risky_code) = flagged(&shop).await;
        let before = (shop.order(id).await, shop.order(risky).await);
        let mut number = 0;
        for how in [End::Session, End::Epoch, End::Disabled, End::Role] {
            for what in 0..3 {
                number += 1;
                let member = member(&shop, number, Role::Operator).await;
                let mut tx = services.db.begin().await.unwrap();
                revoked(&mut tx, &member, how, services).await;
                let (s, me, code, risky) = (services.clone(), actor(&member), code.clone(), risky_code.clone());
                let revision = before.1.revision;
                let request = tokio::spawn(async move {
                    match what {
                        0 => order::hold(&s, &me, &code, holding(0)).await,
                        1 => order::note(&s, &me, &code, "고객과 통화함").await,
                        _ => risk::hold(&s, &me, decision(&risky, revision, StopReason::Claimed)).await,
                    }
                });
                shop.home.as_ref().unwrap().waited_for().await;
                tokio::time::sleep(Duration::from_millis(30)).await;
                assert!(!request.is_finished(), "{how:?} {what}: it waits for the account's row");
                tx.commit().await.unwrap();
                let answer = request.await.unwrap();
                let wanted = match how {
                    End::Role => matches!(answer, Err(ServiceError::NotFound)),
                    _ => matches!(answer, Err(ServiceError::SignedOut)),
                };
                assert!(wanted, "{how:?} {what}: {answer:?}");
            }
        }
        assert_eq!((shop.order(id).await, shop.order(risky).await), before, "neither order moved");
        for order in [id, risky] {
            assert_eq!(changes(services, "order", order.to_string()).await, Vec::<String>::new());
        }
    }

    async fn of_two_equal_decisions_on_a_flagged_order_one_counts(db: TestDb) {
        let shop = Shop::open(db).await;
        let services = &shop.services;
        let (one, two) = (actor(&member(&shop, 1, Role::Operator).await), actor(&member(&shop, 2, Role::Owner).await));
        for round in 0..4 {
            let (id, code) = flagged(&shop).await;
            let revision = shop.order(id).await.revision;
            let both = if round % 2 == 0 {
                let by = async |who: &Actor| {
                    risk::release(services, who, decision(&code, revision, ReleaseReason::FalseAlarm)).await
                };
                tokio::join!(by(&one), by(&two))
            } else {
                let by = async |who: &Actor| {
                    risk::hold(services, who, decision(&code, revision, StopReason::Claimed)).await
                };
                tokio::join!(by(&one), by(&two))
            };
            one_of(&both.into(), &["changed"]);
            assert_eq!(changes(services, "order", id.to_string()).await.len(), 1, "one line");
        }
    }

    /// The order's page and the risk desk stop the same order at once.
    async fn of_a_hold_at_the_order_and_one_at_the_risk_desk_one_counts(db: TestDb) {
        let shop = Shop::open(db).await;
        let services = &shop.services;
        let (one, two) = (actor(&member(&shop, 1, Role::Operator).await), actor(&member(&shop, 2, Role::Owner).await));
        for _ in 0..4 {
            let (id, code) = flagged(&shop).await;
            let revision = shop.order(id).await.revision;
            let mark = order::open(services, &one, code.as_str()).await.unwrap().mark;
            let both = tokio::join!(
                order::hold(services, &one, code.as_str(), holding(mark)),
                risk::hold(services, &two, decision(&code, revision, StopReason::Claimed)),
            );
            one_of(&both.into(), &["changed", "too_late", "moved", "state"]);
            assert_eq!(shop.order(id).await.state, OrderState::Held);
            assert_eq!(changes(services, "order", id.to_string()).await.len(), 1, "one line");
        }
    }

    async fn of_two_owners_who_publish_a_book_one_does(db: TestDb) {
        let shop = Shop::open(db).await;
        let services = &shop.services;
        let operator = actor(&member(&shop, 1, Role::Operator).await);
        let (one, two) = (actor(&member(&shop, 2, Role::Owner).await), actor(&member(&shop, 3, Role::Owner).await));
        let strict = |pins: u32| RuleBook {
            rules: vec![RiskRule { when: Condition::ManyPins { pins }, points: 100, enabled: true }],
            ..RuleBook::usual()
        };
        // The same draft, then two drafts made from the same book.
        let mut based_on = 1;
        for round in 0..4 {
            let first = risk::draft(services, &operator, based_on, strict(2 + round), "두 장부터").await.unwrap();
            let second = if round % 2 == 0 {
                first
            } else {
                risk::draft(services, &operator, based_on, strict(12 + round), "열 장부터").await.unwrap()
            };
            let both = tokio::join!(risk::publish(services, &one, first), risk::publish(services, &two, second));
            based_on = if both.0.is_ok() { first } else { second };
            one_of(&both.into(), &["changed", "outdated"]);
            let books = risk::books(services, &operator).await.unwrap();
            let in_force: Vec<i64> =
                books.iter().filter(|book| book.state == "in_force").map(|book| book.version).collect();
            assert_eq!(in_force, [based_on], "one book is in force");
        }
    }
}

/// The other way round: whoever takes a right away waits for what was begun with it, so nothing of it comes afterwards.
/// SQLite has one writer, where nobody can be stopped between the two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_ends_a_session_waits_for_what_was_begun_in_it() {
    let shop = Shop::open(TestDb::postgres().await).await;
    let services = &shop.services;
    let id = shop.sell(&pins(1)).await;
    let code = shop.order(id).await.code.as_str().to_owned();
    let (worker, owner) = (member(&shop, 1, Role::Operator).await, actor(&member(&shop, 2, Role::Owner).await));
    let page = desk_users::open(services, &owner, &worker.user.to_string()).await.unwrap();
    // The order's row is taken, so the request stops after it was asked whether it may.
    let mut tx = services.db.begin().await.unwrap();
    orders::lock(&mut tx, id).await.unwrap().unwrap();
    let (s, me, of) = (services.clone(), actor(&worker), code.clone());
    let request = tokio::spawn(async move { order::hold(&s, &me, &of, holding(0)).await });
    shop.home.as_ref().unwrap().waited_for().await;
    let (s, user) = (services.clone(), worker.user.to_string());
    let ending = tokio::spawn(async move {
        desk_users::end_sessions(&s, &owner, (&user, page.revision), "의심스러운 접속").await
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!request.is_finished() && !ending.is_finished(), "both wait");
    tx.rollback().await.unwrap();
    request.await.unwrap().unwrap();
    ending.await.unwrap().unwrap();
    assert_eq!(shop.order(id).await.state, OrderState::Held);
    let late = order::note(services, &actor(&worker), &code, "또 하나").await;
    assert!(matches!(late, Err(ServiceError::SignedOut)), "{late:?}");
    assert_eq!(changes(services, "order", id.to_string()).await, ["order.hold"]);
}
