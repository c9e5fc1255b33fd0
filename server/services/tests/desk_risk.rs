//! The risk desk's use cases with real stores: who may, what is written, and what two people at once come to.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pins};
use domain::risk::{Cause, Condition, ReleaseReason, RiskLane, RiskRule, RuleBook, StopReason, Subject};
use domain::{BlockId, Lang, OrderCode, OrderId, OrderState, PersonName, Role, Span};
use services::desk::risk::{self, Decision, NewBlockInput};
use services::{Actor, ServiceError, Staff, order};
use std::time::Duration;
use testkit::staff::{Member, member_at};

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

/// A shop with somebody of each of these roles, second factors just shown.
async fn staffed<const N: usize>(db: testkit::TestDb, roles: [Role; N]) -> (Shop, [Actor; N]) {
    let shop = Shop::open(db).await;
    let now = shop.services.clock.now();
    let mut people = Vec::new();
    for (number, role) in (1_u8..).zip(roles) {
        people.push(actor(&member_at(shop.home.as_ref().unwrap(), number, &[role], now).await));
    }
    (shop, people.try_into().unwrap())
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

fn code_of<T>(result: Result<T, ServiceError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(ServiceError::Conflict { code, .. }) => code,
        Err(ServiceError::NotFound) => "not_found",
        Err(ServiceError::StepUp) => "step_up",
        Err(ServiceError::Invalid(_)) => "invalid",
        Err(other) => panic!("{other}"),
    }
}

async fn audited(shop: &Shop, kind: &str, id: String) -> Vec<String> {
    let mut reader = shop.services.db.read().await.unwrap();
    let lines = store::audit::of_target(&mut reader, kind, &id, 100).await.unwrap();
    let mut actions: Vec<String> = lines.into_iter().map(|line| line.action).collect();
    actions.sort_unstable();
    actions
}

