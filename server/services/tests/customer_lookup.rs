//! Laws of the lookup, the inquiry form and the texts, on both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on has failed")]

mod customer_common;

use customer_common::{Front, TWO, from, holding, ready, somebody};
use domain::wire::LookupView;
use domain::{Lang, Span};
use services::inquiry::{self, InquiryInput};
use services::lookup::{self, LookupState};
use services::{ServiceError, catalogue, content, sell};

const PHONE: &str = "01012345678";

/// A view without what any two phones differ in.
fn anonymous(view: &LookupView) -> LookupView {
    LookupView { phone: String::new(), ..view.clone() }
}

async fn sold(front: &Front) -> domain::OrderId {
    let sale = ready(front, &somebody(), TWO, PHONE).await;
    let answer = sell::submit(&front.services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
    front.pass(Span::minutes(1));
    answer.granted.unwrap()
}

testkit::both_engines! {
    async fn phones_with_and_without_orders_are_answered_the_same(db: TestDb) {
        let front = Front::open(db).await;
        sold(&front).await;
        let services = &front.services;
        let known = lookup::send_code(services, &from("198.51.100.1"), LookupState::default(), PHONE).await.unwrap();
        let unknown = lookup::send_code(services, &from("198.51.100.2"), LookupState::default(), "01055556666").await.unwrap();
        assert_eq!(anonymous(&known.view), anonymous(&unknown.view));
        assert_eq!((known.grants.len(), unknown.grants.len()), (0, 0));
        let known = lookup::check_code(services, &somebody(), known.state, "000000").await.unwrap();
        let unknown = lookup::check_code(services, &somebody(), unknown.state, "000000").await.unwrap();
        // One in a million is the code itself.
        if !known.view.proved && !unknown.view.proved {
            assert_eq!(anonymous(&known.view), anonymous(&unknown.view));
        }
    }

    async fn a_proved_phone_sees_its_own_orders(db: TestDb) {
        let front = Front::open(db).await;
        let id = sold(&front).await;
        let services = &front.services;
        let sent = lookup::send_code(services, &somebody(), LookupState::default(), "010-1234-5678").await.unwrap();
        assert_eq!(sent.view.phone, "010-1234-5678");
        let wrong = lookup::check_code(services, &somebody(), sent.state, "12").await.unwrap();
        assert_eq!(wrong.view.errors[0].field, "code");
        let code = front.code(PHONE).await;
        let proved = lookup::check_code(services, &somebody(), wrong.state, &code).await.unwrap();
        assert!(proved.view.proved && proved.proved);
        assert_eq!((proved.view.orders.len(), proved.grants), (1, vec![id]));
        // The old proof still holds, but this call proved nothing.
        let spent = lookup::check_code(services, &somebody(), proved.state.clone(), &code).await.unwrap();
        assert!(spent.view.proved && !spent.proved);
        let again = lookup::open(services, &somebody(), proved.state.clone()).await.unwrap();
        assert_eq!(again.view.orders.len(), 1);
        // Another phone in the field forgets the proof.
        let other = lookup::send_code(services, &somebody(), proved.state.clone(), "01055556666").await.unwrap();
        assert!(!other.view.proved && other.view.orders.is_empty() && other.grants.is_empty());
        front.pass(domain::otp::PROOF_VALID);
        let late = lookup::open(services, &somebody(), proved.state).await.unwrap();
        assert!(!late.view.proved && late.view.orders.is_empty());
    }

    async fn what_was_withdrawn_is_listed_without_an_amount(db: TestDb) {
        let front = Front::open(db).await;
        let id = sold(&front).await;
        let services = &front.services;
        let sent = lookup::send_code(services, &somebody(), LookupState::default(), PHONE).await.unwrap();
        let proved = lookup::check_code(services, &somebody(), sent.state, &front.code(PHONE).await).await.unwrap();
        assert_eq!(proved.view.orders[0].amount, Some(domain::Won::whole(90_000)));
        services::order_view::cancel(services, &holding(&[id]), &proved.view.orders[0].code).await.unwrap();
        let after = lookup::open(services, &somebody(), proved.state).await.unwrap();
        assert_eq!((after.view.orders[0].amount, after.view.orders[0].finished), (None, true));
        // Who ends the look-up leaves nothing of it behind.
        let left = lookup::leave(services, &somebody()).await.unwrap();
        assert!(!left.view.proved && left.view.orders.is_empty() && left.view.phone.is_empty() && left.grants.is_empty());
    }

    async fn a_code_that_is_over_is_told_where_a_new_one_is_asked_for(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sent = lookup::send_code(services, &somebody(), LookupState::default(), PHONE).await.unwrap();
        let code = front.code(PHONE).await;
        front.pass(Span::minutes(3));
        let late = lookup::check_code(services, &somebody(), sent.state, &code).await.unwrap();
        assert_eq!(late.view.code_until, None, "there is no field for a code any more");
        assert_eq!(late.view.errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect::<Vec<_>>(), [("phone", "expired")]);
    }

    async fn another_phones_orders_are_never_listed(db: TestDb) {
        let front = Front::open(db).await;
        sold(&front).await;
        let services = &front.services;
        let sent = lookup::send_code(services, &somebody(), LookupState::default(), "01055556666").await.unwrap();
        let code = front.code("01055556666").await;
        let proved = lookup::check_code(services, &somebody(), sent.state, &code).await.unwrap();
        assert!(proved.view.proved);
        assert!(proved.view.orders.is_empty() && proved.grants.is_empty());
    }

    async fn the_landing_shows_what_is_bought_and_what_is_not(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let view = catalogue::landing(services, Lang::Ko).await.unwrap();
        let tile = |key: &str| view.brands.iter().find(|tile| tile.brand == key).unwrap();
        assert_eq!(tile("happymoney").best_rate_bp, None);
        assert_eq!(tile("cultureland").best_rate_bp, Some(9_050));
        assert!(view.feed.is_empty(), "fewer than five payouts are not shown");
        assert_eq!((view.hours.resting.len(), view.hours.desk), (0, domain::wire::DeskHours { from: 9, to: 18 }));
        // At night the banks rest, and the landing knows within a second.
        front.pass(Span::minutes(9 * 60 + 50));
        let night = catalogue::landing(services, Lang::Ko).await.unwrap();
        let resting = night.hours.resting.iter().find(|bank| bank.name == "카카오뱅크");
        assert!(resting.is_some_and(|bank| bank.until > front.now()), "{:?} {}", night.hours, front.now().kst_clock());
    }

    async fn every_text_is_there_in_both_languages(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        for lang in [Lang::Ko, Lang::En] {
            for kind in ["terms", "privacy", "consent_terms", "consent_privacy", "consent_own_voucher", "consent_marketing"] {
                let article = content::document(services, lang, kind).await.unwrap();
                assert!(article.html.contains("<p>") && article.version == 1, "{kind}");
            }
            assert!(!content::faq(services, lang).await.unwrap().is_empty());
            let notices = content::notices(services, lang, 10).await.unwrap();
            let first = content::notice(services, lang, &notices[0].slug).await.unwrap();
            assert_eq!(first.title, notices[0].title);
        }
        assert!(matches!(content::notice(services, Lang::Ko, "none").await, Err(ServiceError::NotFound)));
        assert!(matches!(content::document(services, Lang::Ko, "../terms").await, Err(ServiceError::NotFound)));
    }

    async fn an_inquiry_is_checked_and_limited(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let good = || InquiryInput {
            name: "홍길동".into(),
            phone: PHONE.into(),
            body: "입금이 언제 되는지 알고 싶어요.".into(),
            trap: String::new(),
        };
        let bad = InquiryInput { body: "짧아요".into(), phone: "02-123-4567".into(), ..good() };
        let view = inquiry::send(services, &somebody(), bad).await.unwrap();
        assert!(!view.sent);
        assert_eq!(view.body, "짧아요");
        assert_eq!(view.errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["phone", "body"]);
        for _ in 0..5 {
            // What a machine fills in is answered and not stored: it doesn't count.
            assert!(inquiry::send(services, &somebody(), InquiryInput { trap: "x".into(), ..good() }).await.unwrap().sent);
            assert!(inquiry::send(services, &somebody(), good()).await.unwrap().sent);
        }
        let view = inquiry::send(services, &somebody(), good()).await.unwrap();
        assert_eq!((view.sent, view.errors[0].code.as_str()), (false, "too_many"));
        assert!(inquiry::send(services, &from("198.51.100.9"), good()).await.unwrap().sent);
        front.pass(Span::minutes(61));
        assert!(inquiry::send(services, &somebody(), good()).await.unwrap().sent);
    }
}
