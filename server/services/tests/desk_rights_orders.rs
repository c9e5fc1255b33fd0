//! Who sees the orders list, its exports and the dashboard, and what is left in the audit log.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;
#[expect(dead_code, reason = "only who acts is needed here")]
mod desk_common;

use common::{Shop, quick};
use desk_common::{acting, stranger};
use domain::{Role, Span};
use services::desk::exports::{self, Wanted};
use services::desk::{orders, stats};
use services::{Actor, ServiceError, Services};
use store::audit;
use testkit::clock::NOON;
use testkit::mass::{fill, phone};
use testkit::staff::member_at;

async fn of(shop: &Shop, number: u8, role: Role) -> Actor {
    acting(&member_at(shop.home.as_ref().unwrap(), number, &[role], shop.services.clock.now()).await)
}

fn pairs(query: &[(&str, &str)]) -> Vec<(String, String)> {
    query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn wanted(unmasked: bool, reason: &str) -> Wanted {
    Wanted { query: "state=paid".into(), format: "csv".into(), unmasked, reason: reason.into() }
}

async fn lines(services: &Services, kind: &str, id: &str) -> Vec<String> {
    let mut reader = services.db.read().await.unwrap();
    audit::of_target(&mut reader, kind, id, 50).await.unwrap().into_iter().map(|line| line.action).collect()
}

testkit::both_engines! {
    async fn only_those_of_the_table_see_the_list_and_only_masked(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        fill(&services.db, &services.keys, 120, NOON, |_| {}).await;
        for (number, role) in (1..).zip(Role::ALL.iter().copied()) {
            let actor = of(&shop, number, role).await;
            let reads =
                matches!(role, Role::Owner | Role::Operator | Role::FinanceMaker | Role::FinanceApprover | Role::Auditor);
            let list = orders::list(services, &actor, &[]).await;
            match list {
                Ok(view) => {
                    assert!(reads && view.rows.len() == 50 && view.next.is_some(), "{role:?}");
                    let said = serde_json::to_string(&view).unwrap();
                    assert!(!said.contains("홍길동") && (0..120).all(|n| !said.contains(phone(n).expose())));
                    assert!(said.contains("홍*동"));
                }
                Err(error) => assert!(!reads && matches!(error, ServiceError::NotFound), "{role:?}"),
            }
            let exports_too = matches!(role, Role::Owner | Role::Operator | Role::FinanceMaker | Role::Auditor);
            assert_eq!(exports::list(services, &actor).await.is_ok(), exports_too, "{role:?}");
            let sees_figures = reads || role == Role::Content;
            assert_eq!(stats::dashboard(services, &actor).await.is_ok(), sees_figures, "{role:?}");
        }
        let nobody = stranger("203.0.113.7");
        assert!(matches!(orders::list(services, &nobody, &[]).await, Err(ServiceError::NotFound)));
        assert!(matches!(orders::find(services, &nobody, "010-1234-5678").await, Err(ServiceError::NotFound)));
    }

    async fn a_bad_address_shows_nothing_and_says_which_field(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        fill(&shop.services.db, &shop.services.keys, 5, NOON, |_| {}).await;
        let actor = of(&shop, 1, Role::Operator).await;
        let view = orders::list(&shop.services, &actor, &pairs(&[("min", "lots"), ("bank", "999")])).await.unwrap();
        assert!(view.rows.is_empty());
        assert_eq!(view.problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["min", "bank"]);
    }

    async fn a_view_is_saved_for_one_person_without_place_and_person(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        let (mine, other) = (of(&shop, 1, Role::Operator).await, of(&shop, 2, Role::Operator).await);
        let sought = orders::find(services, &mine, "010-2000-0000").await.unwrap();
        assert!(sought.starts_with("find=") && !sought.contains("2000"), "{sought}");
        assert_eq!(lines(services, "orders", "person").await, ["orders.find"]);
        let query = format!("state=held&{sought}&sort=oldest");
        let kept = orders::save_view(services, &mine, " 보류 ", &query, true).await.unwrap();
        assert_eq!(kept, "state=held&sort=oldest");
        orders::save_view(services, &mine, "큰 금액", "min=400000", true).await.unwrap();
        orders::choose_columns(services, &mine, &["risk".into(), "nonsense".into()]).await.unwrap();
        let view = orders::list(services, &mine, &[]).await.unwrap();
        let views: Vec<_> = view.views.iter().map(|view| (view.name.as_str(), view.is_default)).collect();
        assert_eq!(views, [("보류", false), ("큰 금액", true)], "one begins the list");
        assert_eq!(view.columns.len(), 2);
        let theirs = orders::list(services, &other, &[]).await.unwrap();
        assert!(theirs.views.is_empty() && theirs.columns.len() > 5);
        let id = view.views[0].id.clone();
        let gone = orders::drop_view(services, &other, &id).await;
        assert!(matches!(gone, Err(ServiceError::Conflict { code: "view_gone", .. })), "another's view stays");
        orders::drop_view(services, &mine, &id).await.unwrap();
        assert!(matches!(orders::save_view(services, &mine, "  ", "", false).await, Err(ServiceError::Invalid(_))));
    }

    async fn a_file_is_for_its_maker_with_a_reason_and_stands_in_the_books(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        fill(&services.db, &services.keys, 500, NOON, |_| {}).await;
        let (operator, owner) = (of(&shop, 1, Role::Operator).await, of(&shop, 2, Role::Owner).await);
        let short = exports::request(services, &operator, &wanted(false, "  a ")).await;
        assert!(matches!(short, Err(ServiceError::Invalid(fields)) if fields[0].field == "reason"));
        let clear = exports::request(services, &operator, &wanted(true, "월말 대사")).await;
        assert!(matches!(clear, Err(ServiceError::NotFound)), "people as they are only with the right");
        let id = exports::request(services, &operator, &wanted(false, "월말 대사")).await.unwrap();
        let work = shop.works(id.bytes()).await.pop().unwrap();
        assert!(matches!(exports::fetch(services, &operator, &id.to_string()).await, Err(ServiceError::NotFound)));
        services::work::run(services, work.id, "w1").await.unwrap();
        let row = exports::list(services, &operator).await.unwrap().remove(0);
        assert_eq!((row.state, row.done_rows > 10), (domain::ExportState::Done, true));
        let got = exports::fetch(services, &operator, &id.to_string()).await.unwrap();
        assert!(!exports::piece(services, &operator, &got, 0).await.unwrap().is_empty());
        assert_eq!(lines(services, "export", &id.to_string()).await.len(), 2, "asked for and fetched");
        let other = exports::fetch(services, &owner, &id.to_string()).await;
        assert!(matches!(other, Err(ServiceError::NotFound)), "nor does an owner get another's file");

        // A session that ends, or a right that goes, in the middle of the download gets no more of it.
        let member = |on: bool| async move {
            let mut tx = services.db.begin().await.unwrap();
            let user = store::users::by_login(&mut tx, "member1").await.unwrap().unwrap();
            store::users::set_role(&mut tx, user.id, Role::Operator, on, NOON).await.unwrap();
            tx.commit().await.unwrap();
            user
        };
        member(false).await;
        assert!(matches!(exports::piece(services, &operator, &got, 0).await, Err(ServiceError::NotFound)));
        let before = member(true).await;
        exports::piece(services, &operator, &got, 0).await.unwrap();
        let mut tx = services.db.begin().await.unwrap();
        let after = store::users::User { session_epoch: before.session_epoch + 1, ..before.clone() };
        store::users::write(&mut tx, &before, &after, NOON).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(exports::piece(services, &operator, &got, 0).await, Err(ServiceError::SignedOut)));

        // People as they are: the second factor must be fresh, when it is asked for and when it is fetched.
        let clear = exports::request(services, &owner, &wanted(true, "세무조사 자료")).await.unwrap();
        let work = shop.works(clear.bytes()).await.pop().unwrap();
        services::work::run(services, work.id, "w1").await.unwrap();
        exports::fetch(services, &owner, &clear.to_string()).await.unwrap();
        shop.move_clock(NOON.plus(Span::minutes(11)));
        assert!(matches!(exports::fetch(services, &owner, &clear.to_string()).await, Err(ServiceError::StepUp)));
        let again = exports::request(services, &owner, &wanted(true, "세무조사 자료")).await;
        assert!(matches!(again, Err(ServiceError::StepUp)));
    }
}
