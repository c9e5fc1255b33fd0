//! The audit log's chain: sealed once, by one, and broken by whatever somebody does to it by hand.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::Front;
use desk_hands::{by_hand, staff};
use domain::{AuditId, Role, Span, Timestamp};
use serde_json::json;
use services::desk::audit::{self, AuditQuery, Fault, Report};
use services::{ServiceError, Services};
use store::audit::{AuditKind, AuditLine};
use store::chain::{self, Head};
use store::settings;

fn line(number: u128, at: Timestamp) -> AuditLine {
    AuditLine {
        id: AuditId::from_u128(number),
        actor: "usr_1".into(),
        action: "order.hold".into(),
        target_type: "order".into(),
        target_id: format!("ord_{number}"),
        // Keys PostgreSQL puts in another order, numbers and letters of every size.
        meta: json!({"zeta": u64::try_from(number).unwrap(), "a": [1, -1, true, null, 0.5, 1e300], "ab": {"한": "글", "": "\\\" "}, "big": u64::MAX}),
        at,
        kind: AuditKind::Change,
        user: None,
        session: None,
        address: Some("198.51.100.7".into()),
        reason: number.is_multiple_of(2).then(|| "이유".to_owned()),
    }
}

async fn write(services: &Services, numbers: std::ops::RangeInclusive<u128>) {
    let now = services.clock.now();
    let mut tx = services.db.begin().await.unwrap();
    for number in numbers {
        store::audit::insert(&mut tx, &line(number, now.plus(Span::micros(i64::try_from(number).unwrap()))))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// A process that has seen nothing yet.
async fn verified(front: &Front, anchors: &[Head]) -> Report {
    audit::check_now(&front.stranger().await, anchors).await.unwrap()
}

async fn sealed(front: &Front, lines: u128) -> Head {
    write(&front.services, 1..=lines).await;
    assert_eq!(audit::seal(&front.services).await.unwrap(), usize::try_from(lines).unwrap());
    audit::state(&front.services).await.unwrap().head.unwrap()
}

const OFF_LITE: &str = "DROP TRIGGER audit_logs_no_update; DROP TRIGGER audit_logs_no_delete; DROP TRIGGER audit_chain_no_update; DROP TRIGGER audit_chain_no_delete;";
const OFF_PG: &str = "DROP TRIGGER audit_logs_no_change ON audit_logs; DROP TRIGGER audit_chain_no_change ON audit_chain; ALTER TABLE audit_chain DROP CONSTRAINT audit_chain_audit_id_fkey; ALTER TABLE audit_unsealed DROP CONSTRAINT audit_unsealed_audit_id_fkey;";

/// With every guard of the database taken away first.
async fn attack(front: &Front, statement: &'static str) {
    by_hand(&front.db, OFF_LITE, OFF_PG).await;
    by_hand(&front.db, statement, statement).await;
}

/// The database's own words against a statement.
async fn refused(db: &store::Db, statement: &'static str) -> String {
    let done = match db {
        store::Db::Sqlite(db) => sqlx::raw_sql(statement).execute(db.writer()).await.map(|_| ()),
        store::Db::Postgres(db) => sqlx::raw_sql(statement).execute(db.pool()).await.map(|_| ()),
    };
    done.expect_err(statement).to_string()
}

testkit::both_engines! {
    async fn the_database_itself_lets_the_log_and_its_chain_only_be_added_to(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 3).await;
        let truncates: &[&str] = match &*front.db {
            store::Db::Sqlite(_) => &[],
            store::Db::Postgres(_) => &["TRUNCATE audit_logs CASCADE", "TRUNCATE audit_chain"],
        };
        let changes = [
            "UPDATE audit_logs SET reason = 'nothing' WHERE target_id = 'ord_2'",
            "DELETE FROM audit_logs WHERE target_id = 'ord_2'",
            "UPDATE audit_chain SET seq = 100 WHERE seq = 2",
            "DELETE FROM audit_chain WHERE seq = 3",
        ];
        for statement in changes.iter().chain(truncates) {
            let told = refused(&front.db, statement).await;
            assert!(told.contains("is only added to"), "{statement}: {told}");
        }
        assert_eq!(verified(&front, &[]).await.faults, []);
    }

    async fn a_sound_log_is_sound_and_its_chain_grows_in_order(db: TestDb) {
        let front = Front::open(db).await;
        let first = sealed(&front, 30).await;
        assert_eq!(first.seq, 30);
        assert_eq!(audit::seal(&front.services).await.unwrap(), 0, "sealed once");
        write(&front.services, 31..=31).await;
        let state = audit::state(&front.services).await.unwrap();
        assert_eq!((state.waiting, state.shrunk), (1, false));
        assert_eq!(audit::seal(&front.services).await.unwrap(), 1);
        let report = verified(&front, &[first]).await;
        assert_eq!((report.checked, &report.faults), (31, &vec![]));
    }

    async fn a_line_changed_by_hand_breaks_the_chain_there(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 9).await;
        attack(&front, "UPDATE audit_logs SET reason = 'nothing' WHERE target_id = 'ord_4'").await;
        assert_eq!(verified(&front, &[]).await.faults, [Fault::Changed { seq: 4 }]);
    }

    async fn json_changed_by_hand_breaks_the_chain_too(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 9).await;
        by_hand(&front.db, OFF_LITE, OFF_PG).await;
        by_hand(
            &front.db,
            "UPDATE audit_logs SET meta_json = json_set(meta_json, '$.zeta', 99) WHERE target_id = 'ord_7'",
            "UPDATE audit_logs SET meta_json = jsonb_set(meta_json, '{zeta}', '99') WHERE target_id = 'ord_7'",
        ).await;
        assert_eq!(verified(&front, &[]).await.faults, [Fault::Changed { seq: 7 }]);
    }

    async fn a_line_taken_away_is_missed(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 9).await;
        attack(&front, "DELETE FROM audit_logs WHERE target_id = 'ord_4'").await;
        let line = AuditId::from_u128(4).to_string();
        assert_eq!(verified(&front, &[]).await.faults, [Fault::LineMissing { seq: 4, line }]);
    }

    async fn a_link_taken_away_is_missed_and_so_is_a_line_with_its_link(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 9).await;
        attack(&front, "DELETE FROM audit_chain WHERE seq IN (4, 5); DELETE FROM audit_logs WHERE target_id = 'ord_5'").await;
        let line = AuditId::from_u128(4).to_string();
        let found = [Fault::LinksMissing { from: 4, to: 5 }, Fault::Unlinked { line }];
        assert_eq!(verified(&front, &[]).await.faults, found);
    }

    async fn links_that_changed_places_are_seen(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 9).await;
        attack(&front, "UPDATE audit_chain SET seq = 100 WHERE seq = 4; UPDATE audit_chain SET seq = 4 WHERE seq = 5; UPDATE audit_chain SET seq = 5 WHERE seq = 100").await;
        assert_eq!(verified(&front, &[]).await.faults[0], Fault::WrongOrder { seq: 4 });
    }

    async fn a_line_put_in_or_taken_out_before_its_sealing_is_seen(db: TestDb) {
        let front = Front::open(db).await;
        sealed(&front, 3).await;
        write(&front.services, 4..=5).await;
        attack(&front, "DELETE FROM audit_logs WHERE target_id = 'ord_4'; DELETE FROM audit_unsealed WHERE audit_id IN (SELECT id FROM audit_logs WHERE target_id = 'ord_5')").await;
        let (unlinked, vanished) = (AuditId::from_u128(5).to_string(), AuditId::from_u128(4).to_string());
        let found = [Fault::Unlinked { line: unlinked }, Fault::Vanished { line: vanished }];
        assert_eq!(verified(&front, &[]).await.faults, found);
    }

    /// The end cut off: found by the head noted at the sealing. Whoever changes that note too is found only by an
    /// anchor from elsewhere, or by the process that saw the end with its own eyes.
    async fn an_end_cut_off_is_found_by_the_note_and_without_it_only_by_an_anchor(db: TestDb) {
        let front = Front::open(db).await;
        let anchor = sealed(&front, 9).await;
        attack(&front, "DELETE FROM audit_chain WHERE seq > 6; DELETE FROM audit_logs WHERE target_id IN ('ord_7', 'ord_8', 'ord_9')").await;
        let cut = Fault::CutOff { from: 7, to: 9 };
        assert_eq!(verified(&front, &[]).await.faults, std::slice::from_ref(&cut));
        assert!(audit::state(&front.stranger().await).await.unwrap().shrunk);

        let mut tx = front.services.db.begin().await.unwrap();
        let end = chain::head(&mut tx).await.unwrap().unwrap();
        settings::put(&mut tx, audit::HEAD, &audit::head_text(&end), front.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(verified(&front, &[]).await.faults, [], "nothing in the database tells any more");
        assert_eq!(verified(&front, &[anchor]).await.faults, std::slice::from_ref(&cut), "but an anchor does");
        assert_eq!(audit::check_now(&front.services, &[]).await.unwrap().faults, [cut], "and who saw it");
        assert!(audit::state(&front.services).await.unwrap().shrunk);
    }

    /// Cut off and sealed anew with other lines: every link is right, only the anchor's hash isn't.
    async fn a_chain_made_anew_is_found_by_an_anchor(db: TestDb) {
        let front = Front::open(db).await;
        let anchor = sealed(&front, 9).await;
        attack(&front, "DELETE FROM audit_chain WHERE seq > 6; DELETE FROM audit_logs WHERE target_id IN ('ord_7', 'ord_8', 'ord_9')").await;
        let stranger = front.stranger().await;
        write(&stranger, 107..=110).await;
        audit::seal(&stranger).await.unwrap();
        assert_eq!(verified(&front, &[]).await.faults, []);
        assert_eq!(verified(&front, &[anchor]).await.faults, [Fault::MadeAnew { seq: 9 }]);
    }

    async fn two_sealers_at_once_make_one_chain(db: TestDb) {
        let front = Front::open(db).await;
        let (one, other) = (front.stranger().await, front.stranger().await);
        for round in 0..5_u128 {
            write(&front.services, round * 700 + 1..=round * 700 + 700).await;
            let (a, b) = tokio::join!(audit::seal(&one), audit::seal(&other));
            assert_eq!(a.unwrap() + b.unwrap(), 700);
        }
        let report = verified(&front, &[]).await;
        assert_eq!((report.checked, report.faults), (3_500, vec![]));
    }

    async fn a_line_that_waits_over_a_minute_is_an_alarm(db: TestDb) {
        let front = Front::open(db).await;
        write(&front.services, 1..=1).await;
        let now = front.services.clock.now();
        let state = audit::state(&front.services).await.unwrap();
        assert!(state.is_sound(now.plus(Span::seconds(60))));
        assert!(!state.is_sound(now.plus(Span::seconds(61))));
    }

    async fn the_log_is_read_page_by_page_and_by_every_filter(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        write(&front.services, 1..=120).await;
        audit::seal(&front.services).await.unwrap();
        let list = async |query: AuditQuery| audit::list(&front.services, &owner, &query).await.unwrap();
        let first = list(AuditQuery::default()).await;
        assert_eq!((first.lines.len(), first.head_seq, first.waiting), (50, 120, 0));
        assert_eq!(first.lines[0].target, "order:ord_120");
        let next = list(AuditQuery { cursor: first.next.unwrap(), ..AuditQuery::default() }).await;
        assert_eq!(next.lines[0].target, "order:ord_70");
        let one = list(AuditQuery { target: "order:ord_7".into(), ..AuditQuery::default() }).await;
        assert_eq!((one.lines.len(), one.lines[0].link.as_ref().unwrap().0), (1, 7));
        for (query, fits) in [
            (AuditQuery { action: "order.".into(), ..AuditQuery::default() }, true),
            (AuditQuery { action: "rate.".into(), ..AuditQuery::default() }, false),
            (AuditQuery { kind: "change".into(), ..AuditQuery::default() }, true),
            (AuditQuery { kind: "view".into(), ..AuditQuery::default() }, false),
            (AuditQuery { who: "usr_1".into(), ..AuditQuery::default() }, true),
            (AuditQuery { who: "member1".into(), ..AuditQuery::default() }, false),
            (AuditQuery { until: "2020-01-01".into(), ..AuditQuery::default() }, false),
            (AuditQuery { from: "2020-01-01".into(), ..AuditQuery::default() }, true),
            (AuditQuery { from: "2099-01-01".into(), ..AuditQuery::default() }, false),
        ] {
            assert_eq!(!list(query.clone()).await.lines.is_empty(), fits, "{query:?}");
        }
        // What can't be read must not look like everything.
        for (query, field) in [
            (AuditQuery { target: "garbage".into(), ..AuditQuery::default() }, "target"),
            (AuditQuery { target: "PD-0000-0000".into(), ..AuditQuery::default() }, "target"),
            (AuditQuery { from: "2026-13-45".into(), ..AuditQuery::default() }, "from"),
            (AuditQuery { until: "soon".into(), ..AuditQuery::default() }, "until"),
            (AuditQuery { kind: "nonsense".into(), ..AuditQuery::default() }, "kind"),
        ] {
            let page = list(query.clone()).await;
            let fields: Vec<&str> = page.problems.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!((page.lines.len(), fields), (0, vec![field]), "{query:?}");
        }
    }

    async fn taking_the_log_as_a_file_is_a_line_of_the_log_and_wants_a_reason(db: TestDb) {
        let front = Front::open(db).await;
        let auditor = staff(&front.db, 1, &[Role::Auditor]).await;
        let operator = staff(&front.db, 2, &[Role::Operator]).await;
        write(&front.services, 1..=1_200).await;
        let query = AuditQuery::default();
        let refused = audit::begin_export(&front.services, &operator, &query, "month's end").await;
        assert!(matches!(refused.err(), Some(ServiceError::NotFound)));
        let refused = audit::begin_export(&front.services, &auditor, &query, "  x ").await;
        assert!(matches!(refused.err(), Some(ServiceError::Invalid(_))));
        let mut export = audit::begin_export(&front.services, &auditor, &query, "month's end").await.unwrap();
        let mut text = String::new();
        while let Some(piece) = export.next(&front.services, &auditor).await.unwrap() {
            text.push_str(&piece);
        }
        assert_eq!(text.lines().count(), 1_202, "a head, the lines, and the one about this file");
        let own = AuditQuery { kind: "export".into(), who: "member1".into(), ..AuditQuery::default() };
        let lines = audit::list(&front.services, &auditor, &own).await.unwrap().lines;
        assert_eq!((lines.len(), lines[0].reason.as_str()), (1, "month's end"));
        // A right that goes in the middle of the download ends it there.
        let mut cut = audit::begin_export(&front.services, &auditor, &query, "month's end").await.unwrap();
        assert!(cut.next(&front.services, &auditor).await.unwrap().is_some());
        let mut tx = front.services.db.begin().await.unwrap();
        let user = store::users::by_login(&mut tx, "member1").await.unwrap().unwrap();
        store::users::set_role(&mut tx, user.id, Role::Auditor, false, front.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(cut.next(&front.services, &auditor).await, Err(ServiceError::NotFound)));
    }

    async fn a_walk_is_begun_once_and_its_result_stands_on_the_page(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        sealed(&front, 20).await;
        attack(&front, "UPDATE audit_logs SET actor = 'nobody' WHERE target_id = 'ord_4'").await;
        audit::begin_check(&front.services, &owner).await.unwrap();
        front.services.drain().await;
        let page = audit::list(&front.services, &owner, &AuditQuery::default()).await.unwrap();
        assert_eq!((page.checks[0].state.as_str(), page.checks[0].checked), ("broken", 20));
        assert!(page.checks[0].faults[0].starts_with("Line 4"), "{:?}", page.checks[0].faults);
        assert!(audit::state(&front.services).await.unwrap().broken);
        assert!(audit::nightly_check(&front.services).await.unwrap().is_none(), "one today is enough");
    }
}