testkit::both_engines! {
    async fn a_flagged_order_is_seen_and_let_go_on(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let (id, code) = flagged(&shop).await;
        let (_, other) = flagged(&shop).await;
        shop.until_order(id, OrderState::Held).await;
        let queue = risk::queue(services, &operator, None).await.unwrap();
        assert_eq!(queue.rows.len(), 2);
        assert_eq!((queue.rows[0].code.as_str(), queue.rows[0].lane), (code.as_str(), Some(RiskLane::Review)));
        assert_eq!((queue.counts.len(), queue.counts[0].orders), (1, 2));
        let case = risk::case(services, &operator, &code).await.unwrap();
        assert_eq!(case.flags.iter().map(|flag| flag.cause).collect::<Vec<_>>(), [Cause::HolderNotApplicant]);
        assert!(case.can_release && case.name.contains('*') && case.phone.contains("****"), "{case:?}");
        let address = case.links.iter().find(|links| links.by == Subject::Address).unwrap();
        assert_eq!(address.orders.iter().map(|order| order.code.as_str()).collect::<Vec<_>>(), [other.as_str()]);
        assert!(case.links.iter().any(|links| links.by == Subject::Phone && links.orders.is_empty()));
        let seen = decision(&code, case.revision, ReleaseReason::CalledBack);
        risk::release(services, &operator, seen.clone()).await.unwrap();
        assert_eq!(code_of(risk::release(services, &operator, seen).await), "changed");
        // At once, not a minute later: the work that waited is due.
        shop.until_order(id, OrderState::Paid).await;
        let case = risk::case(services, &operator, &code).await.unwrap();
        assert_eq!(case.cleared.unwrap().reason, "called_back");
        let kinds: Vec<&str> = case.decisions.iter().map(|decision| decision.kind.as_str()).collect();
        assert_eq!(kinds, ["order_hold", "order_release"]);
        assert_eq!(audited(&shop, "order", id.to_string()).await, ["risk.case", "risk.case", "risk.release"]);
        assert_eq!(risk::queue(services, &operator, None).await.unwrap().rows.len(), 1);
    }

    /// Written by a program from before the rules, beside this one.
    async fn an_order_that_was_never_judged_is_a_persons_to_let_go_on(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let made = shop.submit(shop.submission(&pins(1)).await).await.unwrap();
        let text = "DELETE FROM risk_flags; DELETE FROM order_risk";
        match &services.db {
            store::Db::Sqlite(db) => drop(sqlx::raw_sql(text).execute(db.writer()).await.unwrap()),
            store::Db::Postgres(db) => drop(sqlx::raw_sql(text).execute(db.pool()).await.unwrap()),
        }
        shop.until_order(made.id, OrderState::Held).await;
        let queue = risk::queue(services, &operator, None).await.unwrap();
        assert_eq!(queue.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), [made.code.as_str()]);
        let case = risk::case(services, &operator, &made.code).await.unwrap();
        assert!(case.can_release && case.flags.is_empty(), "{case:?}");
        risk::release(services, &operator, decision(&made.code, case.revision, ReleaseReason::CalledBack)).await.unwrap();
        shop.until_order(made.id, OrderState::Paid).await;
    }

    async fn what_is_written_beside_a_decision_is_sealed(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let (id, code) = flagged(&shop).await;
        shop.until_order(id, OrderState::Held).await;
        let note = "본인 남궁휘찬 010-7777-8888과 통화";
        let seen = decision(&code, shop.order(id).await.revision, ReleaseReason::CalledBack);
        risk::release(services, &operator, Decision { note: note.into(), ..seen }).await.unwrap();
        let history = store::events::of_order(&mut services.db.read().await.unwrap(), id).await.unwrap();
        assert!(!format!("{history:?}").contains("7777"), "{history:?}");
        let case = risk::case(services, &operator, &code).await.unwrap();
        assert_eq!(case.decisions.last().unwrap().note.as_deref(), Some(note));
    }

    async fn only_who_may_does_and_only_with_a_fresh_second_factor(db: TestDb) {
        let (shop, [operator, finance, marketer, auditor]) =
            staffed(db, [Role::Operator, Role::FinanceApprover, Role::Marketer, Role::Auditor]).await;
        let services = &shop.services;
        let (id, code) = flagged(&shop).await;
        shop.until_order(id, OrderState::Held).await;
        let revision = shop.order(id).await.revision;
        assert_eq!(code_of(risk::queue(services, &marketer, None).await), "not_found");
        assert_eq!(code_of(risk::case(services, &shop.actor, &code).await), "not_found");
        for reader in [&finance, &auditor] {
            assert!(!risk::case(services, reader, &code).await.unwrap().can_release);
            let release = decision(&code, revision, ReleaseReason::FalseAlarm);
            assert_eq!(code_of(risk::release(services, reader, release).await), "not_found");
            let input = NewBlockInput::Phone("010-1234-5678".into());
            let until = services.clock.now().plus(Span::days(1));
            assert_eq!(code_of(risk::block(services, reader, input, until, "시험 삼아").await), "not_found");
            assert_eq!(code_of(risk::draft(services, reader, 1, RuleBook::usual(), "시험 삼아").await), "not_found");
        }
        let home = shop.home.as_ref().unwrap();
        let long_ago = services.clock.now().minus(Span::hours(1));
        let stale = actor(&member_at(home, 9, &[Role::Operator], long_ago).await);
        let release = decision(&code, revision, ReleaseReason::FalseAlarm);
        assert_eq!(code_of(risk::release(services, &stale, release.clone()).await), "step_up");
        assert_eq!(shop.order(id).await.state, OrderState::Held);
        let wordless = Decision { reason: ReleaseReason::Other, ..release.clone() };
        assert_eq!(code_of(risk::release(services, &operator, wordless).await), "invalid");
        risk::release(services, &operator, release).await.unwrap();
    }

    async fn of_a_release_and_a_hold_at_once_one_is_told_that_it_changed(db: TestDb) {
        let (shop, [one, two]) = staffed(db, [Role::Operator, Role::Owner]).await;
        let services = &shop.services;
        for _ in 0..6 {
            let (id, code) = flagged(&shop).await;
            let revision = shop.order(id).await.revision;
            let (released, held) = tokio::join!(
                risk::release(services, &one, decision(&code, revision, ReleaseReason::FalseAlarm)),
                risk::hold(services, &two, decision(&code, revision, StopReason::Claimed)),
            );
            let (released, held) = (code_of(released), code_of(held));
            assert!(matches!((released, held), ("ok", "changed") | ("changed", "ok")), "{released} {held}");
            let wanted = if held == "ok" { OrderState::Held } else { OrderState::Submitted };
            assert_eq!(shop.order(id).await.state, wanted);
        }
    }

    async fn a_person_holds_an_order_the_rules_found_good(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let made = shop.submit(shop.submission(&pins(1)).await).await.unwrap();
        let revision = shop.order(made.id).await.revision;
        assert_eq!(
            code_of(risk::release(services, &operator, decision(&made.code, revision, ReleaseReason::FalseAlarm)).await),
            "not_held_here"
        );
        risk::hold(services, &operator, decision(&made.code, revision, StopReason::Authority)).await.unwrap();
        shop.until(Duration::from_millis(700), async |_| false).await;
        let order = shop.order(made.id).await;
        assert_eq!((order.state, order.hold_reason.as_deref()), (OrderState::Held, Some("risk_desk_authority")));
        assert_eq!(risk::queue(services, &operator, None).await.unwrap().rows.len(), 1);
        risk::release(services, &operator, decision(&made.code, order.revision, ReleaseReason::ProofSeen)).await.unwrap();
        shop.until_order(made.id, OrderState::Paid).await;
        let revision = shop.order(made.id).await.revision;
        assert_eq!(
            code_of(risk::hold(services, &operator, decision(&made.code, revision, StopReason::Claimed)).await),
            "too_late"
        );
    }

    async fn what_others_held_is_not_let_go_on_here(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let made = shop.submit(shop.submission(&pins(1)).await).await.unwrap();
        shop.hold(made.id).await;
        let revision = shop.order(made.id).await.revision;
        let release = decision(&made.code, revision, ReleaseReason::FalseAlarm);
        assert_eq!(code_of(risk::release(&shop.services, &operator, release).await), "not_held_here");
    }

    async fn a_block_stops_new_orders_and_those_under_way_until_it_is_lifted(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let first = shop.submission(&pins(1)).await;
        let phone = first.phone.clone();
        let made = shop.submit(first).await.unwrap();
        let until = services.clock.now().plus(Span::days(7));
        let typed = format!(" +82 {}", &phone.expose()[1..]);
        let id = risk::block(services, &operator, NewBlockInput::Phone(typed), until, "도용 신고").await.unwrap();
        shop.until_order(made.id, OrderState::Held).await;
        let second = shop.submission_by(&phone, &pins(1)).await;
        let second = shop.submit(second).await.unwrap().id;
        assert_eq!(shop.order(second).await.hold_reason.as_deref(), Some("risk_blocked"));
        let again = NewBlockInput::Of { order: made.code.clone(), kind: Subject::Phone };
        assert_eq!(code_of(risk::block(services, &operator, again.clone(), until, "시험 삼아").await), "blocked_already");
        let list = risk::blocks(services, &operator, None).await.unwrap();
        assert_eq!(list.rows.len(), 1);
        assert!(list.rows[0].in_force && list.rows[0].masked.ends_with("****") && list.can_write);
        let later = until.plus(Span::days(1));
        risk::move_end(services, &operator, id, 1, later, "더 길게 둠").await.unwrap();
        assert_eq!(code_of(risk::lift(services, &operator, id, 1, "시험 삼아").await), "changed");
        risk::lift(services, &operator, id, 2, "오인 신고").await.unwrap();
        let third = shop.submission_by(&phone, &pins(1)).await;
        let third = shop.submit(third).await.unwrap().id;
        assert_eq!(shop.order(third).await.state, OrderState::Submitted);
        assert_eq!(shop.order(second).await.state, OrderState::Held, "stopped until somebody lets it go on");
        assert_eq!(audited(&shop, "block", id.to_string()).await, ["block.add", "block.end", "block.lift"]);
        risk::block(services, &operator, again, until, "다시 신고").await.unwrap();
    }

    /// Whoever decided first, and whether the one knew of the other: what is blocked goes on for nobody.
    async fn what_is_blocked_is_let_go_on_only_when_the_block_is_lifted(db: TestDb) {
        let (shop, [operator, other]) = staffed(db, [Role::Operator, Role::Operator]).await;
        let services = &shop.services;
        let (id, code) = flagged(&shop).await;
        shop.until_order(id, OrderState::Held).await;
        // One has the case open; the other blocks its phone, which changes nothing of an order that is held already.
        let seen = risk::case(services, &operator, &code).await.unwrap();
        assert!(seen.can_release && seen.blocks.is_empty());
        let until = services.clock.now().plus(Span::days(7));
        let phone = NewBlockInput::Of { order: code.clone(), kind: Subject::Phone };
        let block = risk::block(services, &other, phone, until, "도용 신고").await.unwrap();
        shop.until(Duration::from_millis(500), async |_| false).await;
        let release = || decision(&code, seen.revision, ReleaseReason::FalseAlarm);
        assert_eq!(shop.order(id).await.revision, seen.revision);
        assert_eq!(code_of(risk::release(services, &operator, release()).await), "blocked");
        let case = risk::case(services, &operator, &code).await.unwrap();
        assert!(!case.can_release && case.blocks.len() == 1 && case.blocks[0].kind == Subject::Phone, "{case:?}");
        risk::lift(services, &other, block, 1, "오인 신고").await.unwrap();
        risk::release(services, &operator, release()).await.unwrap();
        assert_ne!(shop.order(id).await.state, OrderState::Held, "let go on, and nobody has worked on it yet");
        // One that comes after the release stops it again, before anything is redeemed.
        let block = NewBlockInput::Of { order: code.clone(), kind: Subject::Phone };
        risk::block(services, &other, block, until, "또 신고함").await.unwrap();
        shop.until_order(id, OrderState::Held).await;
        shop.until(Duration::from_millis(700), async |_| false).await;
        assert_eq!(shop.order(id).await.state, OrderState::Held, "{}", shop.story(id).await);
        assert!(shop.partners.references(testkit::partners::Party::Issuer, "redeem", "redeemed").is_empty());
    }

    /// Added while orders are in the till: whoever was first, none of them is redeemed.
    async fn a_block_added_while_orders_are_written_stops_them_all(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let first = shop.submission(&pins(1)).await;
        let phone = first.phone.clone();
        let mut orders = vec![first];
        for _ in 0..5 {
            orders.push(shop.submission_by(&phone, &pins(1)).await);
        }
        let until = services.clock.now().plus(Span::days(7));
        let submits = orders.into_iter().map(|submission| {
            let (services, actor) = (services.clone(), shop.actor.clone());
            tokio::spawn(async move { order::submit(&services, &actor, submission).await.unwrap().id })
        });
        let submits: Vec<_> = submits.collect();
        let input = NewBlockInput::Phone(phone.expose().to_owned());
        risk::block(services, &operator, input, until, "지금 신고").await.unwrap();
        let mut made = Vec::new();
        for submit in submits {
            made.push(submit.await.unwrap());
        }
        for id in &made {
            shop.until_order(*id, OrderState::Held).await;
        }
        shop.until(Duration::from_millis(700), async |_| false).await;
        assert!(shop.partners.references(testkit::partners::Party::Issuer, "redeem", "redeemed").is_empty());
    }

    async fn nonsense_is_not_blocked(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let now = services.clock.now();
        let good = now.plus(Span::days(1));
        let phone = || NewBlockInput::Phone("01012345678".into());
        let account = |bank: &str, number: &str| NewBlockInput::Account { bank_code: bank.into(), number: number.into() };
        for (input, until, reason) in [
            (NewBlockInput::Phone("12".into()), good, "시험 삼아"),
            (account("999", "43021234567"), good, "시험 삼아"),
            (account("004", "abc"), good, "시험 삼아"),
            (NewBlockInput::Address("not an address".into()), good, "시험 삼아"),
            (phone(), now, "시험 삼아"),
            (phone(), now.plus(Span::days(5 * 366 + 1)), "시험 삼아"),
            (phone(), good, "  "),
        ] {
            assert_eq!(code_of(risk::block(services, &operator, input, until, reason).await), "invalid");
        }
        let device = NewBlockInput::Of { order: flagged(&shop).await.1, kind: Subject::Device };
        assert_eq!(code_of(risk::block(services, &operator, device, good, "시험 삼아").await), "invalid", "it brought none");
        assert!(risk::blocks(services, &operator, None).await.unwrap().rows.is_empty());
        assert_eq!(code_of(risk::lift(services, &operator, BlockId::from_u128(1), 1, "시험 삼아").await), "not_found");
    }

    async fn a_book_is_published_by_somebody_else_and_only_on_what_it_was_made_from(db: TestDb) {
        let (shop, [owner, operator, second]) = staffed(db, [Role::Owner, Role::Operator, Role::Owner]).await;
        let services = &shop.services;
        let strict = RuleBook {
            rules: vec![RiskRule { when: Condition::ManyPins { pins: 2 }, points: 100, enabled: true }],
            ..RuleBook::usual()
        };
        let own = risk::draft(services, &owner, 1, strict.clone(), "두 장부터").await.unwrap();
        assert_eq!(code_of(risk::publish(services, &owner, own).await), "own_draft");
        assert_eq!(code_of(risk::publish(services, &operator, own).await), "not_found");
        let rival = risk::draft(services, &operator, 1, RuleBook::usual(), "그대로 둠").await.unwrap();
        assert!(risk::book(services, &owner, rival).await.unwrap().can_publish);
        assert!(!risk::book(services, &owner, own).await.unwrap().can_publish);
        risk::publish(services, &second, own).await.unwrap();
        assert_eq!(code_of(risk::publish(services, &owner, rival).await), "outdated");
        assert_eq!(code_of(risk::draft(services, &operator, 1, strict, "시험 삼아").await), "outdated");
        risk::withdraw(services, &operator, rival).await.unwrap();
        assert_eq!(code_of(risk::withdraw(services, &operator, rival).await), "changed");
        let states: Vec<(i64, String)> = risk::books(services, &operator)
            .await
            .unwrap()
            .into_iter()
            .map(|book| (book.version, book.state))
            .collect();
        assert_eq!(states, [(3, "withdrawn".to_owned()), (2, "in_force".to_owned()), (1, "retired".to_owned())]);
        tokio::time::sleep(Duration::from_millis(120)).await;
        let id = shop.sell(&pins(2)).await;
        assert_eq!(shop.order(id).await.hold_reason.as_deref(), Some("risk_many_pins"));
        assert_eq!(audited(&shop, "risk_book", own.to_string()).await, ["risk.draft", "risk.publish"]);
    }

    async fn a_dry_run_says_what_a_book_would_have_done(db: TestDb) {
        let (shop, [operator]) = staffed(db, [Role::Operator]).await;
        let services = &shop.services;
        let paid = shop.sell(&pins(2)).await;
        shop.until_order(paid, OrderState::Paid).await;
        shop.sell(&pins(1)).await;
        flagged(&shop).await;
        let as_it_is = risk::dry_run(services, &operator, &RuleBook::usual()).await.unwrap();
        assert_eq!((as_it_is.orders, as_it_is.held.orders, as_it_is.reviewed.orders), (3, 0, 1));
        assert_eq!((as_it_is.held_then, as_it_is.reviewed_then, as_it_is.complete), (0, 1, true));
        let strict = RuleBook {
            rules: vec![RiskRule { when: Condition::ManyPins { pins: 2 }, points: 100, enabled: true }],
            ..RuleBook::usual()
        };
        let tried = risk::dry_run(services, &operator, &strict).await.unwrap();
        assert_eq!((tried.held.orders, tried.held.paid, tried.reviewed.orders), (1, 1, 0));
        assert_eq!(tried.causes, [(Cause::ManyPins, 1)]);
        let unsound = RuleBook { limits: vec![], rules: vec![strict.rules[0], strict.rules[0]], ..strict };
        assert_eq!(code_of(risk::dry_run(services, &operator, &unsound).await), "invalid");
        assert_eq!(shop.order(paid).await.state, OrderState::Paid);
    }
}
