//! What a customer sees from the sale to the money, with partners that really answer, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use common::{Shop, pin, pin_ending};
use domain::wire::{HolderCheck, ItemTone, SellStep, StepState};
use domain::{Lang, MessageId, OrderId, OrderState, Won};
use services::sell::{self, DraftToken, YouInput};
use services::{Actor, Visitor, order_view};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{messages, outbox};

fn visitor(grants: &[OrderId]) -> Actor {
    let grants = grants.to_vec();
    Actor::Visitor(Visitor {
        address: "203.0.113.9".into(),
        agent: "test".into(),
        lang: Lang::Ko,
        device: None,
        grants,
    })
}

async fn code(shop: &Shop, phone: &str) -> String {
    let services = &shop.services;
    let mut reader = services.db.read().await.unwrap();
    let mut found = None;
    for (id, _) in outbox::due(&mut reader, services.clock.now(), 1_000).await.unwrap() {
        let Some(work) = outbox::find(&mut reader, id).await.unwrap() else { continue };
        let id = MessageId::from_bytes(work.subject);
        let Some(message) = messages::find(&mut reader, id).await.unwrap() else { continue };
        let open = |column: &'static str, sealed: &[u8]| {
            services.keys.open_text(messages::TABLE, column, id.bytes(), sealed).unwrap()
        };
        if open("phone_enc", &message.phone_enc) == phone {
            let body = open("body_enc", &message.body_enc);
            found = Some(body.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect());
        }
    }
    found.unwrap()
}

/// From the paste to the last step but the button.
async fn prepared(shop: &Shop, text: &str, account: &str) -> (DraftToken, sell::SellAnswer) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let services = &shop.services;
    let actor = visitor(&[]);
    let token = sell::paste(services, &actor, None, text, "").await.unwrap().token.unwrap();
    let some = Some(&token);
    assert!(sell::quote(services, &actor, some, None).await.unwrap().view.quote.is_some());
    let phone = format!("0107{:07}", NEXT.fetch_add(1, Ordering::SeqCst));
    let input = YouInput { phone: Some(phone.clone()), ..YouInput::default() };
    sell::send_code(services, &actor, some, input).await.unwrap();
    let input = YouInput { code: Some(code(shop, &phone).await), ..YouInput::default() };
    assert!(sell::check_code(services, &actor, some, input).await.unwrap().view.you.phone_proved);
    let consents: Vec<String> =
        ["consent_terms:1", "consent_privacy:1", "consent_own_voucher:1"].map(ToOwned::to_owned).into();
    sell::consents(services, &actor, some, &consents).await.unwrap();
    let input = YouInput {
        name: Some("홍길동".into()),
        bank_code: Some("004".into()),
        account: Some(account.into()),
        ..YouInput::default()
    };
    let answer = sell::payee(services, &actor, some, input).await.unwrap();
    (token, answer)
}

testkit::both_engines! {
    async fn the_page_follows_the_order_to_the_money(db: TestDb) {
        let shop = Shop::open(db).await;
        let (services, used, unknown, good) = (&shop.services, pin_ending("9901"), pin_ending("9902"), pin());
        let text = format!("컬쳐랜드 1만원\n{good}\n{used}\n{unknown}");
        let (token, prepared) = prepared(&shop, &text, "12345601234567").await;
        assert_eq!((prepared.view.you.holder_check, prepared.view.reached), (HolderCheck::Matched, SellStep::Confirm));
        let answer = sell::submit(services, &visitor(&[]), Some(&token), &prepared.view.submit_key).await.unwrap();
        let (id, code) = (answer.granted.unwrap(), answer.view.order_code.unwrap());
        let owner = visitor(&[id]);

        let first = order_view::view(services, &owner, &code).await.unwrap();
        assert_eq!((first.steps[0].state, first.steps[1].state), (StepState::Current, StepState::Waiting));
        assert!(first.items.iter().all(|item| item.tone == ItemTone::Waiting && item.pin_masked.contains('•')));
        shop.until_order(id, OrderState::Paid).await;

        let last = order_view::view(services, &owner, &code).await.unwrap();
        assert!(last.paid && last.finished && last.revision > first.revision && !last.can_cancel);
        assert!(last.steps.iter().all(|step| step.state == StepState::Done && step.at.is_some()), "{:?}", last.steps);
        let results: Vec<&str> = last.items.iter().map(|item| item.result.as_str()).collect();
        assert_eq!(results, ["입금완료", "사용됨", "번호오류"]);
        assert_eq!(last.payable, last.items[0].net.unwrap().saturating_sub_zero(last.fee));
        assert!(last.headline.contains(&last.payable.fmt_ko()), "{}", last.headline);
        assert_eq!(last.eta, None);
        assert_eq!(last.account_masked, "123456012*****");

        // What the issuer didn't know can be mended and sent again; what was used can't.
        assert!(last.can_resend_failed);
        let again = order_view::resend_failed(services, &owner, &code, Some(&token)).await.unwrap();
        assert_eq!(again.view.rows.len(), 1);
        assert_eq!(again.view.rows[0].pin.replace('-', ""), unknown);
        assert_eq!(again.view.rows[0].face, Some(Won::whole(10_000)));
        assert!(order_view::resend_failed(services, &visitor(&[]), &code, None).await.is_err(), "only the holder");
    }

    async fn an_order_of_bad_vouchers_stops_where_it_ended(db: TestDb) {
        let shop = Shop::open(db).await;
        let services = &shop.services;
        let (token, prepared) = prepared(&shop, &format!("컬쳐랜드 1만원 {}", pin_ending("9901")), "12345601234567").await;
        let answer = sell::submit(services, &visitor(&[]), Some(&token), &prepared.view.submit_key).await.unwrap();
        let id = answer.granted.unwrap();
        shop.until_order(id, OrderState::Rejected).await;
        let view = order_view::view(services, &visitor(&[id]), &answer.view.order_code.unwrap()).await.unwrap();
        assert_eq!((view.steps[1].state, view.steps[2].state), (StepState::Stopped, StepState::Waiting));
        assert!(view.finished && !view.paid && !view.can_resend_failed && view.payable.is_zero());
    }

    async fn the_bank_says_whose_account_it_is(db: TestDb) {
        let shop = Shop::open(db).await;
        let text = format!("컬쳐랜드 1만원 {}", pin());
        let (_, missing) = prepared(&shop, &text, "12345601234902").await;
        assert_eq!(missing.view.errors[0].code, "unpayable");
        assert_eq!(missing.view.reached, SellStep::You);
        let (token, other) = prepared(&shop, &text, "12345601234901").await;
        assert_eq!((other.view.you.holder_check, other.view.reached), (HolderCheck::Differs, SellStep::Confirm));
        // Asked once: the same account and name again is the same answer.
        let again = sell::payee(&shop.services, &visitor(&[]), Some(&token), YouInput::default()).await.unwrap();
        assert_eq!(again.view.you.holder_check, HolderCheck::Differs);
        let asked = shop.partners.journal(testkit::partners::Party::Bank);
        let asked = asked.iter().filter(|line| line["operation"] == "receive_inquiry").count();
        assert_eq!(asked, 2);
    }
}
