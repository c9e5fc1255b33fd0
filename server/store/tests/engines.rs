//! Opening, checking, beginning, ending: what both engines promise before any noun is touched.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::{DraftId, Timestamp};
use sqlx::Row;
use std::time::Duration;
use store::{Conn, Db, DbSettings, StoreError, dialect, drafts, settings};
use testkit::TestDb;
use testkit::clock::NOON;

async fn put(db: &Db, name: &str) {
    let mut tx = db.begin().await.unwrap();
    settings::put(&mut tx, name, &1, NOON).await.unwrap();
    tx.commit().await.unwrap();
}

async fn has(db: &Db, name: &str) -> bool {
    let mut reader = db.read().await.unwrap();
    settings::get::<i64>(&mut reader, name).await.unwrap().is_some()
}

testkit::both_engines! {
    async fn a_transaction_is_all_or_nothing(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        settings::put(&mut tx, "rolled back", &1, NOON).await.unwrap();
        tx.rollback().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        settings::put(&mut tx, "dropped", &1, NOON).await.unwrap();
        drop(tx);
        put(&db, "committed").await;
        assert!(has(&db, "committed").await);
        assert!(!has(&db, "rolled back").await && !has(&db, "dropped").await);
    }

    async fn a_reader_does_not_see_what_is_not_committed(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        settings::put(&mut tx, "x", &1, NOON).await.unwrap();
        assert!(!has(&db, "x").await);
        tx.commit().await.unwrap();
        assert!(has(&db, "x").await);
    }

    /// A customer who closes the page in the middle of `begin` must not leave a connection inside a transaction: what
    /// the next one writes there would be lost.
    async fn a_cut_begin_loses_nobodys_writes(db: TestDb) {
        for round in 0..100_u64 {
            let begin = db.begin();
            let _ = tokio::time::timeout(Duration::from_micros(round * 10), begin).await;
        }
        for round in 0..30 {
            put(&db, &format!("after {round}")).await;
        }
        for round in 0..30 {
            assert!(has(&db, &format!("after {round}")).await, "write {round} was lost");
        }
    }

    async fn a_cut_commit_still_commits(db: TestDb) {
        for round in 0..20 {
            let name = format!("cut {round}");
            let mut tx = db.begin().await.unwrap();
            settings::put(&mut tx, &name, &1, NOON).await.unwrap();
            let _ = tokio::time::timeout(Duration::ZERO, tx.commit()).await;
            let mut waited = 0;
            while !has(&db, &name).await {
                waited += 1;
                assert!(waited < 500, "round {round} was not committed");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    async fn a_refused_duplicate_is_named_the_same(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        drafts::insert(&mut tx, DraftId::from_u128(1), [7; 32], b"x", NOON, NOON).await.unwrap();
        let same_token = drafts::insert(&mut tx, DraftId::from_u128(2), [7; 32], b"x", NOON, NOON).await.unwrap_err();
        assert!(same_token.is_unique("sell_drafts_token_hash_key"), "{same_token}");
        tx.rollback().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        drafts::insert(&mut tx, DraftId::from_u128(1), [7; 32], b"x", NOON, NOON).await.unwrap();
        let same_id = drafts::insert(&mut tx, DraftId::from_u128(1), [8; 32], b"x", NOON, NOON).await.unwrap_err();
        assert!(same_id.is_unique("sell_drafts_pkey"), "{same_id}");
    }

    async fn migrating_twice_changes_nothing(db: TestDb) {
        put(&db, "kept").await;
        db.migrate().await.unwrap();
        assert!(has(&db, "kept").await);
    }

    async fn a_values_group_is_repeated_for_every_row(db: TestDb) {
        let one = "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        let mut reader = db.read().await.unwrap();
        let (text, groups) = match Conn::from(&mut reader) {
            Conn::Sqlite(c) => (dialect::multi_row(c, one, 3), "(?, ?), (?, ?), (?, ?)"),
            Conn::Postgres(c) => (dialect::multi_row(c, one, 3), "($1, $2), ($3, $4), ($5, $6)"),
        };
        assert_eq!(text.as_str(), format!("INSERT INTO t (a, b) VALUES {groups} ON CONFLICT DO NOTHING"));
    }

    async fn a_task_is_pushed_with_the_transaction_or_not_at_all(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        dialect::push_tasks(&mut tx, "payout.v1", vec![(b"\"gone\"".to_vec(), 1_000)]).await.unwrap();
        tx.rollback().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let kept = |seconds| (b"\"kept\"".to_vec(), seconds);
        dialect::push_tasks(&mut tx, "payout.v1", vec![kept(1_000), kept(-5)]).await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let rows: Vec<(String, Vec<u8>, String, i64)> = match Conn::from(&mut reader) {
            Conn::Sqlite(c) => sqlx::query_as("SELECT job_type, job, status, max_attempts FROM Jobs").fetch_all(c).await,
            Conn::Postgres(c) => {
                sqlx::query_as("SELECT job_type, job, status, CAST(max_attempts AS BIGINT) FROM apalis.jobs").fetch_all(c).await
            }
        }
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0], ("payout.v1".into(), b"\"kept\"".to_vec(), "Pending".into(), 1));
    }

    async fn an_advisory_lock_holds_the_second_until_the_first_ends(db: TestDb) {
        let mut first = db.begin().await.unwrap();
        dialect::advisory_lock(&mut first, 42).await.unwrap();
        let second = {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                dialect::advisory_lock(&mut tx, 42).await.unwrap();
                let seen = settings::get::<i64>(&mut tx, "count").await.unwrap();
                tx.commit().await.unwrap();
                seen
            })
        };
        tokio::time::sleep(Duration::from_millis(200)).await;
        settings::put(&mut first, "count", &1, NOON).await.unwrap();
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap(), Some(1));
    }
}

