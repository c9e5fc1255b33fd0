//! Lanes at the desk: one that stands claims nothing, one that goes on goes on at once, and waking repeats nothing.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{Front, TWO, ready, somebody};
use desk_hands::{by_hand, staff};
use domain::{Lane, OutboxId, OutboxKind, OutboxState, Role, Span};
use services::desk::{health, jobs};
use services::work::Ran;
use services::{ServiceError, sell, work};
use store::outbox;

const PHONE: &str = "01012345678";

async fn sold(front: &Front) {
    let sale = ready(front, &somebody(), TWO, PHONE).await;
    sell::submit(&front.services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
}

async fn due(front: &Front, lane: Lane) -> Vec<domain::OutboxId> {
    let mut reader = front.services.db.read().await.unwrap();
    let due = outbox::due(&mut reader, front.now(), 50).await.unwrap();
    due.into_iter().filter(|(_, l)| *l == lane).map(|(id, _)| id).collect()
}

/// So many rows that their handler left to a person; by number.
async fn in_review(front: &Front, count: u128) -> Vec<OutboxId> {
    let ids: Vec<OutboxId> = (1..=count).map(OutboxId::from_u128).collect();
    let work = |id: &OutboxId| outbox::Work {
        id: *id,
        kind: OutboxKind::InquirePayout,
        subject: id.bytes(),
        unique_key: id.to_string(),
        run_at: front.now(),
    };
    let works: Vec<_> = ids.iter().map(work).collect();
    let mut tx = front.services.db.begin().await.unwrap();
    assert_eq!(outbox::enqueue(&mut tx, &works, front.now()).await.unwrap(), ids.len());
    tx.commit().await.unwrap();
    let text = "UPDATE outbox SET state = 'review', last_error_code = 'inquiries_used_up', done_at = 1 WHERE kind = 'inquire_payout'";
    by_hand(&front.db, text, text).await;
    ids
}

fn words(ids: &[OutboxId]) -> Vec<String> {
    ids.iter().map(OutboxId::to_string).collect()
}

async fn state(front: &Front, id: OutboxId) -> OutboxState {
    let mut reader = front.services.db.read().await.unwrap();
    outbox::find(&mut reader, id).await.unwrap().unwrap().state
}

/// The lines the log has of a row.
async fn lines(front: &Front, id: OutboxId) -> Vec<(String, Option<String>)> {
    let mut reader = front.services.db.read().await.unwrap();
    let found = store::audit::of_target(&mut reader, "outbox", &id.to_string(), 50).await.unwrap();
    found.into_iter().map(|line| (line.action, line.reason)).collect()
}

fn code(answer: Result<impl Sized, ServiceError>) -> &'static str {
    match answer.err() {
        Some(ServiceError::Conflict { code, .. }) => code,
        Some(ServiceError::NotFound) => "not_found",
        Some(ServiceError::Invalid(_)) => "invalid",
        Some(ServiceError::StepUp) => "step_up",
        other => panic!("{other:?}"),
    }
}

