//! Laws of a sale, from the paste to the order, on both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on has failed")]

mod customer_common;

use customer_common::{Front, NAME, TWO, errors, holding, problems, ready, somebody};
use domain::wire::{HolderCheck, SellStep};
use domain::{Lang, RateId, Span, Speed, Won};
use services::sell::{self, AddRow, EditRow, YouInput};
use services::{Actor, Policy, ServiceError};

const PHONE: &str = "01012345678";

/// The rate of every face of a brand becomes this, from now on.
async fn new_rate(front: &Front, brand: &str, basis_points: u32) {
    let now = front.now();
    let rate =
        domain::Rate { brand: brand.into(), face_min: Won::whole(1_000), face_max: Won::whole(500_000), basis_points };
    let id = RateId::from_bytes(front.services.chance.id(now));
    let mut tx = front.services.db.begin().await.unwrap();
    let new = store::rates::NewRate { id, rate, effective_from: now };
    store::rates::insert_many(&mut tx, &[new], "test", "test", now).await.unwrap();
    tx.commit().await.unwrap();
}

async fn set_status(front: &Front, brand: &str, status: domain::BrandStatus) {
    let mut tx = front.services.db.begin().await.unwrap();
    let known = store::catalog::all(&mut tx).await.unwrap().into_iter().find(|known| known.brand == brand).unwrap();
    store::catalog::set_status(&mut tx, brand, known.revision, status, front.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Everything the database holds.
fn raw(front: &Front) -> Vec<u8> {
    match &front.db.settings().engine {
        store::EngineSettings::Postgres { .. } => front.db.dump(),
        store::EngineSettings::Sqlite { path, .. } => {
            let mut bytes = std::fs::read(path).unwrap();
            bytes.extend(std::fs::read(path.with_extension("db-wal")).unwrap_or_default());
            bytes
        }
    }
}

/// How a dump shows bytes.
fn hex(text: &str) -> Vec<u8> {
    text.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

testkit::both_engines! {
    async fn a_pasted_message_becomes_rows(db: TestDb) {
        let front = Front::open(db).await;
        let text = "[Web발신]\n컬쳐랜드 5만원권\n4180-1111-2222-3333\n4180-1111-2222-3333\n북앤라이프 1234-5678-9012-3456 비밀번호 7890\n4180-****-****-1234";
        let answer = sell::paste(&front.services, &somebody(), None, text, "").await.unwrap();
        let view = answer.view;
        assert_eq!(view.rows.len(), 2, "{:?}", view.paste);
        assert_eq!((view.rows[0].brand.as_str(), view.rows[0].pin.as_str()), ("cultureland", "4180-1111-2222-3333"));
        assert_eq!(view.rows[0].face, Some(Won::whole(50_000)));
        assert_eq!(view.rows[1].companion, [("auth_code".to_owned(), "7890".to_owned())]);
        assert_eq!(problems(&view, 1), ["face_missing"]);
        let report = view.paste.unwrap();
        assert_eq!((report.found, report.duplicates), (2, 1));
        assert_eq!(report.refused.len(), 1, "{report:?}");
        assert_eq!(view.reached, SellStep::Vouchers);

        // The same again: nothing new, and said so.
        let again = sell::paste(&front.services, &somebody(), answer.token.as_ref(), text, "").await.unwrap().view;
        assert_eq!(again.rows.len(), 2);
        assert_eq!(again.paste.unwrap().found, 0);
    }

    async fn a_shape_of_two_brands_is_guessed_and_can_be_changed(db: TestDb) {
        let front = Front::open(db).await;
        let answer = sell::paste(&front.services, &somebody(), None, "2345-6789-0123-456789", "").await.unwrap();
        assert_eq!((answer.view.rows[0].brand.as_str(), answer.view.rows[0].guessed), ("munhwa", true));
        let edit = EditRow { row: answer.view.rows[0].id, brand: Some("smart_munhwa".into()), ..EditRow::default() };
        let edited = sell::edit(&front.services, &somebody(), answer.token.as_ref(), edit).await.unwrap().view;
        assert_eq!((edited.rows[0].brand.as_str(), edited.rows[0].guessed), ("smart_munhwa", false));
        // Another shape's brand judges it by its own form, and keeps what was typed.
        let edit = EditRow { row: edited.rows[0].id, brand: Some("booknlife".into()), ..EditRow::default() };
        let wrong = sell::edit(&front.services, &somebody(), answer.token.as_ref(), edit).await.unwrap().view;
        assert!(problems(&wrong, 0).contains(&"too_long".to_owned()), "{:?}", wrong.rows[0].problems);
        assert_eq!(wrong.rows[0].pin, "234567890123456789");
    }

    async fn too_much_and_nothing_are_told(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let long = "가".repeat(30_000);
        let answer = sell::paste(services, &somebody(), None, &long, "").await.unwrap();
        assert_eq!(errors(&answer.view, "text"), ["too_long"]);
        let empty = sell::paste(services, &somebody(), None, "  \n", "").await.unwrap();
        assert_eq!(errors(&empty.view, "text"), ["empty"]);
        let none = sell::paste(services, &somebody(), None, "안녕하세요", "").await.unwrap().view.paste.unwrap();
        assert_eq!(none.found, 0);
        assert!(none.summary.contains("16자리"), "{}", none.summary);
    }

    async fn the_hundred_and_first_voucher_is_told(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let lines: Vec<String> = (0..101).map(|n| format!("4180-0000-{:04}-{:04}", n, n * 7 % 10_000)).collect();
        let text = format!("컬쳐랜드 1만원\n{}", lines.join("\n"));
        let answer = sell::paste(services, &somebody(), None, &text, "").await.unwrap();
        assert_eq!(answer.view.rows.len(), 100);
        let report = answer.view.paste.unwrap();
        assert_eq!(report.found, 100);
        assert!(report.summary.contains("100장까지"), "{}", report.summary);
        let add = AddRow { brand: "cultureland".into(), pin: "4180999988887777".into(), ..AddRow::default() };
        let full = sell::add(services, &somebody(), answer.token.as_ref(), add).await.unwrap().view;
        assert_eq!((full.rows.len(), errors(&full, "form")), (100, vec!["too_many".to_owned()]));
    }

    async fn what_was_typed_wrong_stays_and_can_be_mended(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let add = AddRow { brand: "booknlife".into(), pin: "1234 5678 9012".into(), face: "오만".into(), ..AddRow::default() };
        let answer = sell::add(services, &somebody(), None, add).await.unwrap();
        let token = answer.token.as_ref();
        let view = answer.view;
        assert_eq!(view.rows[0].pin, "1234 5678 9012");
        assert_eq!(problems(&view, 0), ["too_short", "missing", "face_unreadable"]);
        let refused = sell::quote(services, &somebody(), token, None).await.unwrap().view;
        assert_eq!(errors(&refused, "form"), ["rows_unready"]);
        // Twenty digits in one run are number and password.
        let edit = EditRow { row: 1, pin: Some("12345678901234567890".into()), face: Some("5만원".into()), ..EditRow::default() };
        let mended = sell::edit(services, &somebody(), token, edit).await.unwrap().view;
        assert_eq!(mended.rows[0].problems, []);
        assert_eq!(mended.rows[0].companion, [("auth_code".to_owned(), "7890".to_owned())]);
        // A page that is reloaded later isn't told old news.
        front.pass(Span::minutes(2));
        assert_eq!(sell::open(services, &somebody(), token).await.unwrap().view.errors, []);

        let you = YouInput {
            name: Some("홍길동2".into()),
            phone: Some("070-1234-5678".into()),
            account: Some("12-34".into()),
            bank_code: Some("999".into()),
            ..YouInput::default()
        };
        let view = sell::payee(services, &somebody(), token, you).await.unwrap().view;
        for (field, code) in [("name", "impossible"), ("phone", "phone_unproved"), ("account", "too_short"), ("bank_code", "bank_unknown")] {
            assert_eq!(errors(&view, field), [code], "{field}");
        }
        assert_eq!((view.you.name.as_str(), view.you.account.as_str()), ("홍길동2", "12-34"));
    }

    async fn a_stopped_brand_is_shown_and_left_out(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let text = "해피머니 1234-5678-9012-3456_20220701 1만원\n컬쳐랜드 5만원 4180-1111-2222-3333";
        let answer = sell::paste(services, &somebody(), None, text, "").await.unwrap();
        assert_eq!(problems(&answer.view, 0), ["brand_stopped"]);
        let view = sell::quote(services, &somebody(), answer.token.as_ref(), None).await.unwrap().view;
        let quote = view.quote.unwrap();
        assert_eq!(quote.lines.len(), 1);
        assert_eq!(quote.total_face, Won::whole(50_000));
        // Nothing but stopped ones: nothing to price.
        let only = sell::paste(services, &somebody(), None, "해피머니 1234-5678-9012-3456_20220701 1만원", "").await.unwrap();
        let none = sell::quote(services, &somebody(), only.token.as_ref(), None).await.unwrap().view;
        assert_eq!(errors(&none, "form"), ["empty"]);
    }

    async fn a_quote_is_the_sum_of_its_lines_minus_one_fee(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let answer = sell::paste(services, &somebody(), None, TWO, "").await.unwrap();
        let token = answer.token.as_ref();
        let quote = sell::quote(services, &somebody(), token, None).await.unwrap().view.quote.unwrap();
        assert_eq!(quote.gross, Won::whole(90_500));
        assert_eq!((quote.fee, quote.net), (Won::whole(500), Won::whole(90_000)));
        assert_eq!(quote.valid_until, front.now().plus(Span::minutes(10)));
        let later = sell::quote(services, &somebody(), token, Some(Speed::NextMorning)).await.unwrap().view;
        assert_eq!(later.quote.unwrap().net, Won::whole(90_500));
        assert_eq!(later.requoted, None, "another speed is another question");
        // A changed row takes the price back.
        let edit = EditRow { row: later.rows[0].id, face: Some("10000".into()), ..EditRow::default() };
        let view = sell::edit(services, &somebody(), token, edit).await.unwrap().view;
        assert_eq!((view.quote, view.reached), (None, SellStep::Quote));
    }

    async fn a_draft_ends_and_says_so(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let answer = sell::paste(services, &somebody(), None, TWO, "").await.unwrap();
        front.pass(services.policy.draft_keep);
        let view = sell::quote(services, &somebody(), answer.token.as_ref(), None).await.unwrap().view;
        assert_eq!((view.rows.len(), errors(&view, "form")), (0, vec!["draft_gone".to_owned()]));
        let anew = sell::paste(services, &somebody(), answer.token.as_ref(), TWO, "").await.unwrap();
        assert!(anew.token.is_some(), "a new sale has a new token");
        assert_eq!(anew.view.rows.len(), 2);
    }

    async fn two_tabs_lose_nothing(db: TestDb) {
        let front = Front::open(db).await;
        let token = sell::paste(&front.services, &somebody(), None, TWO, "").await.unwrap().token.unwrap();
        let add = |pin: &str| {
            let (services, token, pin) = (front.services.clone(), token.clone(), pin.to_owned());
            let input = AddRow { brand: "cultureland".into(), pin, face: "50000".into(), ..AddRow::default() };
            tokio::spawn(async move { sell::add(&services, &somebody(), Some(&token), input).await })
        };
        let (first, second) = (add("4180777711112222"), add("4180777733334444"));
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        let view = sell::open(&front.services, &somebody(), Some(&token)).await.unwrap().view;
        assert_eq!(view.rows.len(), 4);
        let ids: std::collections::HashSet<u32> = view.rows.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), 4, "every row has its own number");
    }

    async fn somebody_elses_token_is_nobodys(db: TestDb) {
        let front = Front::open(db).await;
        sell::paste(&front.services, &somebody(), None, TWO, "").await.unwrap();
        let guess = sell::DraftToken::parse(&"ab".repeat(32)).unwrap();
        let view = sell::open(&front.services, &somebody(), Some(&guess)).await.unwrap().view;
        assert_eq!(view.rows, []);
    }

    async fn the_phone_is_proved_before_anything_is_submitted(db: TestDb) {
        let front = Front::open(db).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let services = &front.services;
        // Another number in the field is not the one that was proved.
        let other = YouInput { phone: Some("01099998888".into()), ..YouInput::default() };
        let view = sell::payee(services, &somebody(), Some(&sale.token), other).await.unwrap().view;
        assert_eq!(errors(&view, "phone"), ["phone_unproved"]);
        assert_eq!(view.reached, SellStep::You);
        let refused = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!(errors(&refused, "phone"), ["phone_unproved"]);
        assert_eq!(refused.order_code, None);
        let back = YouInput { phone: Some("010-1234-5678".into()), ..YouInput::default() };
        assert_eq!(sell::payee(services, &somebody(), Some(&sale.token), back).await.unwrap().view.reached, SellStep::Confirm);
    }

    async fn a_silent_bank_keeps_nobody_from_selling(db: TestDb) {
        let front = Front::open(db).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        assert_eq!(sale.view.you.holder_check, HolderCheck::Unknown);
        assert_eq!(sale.view.you.account_masked, "123456012*****");
    }

    async fn a_holder_the_bank_cannot_write_is_refused_where_it_was_typed(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let holder = YouInput { holder: Some("张伟".into()), ..YouInput::default() };
        let view = sell::payee(services, &somebody(), Some(&sale.token), holder).await.unwrap().view;
        assert_eq!((errors(&view, "holder"), errors(&view, "name")), (vec!["unwritable".to_owned()], vec![]));
        assert_eq!(view.reached, SellStep::You);
        let wrong = view.errors.iter().find(|error| error.field == "holder").unwrap();
        assert!(wrong.message.contains("张伟") && wrong.message.contains("통장"), "{}", wrong.message);
        // Without a holder of its own the account is the applicant's.
        let name = YouInput { holder: Some(String::new()), name: Some("José 홍".into()), ..YouInput::default() };
        let view = sell::payee(services, &somebody(), Some(&sale.token), name).await.unwrap().view;
        assert_eq!((errors(&view, "name"), errors(&view, "holder")), (vec!["unwritable".to_owned()], vec![]));
        let good = YouInput { name: Some("張偉".into()), ..YouInput::default() };
        assert_eq!(sell::payee(services, &somebody(), Some(&sale.token), good).await.unwrap().view.reached, SellStep::Confirm);
    }

    async fn a_wrong_name_gets_no_code(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let token = sell::paste(services, &somebody(), None, TWO, "").await.unwrap().token.unwrap();
        for (typed, code) in [("", "missing"), ("홍길동😀", "impossible"), ("홍길동2", "impossible"), ("홍", "too_short")] {
            let input = YouInput { name: Some(typed.into()), phone: Some(PHONE.into()), ..YouInput::default() };
            let view = sell::send_code(services, &somebody(), Some(&token), input).await.unwrap().view;
            assert_eq!((errors(&view, "name"), view.you.name.as_str()), (vec![code.to_owned()], typed));
            assert!(view.you.code_until.is_none(), "no code for {typed:?}");
        }
    }

    async fn consents_hold_for_the_text_that_was_shown(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let one = vec!["consent_terms:1".to_owned()];
        let view = sell::consents(services, &somebody(), Some(&sale.token), &one).await.unwrap().view;
        assert_eq!(errors(&view, "consent_privacy"), ["consent_required"]);
        assert_eq!(errors(&view, "consent_marketing"), Vec::<String>::new());
        let all = customer_common::given(1);
        sell::consents(services, &somebody(), Some(&sale.token), &all).await.unwrap();
        // In another language it is another text.
        let Actor::Visitor(visitor) = somebody() else { panic!() };
        let english = Actor::Visitor(services::Visitor { lang: Lang::En, ..visitor });
        let view = sell::submit(services, &english, Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!(errors(&view, "consent_terms"), ["consent_required"]);
    }

    async fn a_submit_makes_one_order_and_forgets_the_numbers(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let wrong = sell::submit(services, &somebody(), Some(&sale.token), "another.0000").await;
        assert!(matches!(wrong, Err(ServiceError::Conflict { code: "other_key", .. })));
        let answer = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
        let code = answer.view.order_code.clone().expect("an order");
        assert_eq!(answer.view.rows, []);
        let again = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
        assert_eq!(again.view.order_code.as_ref(), Some(&code));
        assert_eq!(again.granted, answer.granted);
        let page = sell::open(services, &somebody(), Some(&sale.token)).await.unwrap().view;
        assert_eq!((page.rows.len(), page.you.name.as_str(), page.you.phone.as_str()), (0, "", ""));
        // The next paste begins a new sale.
        let next = sell::paste(services, &somebody(), Some(&sale.token), TWO, "").await.unwrap().view;
        assert_eq!(next.order_code, None);
        assert_ne!(next.submit_key, sale.view.submit_key);
    }

    async fn two_clicks_at_once_make_one_order(db: TestDb) {
        let front = Front::open(db).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let clicks: Vec<_> = (0..4)
            .map(|_| {
                let (services, token, key) = (front.services.clone(), sale.token.clone(), sale.view.submit_key.clone());
                tokio::spawn(async move { sell::submit(&services, &somebody(), Some(&token), &key).await })
            })
            .collect();
        let mut made = std::collections::HashSet::new();
        for click in clicks {
            made.extend(click.await.unwrap().unwrap().granted);
        }
        assert_eq!(made.len(), 1);
    }

    async fn a_changed_rate_asks_again_and_an_unchanged_one_goes_on(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        front.pass(Span::minutes(1));
        new_rate(&front, "cultureland", 8_000).await;
        let asked = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!(asked.order_code, None);
        assert_eq!(asked.requoted, Some((Won::whole(90_000), Won::whole(79_500))));
        assert_eq!(errors(&asked, "form"), ["requoted"]);
        assert_eq!(asked.rows.len(), 2, "nothing is lost");
        // The second press of a double click still shows the old price: it agrees to nothing.
        let pressed = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!((pressed.order_code.as_ref(), errors(&pressed, "form")), (None, vec!["changed_since".to_owned()]));
        // The price is over, but it is the same: no reason to ask.
        front.pass(Span::minutes(11));
        let view = sell::submit(services, &somebody(), Some(&sale.token), &asked.submit_key).await.unwrap().view;
        assert!(view.order_code.is_some(), "{:?}", view.errors);
    }

    async fn an_account_changed_in_another_tab_is_asked_about(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let other = YouInput { account: Some("12345601234568".into()), ..YouInput::default() };
        let changed = sell::payee(services, &somebody(), Some(&sale.token), other).await.unwrap().view;
        let pressed = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!((pressed.order_code.as_ref(), errors(&pressed, "form")), (None, vec!["changed_since".to_owned()]));
        assert_eq!(pressed.submit_key, changed.submit_key);
        let sold = sell::submit(services, &somebody(), Some(&sale.token), &pressed.submit_key).await.unwrap();
        assert!(sold.view.order_code.is_some(), "{:?}", sold.view.errors);
    }

    async fn a_brand_stopped_meanwhile_is_not_bought(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let text = "컬쳐랜드 5만원 4180-1111-2222-3333\n북앤라이프 1234-5678-9012-3456 비밀번호 7890 5만원";
        let sale = ready(&front, &somebody(), text, PHONE).await;
        set_status(&front, "booknlife", domain::BrandStatus::Stopped).await;
        front.pass(Span::seconds(2));
        let view = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!(view.order_code, None, "asked about the new price first");
        assert_eq!(view.quote.unwrap().lines.len(), 1);
        assert!(view.requoted.is_some());
        let view = sell::submit(services, &somebody(), Some(&sale.token), &view.submit_key).await.unwrap().view;
        assert!(view.order_code.is_some(), "{:?}", view.errors);
    }

    async fn a_voucher_of_another_order_is_told_at_submit_only(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let first = ready(&front, &somebody(), TWO, PHONE).await;
        sell::submit(services, &somebody(), Some(&first.token), &first.view.submit_key).await.unwrap();
        let text = "컬쳐랜드 5만원\n4180-4444-5555-6666\n4180-7777-8888-9999";
        let second = ready(&front, &somebody(), text, "01033334444").await;
        assert_eq!(second.view.rows[0].problems, []);
        let refused = sell::submit(services, &somebody(), Some(&second.token), &second.view.submit_key).await.unwrap().view;
        assert_eq!(refused.order_code, None);
        let row = refused.rows[0].id;
        assert_eq!(errors(&refused, &format!("rows.{row}.pin")), ["duplicate_pin"]);
        assert_eq!((problems(&refused, 0), problems(&refused, 1)), (vec!["duplicate_pin".to_owned()], vec![]));
        // Without it the rest is sold: the proof of the phone is still good.
        sell::remove(services, &somebody(), Some(&second.token), row).await.unwrap();
        let quoted = sell::quote(services, &somebody(), Some(&second.token), None).await.unwrap().view;
        let sold = sell::submit(services, &somebody(), Some(&second.token), &quoted.submit_key).await.unwrap();
        assert!(sold.view.order_code.is_some(), "{:?}", sold.view.errors);
    }

    async fn a_glance_keeps_nothing_and_prices_what_it_can(db: TestDb) {
        let front = Front::open(db).await;
        let view = sell::glance(&front.services, &somebody(), &format!("{TWO}\n북앤라이프 1234-5678-9012-3456 비밀번호 7890")).await.unwrap();
        assert_eq!((view.rows.len(), view.unpriced), (3, 1), "{view:?}");
        assert!(view.rows.iter().all(|row| row.pin_masked.contains('•')));
        assert!(matches!(sell::glance(&front.services, &somebody(), "").await, Err(ServiceError::Invalid(_))));
    }

    async fn a_glance_says_what_the_quote_will_say(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        // A brand that isn't bought counts neither as money nor as a face to choose.
        let text = format!("{TWO}\n해피머니 1234-5678-9012-3456_20220701 1만원");
        let glance = sell::glance(services, &somebody(), &text).await.unwrap();
        assert_eq!((glance.rows.len(), glance.unpriced, glance.left_out), (3, 0, 1), "{glance:?}");
        let pasted = sell::paste(services, &somebody(), None, &text, "").await.unwrap();
        assert_eq!(pasted.view.rows.iter().map(|row| row.left_out).collect::<Vec<_>>(), glance.rows.iter().map(|row| row.left_out).collect::<Vec<_>>());
        let quote = sell::quote(services, &somebody(), pasted.token.as_ref(), None).await.unwrap().view.quote.unwrap();
        assert_eq!((glance.net, glance.fee), (Some(quote.net), quote.fee));
        assert_eq!(quote.net, Won::whole(90_000));
        // Less than the fee: nothing, never less.
        let small = sell::glance(services, &somebody(), "컬쳐랜드 1,000원 4180-1111-2222-3333").await.unwrap();
        assert!(small.net.is_none_or(|net| net < Won::whole(1_000)), "{small:?}");
        let nothing = sell::glance(services, &somebody(), "안녕하세요").await.unwrap();
        assert_eq!((nothing.net, nothing.rows.len()), (None, 0));
    }

    async fn a_bank_is_named_as_people_name_it(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let token = sell::paste(services, &somebody(), None, TWO, "").await.unwrap().token.unwrap();
        let bank = async |typed: &str| {
            let input = YouInput { bank_code: Some(typed.into()), ..YouInput::default() };
            sell::payee(services, &somebody(), Some(&token), input).await.unwrap().view
        };
        for typed in ["카카오뱅크", "카뱅", "KakaoBank", "090", " 카카오 뱅크 "] {
            let view = bank(typed).await;
            assert_eq!((errors(&view, "bank_code"), view.you.bank.as_str()), (vec![], "카카오뱅크"), "{typed}");
        }
        let unclear = bank("하나ㅇ").await;
        assert_eq!((errors(&unclear, "bank_code"), unclear.you.bank.as_str()), (vec!["bank_unknown".to_owned()], "하나ㅇ"));
        let near = bank("SK은행").await;
        let said = near.errors.iter().find(|error| error.field == "bank_code").map(|error| error.message.clone());
        assert!(said.is_some_and(|said| said.contains("SK증권")), "the cure names what comes near");
        assert_eq!(errors(&bank("").await, "bank_code"), ["bank_missing"]);
    }

    /// Each question is counted before it is put: while the bank thinks, the count isn't low for the next one.
    async fn the_bank_is_asked_eight_times_in_a_sale_also_by_many_at_once(db: TestDb) {
        let partners = testkit::partners::Partners::start();
        let silent = serde_json::json!([{ "party": "bank", "operation": "receive_inquiry", "fault": "timeout_after" }]);
        partners.faults(silent).await;
        let front = Front::with_bank(db, Policy::default(), &partners.bank_url(), "M202600001", "pindesk-sandbox-secret").await;
        let services = &front.services;
        let token = sell::paste(services, &somebody(), None, TWO, "").await.unwrap().token.unwrap();
        customer_common::prove(&front, &somebody(), &token, PHONE).await;
        let mut tabs = tokio::task::JoinSet::new();
        for n in 0..14 {
            let (services, token) = (services.clone(), token.clone());
            tabs.spawn(async move {
                let account = Some(format!("1234560123{n:04}"));
                let (name, bank_code) = (Some(NAME.into()), Some("004".into()));
                let you = YouInput { name, bank_code, account, ..YouInput::default() };
                drop(sell::payee(&services, &somebody(), Some(&token), you).await);
            });
            // So that no tab is told of another, and all of them ask before the first is answered.
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        tabs.join_all().await;
        let asked = partners.journal(testkit::partners::Party::Bank);
        let asked = asked.iter().filter(|line| line["operation"] == "receive_inquiry").count();
        assert!((1..=8).contains(&asked), "asked {asked} times");
    }

    async fn the_order_page_is_the_holders_alone(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let answer = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
        let (code, id) = (answer.view.order_code.unwrap(), answer.granted.unwrap());
        for stranger in [somebody(), holding(&[domain::OrderId::from_u128(7)])] {
            assert!(matches!(services::order_view::view(services, &stranger, &code).await, Err(ServiceError::NotFound)));
            assert!(matches!(services::order_view::cancel(services, &stranger, &code).await, Err(ServiceError::NotFound)));
        }
        let owner = holding(&[id]);
        let view = services::order_view::view(services, &owner, &code.to_lowercase()).await.unwrap();
        assert_eq!((view.items.len(), view.quoted, view.can_cancel), (2, Won::whole(90_000), true));
        assert_eq!((view.name_masked.as_str(), view.phone_masked.as_str()), ("남**찬", "010-1234-****"));
        assert_eq!(view.steps.len(), 6);
        assert!(view.eta.is_some());
        assert_eq!(services::order_view::revision(services, id).await.unwrap(), view.revision);
        let cancelled = services::order_view::cancel(services, &owner, &code).await.unwrap();
        assert!(cancelled.finished && !cancelled.can_cancel && cancelled.eta.is_none());
        assert_eq!((cancelled.payable, cancelled.quoted), (Won::ZERO, Won::whole(90_000)), "what was quoted is owed no more");
        assert!(cancelled.revision > view.revision);
        let late = services::order_view::cancel(services, &owner, &code).await;
        assert!(matches!(late, Err(ServiceError::Conflict { .. })));
        // What was withdrawn can be sold again.
        let again = ready(&front, &somebody(), TWO, "01033334444").await;
        let sold = sell::submit(services, &somebody(), Some(&again.token), &again.view.submit_key).await.unwrap();
        assert!(sold.view.order_code.is_some());
    }

    async fn before_the_settlement_only_what_is_still_good_is_expected(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let answer = sell::submit(services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
        let (code, id) = (answer.view.order_code.unwrap(), answer.granted.unwrap());
        let view = async || services::order_view::view(services, &holding(&[id]), &code).await.unwrap();
        let first = view().await;
        assert_eq!((first.payable, first.gross, first.fee), (first.quoted, Won::whole(90_500), Won::whole(500)));
        let mut tx = services.db.begin().await.unwrap();
        let item = store::items::of_order(&mut tx, id).await.unwrap().swap_remove(0);
        let refused = store::items::Item {
            state: domain::ItemState::Rejected,
            reason: Some(domain::Reason::Used),
            ..item.clone()
        };
        store::items::write(&mut tx, &item, &refused).await.unwrap();
        tx.commit().await.unwrap();
        let second = view().await;
        assert_eq!((second.payable, second.gross, second.quoted), (Won::whole(44_750), Won::whole(45_250), Won::whole(90_000)));
    }

    async fn nothing_of_a_sale_lies_open_in_the_database(db: TestDb) {
        let front = Front::open(db).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        let secrets = ["4180111122223333", "4180-1111-2222-3333", PHONE, NAME, "12345601234567", sale.token.expose()];
        let raw = raw(&front);
        for secret in secrets {
            for hidden in [secret.as_bytes().to_vec(), hex(secret)] {
                assert!(!raw.windows(hidden.len()).any(|window| window == hidden), "{secret} lies open");
            }
        }
    }
}
