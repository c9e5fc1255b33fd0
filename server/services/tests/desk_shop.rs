//! Laws of the shop's desk: who may, four eyes, races, what customers see afterwards. On both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod customer_common;
mod payloads;

use customer_common::{Front, REQUIRED, TWO, errors, given, ready, somebody};
use domain::wire::AppError;
use domain::{BrandStatus, InquiryState, Lang, Role, ShopDraftId, Span, Won};
use services::desk::brands::{self, BrandInput};
use services::desk::documents::{self, TextBody};
use services::desk::fees::{self, FeesInput};
use services::desk::rates::{self, RatesInput};
use services::desk::{drafts, inquiries, notices};
use services::inquiry::InquiryInput;
use services::{Actor, ServiceError, Services, Staff, catalogue, content, sell};
use store::announcements::AnnouncementKind;
use testkit::staff::{Member, member};

const PHONE: &str = "01012345678";
const BRAND: &str = "cultureland";

fn staff_of(member: &Member) -> Actor {
    Actor::Staff(Staff {
        user: member.user,
        login: member.login.clone(),
        name: member.login.clone(),
        roles: member.roles,
        session: member.session,
        epoch: member.epoch,
        address: "203.0.113.9".into(),
        agent: "test".into(),
        lang: Lang::Ko,
        step_up_at: Some(member.step_up_at),
    })
}

async fn someone(front: &Front, number: u8, roles: &[Role]) -> Actor {
    staff_of(&member(&front.db, number, roles).await)
}

/// The code of a refusal; fields as `field:code`.
fn code<T>(answer: Result<T, ServiceError>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(ServiceError::NotFound) => "not_found".to_owned(),
        Err(ServiceError::StepUp) => "step_up".to_owned(),
        Err(error) => match error.into_app(|| "ours".to_owned()) {
            AppError::Conflict { code, message } => {
                assert!(!message.is_empty(), "{code} says nothing");
                code
            }
            AppError::Invalid { fields } => {
                fields.iter().map(|field| format!("{}:{}", field.field, field.code)).collect::<Vec<_>>().join(" ")
            }
            other => format!("{other:?}"),
        },
    }
}

async fn brand_input(services: &Services, actor: &Actor, key: &str) -> BrandInput {
    let page = brands::page(services, actor, key, None).await.unwrap();
    let body = page.start;
    BrandInput {
        key: key.into(),
        family: body.family.clone(),
        verification: body.verification.as_str().into(),
        name_ko: body.info.name_ko.clone(),
        name_en: body.info.name_en.clone(),
        note_ko: "새 설명이에요".into(),
        note_en: body.info.note_en.clone(),
        initials: body.info.initials.clone(),
        hue: body.info.hue.to_string(),
        form: body.form_text().unwrap(),
        reason: "설명을 고쳐요".into(),
        revision: page.own.map(|(_, revision, _)| revision),
    }
}

fn plan(rate: &str) -> RatesInput {
    RatesInput {
        rows: vec![["1,000".into(), "9,999".into(), rate.into()], ["10000".into(), "500000".into(), rate.into()]],
        at: String::new(),
        reason: "시세가 바뀌었어요".into(),
        revision: None,
    }
}

fn text(title: &str, body: &str) -> TextBody {
    TextBody { title_ko: title.into(), title_en: title.into(), body_ko: body.into(), body_en: body.into() }
}

async fn audit_lines(front: &Front, kind: &str, id: &str) -> Vec<String> {
    let mut reader = front.services.db.read().await.unwrap();
    let lines = store::audit::of_target(&mut reader, kind, id, 50).await.unwrap();
    lines.into_iter().map(|line| line.action).collect()
}