#[tokio::test]
async fn sqlite_is_checked_and_safe() {
    let db = TestDb::sqlite().await;
    let facts = db.check().await.unwrap();
    assert_eq!(facts.engine, "SQLite");
}

#[tokio::test]
async fn an_unsafe_postgres_is_refused_by_name() {
    let db = TestDb::postgres().await;
    match db.check().await {
        // The tests' own server runs without fsync, unless it is told to be durable or is somebody else's.
        Err(StoreError::Unsafe { problems }) => {
            assert!(
                problems.iter().all(|problem| problem.contains("fsync") || problem.contains("full_page_writes")),
                "{problems:?}"
            );
        }
        Ok(facts) => assert!(facts.private),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_second_process_is_kept_out_of_a_sqlite_file() {
    let db = TestDb::sqlite().await;
    let refused = Db::open(db.settings()).await.unwrap_err();
    assert!(refused.to_string().contains("in use by another process"), "{refused}");
}

#[tokio::test]
async fn a_sqlite_reader_can_not_write() {
    let db = TestDb::sqlite().await;
    let mut reader = db.read().await.unwrap();
    assert!(settings::put(&mut reader, "x", &1, NOON).await.is_err());
}

/// A second pool of two connections on the test's database.
async fn pool_of_two(db: &TestDb) -> Db {
    let mut settings = db.settings().clone();
    if let store::EngineSettings::Postgres { connections, .. } = &mut settings.engine {
        *connections = 2;
    }
    Db::open(&settings).await.unwrap()
}

/// Process numbers of the two connections.
async fn pids(db: &Db) -> Vec<i32> {
    let mut pids = Vec::new();
    let mut held = (db.read().await.unwrap(), db.read().await.unwrap());
    for reader in [&mut held.0, &mut held.1] {
        let Conn::Postgres(c) = Conn::from(reader) else { panic!("not PostgreSQL") };
        pids.push(sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(c).await.unwrap());
    }
    pids.sort_unstable();
    pids
}

/// Connections of this database that wait inside a transaction nobody ends.
async fn left_open(db: &TestDb) -> i64 {
    let mut reader = db.read().await.unwrap();
    let Conn::Postgres(c) = Conn::from(&mut reader) else { panic!("not PostgreSQL") };
    let text = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
    sqlx::query_scalar(text).fetch_one(c).await.unwrap()
}

/// A connection that comes back inside a transaction sqlx knows nothing of ends before anybody writes to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_left_over_transaction_takes_nobodys_work() {
    let db = TestDb::postgres().await;
    let two = pool_of_two(&db).await;
    for round in 0..4 {
        let mut reader = two.read().await.unwrap();
        let Conn::Postgres(c) = Conn::from(&mut reader) else { panic!("not PostgreSQL") };
        let lost = format!("INSERT INTO settings (name, value_json, updated_at) VALUES ('lost {round}', '1', 0)");
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("BEGIN; {lost}"))).execute(&mut *c).await.unwrap();
        drop(reader);
        put(&two, &format!("kept {round}")).await;
        assert!(has(&db, &format!("kept {round}")).await);
        put(&two, &format!("also {round}")).await;
        put(&two, &format!("too {round}")).await;
        assert!(!has(&db, &format!("lost {round}")).await, "round {round}: somebody committed what was left over");
        assert_eq!(left_open(&db).await, 0, "round {round}");
    }
}

