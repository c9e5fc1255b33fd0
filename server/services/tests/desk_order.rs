//! The order's page and what people may do there: rights, races, lines of the audit log, and nothing in the clear.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pin, pin_ending, pins};
use domain::wire::desk::StoryKind;
use domain::{ItemState, OrderId, OrderState, OutboxKind, OutboxState, Reason, Role, Span};
use services::desk::order::{self, HoldInput, ResendInput, Revealing};
use services::{Actor, ServiceError, Staff};
use std::time::Duration;
use store::audit::{AuditKind, AuditLine};
use store::{audit, items, messages, users};
use testkit::partners::Party;

/// Somebody of the staff, signed in a moment ago.
async fn somebody(shop: &Shop, number: u8, roles: &[Role]) -> Actor {
    let member = testkit::staff::member_at(shop.home.as_ref().unwrap(), number, roles, shop.services.clock.now()).await;
    Actor::Staff(Staff {
        user: member.user,
        login: member.login,
        name: format!("직원{number}"),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "198.51.100.7".into(),
        agent: "test".into(),
        lang: domain::Lang::Ko,
        step_up_at: Some(member.step_up_at),
    })
}

async fn lines(shop: &Shop, id: OrderId) -> Vec<AuditLine> {
    let mut reader = shop.services.db.read().await.unwrap();
    let mut lines = audit::of_target(&mut reader, "order", &id.to_string(), 500).await.unwrap();
    lines.reverse();
    lines
}

async fn actions(shop: &Shop, id: OrderId) -> Vec<String> {
    lines(shop, id).await.into_iter().map(|line| line.action).collect()
}

async fn code(shop: &Shop, id: OrderId) -> String {
    shop.order(id).await.code.as_str().to_owned()
}

fn holding(mark: i64) -> HoldInput {
    HoldInput { why: "identity".into(), reason: "본인 확인이 필요해요".into(), mark, tell: false }
}

fn message_of(error: ServiceError) -> String {
    match error {
        ServiceError::Conflict { message, .. } => message,
        other => panic!("{other:?} is no conflict"),
    }
}

