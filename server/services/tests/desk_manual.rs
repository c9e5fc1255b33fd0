//! The manual desk: one voucher, one person; results with proof; nothing keyed twice and nothing after the claim lapsed.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pin, pin_ending};
use domain::{ItemState, OrderId, OrderState, Reason, Role, Span, Timestamp, Won};
use services::desk::manual::{self, KeyInput, LARGEST_PROOF, LEASE};
use services::desk::order::{self, HoldInput};
use services::{Actor, ServiceError, Staff};
use std::time::Duration;
use store::audit;
use store::items::Item;
use testkit::partners::Party;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n canary-of-the-proof 4180-9999";

async fn somebody(shop: &Shop, number: u8, roles: &[Role]) -> Actor {
    signed_in(shop, number, roles, shop.services.clock.now()).await
}

/// The same, who showed the second factor at `at`.
async fn signed_in(shop: &Shop, number: u8, roles: &[Role], at: Timestamp) -> Actor {
    let member = testkit::staff::member_at(shop.home.as_ref().unwrap(), number, roles, at).await;
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

/// An order whose only voucher waits for a person.
async fn waiting(shop: &Shop) -> (OrderId, Item) {
    let id = shop.sell(&[pin_ending("9905")]).await;
    let there = shop.until(Duration::from_secs(10), async |shop| {
        shop.items(id).await.iter().all(|item| item.state == ItemState::Manual)
    });
    assert!(there.await, "{}", shop.story(id).await);
    (id, shop.items(id).await.remove(0))
}

fn redeemed(item: &Item) -> KeyInput {
    KeyInput {
        item: item.id.to_string(),
        result: "redeemed".into(),
        face: item.claimed_face.to_string(),
        issuer_ref: "A-20261122-17".into(),
        revision: item.revision,
        ..KeyInput::default()
    }
}

fn conflict(answer: Result<(), ServiceError>) -> (&'static str, String) {
    match answer.unwrap_err() {
        ServiceError::Conflict { code, message } => (code, message),
        other => panic!("{other:?} is no conflict"),
    }
}

fn field(answer: Result<(), ServiceError>) -> String {
    match answer.unwrap_err() {
        ServiceError::Invalid(fields) => fields.into_iter().next().unwrap().field,
        other => panic!("{other:?} is no wrong field"),
    }
}

async fn actions(shop: &Shop, id: OrderId) -> Vec<String> {
    let mut reader = shop.services.db.read().await.unwrap();
    let mut lines = audit::of_target(&mut reader, "order", &id.to_string(), 500).await.unwrap();
    lines.reverse();
    lines.into_iter().map(|line| line.action).collect()
}

testkit::both_engines! {
    async fn of_two_who_take_it_one_has_it_and_the_other_reads_who_and_since_when(db: TestDb) {
        let shop = Shop::open(db).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        for _ in 0..4 {
            let (id, item) = waiting(&shop).await;
            let tasks = [a.clone(), b.clone()].map(|actor| {
                let (s, item) = (shop.services.clone(), item.id.to_string());
                tokio::spawn(async move { manual::claim(&s, &actor, &item).await })
            });
            let mut won = Vec::new();
            for task in tasks {
                won.push(task.await.unwrap());
            }
            assert_eq!(won.iter().filter(|answer| answer.is_ok()).count(), 1);
            let who = if won[0].is_ok() { "직원1" } else { "직원2" };
            let (code, told) = conflict(won.into_iter().find(Result::is_err).unwrap());
            assert!(code == "claimed" && told.contains(who), "{told}");
            assert_eq!(actions(&shop, id).await, ["manual.claim"]);
            let view = manual::queue(&shop.services, &a).await.unwrap();
            let row = view.rows.iter().find(|row| row.item == item.id.to_string()).unwrap();
            assert_eq!(row.claim.as_ref().unwrap().who, who);
        }
    }

    async fn a_redemption_by_hand_is_in_the_books_and_paid_once(db: TestDb) {
        let shop = Shop::open(db).await;
        let me = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        let (id, item) = waiting(&shop).await;
        let name = item.id.to_string();
        assert_eq!(conflict(manual::key(s, &me, redeemed(&item)).await).0, "lapsed", "not taken");
        manual::claim(s, &me, &name).await.unwrap();
        assert_eq!(field(manual::key(s, &me, redeemed(&item)).await), "file", "the issuer's word needs a proof");
        manual::add_proof(s, &me, &name, "화면.png", PNG).await.unwrap();
        let missing = KeyInput { issuer_ref: " ".into(), ..redeemed(&item) };
        assert_eq!(field(manual::key(s, &me, missing).await), "issuer_ref");
        let other = KeyInput { face: "50,000원".into(), ..redeemed(&item) };
        assert_eq!(field(manual::key(s, &me, other).await), "differs", "another face than claimed is asked again");
        let unknown = KeyInput { face: "17".into(), ..redeemed(&item) };
        assert_eq!(field(manual::key(s, &me, unknown).await), "face", "no rate for it");
        manual::key(s, &me, redeemed(&item)).await.unwrap();
        let (code, told) = conflict(manual::key(s, &me, redeemed(&item)).await);
        assert!(code == "changed" && told.contains("직원1"), "keyed twice: {told}");
        shop.until_order(id, OrderState::Paid).await;
        let paid = shop.items(id).await.remove(0);
        assert_eq!((paid.state, paid.issuer_ref.as_deref()), (ItemState::Paid, Some("A-20261122-17")));
        let mut reader = s.db.read().await.unwrap();
        let attempts = store::lock_attempts::of_item(&mut reader, item.id).await.unwrap();
        let accepted: Vec<_> =
            attempts.iter().filter(|attempt| attempt.state == domain::AttemptState::Accepted).collect();
        assert_eq!(accepted.len(), 1);
        assert_eq!((accepted[0].code.as_deref(), accepted[0].face), (Some("by_hand"), Some(item.claimed_face)));
        drop(reader);
        assert!(shop.partners.references(Party::Issuer, "redeem", "redeemed").is_empty(), "the machine redeemed nothing");
        assert_eq!(shop.partners.references(Party::Bank, "deposit", "paid").len(), 1);
        assert_eq!(actions(&shop, id).await, ["manual.claim", "proof.add", "manual.key"]);
    }

    async fn of_two_results_at_once_one_counts(db: TestDb) {
        let shop = Shop::open(db).await;
        let me = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        for _ in 0..3 {
            let (id, item) = waiting(&shop).await;
            manual::claim(s, &me, &item.id.to_string()).await.unwrap();
            manual::add_proof(s, &me, &item.id.to_string(), "a.png", PNG).await.unwrap();
            let used = KeyInput { result: "used".into(), ..redeemed(&item) };
            let tasks = [redeemed(&item), used].map(|input| {
                let (s, me) = (s.clone(), me.clone());
                tokio::spawn(async move { manual::key(&s, &me, input).await })
            });
            let mut good = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(()) => good += 1,
                    other => assert!(conflict(other).1.contains("결과 입력")),
                }
            }
            assert_eq!(good, 1);
            assert_eq!(actions(&shop, id).await.iter().filter(|action| *action == "manual.key").count(), 1);
            let item = shop.items(id).await.remove(0);
            let end = if item.state == ItemState::Rejected { OrderState::Rejected } else { OrderState::Paid };
            shop.until_order(id, end).await;
        }
    }

    async fn a_result_after_the_claim_lapsed_is_refused_and_a_colleague_may_take_it(db: TestDb) {
        let shop = Shop::at(db, common::quick(), common::now()).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Owner]).await);
        let s = &shop.services;
        let (_, item) = waiting(&shop).await;
        let name = item.id.to_string();
        manual::claim(s, &a, &name).await.unwrap();
        manual::add_proof(s, &a, &name, "a.png", PNG).await.unwrap();
        shop.move_clock(s.clock.now().plus(LEASE).minus(Span::seconds(1)));
        assert_eq!(conflict(manual::claim(s, &b, &name).await).0, "claimed", "a second before its end");
        shop.move_clock(s.clock.now().plus(Span::seconds(2)));
        assert_eq!(conflict(manual::key(s, &a, redeemed(&item)).await).0, "lapsed");
        manual::claim(s, &b, &name).await.unwrap();
        assert_eq!(conflict(manual::key(s, &a, redeemed(&item)).await).0, "claimed");
        assert_eq!(conflict(manual::add_proof(s, &a, &name, "b.png", PNG).await).0, "claimed");
        manual::give_back(s, &a, &name).await.unwrap();
        manual::key(s, &b, redeemed(&item)).await.unwrap();
    }

    async fn the_issuers_no_reaches_the_customer_and_the_order_ends(db: TestDb) {
        let shop = Shop::open(db).await;
        let me = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        for (result, reason) in [
            ("used", Reason::Used), ("not_found", Reason::NotFound), ("zero_balance", Reason::ZeroBalance),
            ("partial", Reason::Partial), ("expired", Reason::Expired), ("other_face", Reason::OtherFace),
            ("declined", Reason::Declined), ("bad_format", Reason::BadFormat),
        ] {
            let (id, item) = waiting(&shop).await;
            manual::claim(s, &me, &item.id.to_string()).await.unwrap();
            let input = KeyInput { result: result.into(), balance: "3000".into(), ..redeemed(&item) };
            if !matches!(result, "declined" | "bad_format") {
                assert_eq!(field(manual::key(s, &me, input.clone()).await), "file", "{result}");
                manual::add_proof(s, &me, &item.id.to_string(), "a.pdf", b"%PDF-1.7").await.unwrap();
            }
            manual::key(s, &me, input).await.unwrap();
            let item = shop.items(id).await.remove(0);
            assert_eq!((item.state, item.reason), (ItemState::Rejected, Some(reason)), "{result}");
            shop.until_order(id, OrderState::Rejected).await;
        }
    }

    async fn found_good_by_hand_it_is_redeemed_by_the_bridge(db: TestDb) {
        let shop = Shop::open(db).await;
        let me = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        // The issuer locks our look-ups out: a brand with a bridge at the manual desk.
        let (id, item) = waiting(&shop).await;
        manual::claim(s, &me, &item.id.to_string()).await.unwrap();
        manual::add_proof(s, &me, &item.id.to_string(), "a.png", PNG).await.unwrap();
        manual::key(s, &me, KeyInput { result: "good".into(), ..redeemed(&item) }).await.unwrap();
        // This number's bridge never answers otherwise; what counts is that it was asked, once more and by the machine.
        let asked = shop.until(Duration::from_secs(10), async |shop| {
            let item = shop.items(id).await.remove(0);
            !matches!(item.state, ItemState::Verified)
        }).await;
        assert!(asked, "{}", shop.story(id).await);
        assert!(shop.kinds(id).await.contains(&"item_start_lock".to_owned()), "{}", shop.story(id).await);
    }

    async fn while_people_look_at_the_order_nothing_is_keyed(db: TestDb) {
        let shop = Shop::open(db).await;
        let me = somebody(&shop, 1, &[Role::Operator]).await;
        let s = &shop.services;
        let (id, item) = waiting(&shop).await;
        manual::claim(s, &me, &item.id.to_string()).await.unwrap();
        manual::add_proof(s, &me, &item.id.to_string(), "a.png", PNG).await.unwrap();
        let code = shop.order(id).await.code.as_str().to_owned();
        let mark = order::open(s, &me, &code).await.unwrap().mark;
        let hold = HoldInput { why: "suspicion".into(), reason: "확인이 필요해요".into(), mark, tell: false };
        order::hold(s, &me, &code, hold).await.unwrap();
        assert_eq!(conflict(manual::key(s, &me, redeemed(&item)).await).0, "held");
        assert_eq!(shop.items(id).await[0].state, ItemState::Manual);
        assert!(!actions(&shop, id).await.contains(&"manual.key".to_owned()), "a refused result leaves no line");
    }

    async fn what_a_colleague_has_taken_nobody_turns_down(db: TestDb) {
        let shop = Shop::open(db).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        let s = &shop.services;
        let (_, item) = waiting(&shop).await;
        let name = item.id.to_string();
        manual::claim(s, &a, &name).await.unwrap();
        let refused = conflict(order::reject(s, &b, &name, "used", "사용된 것 같아요", item.revision).await);
        assert!(refused.0 == "claimed" && refused.1.contains("직원1"), "{refused:?}");
        order::reject(s, &a, &name, "used", "발행사가 사용됨이라 함", item.revision).await.unwrap();
    }

    async fn a_proof_is_told_by_its_content_sealed_and_opened_with_a_line(db: TestDb) {
        let shop = Shop::open(db).await;
        let (me, auditor) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Auditor]).await);
        let s = &shop.services;
        let (id, item) = waiting(&shop).await;
        let name = item.id.to_string();
        assert_eq!(conflict(manual::add_proof(s, &me, &name, "a.png", PNG).await).0, "lapsed", "not taken");
        manual::claim(s, &me, &name).await.unwrap();
        assert_eq!(field(manual::add_proof(s, &me, &name, "a.png", b"<svg onload=alert(1)>").await), "file");
        assert_eq!(field(manual::add_proof(s, &me, &name, "a.png", b"").await), "file");
        let mut large = PNG.to_vec();
        large.resize(LARGEST_PROOF + 1, 0);
        assert_eq!(field(manual::add_proof(s, &me, &name, "a.png", &large).await), "file");
        large.truncate(LARGEST_PROOF);
        manual::add_proof(s, &me, &name, "가장 큰 것.png", &large).await.unwrap();
        manual::add_proof(s, &me, &name, "홍길동.png", PNG).await.unwrap();
        let view = manual::item(s, &me, &name).await.unwrap();
        assert_eq!(view.proofs.len(), 2);
        let proof = view.proofs.iter().find(|proof| proof.name == "홍길동.png").unwrap();
        assert!(matches!(manual::open_proof(s, &auditor, &proof.id).await, Err(ServiceError::NotFound)));
        let stale = signed_in(&shop, 9, &[Role::Operator], s.clock.now().minus(Span::hours(1))).await;
        assert!(matches!(manual::open_proof(s, &stale, &proof.id).await, Err(ServiceError::StepUp)));
        let file = manual::open_proof(s, &me, &proof.id).await.unwrap();
        assert_eq!((file.kind, file.content.as_slice()), ("png", PNG));
        assert_eq!(actions(&shop, id).await, ["manual.claim", "proof.add", "proof.add", "proof.open"]);
        let mut reader = s.db.read().await.unwrap();
        let lines = audit::of_target(&mut reader, "order", &id.to_string(), 50).await.unwrap();
        assert!(!format!("{lines:?}").contains("홍길동"), "a file's name stays out of the log");
        let body = store::manual::proof_body(&mut reader, proof.id.parse().unwrap()).await.unwrap().unwrap();
        assert!(!body.windows(6).any(|window| window == b"canary"), "sealed");
    }

    async fn only_owners_and_operators_have_this_desk(db: TestDb) {
        let shop = Shop::open(db).await;
        let (_, item) = waiting(&shop).await;
        let (s, name) = (&shop.services, item.id.to_string());
        for (number, role) in (1..).zip(Role::ALL) {
            let actor = somebody(&shop, number, &[*role]).await;
            let may = matches!(role, Role::Owner | Role::Operator);
            let gone = |answer: Result<(), ServiceError>| matches!(answer, Err(ServiceError::NotFound));
            assert_eq!(gone(manual::queue(s, &actor).await.map(|_| ())), !may, "{role}");
            assert_eq!(gone(manual::item(s, &actor, &name).await.map(|_| ())), !may, "{role}");
            assert_eq!(gone(manual::add_proof(s, &actor, &name, "", b"").await), !may, "{role}");
            let input = KeyInput { item: name.clone(), ..KeyInput::default() };
            assert_eq!(gone(manual::key(s, &actor, input).await), !may, "{role}");
            if !may {
                assert!(gone(manual::claim(s, &actor, &name).await), "{role}");
                assert!(gone(manual::give_back(s, &actor, &name).await), "{role}");
            }
        }
    }

    async fn the_list_shows_the_longest_waiting_first_and_the_next_one_is_nobodys(db: TestDb) {
        let shop = Shop::open(db).await;
        let (a, b) = (somebody(&shop, 1, &[Role::Operator]).await, somebody(&shop, 2, &[Role::Operator]).await);
        let s = &shop.services;
        let first = waiting(&shop).await.1;
        let second = waiting(&shop).await.1;
        let third = waiting(&shop).await.1;
        shop.sell(&[pin()]).await;
        let view = manual::queue(s, &a).await.unwrap();
        let order: Vec<_> = view.rows.iter().map(|row| row.item.clone()).collect();
        assert_eq!(order, [first.id.to_string(), second.id.to_string(), third.id.to_string()]);
        assert_eq!(view.waiting, 3);
        manual::claim(s, &b, &second.id.to_string()).await.unwrap();
        let page = manual::item(s, &a, &first.id.to_string()).await.unwrap();
        assert_eq!(page.next, Some(third.id.to_string()));
        assert!(!serde_json::to_string(&page).unwrap().contains("9905"), "masked");
        assert_eq!(page.claimed_face, Won::whole(10_000));
    }
}