testkit::both_engines! {
    async fn a_lane_that_stands_claims_nothing_and_goes_on_at_once(db: TestDb) {
        let front = Front::open(db).await;
        let (owner, operator) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Operator]).await);
        sold(&front).await;
        let services = &front.services;
        let begin = due(&front, Lane::Verify).await;
        assert_eq!(begin.len(), 1);
        assert_eq!(code(jobs::pause(services, &operator, "verify", "the issuer asked").await), "not_found");
        assert_eq!(code(jobs::pause(services, &owner, "verify", "").await), "invalid");
        jobs::pause(services, &owner, "verify", "the issuer asked").await.unwrap();
        assert_eq!(code(jobs::pause(services, &owner, "verify", "the issuer asked").await), "stands");
        assert_eq!(services.watch.paused(), [Lane::Verify]);
        // The same row, by its alarm and by the sweeper, in this process and in another.
        let other = front.stranger().await;
        assert_eq!(work::run(services, begin[0], "here").await.unwrap(), Ran::NotOurs);
        assert_eq!(work::run(&other, begin[0], "there").await.unwrap(), Ran::NotOurs);
        assert!(due(&front, Lane::Verify).await.is_empty());
        assert!(!due(&front, Lane::Message).await.is_empty(), "the others go on");
        jobs::see_pauses(&other).await.unwrap();
        assert_eq!(other.watch.paused(), [Lane::Verify]);
        let view = jobs::jobs(services, &operator).await.unwrap();
        assert_eq!(view.lanes[0].paused.as_ref().unwrap().0, "the issuer asked");
        jobs::resume(services, &owner, "verify", "they are back").await.unwrap();
        assert_eq!(code(jobs::resume(services, &owner, "verify", "they are back").await), "goes_on");
        assert!(services.watch.paused().is_empty());
        assert_eq!(work::run(services, begin[0], "here").await.unwrap(), Ran::Done);
        front.pass(Span::minutes(11));
        assert_eq!(code(jobs::pause(services, &owner, "verify", "once more").await), "step_up");
    }

    async fn what_stands_in_review_is_woken_once_and_decides_by_itself(db: TestDb) {
        let front = Front::open(db).await;
        let owner = staff(&front.db, 1, &[Role::Owner]).await;
        sold(&front).await;
        let services = &front.services;
        let begin = due(&front, Lane::Verify).await[0];
        // As if its handler had left it to a person.
        let text = "UPDATE outbox SET state = 'review', last_error_code = 'inquiries_used_up', done_at = 1 WHERE lane = 'verify'";
        by_hand(&front.db, text, text).await;
        let view = jobs::jobs(services, &owner).await.unwrap();
        assert_eq!((view.review.len(), view.review[0].code.as_str()), (1, "inquiries_used_up"));
        assert_eq!((view.failures.len(), view.failures[0].in_review), (1, true));
        assert_eq!(code(jobs::reopen_code(services, &owner, ("verify", "other"), "look again").await), "not_in_review");
        assert_eq!(jobs::reopen_code(services, &owner, ("verify", "inquiries_used_up"), "look again").await.unwrap(), 1);
        assert_eq!(code(jobs::reopen(services, &owner, &begin.to_string(), "look again").await), "not_in_review");
        assert_eq!(due(&front, Lane::Verify).await, [begin]);
        // Its order's page tells it too.
        let row = outbox::find(&mut services.db.read().await.unwrap(), begin).await.unwrap().unwrap();
        let order = domain::OrderId::from_bytes(row.subject).to_string();
        let told = store::audit::of_target(&mut services.db.read().await.unwrap(), "order", &order, 50).await.unwrap();
        assert_eq!(told.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["jobs.reopen"]);
        assert_eq!(lines(&front, begin).await.len(), 1);
        assert_eq!(work::run(services, begin, "here").await.unwrap(), Ran::Done);
        // Done is done: nothing wakes it again.
        assert_eq!(code(jobs::reopen(services, &owner, &begin.to_string(), "look again").await), "not_in_review");
        assert_eq!(work::run(services, begin, "here").await.unwrap(), Ran::NotOurs);
    }

    async fn what_was_picked_is_woken_with_a_line_each_and_what_was_gone_is_named(db: TestDb) {
        let front = Front::open(db).await;
        let (owner, operator) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Operator]).await);
        let services = &front.services;
        let rows = in_review(&front, 4).await;
        let picked = words(&rows[..3]);
        assert_eq!(code(jobs::reopen_picked(services, &operator, &picked, "the bank is back").await), "not_found");
        assert_eq!(code(jobs::reopen_picked(services, &owner, &picked, "x").await), "invalid");
        assert_eq!(code(jobs::reopen_picked(services, &owner, &[], "the bank is back").await), "invalid");
        let many: Vec<String> = (1..=201).map(|n| OutboxId::from_u128(n).to_string()).collect();
        assert_eq!(code(jobs::reopen_picked(services, &owner, &many, "the bank is back").await), "invalid");
        let nonsense = [picked[0].clone(), "row 1".to_owned()];
        assert_eq!(code(jobs::reopen_picked(services, &owner, &nonsense, "the bank is back").await), "not_found");
        for row in &rows {
            assert_eq!(state(&front, *row).await, OutboxState::Review, "what was refused woke nothing");
        }
        // A colleague was faster with one of them; picked twice counts once.
        jobs::reopen(services, &owner, &picked[1], "this one first").await.unwrap();
        let twice = [picked.as_slice(), &picked[..1]].concat();
        let done = jobs::reopen_picked(services, &owner, &twice, "the bank is back").await.unwrap();
        assert_eq!((done.woken, done.gone.len()), (2, 1));
        let review = jobs::jobs(services, &owner).await.unwrap().review;
        assert_eq!(review.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [rows[3].to_string()], "not picked");
        // As the page called it: its work in words, and the end of its key.
        assert!(done.gone[0].ends_with("000002") && review[0].name == done.gone[0].replace("000002", "000004"), "{done:?}");
        for (row, reason) in [(rows[0], "the bank is back"), (rows[1], "this one first"), (rows[2], "the bank is back")] {
            assert_eq!(state(&front, row).await, OutboxState::Ready);
            assert_eq!(lines(&front, row).await, [("jobs.reopen".to_owned(), Some(reason.to_owned()))]);
        }
        assert!(lines(&front, rows[3]).await.is_empty());
        assert_eq!(code(jobs::reopen_picked(services, &owner, &picked, "once more, please").await), "not_in_review");
        front.pass(Span::minutes(11));
        assert_eq!(code(jobs::reopen_picked(services, &owner, &picked, "once more, please").await), "step_up");
    }

    /// Two who picked rows of which some are the same, in opposite orders: each row is woken by one of them, and neither
    /// stands in the other's way.
    async fn two_who_pick_the_same_rows_wake_each_once(db: TestDb) {
        let front = Front::open(db).await;
        let (one, two) = (staff(&front.db, 1, &[Role::Owner]).await, staff(&front.db, 2, &[Role::Owner]).await);
        let rows = in_review(&front, 40).await;
        for four in rows.chunks(4) {
            let (first, mut second) = (words(&four[..3]), words(&four[1..]));
            second.reverse();
            let (services, other) = (front.services.clone(), front.services.clone());
            let (one, two) = (one.clone(), two.clone());
            let a = tokio::spawn(async move { jobs::reopen_picked(&services, &one, &first, "the bank is back").await });
            let b = tokio::spawn(async move { jobs::reopen_picked(&other, &two, &second, "the bank is back").await });
            let (a, b) = (a.await.unwrap().unwrap(), b.await.unwrap().unwrap());
            assert_eq!((a.woken + b.woken, a.gone.len() + b.gone.len()), (4, 2), "{a:?} {b:?}");
            for row in four {
                assert_eq!(state(&front, *row).await, OutboxState::Ready);
                assert_eq!(lines(&front, *row).await.len(), 1, "one of them");
            }
        }
    }

    async fn health_names_partners_queues_and_the_chain(db: TestDb) {
        let front = Front::open(db).await;
        let operator = staff(&front.db, 1, &[Role::Operator]).await;
        let services = &front.services;
        sold(&front).await;
        let call = |n: u8, outcome: &str, took: i64| store::calls::Call {
            id: domain::CallId::from_bytes([n; 16]),
            party: "bank".into(),
            operation: "deposit".into(),
            reference: "r".into(),
            subject_id: [1; 16],
            outcome: outcome.into(),
            code: None,
            started_at: front.now().minus(Span::micros(took)),
            finished_at: front.now(),
        };
        let mut tx = services.db.begin().await.unwrap();
        for (n, outcome, took) in [(1, "accepted", 10_000), (2, "accepted", 30_000), (3, "unknown", 900_000)] {
            store::calls::insert(&mut tx, &call(n, outcome, took)).await.unwrap();
        }
        tx.commit().await.unwrap();
        front.pass(Span::seconds(30));
        let view = health::health(services, &operator).await.unwrap();
        let bank = view.partners.iter().find(|partner| partner.party == "bank").unwrap();
        assert_eq!((bank.calls, bank.median_ms, bank.slow_ms, bank.breaker_open), (3, Some(30), Some(900), Some(false)));
        assert!(bank.last_good.is_some() && bank.last_bad.is_some());
        // The tests’ PostgreSQL doesn’t sync its commits, and health says so.
        assert_eq!(view.database_ok, matches!(&services.db, store::Db::Sqlite(_)));
        assert!(view.chain_ok);
        assert!(view.queues.iter().any(|queue| queue.lane == "verify" && queue.age_s >= 30));
    }
}
