//! A file handed out is whole, holds what its maker may see, and is gone after a day; a worker that dies leaves nothing
//! anybody could take for a file.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;
#[expect(dead_code, reason = "only who acts is needed here")]
mod desk_common;

use common::{Shop, quick};
use desk_common::acting;
use domain::desk::orders::{Column, OrderFilter};
use domain::{ExportFormat, ExportId, ExportState, Lang, OrderState, Role, Span, UserId};
use services::desk::exports::{Asked, ask, cancel, piece, remove_expired};
use services::work::{Ran, run};
use services::{Actor, ServiceError, Services};
use std::sync::atomic::{AtomicU8, Ordering};
use store::exports::{self, Export, Progress};
use store::{StoreError, orders, outbox};
use testkit::clock::NOON;
use testkit::mass::{fill, phone};
use testkit::staff::member_at;

const USER: UserId = UserId::from_u128(7);

fn asked(format: ExportFormat, query: &str, unmasked: bool) -> Asked {
    Asked {
        user: USER,
        filter: OrderFilter::parse_query(query, Lang::Ko).unwrap(),
        columns: Column::ALL.to_vec(),
        format,
        lang: Lang::Ko,
        unmasked,
        reason: "월말 대사".to_owned(),
    }
}

async fn wanted(services: &Services, asked: Asked) -> ExportId {
    let mut tx = services.db.begin().await.unwrap();
    let id = ask(services, &mut tx, asked).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn found(services: &Services, id: ExportId) -> Export {
    let mut reader = services.db.read().await.unwrap();
    exports::find(&mut reader, id).await.unwrap().unwrap()
}

async fn work_of(shop: &Shop, id: ExportId) -> outbox::OutboxRow {
    shop.works(id.bytes()).await.pop().unwrap()
}

/// Somebody who may have files, however plain.
async fn taker(shop: &Shop) -> Actor {
    static NUMBER: AtomicU8 = AtomicU8::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    acting(&member_at(shop.home.as_ref().unwrap(), number, &[Role::Owner], shop.services.clock.now()).await)
}

async fn file(services: &Services, actor: &Actor, id: ExportId) -> Vec<u8> {
    let export = found(services, id).await;
    assert_eq!((export.state, export.error.as_deref()), (ExportState::Done, None));
    let mut bytes = Vec::new();
    for seq in 0..export.chunks {
        bytes.extend(piece(services, actor, &export, seq).await.unwrap());
    }
    assert_eq!(i64::try_from(bytes.len()).unwrap(), export.bytes);
    bytes
}

async fn written(shop: &Shop, asked: Asked) -> (ExportId, Vec<u8>) {
    let id = wanted(&shop.services, asked).await;
    let work = work_of(shop, id).await;
    assert_eq!(run(&shop.services, work.id, "w1").await.unwrap(), Ran::Done);
    (id, file(&shop.services, &taker(shop).await, id).await)
}

testkit::both_engines! {
    async fn a_file_holds_every_row_once_and_people_masked_unless_asked_for_otherwise(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let mut codes = Vec::new();
        let keep = |fact: testkit::mass::Fact| codes.push((fact.code.to_string(), fact.state));
        fill(&shop.services.db, &shop.services.keys, 1_300, NOON, keep).await;
        let (id, masked) = written(&shop, asked(ExportFormat::Csv, "", false)).await;
        let text = String::from_utf8(masked).unwrap();
        assert!(text.starts_with("\u{feff}주문번호,"), "a mark at the head, then the head");
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), codes.len() + 1);
        for (code, _) in &codes {
            assert_eq!(text.matches(code.as_str()).count(), 1, "{code}");
        }
        let export = found(&shop.services, id).await;
        assert_eq!((export.done_rows, export.total_rows), (1_300, Some(1_300)));
        for n in 0..50 {
            assert!(!text.contains(phone(n).expose()) && !text.contains("홍길동"));
        }
        assert!(text.contains("홍*동") && text.contains("-****"));

        let (_, plain) = written(&shop, asked(ExportFormat::Csv, "state=rejected", true)).await;
        let plain = String::from_utf8(plain).unwrap();
        let refused = codes.iter().filter(|(_, state)| *state == OrderState::Rejected).count();
        assert!(refused > 10 && plain.split_terminator("\r\n").count() == refused + 1);
        assert!(plain.contains("홍길동") && !plain.contains('*'));

        let (_, sheet) = written(&shop, asked(ExportFormat::Xlsx, "", false)).await;
        assert!(sheet.starts_with(b"PK\x03\x04") && sheet.len() > 20_000, "{}", sheet.len());
        let sealed_only = sheet.windows("홍길동".len()).all(|bytes| bytes != "홍길동".as_bytes());
        assert!(sealed_only);
    }

    async fn a_cell_never_becomes_a_formula(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let mut first = None;
        let keep = |fact: testkit::mass::Fact| first = first.or(Some(fact.spot.id));
        fill(&shop.services.db, &shop.services.keys, 3, NOON, keep).await;
        let id = first.unwrap();
        let before = shop.order(id).await;
        let mut after = common::held(&orders::Order { state: OrderState::Submitted, ..before.clone() });
        after.hold_reason = Some("=HYPERLINK(\"http://evil\",\"x\")".to_owned());
        let mut tx = shop.services.db.begin().await.unwrap();
        orders::write(&mut tx, &before, &after).await.unwrap();
        tx.commit().await.unwrap();
        let (_, text) = written(&shop, asked(ExportFormat::Csv, "", false)).await;
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""), "{text}");
    }

    async fn a_worker_that_dies_leaves_no_half_file_and_the_next_one_writes_it_whole(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        fill(&services.db, &services.keys, 700, NOON, |_| {}).await;
        let id = wanted(services, asked(ExportFormat::Csv, "", false)).await;
        let work = work_of(&shop, id).await;
        // A worker claims it, writes a piece and is killed.
        let mut tx = services.db.begin().await.unwrap();
        let dead = outbox::claim(&mut tx, work.id, "dead", NOON, NOON.plus(Span::seconds(8))).await.unwrap().unwrap();
        exports::begin(&mut tx, id, dead.epoch, NOON).await.unwrap();
        exports::put_chunk(&mut tx, &services.keys, id, dead.epoch, 0, b"half a file").await.unwrap();
        let at = Progress { total_rows: Some(700), done_rows: 300, bytes: 11, chunks: 1 };
        exports::progress(&mut tx, id, dead.epoch, at).await.unwrap();
        tx.commit().await.unwrap();
        let half = found(services, id).await;
        assert_eq!(half.state, ExportState::Running);
        assert!(matches!(piece(services, &taker(&shop).await, &half, 0).await, Err(ServiceError::NotFound)), "not done, not fetched");
        assert_eq!(run(services, work.id, "w2").await.unwrap(), Ran::NotOurs, "its lease still runs");

        shop.move_clock(NOON.plus(Span::seconds(30)));
        services::work::sweep(services, Span::ZERO, 50).await.unwrap();
        assert_eq!(run(services, work.id, "w2").await.unwrap(), Ran::Done);
        let text = String::from_utf8(file(services, &taker(&shop).await, id).await).unwrap();
        assert_eq!(text.split_terminator("\r\n").count(), 701);
        assert!(!text.contains("half a file"));
        // The dead one wakes up.
        let mut tx = services.db.begin().await.unwrap();
        let late = exports::progress(&mut tx, id, dead.epoch, at).await;
        assert!(matches!(late, Err(StoreError::Conflict { .. })));
        let late = exports::finish(&mut tx, id, dead.epoch, None, NOON).await;
        assert!(matches!(late, Err(StoreError::Conflict { .. })));
    }

    async fn a_file_is_gone_after_a_day_or_when_its_maker_gives_it_up(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let services = &shop.services;
        fill(&services.db, &services.keys, 30, NOON, |_| {}).await;
        let (id, _) = written(&shop, asked(ExportFormat::Xlsx, "", false)).await;
        let done = found(services, id).await;
        assert_eq!(remove_expired(services, 10).await.unwrap(), 0);
        shop.move_clock(NOON.plus(Span::days(1)));
        assert!(matches!(piece(services, &taker(&shop).await, &done, 0).await, Err(ServiceError::NotFound)), "also before it is tidied");
        assert_eq!(remove_expired(services, 10).await.unwrap(), 1);
        assert_eq!(remove_expired(services, 10).await.unwrap(), 0);
        assert_eq!(found(services, id).await.state, ExportState::Expired, "that there was one stays known");
        let mut tx = services.db.begin().await.unwrap();
        assert_eq!(exports::clear(&mut tx, id, i64::MAX).await.unwrap(), 0, "no piece is left");
        tx.rollback().await.unwrap();

        let given_up = wanted(services, asked(ExportFormat::Csv, "", false)).await;
        let mut tx = services.db.begin().await.unwrap();
        let other = cancel(services, &mut tx, UserId::from_u128(8), given_up, Lang::Ko).await;
        assert!(matches!(other, Err(ServiceError::Conflict { .. })), "only its maker gives it up");
        cancel(services, &mut tx, USER, given_up, Lang::Ko).await.unwrap();
        tx.commit().await.unwrap();
        let work = work_of(&shop, given_up).await;
        assert_eq!(run(services, work.id, "w1").await.unwrap(), Ran::Done);
        assert_eq!(found(services, given_up).await.state, ExportState::Cancelled);
        assert_eq!(work_of(&shop, given_up).await.state, domain::OutboxState::Done);
    }

    async fn only_the_newest_try_says_how_far_it_is_or_that_it_is_done(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        let id = wanted(&shop.services, asked(ExportFormat::Csv, "", false)).await;
        let mut tx = shop.services.db.begin().await.unwrap();
        exports::begin(&mut tx, id, 1, NOON).await.unwrap();
        exports::put_chunk(&mut tx, &shop.services.keys, id, 1, 0, b"old").await.unwrap();
        exports::begin(&mut tx, id, 2, NOON).await.unwrap();
        let conflict = |done: Result<(), StoreError>| matches!(done, Err(StoreError::Conflict { .. }));
        assert!(conflict(exports::progress(&mut tx, id, 1, Progress::default()).await));
        assert!(conflict(exports::finish(&mut tx, id, 1, None, NOON).await));
        assert!(conflict(exports::begin(&mut tx, id, 1, NOON).await));
        assert!(conflict(exports::begin(&mut tx, id, 2, NOON).await));
        assert_eq!(exports::clear(&mut tx, id, i64::MAX).await.unwrap(), 0, "the first try's piece went with the second");
        exports::progress(&mut tx, id, 2, Progress::default()).await.unwrap();
        exports::finish(&mut tx, id, 2, None, NOON).await.unwrap();
        assert!(conflict(exports::progress(&mut tx, id, 2, Progress::default()).await), "done is done");
    }

    async fn a_fourth_file_at_once_is_refused(db: TestDb) {
        let shop = Shop::at(db, quick(), NOON).await;
        for _ in 0..3 {
            wanted(&shop.services, asked(ExportFormat::Csv, "", false)).await;
        }
        let mut tx = shop.services.db.begin().await.unwrap();
        let fourth = ask(&shop.services, &mut tx, asked(ExportFormat::Csv, "", false)).await;
        assert!(matches!(fourth, Err(ServiceError::Conflict { code: "too_many_exports", .. })));
    }
}