testkit::both_engines! {
    async fn the_page_tells_everything_masked_and_leaves_one_view_line(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let number = pin();
        let id = shop.sell(std::slice::from_ref(&number)).await;
        shop.until_order(id, OrderState::Paid).await;
        let code = code(&shop, id).await;
        order::note(&shop.services, &operator, &code, "고객과 통화함").await.unwrap();
        let view = order::open(&shop.services, &operator, &code).await.unwrap();
        let again = order::open(&shop.services, &operator, &code).await.unwrap();
        assert_eq!(actions(&shop, id).await, ["order.note", "order.open"], "one line within ten minutes");
        for kind in [StoryKind::Order, StoryKind::Partner, StoryKind::Message, StoryKind::Note] {
            assert!(view.story.iter().any(|line| line.kind == kind), "{kind}");
        }
        assert!(again.story.iter().any(|line| line.kind == StoryKind::View));
        assert!(view.story.is_sorted_by_key(|line| line.at));
        assert!(view.story.iter().any(|line| line.detail == "고객과 통화함" && line.who == "직원1"));
        let told = serde_json::to_string(&view).unwrap();
        for secret in [number.as_str(), "홍길동"] {
            assert!(!told.contains(secret), "{secret}");
        }
        assert_eq!(view.items.len(), 1);
        assert_eq!(view.payout.unwrap().attempts.len(), 1);
    }

    async fn whoever_lacks_the_right_sees_no_such_order(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let item = shop.items(id).await[0].id.to_string();
        let (s, mut number) = (&shop.services, 10);
        for role in Role::ALL {
            number += 1;
            let actor = somebody(&shop, number, &[*role]).await;
            let gone = |answer: Result<(), ServiceError>| matches!(answer, Err(ServiceError::NotFound));
            let acts = matches!(role, Role::Owner | Role::Operator);
            let opens = acts || matches!(role, Role::FinanceMaker | Role::FinanceApprover | Role::Auditor);
            assert_eq!(gone(order::open(s, &actor, &code).await.map(|_| ())), !opens, "{role}");
            let notes = acts || *role == Role::FinanceMaker;
            assert_eq!(gone(order::note(s, &actor, &code, "").await), !notes, "{role} note");
            assert_eq!(gone(order::hold(s, &actor, &code, HoldInput::default()).await), !acts, "{role} hold");
            assert_eq!(gone(order::release(s, &actor, &code, "", 0).await), !acts, "{role} release");
            assert_eq!(gone(order::reject(s, &actor, &item, "", "", 0).await), !acts, "{role} reject");
            assert_eq!(gone(order::resend(s, &actor, ResendInput::default()).await), !acts, "{role} resend");
            assert_eq!(gone(order::reopen(s, &actor, &code, "", "", 0).await), !acts, "{role} reopen");
            let pin = order::reveal(s, &actor, &code, Revealing::parse(&item).unwrap(), "").await.map(|_| ());
            assert_eq!(gone(pin), !acts, "{role} pin");
            let person = order::reveal(s, &actor, &code, Revealing::Name, "").await.map(|_| ());
            assert_eq!(gone(person), !(acts || *role == Role::FinanceMaker), "{role} person");
        }
        let opened = lines(&shop, id).await;
        assert!(opened.iter().all(|line| line.action == "order.open"), "nobody else left a line: {opened:?}");
        assert!(matches!(order::open(s, &shop.actor, &code).await, Err(ServiceError::NotFound)), "a visitor");
    }

    async fn a_disabled_account_an_ended_session_and_a_stale_factor_write_nothing(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let s = &shop.services;
        let ended = somebody(&shop, 1, &[Role::Operator]).await;
        let Actor::Staff(staff) = &ended else { unreachable!() };
        let mut tx = s.db.begin().await.unwrap();
        let before = users::find(&mut tx, staff.user).await.unwrap().unwrap();
        let after = users::User { session_epoch: before.session_epoch + 1, ..before.clone() };
        users::write(&mut tx, &before, &after, s.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(order::hold(s, &ended, &code, holding(0)).await, Err(ServiceError::SignedOut)));
        assert!(matches!(order::note(s, &ended, &code, "메모").await, Err(ServiceError::SignedOut)));

        let long_ago = s.clock.now().minus(Span::minutes(11));
        let member = testkit::staff::member_at(shop.home.as_ref().unwrap(), 2, &[Role::Operator], long_ago).await;
        let Actor::Staff(like) = somebody(&shop, 3, &[Role::Operator]).await else { unreachable!() };
        let stale = Actor::Staff(Staff { user: member.user, session: member.session, epoch: member.epoch, ..like });
        let refused = order::reveal(s, &stale, &code, Revealing::Phone, "전화 확인 요청").await;
        assert!(matches!(refused, Err(ServiceError::StepUp)), "{refused:?}");
        assert!(order::hold(s, &stale, &code, holding(0)).await.is_ok(), "holding asks for no second factor");
        assert_eq!(actions(&shop, id).await, ["order.hold"]);
    }

    async fn a_held_order_stands_still_and_goes_on_where_it_was(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let id = shop.sell(&pins(2)).await;
        let code = code(&shop, id).await;
        let s = &shop.services;
        order::hold(s, &operator, &code, HoldInput { tell: true, ..holding(0) }).await.unwrap();
        services::work::run_due(s, "test").await.unwrap();
        let held = shop.order(id).await;
        assert_eq!((held.state, held.hold_reason.as_deref()), (OrderState::Held, Some("desk_identity")));
        assert!(shop.partners.journal(Party::Issuer).is_empty(), "nobody was asked");
        let view = order::open(s, &operator, &code).await.unwrap();
        assert_eq!(view.held.as_ref().unwrap().word, "본인 확인 필요");
        let line = lines(&shop, id).await.remove(0);
        assert_eq!((line.kind, line.reason.as_deref()), (AuditKind::Change, Some("본인 확인이 필요해요")));
        order::release(s, &operator, &code, "확인을 마쳤어요", view.mark).await.unwrap();
        assert_eq!(shop.order(id).await.state, OrderState::Submitted);
        shop.until_order(id, OrderState::Paid).await;
        let mut reader = s.db.read().await.unwrap();
        let told = messages::of_subject(&mut reader, id.bytes()).await.unwrap();
        assert_eq!(told.iter().filter(|message| message.kind == domain::MessageKind::Held).count(), 1);
    }

    async fn of_two_who_hold_one_holds_and_the_other_reads_who_did(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Owner]).await);
        for round in 0..6 {
            let mark = order::open(&shop.services, &a, &code).await.unwrap().mark;
            let tasks = [a.clone(), b.clone()].map(|actor| {
                let (s, code) = (shop.services.clone(), code.clone());
                tokio::spawn(async move {
                    if round % 2 == 0 {
                        order::hold(&s, &actor, &code, holding(mark)).await
                    } else {
                        order::release(&s, &actor, &code, "확인을 마쳤어요", mark).await
                    }
                })
            });
            let mut answers = Vec::new();
            for task in tasks {
                answers.push(task.await.unwrap());
            }
            let (good, bad): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
            assert_eq!((good.len(), bad.len()), (1, 1), "{bad:?}");
            let last = lines(&shop, id).await.pop().unwrap();
            let winner = if last.user == Some(staff_of(&a).user) { "직원1" } else { "직원2" };
            let told = message_of(bad.into_iter().next().unwrap().unwrap_err());
            let what = if round % 2 == 0 { "주문 보류" } else { "보류 해제" };
            assert!(told.contains(winner) && told.contains(what), "{told}");
        }
        let changes: Vec<_> =
            actions(&shop, id).await.into_iter().filter(|action| action != "order.open").collect();
        assert_eq!(changes.len(), 6, "one line each: {changes:?}");
    }

    async fn a_page_that_missed_a_colleagues_hold_releases_nothing(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let s = &shop.services;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        order::hold(s, &a, &code, holding(0)).await.unwrap();
        let old = order::open(s, &a, &code).await.unwrap().mark;
        order::release(s, &b, &code, "확인을 마쳤어요", old).await.unwrap();
        let now = order::open(s, &b, &code).await.unwrap().mark;
        let input = HoldInput { why: "authority".into(), ..holding(now) };
        order::hold(s, &b, &code, input).await.unwrap();
        let late = order::release(s, &a, &code, "확인을 마쳤어요", old).await.unwrap_err();
        assert!(message_of(late).contains("직원2"));
        assert_eq!(shop.order(id).await.hold_reason.as_deref(), Some("desk_authority"));
    }

    async fn holding_while_vouchers_are_redeemed_loses_and_doubles_none(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        let mut caught = 0;
        for round in 0..4_u64 {
            let id = shop.sell(&pins(8)).await;
            let code = code(&shop, id).await;
            let worker = { let s = s.clone(); tokio::spawn(async move { services::work::run_due(&s, "w").await }) };
            let other = { let s = s.clone(); tokio::spawn(async move { services::work::run_due(&s, "v").await }) };
            tokio::time::sleep(Duration::from_millis(40 + 60 * round)).await;
            let mark = order::open(s, &operator, &code).await.unwrap().mark;
            let held = order::hold(s, &operator, &code, holding(mark)).await;
            worker.await.unwrap().unwrap();
            other.await.unwrap().unwrap();
            if held.is_ok() && shop.order(id).await.state == OrderState::Held {
                caught += 1;
                let before = shop.partners.references(Party::Issuer, "redeem", "redeemed").len();
                services::work::run_due(s, "w").await.unwrap();
                assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), before, "held");
                let mark = order::open(s, &operator, &code).await.unwrap().mark;
                order::release(s, &operator, &code, "확인을 마쳤어요", mark).await.unwrap();
            }
            shop.until_order(id, OrderState::Paid).await;
            assert!(shop.items(id).await.iter().all(|item| item.state == ItemState::Paid));
        }
        assert!(caught > 0, "never caught one under way");
        let mut redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed");
        assert_eq!(redeemed.len(), 32, "each voucher once");
        redeemed.sort();
        redeemed.dedup();
        assert_eq!(redeemed.len(), 32);
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 4);
    }

    async fn a_voucher_is_turned_down_before_it_is_begun_and_the_order_ends(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        let id = shop.sell(&pins(2)).await;
        let all = shop.items(id).await;
        let (first, last) = (&all[0], &all[1]);
        let used = order::reject(s, &operator, &first.id.to_string(), "used", "고객이 취소 요청", first.revision).await;
        assert!(matches!(used, Err(ServiceError::Conflict { code: "begun", .. })), "nobody knows yet that it is used");
        order::reject(s, &operator, &first.id.to_string(), "declined", "고객이 취소 요청", first.revision).await.unwrap();
        let again = order::reject(s, &operator, &first.id.to_string(), "declined", "고객이 취소 요청", first.revision).await;
        assert!(message_of(again.unwrap_err()).contains("직원1"));
        assert_eq!(shop.order(id).await.state, OrderState::Submitted, "one is left");
        order::reject(s, &operator, &last.id.to_string(), "declined", "고객이 취소 요청", last.revision).await.unwrap();
        let order = shop.order(id).await;
        assert_eq!((order.state, order.total_payable), (OrderState::Rejected, domain::Won::ZERO));
        services::work::run_due(s, "test").await.unwrap();
        assert_eq!(shop.order(id).await.state, OrderState::Rejected);
        assert!(shop.partners.journal(Party::Issuer).is_empty(), "nobody was asked");
        assert!(shop.items(id).await.iter().all(|item| item.reason == Some(Reason::Declined)));
        assert_eq!(actions(&shop, id).await, ["item.reject", "item.reject"]);
    }

    async fn a_held_order_that_was_never_begun_ends_when_its_last_voucher_is_turned_down(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        order::hold(s, &operator, &code, holding(0)).await.unwrap();
        services::work::run_due(s, "test").await.unwrap();
        let item = shop.items(id).await.remove(0);
        order::reject(s, &operator, &item.id.to_string(), "declined", "부정 거래로 확인", item.revision).await.unwrap();
        let order = shop.order(id).await;
        assert_eq!((order.state, order.held_from), (OrderState::Rejected, None));
    }

    async fn turning_down_and_redeeming_race_and_one_wins(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        for round in 0..5_u64 {
            let id = shop.sell(&pins(1)).await;
            let worker = { let s = s.clone(); tokio::spawn(async move { services::work::run_due(&s, "w").await }) };
            tokio::time::sleep(Duration::from_millis(15 * round)).await;
            let rejected = loop {
                let item = shop.items(id).await.remove(0);
                match order::reject(s, &operator, &item.id.to_string(), "declined", "고객이 취소 요청", item.revision).await {
                    Ok(()) => break true,
                    Err(ServiceError::Conflict { code: "begun", .. }) => break false,
                    Err(ServiceError::Conflict { .. }) => {}
                    Err(other) => panic!("{other:?}"),
                }
            };
            worker.await.unwrap().unwrap();
            let redeemed = shop.partners.references(Party::Issuer, "redeem", "redeemed").len();
            let item = shop.items(id).await.remove(0);
            if rejected {
                assert_eq!(item.state, ItemState::Rejected);
                shop.until_order(id, OrderState::Rejected).await;
                assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), redeemed);
                let attempts = attempts(&shop, item.id).await;
                assert!(attempts.is_empty(), "never sent: {attempts:?}");
            } else {
                shop.until_order(id, OrderState::Paid).await;
            }
        }
    }

    async fn of_two_who_turn_it_down_one_does(db: TestDb) {
        let shop = Shop::open(db).await;
        let id = shop.sell(&pins(3)).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        for item in shop.items(id).await {
            let tasks = [a.clone(), b.clone()].map(|actor| {
                let (s, item) = (shop.services.clone(), item.clone());
                tokio::spawn(async move {
                    order::reject(&s, &actor, &item.id.to_string(), "declined", "고객이 취소 요청", item.revision).await
                })
            });
            let mut good = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(()) => good += 1,
                    Err(error) => assert!(message_of(error).contains("직원")),
                }
            }
            assert_eq!(good, 1);
        }
        assert_eq!(actions(&shop, id).await.len(), 3);
    }

    async fn a_reveal_leaves_its_line_first_and_shows_the_value_to_that_session_only(db: TestDb) {
        let shop = Shop::open(db).await;
        let (me, other) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        let s = &shop.services;
        let number = pin();
        let id = shop.sell(std::slice::from_ref(&number)).await;
        let code = code(&shop, id).await;
        let item = shop.items(id).await[0].id;
        let short = order::reveal(s, &me, &code, Revealing::Pin(item), "  확인 ").await;
        assert!(matches!(short, Err(ServiceError::Invalid(_))), "a reason is asked for");
        assert!(actions(&shop, id).await.is_empty());
        let ticket = order::reveal(s, &me, &code, Revealing::Pin(item), "고객이 번호를 물어봄").await.unwrap();
        let line = lines(&shop, id).await.remove(0);
        assert_eq!((line.kind, line.action.as_str(), line.id), (AuditKind::View, "reveal.pin", ticket));
        let seen = order::revealed(s, &me, &code, &ticket.to_string()).await.unwrap();
        assert_eq!(seen.lines[0].1.replace(' ', ""), number);
        assert!(!format!("{seen:?}").contains(&number));
        assert!(matches!(order::revealed(s, &other, &code, &ticket.to_string()).await, Err(ServiceError::NotFound)));
        let Actor::Staff(mine) = &me else { unreachable!() };
        let elsewhere = Actor::Staff(Staff { session: [77; 32], ..mine.clone() });
        let refused = order::revealed(s, &elsewhere, &code, &ticket.to_string()).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "another session of the same person");
        let person = order::reveal(s, &me, &code, Revealing::Account, "계좌 확인 전화").await.unwrap();
        let account = order::revealed(s, &me, &code, &person.to_string()).await.unwrap();
        assert_eq!(account.lines[1].1, "홍길동");
        let told: Vec<String> = lines(&shop, id).await.iter().map(|line| format!("{line:?}")).collect();
        assert!(told.iter().all(|line| !line.contains(&number) && !line.contains("홍길동")), "never in the log");
    }

    async fn a_revealed_value_is_gone_after_a_minute_and_forty_an_hour_are_enough(db: TestDb) {
        let shop = Shop::at(db, common::quick(), common::now()).await;
        let me = somebody(&shop, 1, &[Role::Owner]).await;
        let s = &shop.services;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let ticket = order::reveal(s, &me, &code, Revealing::Name, "이름 확인이 필요").await.unwrap();
        shop.move_clock(s.clock.now().plus(Span::seconds(61)));
        let late = order::revealed(s, &me, &code, &ticket.to_string()).await;
        assert!(matches!(late, Err(ServiceError::Conflict { code: "over", .. })));
        for _ in 1..order::REVEALS_PER_HOUR {
            order::reveal(s, &me, &code, Revealing::Name, "이름 확인이 필요").await.unwrap();
        }
        let refused = order::reveal(s, &me, &code, Revealing::Phone, "전화 확인이 필요").await;
        assert!(matches!(refused, Err(ServiceError::Busy { .. })));
        let count = actions(&shop, id).await.len();
        assert_eq!(count, usize::try_from(order::REVEALS_PER_HOUR).unwrap(), "the refused one left no line");
    }

    async fn work_left_to_people_is_asked_again_and_nothing_is_sent_by_it(db: TestDb) {
        let policy = services::Policy { max_inquiries: 1, ..common::quick() };
        let shop = Shop::with(db, policy).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        let s = &shop.services;
        shop.partners.faults(serde_json::json!([
            { "party": "issuer", "operation": "redeem", "fault": "timeout_after", "count": 1 },
            { "party": "issuer", "operation": "redemption", "fault": "500_before", "count": 1 },
        ])).await;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        let left = shop.until(Duration::from_secs(20), async |shop| {
            let mut reader = shop.services.db.read().await.unwrap();
            store::stories::works(&mut reader, id).await.unwrap().iter().any(|row| row.state == OutboxState::Review)
        }).await;
        assert!(left, "{}", shop.story(id).await);
        let view = order::open(s, &a, &code).await.unwrap();
        let work = view.works.iter().find(|work| work.can_reopen).unwrap().clone();
        let tasks = [a.clone(), b.clone()].map(|actor| {
            let (s, code, work) = (s.clone(), code.clone(), work.clone());
            tokio::spawn(async move { order::reopen(&s, &actor, &code, &work.id, "발행사가 복구됨", work.epoch).await })
        });
        let mut good = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => good += 1,
                Err(error) => assert!(message_of(error).contains("작업 다시 시도")),
            }
        }
        assert_eq!(good, 1, "one of two opens it");
        shop.until_order(id, OrderState::Paid).await;
        assert_eq!(shop.partners.references(Party::Issuer, "redeem", "redeemed").len(), 1);
        assert_eq!(actions(&shop, id).await.iter().filter(|action| *action == "work.reopen").count(), 1);
    }

    async fn money_that_could_move_twice_is_started_by_nobody(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Owner]).await;
        let s = &shop.services;
        let id = shop.sell(&pins(1)).await;
        let other = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        shop.until_order(id, OrderState::Paid).await;
        shop.until_order(other, OrderState::Paid).await;
        let payout = shop.payout(id).await.unwrap();
        let row = shop.works(payout.id.bytes()).await.into_iter().find(|row| row.kind == OutboxKind::SendPayout).unwrap();
        let refused = order::reopen(s, &operator, &code, &row.id.to_string(), "다시 보내 주세요", row.epoch).await;
        assert!(matches!(refused, Err(ServiceError::Conflict { code: "unsafe", .. })), "{refused:?}");
        assert!(!actions(&shop, id).await.contains(&"work.reopen".to_owned()));
    }

    async fn a_message_is_sent_again_once_and_only_with_the_tick(db: TestDb) {
        let shop = Shop::open(db).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        let s = &shop.services;
        let id = shop.sell(&pins(1)).await;
        shop.until_order(id, OrderState::Paid).await;
        services::work::run_due(s, "test").await.unwrap();
        let mut reader = s.db.read().await.unwrap();
        let before = messages::of_subject(&mut reader, id.bytes()).await.unwrap();
        drop(reader);
        let paid = before.iter().find(|message| message.kind == domain::MessageKind::Paid).unwrap();
        let input = ResendInput {
            message: paid.id.to_string(), reason: "고객이 못 받았대요".into(), seen: before.len(), twice: false,
        };
        let unticked = order::resend(s, &a, input.clone()).await;
        assert!(matches!(unticked, Err(ServiceError::Invalid(_))), "{unticked:?}");
        let tasks = [a.clone(), b.clone()].map(|actor| {
            let (s, input) = (s.clone(), ResendInput { twice: true, ..input.clone() });
            tokio::spawn(async move { order::resend(&s, &actor, input).await })
        });
        let mut good = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => good += 1,
                Err(error) => assert!(message_of(error).contains("문자 다시 보내기")),
            }
        }
        assert_eq!(good, 1);
        services::work::run_due(s, "test").await.unwrap();
        let mut reader = s.db.read().await.unwrap();
        let after = messages::of_subject(&mut reader, id.bytes()).await.unwrap();
        assert_eq!(after.len(), before.len() + 1);
        let keys: std::collections::BTreeSet<_> = after.iter().map(|message| message.client_key.clone()).collect();
        assert_eq!(keys.len(), after.len(), "a key of its own");
        let all = shop.until(Duration::from_secs(15), async |shop| {
            let sent = shop.partners.journal(Party::Agent);
            let seen: std::collections::BTreeSet<_> =
                sent.iter().filter_map(|line| line["reference"].as_str().map(ToOwned::to_owned)).collect();
            keys.is_subset(&seen)
        }).await;
        assert!(all, "the agent has each of them");
    }

    async fn a_note_is_sealed_and_its_text_is_in_no_line(db: TestDb) {
        let shop = Shop::open(db).await;
        let maker = somebody(&shop, 1, &[Role::FinanceMaker]).await;
        let s = &shop.services;
        let id = shop.sell(&pins(1)).await;
        let code = code(&shop, id).await;
        assert!(matches!(order::note(s, &maker, &code, " \n ").await, Err(ServiceError::Invalid(_))));
        assert!(matches!(order::note(s, &maker, &code, &"가".repeat(2_001)).await, Err(ServiceError::Invalid(_))));
        order::note(s, &maker, &code, "카나리아 010-9999-8888").await.unwrap();
        let told = format!("{:?}", lines(&shop, id).await);
        assert!(!told.contains("카나리아"));
        let mut reader = s.db.read().await.unwrap();
        let note = store::notes::of_order(&mut reader, id).await.unwrap().remove(0);
        assert!(!note.body_enc.windows(4).any(|window| window == b"9999"));
    }

    async fn an_unclear_redemption_is_never_turned_down(db: TestDb) {
        let shop = Shop::open(db).await;
        let operator = somebody(&shop, 1, &[Role::Owner]).await;
        let id = shop.sell(&[pin_ending("9905")]).await;
        shop.until(Duration::from_secs(10), async |shop| {
            shop.items(id).await.iter().all(|item| item.state == ItemState::Manual)
        }).await;
        // As if a redemption of it were open: whatever its state says, it is not a person's to turn down.
        let item = shop.items(id).await.remove(0);
        let s = &shop.services;
        let mut tx = s.db.begin().await.unwrap();
        let attempt = domain::AttemptId::from_u128(77);
        store::lock_attempts::insert(&mut tx, attempt, item.id, 9, "R77", s.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let refused =
            order::reject(s, &operator, &item.id.to_string(), "used", "발행사가 사용됨이라 함", item.revision).await;
        assert!(matches!(refused, Err(ServiceError::Conflict { code: "begun", .. })), "{refused:?}");
        let mut reader = s.db.read().await.unwrap();
        assert_eq!(items::find(&mut reader, item.id).await.unwrap().unwrap().state, ItemState::Manual);
    }
}

fn staff_of(actor: &Actor) -> &Staff {
    let Actor::Staff(staff) = actor else { panic!("not staff") };
    staff
}

async fn attempts(shop: &Shop, item: domain::ItemId) -> Vec<store::lock_attempts::LockAttempt> {
    let mut reader = shop.services.db.read().await.unwrap();
    store::lock_attempts::of_item(&mut reader, item).await.unwrap()
}
