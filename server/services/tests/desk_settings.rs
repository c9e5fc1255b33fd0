//! The shop's numbers: set by an owner, felt everywhere, told in the books.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{Front, TWO, ready, somebody};
use desk_hands::{actor_of, staff};
use domain::setting::Setting;
use domain::wire::desk::SettingLine;
use domain::{Role, Span};
use services::desk::audit::{self, AuditQuery};
use services::desk::settings;
use services::otp::{self, Requested};
use services::{Actor, ServiceError};
use testkit::staff::member_at;

const WHY: &str = "more time to read it";

fn code(answer: Result<impl Sized, ServiceError>) -> String {
    match answer.err() {
        Some(ServiceError::Conflict { code, .. }) => code.to_owned(),
        Some(ServiceError::NotFound) => "not_found".to_owned(),
        Some(ServiceError::StepUp) => "step_up".to_owned(),
        Some(ServiceError::Invalid(fields)) => format!("{}.{}", fields[0].field, fields[0].code),
        other => panic!("{other:?}"),
    }
}

async fn line(front: &Front, actor: &Actor, setting: Setting) -> SettingLine {
    let view = settings::settings(&front.services, actor).await.unwrap();
    view.lines.into_iter().find(|line| line.setting == setting).unwrap()
}

testkit::both_engines! {
    async fn a_number_is_set_by_an_owner_felt_at_once_and_told(db: TestDb) {
        let front = Front::open(db).await;
        let (owner, auditor) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Auditor]).await);
        let operator = staff(&front.db, 3, &[Role::Operator]).await;
        let s = &front.services;
        assert_eq!(code(settings::settings(s, &operator).await), "not_found");
        assert_eq!(code(settings::set(s, &auditor, "quote_minutes", (0, "12"), WHY).await), "not_found");
        let first = line(&front, &auditor, Setting::QuoteMinutes).await;
        assert_eq!((first.value, first.before, first.revision, first.changed_at), (10, 10, 0, None));
        settings::set(s, &owner, "quote_minutes", (0, " １２ "), WHY).await.unwrap();
        let now = line(&front, &auditor, Setting::QuoteMinutes).await;
        assert_eq!((now.value, now.before, now.revision), (12, 10, 1));
        assert!(now.changed_at.is_some() && now.changed_by.is_some());
        let sale = ready(&front, &somebody(), TWO, "01012345678").await;
        let until = sale.view.quote.unwrap().valid_until;
        assert_eq!(until.since(front.now()).as_seconds(), 12 * 60);
        front.pass(Span::seconds(1));
        settings::set(s, &owner, "quote_minutes", (1, "15"), WHY).await.unwrap();
        let query = AuditQuery { action: "settings.set".into(), ..AuditQuery::default() };
        let told = audit::list(s, &owner, &query).await.unwrap().lines;
        assert_eq!(told.len(), 2);
        assert!(told[0].meta.contains("12") && told[0].meta.contains("15"), "{}", told[0].meta);
    }

    async fn what_can_not_be_is_refused_at_its_field_and_nothing_changes(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        let s = &front.services;
        for typed in ["", "2", "61", "-3", "3.5", "many", "99999999999999999999"] {
            assert_eq!(code(settings::set(s, &owner, "quote_minutes", (0, typed), WHY).await), "value.range", "{typed}");
        }
        assert_eq!(code(settings::set(s, &owner, "quote_minutes", (0, "10"), WHY).await), "value.same");
        assert_eq!(code(settings::set(s, &owner, "quote_minutes", (0, "12"), "").await), "reason.missing");
        assert_eq!(code(settings::set(s, &owner, "auto_payout_limit", (0, "12"), WHY).await), "not_found");
        assert_eq!(code(settings::set(s, &owner, "desk_to", (0, "9"), WHY).await), "value.turned");
        assert_eq!(code(settings::set(s, &owner, "desk_from", (0, "18"), WHY).await), "value.turned");
        let view = settings::settings(s, &owner).await.unwrap();
        assert!(view.lines.iter().all(|line| line.revision == 0 && line.value == line.before), "{view:?}");
        front.pass(Span::minutes(11));
        assert_eq!(code(settings::set(s, &owner, "quote_minutes", (0, "12"), WHY).await), "step_up");
    }

    async fn of_two_who_set_one_number_one_is_told_that_it_changed(db: TestDb) {
        let front = Front::open(db).await;
        let (a, b) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Owner]).await);
        let s = &front.services;
        for (revision, values) in [(0, ["20", "21"]), (1, ["30", "31"])] {
            let (one, other) = tokio::join!(
                settings::set(s, &a, "codes_per_phone", (revision, values[0]), WHY),
                settings::set(s, &b, "codes_per_phone", (revision, values[1]), WHY),
            );
            let refused = if one.is_ok() { other } else { one };
            assert_eq!(code(refused), "changed");
            assert_eq!(line(&front, &a, Setting::CodesPerPhone).await.revision, revision + 1);
        }
    }

    async fn every_number_is_felt_where_it_is_said_to_be(db: TestDb) {
        let front = Front::open(db).await;
        let s = &front.services;
        let owner = actor_of(&member_at(&front.db, 1, &[Role::Owner], front.now()).await);
        settings::set(s, &owner, "desk_from", (0, "8"), WHY).await.unwrap();
        settings::set(s, &owner, "desk_to", (0, "20"), WHY).await.unwrap();
        let hours = services::catalogue::landing(s, domain::Lang::Ko).await.unwrap().hours.desk;
        assert_eq!((hours.from, hours.to), (8, 20));
        settings::set(s, &owner, "inquiries_per_address", (0, "1"), WHY).await.unwrap();
        settings::set(s, &owner, "codes_per_phone", (0, "3"), WHY).await.unwrap();
        let asked = |n: u32| services::inquiry::InquiryInput {
            name: customer_common::NAME.into(), phone: "01012345678".into(), body: format!("언제 입금되나요? {n}"), trap: String::new(),
        };
        services::inquiry::send(s, &somebody(), asked(1)).await.unwrap();
        let second = services::inquiry::send(s, &somebody(), asked(2)).await.unwrap();
        assert_eq!((second.sent, second.errors[0].code.as_str()), (false, "too_many"));
        let phone = domain::Phone::parse("01012345678").unwrap();
        for turn in 1..=4 {
            let sent = otp::request(s, &somebody(), domain::OtpPurpose::Sell, &phone).await.unwrap();
            assert_eq!(matches!(sent, Requested::Sent { .. }), turn <= 3, "{turn}: {sent:?}");
            front.pass(Span::seconds(60));
        }
    }
}
