//! One contract, two engines: what the agent's tables answer, without any agent running.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use domain::{Channel, Span, Timestamp};
use sms_agent::{
    AgentError, AgentSettings, CancelOutcome, InsertOutcome, KstTime, QueueStatus, Row, SmsAgent, Traffic, Where,
};
use sqlx::{AssertSqlSafe, MySqlPool, SqlitePool};
use std::time::Duration;
use tempfile::TempDir;
use testkit::mariadb::MariaDb;

/// 2026-11-30 23:59:30 in Korea: the month is about to change.
const NOW: Timestamp = Timestamp::from_micros(1_796_050_770_000_000);

struct Stage {
    agent: SmsAgent,
    raw: Raw,
    url: String,
    _folder: TempDir,
    maria: Option<MariaDb>,
}

/// The other side of the table.
enum Raw {
    MySql(MySqlPool),
    Sqlite(SqlitePool),
}

impl Raw {
    async fn run(&self, text: &str) {
        let text = AssertSqlSafe(text.to_owned());
        match self {
            Self::MySql(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
            Self::Sqlite(pool) => drop(sqlx::raw_sql(text).execute(pool).await.unwrap()),
        }
    }

    async fn one(&self, text: &str) -> String {
        let text = AssertSqlSafe(text.to_owned());
        match self {
            Self::MySql(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
            Self::Sqlite(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        }
    }

    async fn make_log(&self, month: &str) {
        let text = match self {
            Self::MySql(_) => include_str!("../ddl/mariadb_log.sql"),
            Self::Sqlite(_) => include_str!("../ddl/sqlite_log.sql"),
        };
        self.run(&text.replace("YYYYMM", month)).await;
    }

    /// What the agent does with a finished message.
    async fn finish(&self, key: &str, month: &str, code: &str) {
        self.run(&format!("UPDATE UMS_MSG SET MSG_STATUS = 'complete', DONE_CODE = '{code}', DONE_CODE_DESC = '성공', DONE_DATE = '2026-11-30 23:59:40' WHERE CLIENT_KEY = '{key}'")).await;
        self.run(&format!("INSERT INTO UMS_LOG_{month} SELECT * FROM UMS_MSG WHERE CLIENT_KEY = '{key}'")).await;
        self.run(&format!("DELETE FROM UMS_MSG WHERE CLIENT_KEY = '{key}'")).await;
    }
}

fn settings(url: &str) -> AgentSettings {
    let mut settings = AgentSettings::new(url);
    settings.connect_timeout = Duration::from_secs(2);
    settings.total_timeout = Duration::from_secs(5);
    settings
}

impl Stage {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("agent.db").display());
        let agent = SmsAgent::connect(settings(&url)).await.unwrap();
        let raw = Raw::Sqlite(SqlitePool::connect(&url).await.unwrap());
        Self { agent, raw, url, _folder: folder, maria: None }
    }

    async fn mariadb() -> Self {
        let maria = MariaDb::start();
        let url = maria.url();
        let agent = SmsAgent::connect(settings(&url)).await.unwrap();
        let raw = Raw::MySql(MySqlPool::connect(&format!("{url}?ssl-mode=DISABLED")).await.unwrap());
        Self { agent, raw, url, _folder: tempfile::tempdir().unwrap(), maria: Some(maria) }
    }

    /// With the queue table.
    async fn ready(self) -> Self {
        self.agent.ensure_reference_schema().await.unwrap();
        self.agent.check_columns().await.unwrap();
        self
    }
}

fn row(key: &str) -> Row {
    Row {
        client_key: key.to_owned(),
        channel: Channel::Sms,
        traffic: Traffic::Real,
        req_date: KstTime::from(NOW),
        callback: "15880000".to_owned(),
        phone: "01012345678".to_owned(),
        title: None,
        body: "인증번호 123456 ' ; -- 뷁".to_owned(),
        files: None,
        campaign: None,
        etc1: Some("msg_1".to_owned()),
    }
}

macro_rules! both {
    ($($name:ident($stage:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn law($stage: Stage) $body

            #[tokio::test]
            async fn sqlite() {
                law(Stage::sqlite().await).await;
            }

            #[tokio::test]
            async fn mariadb() {
                law(Stage::mariadb().await).await;
            }
        }
    )+};
}

both! {
    a_row_is_written_as_it_was_meant(stage) {
        let stage = stage.ready().await;
        assert_eq!(stage.agent.insert(&row("k-1")).await, InsertOutcome::Inserted);
        // Read by somebody whose session is in another time zone: the wall clock stands in the row, not a moment.
        assert_eq!(stage.raw.one("SELECT CAST(REQ_DATE AS CHAR) FROM UMS_MSG").await, "2026-11-30 23:59:30");
        assert_eq!(stage.raw.one("SELECT MSG FROM UMS_MSG").await, row("k-1").body);
        assert_eq!(
            stage.raw.one("SELECT MSG_STATUS || '|' || REQ_CH || '|' || TRAFFIC_TYPE || '|' || CALLBACK_NUMBER || '|' || PHONE || '|' || ETC1 FROM UMS_MSG").await,
            "ready|SMS|real|15880000|01012345678|msg_1"
        );
        assert_eq!(stage.agent.find("k-1", NOW).await.unwrap(), Where::Queue(QueueStatus::Ready));
    }

    a_key_is_taken_once(stage) {
        let stage = stage.ready().await;
        assert_eq!(stage.agent.insert(&row("k-1")).await, InsertOutcome::Inserted);
        let mut other = row("k-1");
        "다른 글".clone_into(&mut other.body);
        assert_eq!(stage.agent.insert(&other).await, InsertOutcome::Duplicate);
        assert_eq!(stage.raw.one("SELECT MSG FROM UMS_MSG").await, row("k-1").body);
    }

    a_row_the_table_cannot_take_is_refused_for_good_and_the_others_are_not(stage) {
        let stage = stage.ready().await;
        let (rule, missing) = match stage.raw {
            Raw::MySql(_) => (
                "ALTER TABLE UMS_MSG MODIFY MSG VARCHAR(20)",
                InsertOutcome::NotSent { code: "db_1054".to_owned() },
            ),
            Raw::Sqlite(_) => (
                "CREATE TRIGGER narrow BEFORE INSERT ON UMS_MSG WHEN length(NEW.MSG) > 20 BEGIN SELECT RAISE(ABORT, 'Data too long'); END",
                InsertOutcome::Unknown { code: "db_1".to_owned() },
            ),
        };
        stage.raw.run(rule).await;
        let mut long = row("k-1");
        "글자가스무자보다길어서칸에들어가지않는글입니다".clone_into(&mut long.body);
        assert!(matches!(stage.agent.insert(&long).await, InsertOutcome::Refused { field: "row", .. }));
        let outcomes = stage.agent.insert_many(&[row("k-2"), long, row("k-3")]).await;
        assert!(matches!(outcomes.as_slice(), [InsertOutcome::Inserted, InsertOutcome::Refused { .. }, InsertOutcome::Inserted]), "{outcomes:?}");
        // A table that lacks a column is an operator's matter, not the row's.
        stage.raw.run("ALTER TABLE UMS_MSG DROP COLUMN ETC1").await;
        assert_eq!(stage.agent.insert(&row("k-4")).await, missing);
    }

    what_an_operator_can_mend_in_the_table_is_not_sent_and_fine_afterwards(stage) {
        let stage = stage.ready().await;
        // SQLite takes any value anywhere.
        let Raw::MySql(_) = stage.raw else { return };
        for (n, (trouble, cure, code)) in [
            ("MODIFY MSG VARCHAR(2000) CHARACTER SET latin1 NOT NULL", "MODIFY MSG VARCHAR(2000) CHARACTER SET utf8mb4 NOT NULL", "db_1366"),
            ("MODIFY PHONE VARCHAR(8) NOT NULL", "MODIFY PHONE VARCHAR(16) NOT NULL", "db_1406"),
            ("MODIFY REQ_CH ENUM('LMS','MMS') NOT NULL", "MODIFY REQ_CH VARCHAR(10) NOT NULL", "db_1265"),
            ("MODIFY PHONE DATETIME NOT NULL", "MODIFY PHONE VARCHAR(16) NOT NULL", "db_1292"),
        ].into_iter().enumerate() {
            let key = format!("k-{n}");
            stage.raw.run("DELETE FROM UMS_MSG").await;
            stage.raw.run(&format!("ALTER TABLE UMS_MSG {trouble}")).await;
            assert_eq!(stage.agent.insert(&row(&key)).await, InsertOutcome::NotSent { code: code.to_owned() }, "{trouble}");
            assert_eq!(stage.agent.find(&key, NOW).await.unwrap(), Where::Nowhere);
            stage.raw.run(&format!("ALTER TABLE UMS_MSG {cure}")).await;
            assert_eq!(stage.agent.insert(&row(&key)).await, InsertOutcome::Inserted, "{cure}");
        }
        // One of many: the others are taken all the same.
        stage.raw.run("DELETE FROM UMS_MSG").await;
        stage.raw.run("ALTER TABLE UMS_MSG MODIFY MSG VARCHAR(2000) CHARACTER SET latin1 NOT NULL").await;
        let mut plain = row("k-9");
        "code 123456".clone_into(&mut plain.body);
        let outcomes = stage.agent.insert_many(&[row("k-8"), plain]).await;
        assert_eq!(outcomes, [InsertOutcome::NotSent { code: "db_1366".to_owned() }, InsertOutcome::Inserted]);
    }

    many_rows_tell_each_its_own_outcome(stage) {
        let stage = stage.ready().await;
        assert_eq!(stage.agent.insert(&row("k-7")).await, InsertOutcome::Inserted);
        let mut rows: Vec<Row> = (0..450).map(|n| row(&format!("k-{n}"))).collect();
        "010-1234-5678".clone_into(&mut rows[300].phone);
        let outcomes = stage.agent.insert_many(&rows).await;
        assert_eq!(outcomes.len(), 450);
        for (n, outcome) in outcomes.iter().enumerate() {
            match n {
                7 => assert_eq!(*outcome, InsertOutcome::Duplicate),
                300 => assert!(matches!(outcome, InsertOutcome::Refused { field: "phone", .. })),
                _ => assert_eq!(*outcome, InsertOutcome::Inserted, "{n}"),
            }
        }
        let keys: Vec<&str> = rows.iter().map(|row| row.client_key.as_str()).collect();
        let found = stage.agent.find_many(&keys, NOW).await.unwrap();
        assert_eq!(found.len(), 450);
        assert_eq!(found.values().filter(|place| **place == Where::Queue(QueueStatus::Ready)).count(), 449);
        assert_eq!(found["k-300"], Where::Nowhere);
    }

    a_result_is_found_in_this_the_previous_and_the_next_month(stage) {
        let stage = stage.ready().await;
        // No month has a table yet: that is no error.
        assert_eq!(stage.agent.find("k-0", NOW).await.unwrap(), Where::Nowhere);
        for (key, month) in [("k-1", "202610"), ("k-2", "202611"), ("k-3", "202612"), ("k-4", "202609")] {
            stage.raw.make_log(month).await;
            assert_eq!(stage.agent.insert(&row(key)).await, InsertOutcome::Inserted);
            stage.raw.finish(key, month, "10000").await;
        }
        for (key, month) in [("k-1", "202610"), ("k-2", "202611"), ("k-3", "202612")] {
            let place = stage.agent.find(key, NOW).await.unwrap();
            let expected = Where::Log {
                done_code: "10000".to_owned(),
                done_desc: "성공".to_owned(),
                done_date: "2026-11-30 23:59:40".to_owned(),
                month: month.to_owned(),
            };
            assert_eq!(place, expected);
        }
        assert_eq!(stage.agent.find("k-4", NOW).await.unwrap(), Where::Nowhere, "three months are looked at");
        // A minute later it is December, and the same rows are found.
        assert!(matches!(stage.agent.find("k-3", NOW.plus(Span::minutes(1))).await.unwrap(), Where::Log { .. }));
        assert_eq!(stage.agent.find("k-1", NOW.plus(Span::minutes(1))).await.unwrap(), Where::Nowhere);
    }

    only_a_ready_row_can_be_cancelled(stage) {
        let stage = stage.ready().await;
        for key in ["k-1", "k-2"] {
            assert_eq!(stage.agent.insert(&row(key)).await, InsertOutcome::Inserted);
        }
        stage.raw.run("UPDATE UMS_MSG SET MSG_STATUS = 'pre-send' WHERE CLIENT_KEY = 'k-2'").await;
        assert_eq!(stage.agent.cancel("k-1").await, CancelOutcome::Cancelled);
        assert_eq!(stage.agent.cancel("k-1").await, CancelOutcome::TooLate);
        assert_eq!(stage.agent.cancel("k-2").await, CancelOutcome::TooLate);
        assert_eq!(stage.agent.find("k-2", NOW).await.unwrap(), Where::Queue(QueueStatus::PreSend));
    }

    what_does_not_fit_the_table_is_named(stage) {
        assert_eq!(stage.agent.check_columns().await, Err(AgentError::NoTable { table: "UMS_MSG".to_owned() }));
        stage.agent.ensure_reference_schema().await.unwrap();
        stage.agent.ensure_reference_schema().await.unwrap();
        assert_eq!(stage.agent.check_columns().await, Ok(()));
        let mut other = settings(&stage.url);
        "RCV_PHONE".clone_into(&mut other.names.columns.phone);
        let wrong = SmsAgent::connect(other).await.unwrap();
        let error = wrong.check_columns().await.unwrap_err();
        assert!(error.to_string().contains("RCV_PHONE (setting phone)"), "{error}");
        // The real table may be called otherwise; then the mapping works.
        stage.raw.run("ALTER TABLE UMS_MSG RENAME COLUMN PHONE TO RCV_PHONE").await;
        assert_eq!(wrong.check_columns().await, Ok(()));
        assert_eq!(wrong.insert(&row("k-1")).await, InsertOutcome::Inserted);
        assert!(stage.agent.check_columns().await.is_err());
        let mut nasty = settings(&stage.url);
        "UMS_MSG; DROP TABLE UMS_MSG".clone_into(&mut nasty.names.queue);
        assert!(matches!(SmsAgent::connect(nasty).await, Err(AgentError::Settings { setting: "queue", .. })));
    }

    what_only_the_servers_own_number_proves_is_believed(stage) {
        let stage = stage.ready().await;
        stage.raw.run("DROP TABLE UMS_MSG").await;
        // MariaDB says by number that there is no such table; SQLite has one number for many errors.
        let outcome = stage.agent.insert(&row("k-1")).await;
        match stage.maria {
            Some(_) => assert!(matches!(outcome, InsertOutcome::NotSent { .. }), "{outcome:?}"),
            None => assert!(matches!(outcome, InsertOutcome::Unknown { .. }), "{outcome:?}"),
        }
        assert!(matches!(stage.agent.cancel("k-1").await, CancelOutcome::Unknown { .. }));
        assert!(matches!(stage.agent.find("k-1", NOW).await, Err(AgentError::Database { .. })));
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_not_sent() {
    let mut stage = Stage::mariadb().await.ready().await;
    stage.maria.as_mut().unwrap().kill();
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..2 {
        let outcome = stage.agent.insert(&row("k-1")).await;
        assert!(matches!(outcome, InsertOutcome::NotSent { .. }), "{outcome:?}");
    }
    assert!(matches!(stage.agent.cancel("k-1").await, CancelOutcome::NotSent { .. }));
    let error = SmsAgent::connect(settings(&stage.url)).await.unwrap_err();
    assert!(!error.to_string().contains("ums-test"), "no password in an error: {error}");
}

#[tokio::test]
async fn a_server_that_stops_answering_is_unknown_in_time() {
    let stage = Stage::mariadb().await.ready().await;
    let mut hurried = settings(&stage.url);
    hurried.total_timeout = Duration::from_millis(400);
    let agent = SmsAgent::connect(hurried).await.unwrap();
    // Somebody holds the table.
    let Raw::MySql(pool) = &stage.raw else { panic!() };
    let mut holder = pool.acquire().await.unwrap();
    sqlx::raw_sql("LOCK TABLES UMS_MSG WRITE").execute(&mut *holder).await.unwrap();
    assert_eq!(agent.insert(&row("k-1")).await, InsertOutcome::Unknown { code: "timeout".to_owned() });
    sqlx::raw_sql("UNLOCK TABLES").execute(&mut *holder).await.unwrap();
    // It may have arrived after all: that is why one looks before sending again.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let place = agent.find("k-1", NOW).await.unwrap();
    assert!(matches!(place, Where::Nowhere | Where::Queue(QueueStatus::Ready)));
}

#[tokio::test]
async fn unusable_places_are_refused_at_once() {
    for url in ["postgres://x/y", "mysql://user@127.0.0.1:1", "nonsense"] {
        let result = SmsAgent::connect(settings(url)).await;
        assert!(matches!(result, Err(AgentError::Settings { setting: "url", .. })), "{url}: {result:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut homeless = settings(&format!("sqlite:{}", folder.path().join("a.db").display()));
    homeless.agent_home = Some(folder.path().join("nowhere"));
    assert!(matches!(SmsAgent::connect(homeless).await, Err(AgentError::Settings { setting: "agent_home", .. })));
}