testkit::both_engines! {
    async fn only_the_tables_roles_draft_publish_stop_and_read(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let author = someone(&front, 1, &[Role::Content]).await;
        let input = brand_input(services, &author, BRAND).await;
        let draft = brands::save(services, &author, &input, false).await.unwrap();
        let all = [
            Role::Owner, Role::Operator, Role::FinanceMaker, Role::FinanceApprover, Role::Marketer,
            Role::CampaignApprover, Role::Content, Role::Auditor,
        ];
        let reads = [Role::Owner, Role::Operator, Role::FinanceMaker, Role::FinanceApprover, Role::Content, Role::Auditor];
        let pages = [Role::Owner, Role::Operator, Role::Content, Role::Auditor];
        for (number, role) in (10..).zip(all) {
            let who = someone(&front, number, &[role]).await;
            let found = |is: bool| if is { "done" } else { "not_found" };
            let drafts = matches!(role, Role::Owner | Role::Content);
            assert_eq!(code(brands::list(services, &who).await), found(reads.contains(&role)), "{role:?}");
            assert_eq!(code(rates::page(services, &who, BRAND).await), found(reads.contains(&role)), "{role:?}");
            assert_eq!(code(fees::page(services, &who).await), found(reads.contains(&role)), "{role:?}");
            assert_eq!(code(documents::list(services, &who).await), found(pages.contains(&role)), "{role:?}");
            assert_eq!(code(notices::list(services, &who, AnnouncementKind::Faq).await), found(pages.contains(&role)), "{role:?}");
            assert_eq!(code(brands::look(services, &who, &input).await), found(drafts), "{role:?}");
            let saved = code(rates::save(services, &who, "munhwa", &plan("88.5")).await);
            assert_eq!(saved, found(drafts), "{role:?}");
            assert_eq!(code(documents::save(services, &who, "terms", (&text("가", "나다라"), "", "바꿔요"), None).await), found(drafts), "{role:?}");
            let slug = format!("entry-{number}");
            assert_eq!(code(notices::add(services, &who, AnnouncementKind::Notice, (&slug, &text("가", "나"))).await), found(drafts), "{role:?}");
            assert_eq!(code(brands::move_to(services, &who, BRAND, "2").await), found(drafts), "{role:?}");
            let desk = matches!(role, Role::Owner | Role::Operator);
            assert_eq!(code(inquiries::list(services, &who, InquiryState::Open, None).await), found(desk), "{role:?}");
            // A revision nobody has: whoever may is told so, the others nothing.
            let told = if matches!(role, Role::Owner | Role::FinanceApprover) { "draft_changed" } else { "not_found" };
            assert_eq!(code(drafts::publish(services, &who, draft, 99, "").await), told, "{role:?}");
            let switched = (BrandStatus::Stopped, BrandStatus::Paused);
            let told = if matches!(role, Role::Owner | Role::Operator | Role::Content) { "status_moved" } else { "not_found" };
            assert_eq!(code(brands::set_status(services, &who, BRAND, switched, "시험").await), told, "{role:?}");
        }
        let nobody = someone(&front, 40, &[]).await;
        assert_eq!(code(brands::list(services, &nobody).await), "not_found");
        assert_eq!(code(brands::list(services, &somebody()).await), "not_found");
        let unknown = ShopDraftId::from_u128(7);
        assert_eq!(code(drafts::publish(services, &author, unknown, 1, "").await), "not_found");
    }

    async fn nobody_publishes_their_own_draft_whatever_roles_they_hold(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let both = someone(&front, 1, &[Role::Content, Role::FinanceApprover, Role::Owner]).await;
        let other = someone(&front, 2, &[Role::FinanceApprover]).await;
        let input = brand_input(services, &both, BRAND).await;
        let draft = brands::save(services, &both, &input, false).await.unwrap();
        assert_eq!(code(drafts::publish(services, &both, draft, 1, "").await), "own_draft");
        let page = brands::page(services, &other, BRAND, None).await.unwrap();
        assert!(!page.drafts[0].draft.mine && !page.drafts[0].changes.is_empty());
        drafts::publish(services, &other, draft, 1, "").await.unwrap();
        let page = brands::page(services, &other, BRAND, None).await.unwrap();
        assert_eq!(page.now.as_ref().unwrap().2, 2);
        assert_eq!(page.now.unwrap().0.info.note_ko, "새 설명이에요");
        assert_eq!((page.history[0].version, page.history[0].author.as_str()), (2, "직원1"));
        assert!(!page.history[0].changes.is_empty());
        assert_eq!(audit_lines(&front, "brand", BRAND).await, ["brand.publish"]);
        // Documents: an owner can't either.
        let document = documents::save(services, &both, "terms", (&text("약관", "새 약관이에요"), "", "개정"), None).await.unwrap();
        assert_eq!(code(drafts::publish(services, &both, document, 1, "").await), "own_draft");
        assert_eq!(code(drafts::publish(services, &other, document, 1, "").await), "not_found");
        // The step up is asked for.
        let Actor::Staff(staff) = &other else { panic!() };
        front.pass(Span::minutes(11));
        let late = Actor::Staff(Staff { step_up_at: None, ..staff.clone() });
        assert_eq!(code(drafts::publish(services, &late, draft, 1, "").await), "step_up");
    }

    async fn of_two_publishers_at_once_one_publishes(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, b) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::Content]).await);
        let (p, q) = (someone(&front, 3, &[Role::Owner]).await, someone(&front, 4, &[Role::FinanceApprover]).await);
        let other = front.twin().await;
        // The same draft twice.
        for round in 1..=3 {
            let mut input = brand_input(services, &a, BRAND).await;
            input.note_en = format!("round {round}");
            let draft = brands::save(services, &a, &input, false).await.unwrap();
            let (one, two) = tokio::join!(
                drafts::publish(services, &p, draft, 1, ""),
                drafts::publish(&other, &q, draft, 1, "")
            );
            let mut codes = [code(one), code(two)];
            codes.sort();
            assert_eq!(codes, ["done", "draft_ended"]);
        }
        // Two drafts of one thing.
        for kind in ["rates", "document", "fees"] {
            let (first, second) = match kind {
                "rates" => (
                    rates::save(services, &a, BRAND, &plan("90")).await.unwrap(),
                    rates::save(services, &b, BRAND, &plan("89.5")).await.unwrap(),
                ),
                "fees" => {
                    let input = FeesInput { instant: "700".into(), next_morning: "0".into(), reason: "조정".into(), ..FeesInput::default() };
                    (fees::save(services, &a, &input).await.unwrap(), fees::save(services, &b, &input).await.unwrap())
                }
                _ => (
                    documents::save(services, &a, "terms", (&text("가", "하나"), "", "개정"), None).await.unwrap(),
                    documents::save(services, &b, "terms", (&text("나", "둘"), "", "개정"), None).await.unwrap(),
                ),
            };
            let r = someone(&front, if kind == "rates" { 5 } else if kind == "fees" { 6 } else { 7 }, &[Role::Owner]).await;
            let (one, two) = tokio::join!(
                drafts::publish(services, &p, first, 1, BRAND),
                drafts::publish(&other, &r, second, 1, BRAND)
            );
            let mut codes = [code(one), code(two)];
            codes.sort();
            assert_eq!(codes, ["done", "stale_base"], "{kind}");
        }
        let page = rates::page(services, &p, BRAND).await.unwrap();
        assert_eq!((page.history.len(), page.bands.len()), (2, 2), "sets never mix");
    }

    async fn a_draft_goes_on_only_from_what_is_in_place(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, b) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::Content]).await);
        let p = someone(&front, 3, &[Role::FinanceApprover]).await;
        let mut input = brand_input(services, &a, BRAND).await;
        let first = brands::save(services, &a, &input, false).await.unwrap();
        assert_eq!(code(brands::save(services, &a, &input, false).await), "draft_exists");
        let second = brands::save(services, &b, &brand_input(services, &b, BRAND).await, false).await.unwrap();
        // Changed after the publisher looked.
        input.revision = Some(1);
        brands::save(services, &a, &input, false).await.unwrap();
        assert_eq!(code(brands::save(services, &a, &input, false).await), "draft_changed");
        assert_eq!(code(drafts::publish(services, &p, first, 1, "").await), "draft_changed");
        drafts::publish(services, &p, first, 2, "").await.unwrap();
        // Edited while it was published.
        input.revision = Some(2);
        assert_eq!(code(brands::save(services, &a, &input, false).await), "draft_ended");
        assert_eq!(code(drafts::publish(services, &p, second, 1, "").await), "stale_base");
        assert!(brands::page(services, &p, BRAND, None).await.unwrap().drafts[0].draft.stale);
        assert_eq!(code(drafts::rebase(services, &a, second, 1).await), "not_found", "another's");
        drafts::rebase(services, &b, second, 1).await.unwrap();
        drafts::publish(services, &p, second, 2, "").await.unwrap();
        assert_eq!(code(drafts::withdraw(services, &b, second, 3).await), "draft_ended");
        // An old version is a new draft.
        let old = brands::page(services, &a, BRAND, Some(1)).await.unwrap();
        assert_ne!(old.start.info.note_ko, "새 설명이에요");
        let third = brands::save(services, &b, &brand_input(services, &b, BRAND).await, false).await.unwrap();
        assert_eq!(code(drafts::withdraw(services, &a, third, 1).await), "not_found");
        drafts::withdraw(services, &b, third, 1).await.unwrap();
        assert_eq!(brands::page(services, &b, BRAND, None).await.unwrap().drafts.len(), 0);
    }

    async fn a_new_brand_is_published_paused_and_bought_once_it_has_rates(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, p) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::FinanceApprover]).await);
        let mut input = brand_input(services, &a, BRAND).await;
        input.key = "new_card".into();
        assert_eq!(code(brands::save(services, &a, &BrandInput { key: "New".into(), ..input.clone() }, true).await), "key:shape");
        assert_eq!(code(brands::save(services, &a, &BrandInput { key: BRAND.into(), ..input.clone() }, true).await), "key:taken");
        let wrong = BrandInput { hue: "400".into(), initials: "가나다라".into(), name_ko: " ".into(), reason: "x".into(), form: "{}".into(), ..input.clone() };
        let told = code(brands::save(services, &a, &wrong, true).await);
        for part in ["name_ko:missing", "initials:too_long", "hue:not_a_hue", "reason:missing", "form_json:form"] {
            assert!(told.contains(part), "{part} in {told}");
        }
        let draft = brands::save(services, &a, &input, true).await.unwrap();
        assert_eq!(brands::list(services, &a).await.unwrap().new.len(), 1);
        drafts::publish(services, &p, draft, 1, "").await.unwrap();
        let list = brands::list(services, &a).await.unwrap();
        let line = list.brands.last().unwrap();
        assert_eq!((line.brand.as_str(), line.status, list.new.len()), ("new_card", BrandStatus::Paused, 0));
        let open = (BrandStatus::Paused, BrandStatus::Accepting);
        assert_eq!(code(brands::set_status(services, &a, "new_card", open, "시작").await), "status:no_rates");
        let rates = rates::save(services, &a, "new_card", &plan("80")).await.unwrap();
        drafts::publish(services, &p, rates, 1, "").await.unwrap();
        brands::set_status(services, &a, "new_card", open, "시작").await.unwrap();
        front.pass(Span::seconds(1));
        let landing = catalogue::landing(services, Lang::Ko).await.unwrap();
        let tile = landing.brands.iter().find(|tile| tile.brand == "new_card").unwrap();
        assert_eq!((tile.status, tile.best_rate_bp), (BrandStatus::Accepting, Some(8_000)));
        // First place, seen by everybody.
        brands::move_to(services, &a, "new_card", "1").await.unwrap();
        assert_eq!(catalogue::landing(services, Lang::Ko).await.unwrap().brands[0].brand, "new_card");
        assert_eq!(code(brands::move_to(services, &a, "new_card", "0").await), "place:no_place");
    }

    async fn a_stopped_brand_is_not_quoted_a_second_later_in_any_process(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let other = front.twin().await;
        let content = someone(&front, 1, &[Role::Content]).await;
        let sale = ready(&front, &somebody(), TWO, PHONE).await;
        // The other process has everything in its hands.
        catalogue::landing(&other, Lang::Ko).await.unwrap();
        let pasted = sell::paste(&other, &somebody(), None, "컬쳐랜드 50,000원\n4180-7777-8888-9999", "").await.unwrap();
        let late = pasted.token.unwrap();
        assert!(sell::quote(&other, &somebody(), Some(&late), None).await.unwrap().view.quote.is_some());
        let stop = (BrandStatus::Accepting, BrandStatus::Stopped);
        brands::set_status(services, &content, BRAND, stop, "발행사 사고").await.unwrap();
        assert_eq!(code(brands::set_status(services, &content, BRAND, stop, "발행사 사고").await), "status_moved");
        front.pass(Span::seconds(1));
        for process in [services, &other] {
            let view = sell::quote(process, &somebody(), Some(&late), None).await.unwrap().view;
            assert!(view.quote.is_none() || view.rows[0].left_out, "{:?}", view.errors);
            let landing = catalogue::landing(process, Lang::Ko).await.unwrap();
            let tile = landing.brands.iter().find(|tile| tile.brand == BRAND).unwrap();
            assert_eq!((tile.status, tile.best_rate_bp), (BrandStatus::Stopped, None));
        }
        // Quoted before, pressed after: no order, and the vouchers say why.
        let view = sell::submit(&other, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap().view;
        assert_eq!(view.order_code, None, "{:?}", view.errors);
        assert!(!view.errors.is_empty() || view.rows.iter().all(|row| row.left_out));
        assert_eq!(audit_lines(&front, "brand", BRAND).await, ["brand.status"]);
        // And back.
        brands::set_status(services, &content, BRAND, (BrandStatus::Stopped, BrandStatus::Accepting), "해결").await.unwrap();
        front.pass(Span::seconds(1));
        assert!(sell::quote(&other, &somebody(), Some(&late), None).await.unwrap().view.quote.is_some());
    }

    async fn rates_begin_when_they_are_to_and_never_before_now(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, p) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::FinanceApprover]).await);
        let at = |span: Span| {
            let text = front.now().plus(span).kst_yyyymmddhhmmss();
            format!("{}-{}-{}T{}:{}", &text[..4], &text[4..6], &text[6..8], &text[8..10], &text[10..12])
        };
        for (input, told) in [
            (RatesInput { at: at(Span::ZERO), ..plan("90") }, "at:past"),
            (RatesInput { at: "내일".into(), ..plan("90") }, "at:no_moment"),
            (RatesInput { rows: Vec::new(), ..plan("90") }, "min_0:empty"),
            (plan("100.01"), "rate_0:rate rate_1:rate"),
            (plan("0"), "rate_0:rate rate_1:rate"),
            (plan("90.555"), "rate_0:no_percent rate_1:no_percent"),
            (RatesInput { reason: String::new(), ..plan("90") }, "reason:missing"),
            (RatesInput { rows: vec![["1000".into(), "5000".into(), "90".into()]], ..plan("90") }, "max_0:uncovered"),
            (RatesInput { rows: vec![["1000".into(), "500000".into(), "90".into()], ["3000".into(), "9000".into(), "91".into()]], ..plan("90") }, "min_1:overlap"),
            (RatesInput { rows: vec![["x".into(), "5000".into(), "90".into()]], ..plan("90") }, "min_0:no_amount"),
        ] {
            assert_eq!(code(rates::save(services, &a, BRAND, &input).await), told);
        }
        let best = async || {
            front.pass(Span::seconds(1));
            let landing = catalogue::landing(services, Lang::Ko).await.unwrap();
            landing.brands.iter().find(|tile| tile.brand == BRAND).unwrap().best_rate_bp
        };
        let first = best().await;
        // A jump wants the brand's key.
        let jump = rates::save(services, &a, BRAND, &plan("80")).await.unwrap();
        let page = rates::page(services, &p, BRAND).await.unwrap();
        assert!(page.drafts[0].effect.jumps);
        assert_eq!(code(drafts::publish(services, &p, jump, 1, "").await), "confirm:jump");
        assert_eq!(code(drafts::publish(services, &p, jump, 1, "munhwa").await), "confirm:jump");
        drafts::publish(services, &p, jump, 1, BRAND).await.unwrap();
        assert_eq!(best().await, Some(8_000));
        assert_ne!(first, Some(8_000));
        // In two minutes.
        let later = rates::save(services, &a, BRAND, &RatesInput { at: at(Span::minutes(2)), ..plan("81") }).await.unwrap();
        drafts::publish(services, &p, later, 1, "").await.unwrap();
        assert_eq!(best().await, Some(8_000));
        // Another plan for the same moment replaces it.
        let instead = rates::save(services, &a, BRAND, &RatesInput { at: at(Span::minutes(2)), ..plan("82") }).await;
        drafts::publish(services, &p, instead.unwrap(), 1, "").await.unwrap();
        front.pass(Span::minutes(2));
        assert_eq!(best().await, Some(8_200));
        // Its time went by before somebody published it.
        let slow = rates::save(services, &a, BRAND, &RatesInput { at: at(Span::minutes(2)), ..plan("83") }).await.unwrap();
        front.pass(Span::minutes(3));
        assert_eq!(code(drafts::publish(services, &p, slow, 1, "").await), "time_over");
        let fee = FeesInput { instant: "10,001".into(), next_morning: "-1".into(), reason: "조정".into(), ..FeesInput::default() };
        assert_eq!(code(fees::save(services, &a, &fee).await), "instant:fee next_morning:fee");
        let fee = FeesInput { instant: "700".into(), next_morning: "0".into(), ..fee };
        let fee = fees::save(services, &a, &fee).await.unwrap();
        drafts::publish(services, &p, fee, 1, "").await.unwrap();
        front.pass(Span::seconds(1));
        assert_eq!(catalogue::landing(services, Lang::Ko).await.unwrap().fees.instant, Won::whole(700));
    }

    async fn a_new_version_of_a_consent_is_asked_about_again(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, p) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::Owner]).await);
        let before = ready(&front, &somebody(), TWO, PHONE).await;
        let kind = REQUIRED[0];
        let draft = documents::save(services, &a, kind, (&text("새 약관 동의", "두 번째 글이에요"), "", "개정"), None).await.unwrap();
        drafts::publish(services, &p, draft, 1, "").await.unwrap();
        front.pass(Span::seconds(1));
        // A box ticked on the page with the old text.
        let view = sell::consents(services, &somebody(), Some(&before.token), &given(1)).await.unwrap().view;
        assert_eq!(errors(&view, kind), ["consent_changed"]);
        assert!(!view.consents.iter().find(|consent| consent.kind == kind).unwrap().granted);
        // A version that isn't there yet counts for nothing, now and later.
        let view = sell::consents(services, &somebody(), Some(&before.token), &given(9)).await.unwrap().view;
        assert_eq!(errors(&view, kind), ["consent_required"]);
        sell::consents(services, &somebody(), Some(&before.token), &given(1)).await.unwrap();
        let view = sell::submit(services, &somebody(), Some(&before.token), &before.view.submit_key).await.unwrap().view;
        assert_eq!((view.order_code.clone(), errors(&view, kind)), (None, vec!["consent_changed".to_owned()]));
        let mixed: Vec<String> = REQUIRED.iter().map(|of| format!("{of}:{}", if *of == kind { 2 } else { 1 })).collect();
        let view = sell::consents(services, &somebody(), Some(&before.token), &mixed).await.unwrap().view;
        assert_eq!(view.errors, []);
        let view = sell::submit(services, &somebody(), Some(&before.token), &before.view.submit_key).await.unwrap().view;
        assert!(view.order_code.is_some(), "{:?}", view.errors);
        // The old text stays readable with its hash.
        let old = documents::version(services, &a, kind, 1).await.unwrap();
        let page = documents::page(services, &a, kind, None).await.unwrap();
        assert_eq!((page.versions.len(), &page.versions[1].hashes), (2, &old.hashes));
        assert!(page.versions[0].in_force && page.versions[0].publisher == "직원2");
        assert_eq!(code(documents::version(services, &a, kind, 3).await), "not_found");
        assert_eq!(code(documents::page(services, &a, "secrets", None).await), "not_found");
        // Nothing changed, nothing to publish, also of a text that came with space at its end.
        let first = documents::page(services, &a, "guide", None).await.unwrap().start;
        let as_it_is = documents::save(services, &a, "guide", (&first, "", "개정"), None).await;
        assert_eq!(code(as_it_is), "form:unchanged");
        let same = documents::save(services, &a, kind, (&text("새 약관 동의", "두 번째 글이에요"), "", "개정"), None).await;
        assert_eq!(code(same), "form:unchanged");
    }

    async fn a_notice_is_seen_from_its_moment_and_no_longer_than_it_is_to(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let other = front.twin().await;
        let (a, b) = (someone(&front, 1, &[Role::Content]).await, someone(&front, 2, &[Role::Content]).await);
        let seen = async |slug: &str| {
            front.pass(Span::seconds(1));
            let mine = code(content::notice(services, Lang::Ko, slug).await);
            assert_eq!(mine, code(content::notice(&other, Lang::Ko, slug).await));
            mine
        };
        for (slug, told) in [("Ab", "slug:shape"), ("-abc", "slug:shape"), ("a--b", "slug:shape"), ("../x", "slug:shape"), ("service-open", "slug:taken")] {
            let added = notices::add(services, &a, AnnouncementKind::Notice, (slug, &text("가", "나"))).await;
            assert_eq!(code(added), told, "{slug}");
        }
        let id = notices::add(services, &a, AnnouncementKind::Notice, ("hello-all", &text("안녕", "**본문**"))).await.unwrap();
        assert_eq!(seen("hello-all").await, "not_found");
        let text_at = front.now().plus(Span::minutes(2)).kst_yyyymmddhhmmss();
        let at = format!("{}-{}-{} {}:{}", &text_at[..4], &text_at[4..6], &text_at[6..8], &text_at[8..10], &text_at[10..12]);
        assert_eq!(code(notices::publish(services, &a, (id, 1), "2020-01-01T00:00").await), "at:past");
        notices::publish(services, &a, (id, 1), &at).await.unwrap();
        assert_eq!(seen("hello-all").await, "not_found");
        front.pass(Span::minutes(2));
        assert_eq!(seen("hello-all").await, "done");
        // Two at once: the second sees what changed.
        let (mine, theirs) = (text("하나", "하나"), text("둘", "둘"));
        let (one, two) = tokio::join!(
            notices::save(services, &a, (id, 2), &mine),
            notices::save(&other, &b, (id, 2), &theirs)
        );
        let mut codes = [code(one), code(two)];
        codes.sort();
        assert_eq!(codes, ["changed", "done"]);
        notices::unpublish(services, &a, (id, 3)).await.unwrap();
        assert_eq!(seen("hello-all").await, "not_found");
        notices::publish(services, &b, (id, 4), "").await.unwrap();
        assert_eq!(code(content::notice(services, Lang::Ko, "hello-all").await), "done", "right after");
        // Questions keep the order they are given.
        let faq = notices::list(services, &a, AnnouncementKind::Faq).await.unwrap();
        notices::move_to(services, &a, faq[4].id, "1").await.unwrap();
        assert_eq!(content::faq(services, Lang::Ko).await.unwrap()[0].slug, faq[4].slug);
    }

    async fn an_inquiry_is_read_on_the_record_and_handled_once(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let (a, b) = (someone(&front, 1, &[Role::Operator]).await, someone(&front, 2, &[Role::Owner]).await);
        let ask = InquiryInput {
            name: "남궁휘찬".into(), phone: PHONE.into(), body: "입금이 늦어져요. 확인해 주세요.".into(), trap: String::new(),
        };
        assert!(services::inquiry::send(services, &somebody(), ask).await.unwrap().sent);
        let list = inquiries::list(services, &a, InquiryState::Open, None).await.unwrap();
        assert_eq!((list.lines.len(), list.open), (1, 1));
        let line = &list.lines[0];
        assert!(!line.name.contains("궁휘") && line.phone.ends_with("****"), "{} {}", line.name, line.phone);
        let id = line.id;
        assert_eq!(audit_lines(&front, "inquiry", &id.to_string()).await, Vec::<String>::new(), "the list reads nobody");
        let page = inquiries::open(services, &a, id).await.unwrap();
        assert!(page.body.contains("입금이 늦어져요"));
        assert_eq!(audit_lines(&front, "inquiry", &id.to_string()).await, ["inquiry.open"]);
        // To answer, somebody must know whom: for half a minute, with a reason, in that session only.
        assert_eq!(code(inquiries::reveal(services, &a, id, " ? ").await), "reason:missing");
        let ticket = inquiries::reveal(services, &a, id, "전화로 답변").await.unwrap().to_string();
        let seen = inquiries::revealed(services, &a, id, &ticket).await.unwrap();
        assert!(seen.lines.iter().any(|(_, value)| value == PHONE), "{:?}", seen.lines);
        assert_eq!(code(inquiries::revealed(services, &b, id, &ticket).await), "not_found");
        front.pass(Span::seconds(30));
        assert_eq!(code(inquiries::revealed(services, &a, id, &ticket).await), "over");
        let mut lines = audit_lines(&front, "inquiry", &id.to_string()).await;
        lines.sort_unstable();
        assert_eq!(lines, ["inquiry.open", "reveal.person"]);
        assert_eq!(code(inquiries::settle(services, &a, (id, 1), "gone", "").await), "note:missing state:missing");
        let other = front.twin().await;
        let (one, two) = tokio::join!(
            inquiries::settle(services, &a, (id, 1), "answered", "전화로 안내했어요"),
            inquiries::settle(&other, &b, (id, 1), "closed", "중복 문의예요")
        );
        let mut codes = [code(one), code(two)];
        codes.sort();
        assert_eq!(codes, ["done", "handled"]);
        let page = inquiries::open(services, &b, id).await.unwrap();
        assert!(page.line.handled_by.is_some() && !page.note.is_empty());
        assert_eq!(inquiries::list(services, &a, InquiryState::Open, None).await.unwrap().lines.len(), 0);
    }

    async fn nothing_that_runs_comes_out_of_any_text_field(db: TestDb) {
        let front = Front::open(db).await;
        let services = &front.services;
        let a = someone(&front, 1, &[Role::Content]).await;
        assert!(payloads::ALL.len() >= 60, "{}", payloads::ALL.len());
        let id = notices::add(services, &a, AnnouncementKind::Notice, ("payloads", &text("가", "나"))).await.unwrap();
        notices::publish(services, &a, (id, 1), "").await.unwrap();
        let mut revision = 2;
        for payload in payloads::ALL {
            let typed = text("제목", payload);
            // What the editor previews, whether it may be saved or not.
            let (looks, _) = documents::look(&a, typed.clone()).await.unwrap();
            for look in &looks {
                payloads::assert_tame(&look.html, payload);
            }
            // What is saved, read as customers read it.
            match notices::save(services, &a, (id, revision), &typed).await {
                Ok(()) => {
                    revision += 1;
                    let article = content::notice(services, Lang::En, "payloads").await.unwrap();
                    payloads::assert_tame(&article.html, payload);
                }
                Err(ServiceError::Invalid(fields)) => assert!(fields.iter().all(|field| field.code == "link"), "{fields:?} for {payload}"),
                Err(other) => panic!("{other} for {payload}"),
            }
        }
    }
}