/// With `begin` in a task of its own no connection is ever left in doubt, so none has to be closed.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_begin_costs_no_connection() {
    let db = TestDb::postgres().await;
    let two = pool_of_two(&db).await;
    let before = pids(&two).await;
    for round in 0..200_u64 {
        let _ = tokio::time::timeout(Duration::from_micros(round * 5), two.begin()).await;
    }
    assert_eq!(pids(&two).await, before);
    assert_eq!(left_open(&db).await, 0);
}

/// PostgreSQL answers COMMIT of a failed transaction with a quiet rollback.
#[tokio::test]
async fn committing_a_failed_transaction_is_an_error_and_not_silence() {
    let db = TestDb::postgres().await;
    let mut tx = db.begin().await.unwrap();
    settings::put(&mut tx, "lost", &1, NOON).await.unwrap();
    drafts::insert(&mut tx, DraftId::from_u128(1), [7; 32], b"x", NOON, NOON).await.unwrap();
    assert!(drafts::insert(&mut tx, DraftId::from_u128(1), [8; 32], b"x", NOON, NOON).await.is_err());
    let refused = tx.commit().await.unwrap_err();
    assert!(matches!(&refused, StoreError::Db { code: Some(code), .. } if code == "25P02"), "{refused}");
    assert!(!has(&db, "lost").await);
}

/// SQLite rolls back by itself when the disk is full, in the middle or at COMMIT; sqlx goes on counting a transaction.
#[tokio::test]
async fn the_writer_goes_on_after_sqlite_has_rolled_back_by_itself() {
    let db = TestDb::sqlite().await;
    for ends in ["commit", "drop"] {
        let mut tx = db.begin().await.unwrap();
        settings::put(&mut tx, "lost", &1, NOON).await.unwrap();
        let Conn::Sqlite(connection) = Conn::from(&mut tx) else { panic!("another engine") };
        sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap();
        if ends == "commit" {
            tx.commit().await.unwrap_err();
        } else {
            drop(tx);
        }
        put(&db, ends).await;
        assert!(has(&db, ends).await && !has(&db, "lost").await);
    }
}

#[tokio::test]
async fn a_deadlock_and_an_empty_pool_are_busy() {
    let db = TestDb::postgres().await;
    let (mut first, mut second) = (db.begin().await.unwrap(), db.begin().await.unwrap());
    dialect::advisory_lock(&mut first, 1).await.unwrap();
    dialect::advisory_lock(&mut second, 2).await.unwrap();
    let (a, b) = tokio::join!(dialect::advisory_lock(&mut first, 2), dialect::advisory_lock(&mut second, 1));
    let lost = if a.is_err() { a } else { b };
    assert!(lost.unwrap_err().is_busy());
    drop((first, second));

    let mut small = db.settings().clone();
    small.acquire_timeout = Duration::from_millis(200);
    if let store::EngineSettings::Postgres { connections, .. } = &mut small.engine {
        *connections = 2;
    }
    let small = Db::open(&small).await.unwrap();
    let _held = (small.begin().await.unwrap(), small.begin().await.unwrap());
    assert!(small.begin().await.unwrap_err().is_busy());
}

#[test]
fn settings_are_read_from_a_url_and_hide_the_password() {
    assert!(matches!(
        DbSettings::from_url("sqlite:var/pindesk.db").unwrap().engine,
        store::EngineSettings::Sqlite { path, .. } if path == std::path::Path::new("var/pindesk.db")
    ));
    assert!(matches!(
        DbSettings::from_url("sqlite:///srv/pindesk.db").unwrap().engine,
        store::EngineSettings::Sqlite { path, .. } if path == std::path::Path::new("/srv/pindesk.db")
    ));
    let postgres = DbSettings::from_url("postgres://shop:hunter2@db.example/pindesk").unwrap();
    assert!(!format!("{postgres:?}").contains("hunter2"));
    for wrong in ["", "sqlite:", "sqlite::memory:", "mysql://x"] {
        assert!(DbSettings::from_url(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_schema_has_a_name() {
    assert_eq!(store::db::schema_fingerprint().len(), 16);
    assert_eq!(Timestamp::from_micros(NOON.micros()).kst_clock(), "14:05");
}

/// An SQLite file and its lock are the owner's alone.
#[tokio::test]
async fn a_sqlite_file_is_private() {
    let db = TestDb::sqlite().await;
    let store::EngineSettings::Sqlite { path, .. } = &db.settings().engine else { panic!("not SQLite") };
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
    assert_eq!(mode & 0o077, 0);
    let mut reader = db.read().await.unwrap();
    let Conn::Sqlite(c) = Conn::from(&mut reader) else { panic!("not SQLite") };
    let row = sqlx::query("PRAGMA journal_mode").fetch_one(c).await.unwrap();
    assert_eq!(row.get::<String, _>(0), "wal");
}
