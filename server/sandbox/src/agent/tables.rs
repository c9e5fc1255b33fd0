//! The agent's own side of its tables: what only the agent may do with a row. Column names are the reference ones of
//! `server/sms_agent/ddl`. The only file here that makes SQL text at run time; what goes into it is a month of our
//! own calendar and question marks.

use sqlx::AssertSqlSafe;
use sqlx::mysql::{MySqlConnectOptions, MySqlPool, MySqlPoolOptions, MySqlSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::str::FromStr;
use std::time::Duration;

/// The tables, on either engine.
#[derive(Clone)]
pub enum Tables {
    MariaDb(MySqlPool),
    Sqlite(SqlitePool),
}

/// A row as the agent needs it.
#[derive(Clone, sqlx::FromRow)]
pub struct Message {
    pub client_key: String,
    pub phone: String,
    pub callback: String,
    pub channel: String,
    pub title: Option<String>,
    pub body: String,
}

/// A row of a log, for the phone.
#[derive(sqlx::FromRow)]
pub struct Finished {
    pub client_key: String,
    pub phone: String,
    pub callback: String,
    pub channel: String,
    pub title: Option<String>,
    pub body: String,
    pub done_date: String,
}

const CHUNK: usize = 200;

macro_rules! on {
    ($tables:expr, $pool:ident, $body:expr) => {
        match $tables {
            Tables::MariaDb($pool) => $body,
            Tables::Sqlite($pool) => $body,
        }
    };
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

impl Tables {
    /// A SQLite file (a path or `sqlite:…`) or a MariaDB (`mysql://…`). Makes the queue when it is missing.
    pub async fn open(place: &str) -> Result<Self, sqlx::Error> {
        if place.starts_with("mysql:") || place.starts_with("mariadb:") {
            let options = MySqlConnectOptions::from_str(place)?
                .timezone(Some("+09:00".to_owned()))
                .ssl_mode(MySqlSslMode::Preferred);
            let pool = MySqlPoolOptions::new()
                .max_connections(4)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options)
                .await?;
            sqlx::raw_sql(include_str!("../../../sms_agent/ddl/mariadb.sql")).execute(&pool).await?;
            return Ok(Self::MariaDb(pool));
        }
        let options = if place.starts_with("sqlite:") {
            SqliteConnectOptions::from_str(place)?
        } else {
            SqliteConnectOptions::new().filename(place)
        };
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
        sqlx::raw_sql(include_str!("../../../sms_agent/ddl/sqlite.sql")).execute(&pool).await?;
        Ok(Self::Sqlite(pool))
    }

    pub async fn close(&self) {
        on!(self, pool, pool.close().await);
    }

    /// The words of all rows in the queue that the agent has something to do with.
    pub async fn statuses(&self) -> Result<Vec<String>, sqlx::Error> {
        on!(self, pool, sqlx::query_scalar("SELECT DISTINCT MSG_STATUS FROM UMS_MSG").fetch_all(pool).await)
    }

    /// Takes up to 1000 due rows of one line. The status is asked again at the update: a row may be cancelled
    /// between the two.
    pub async fn take(&self, channel: &str, traffic: &str, now: &str) -> Result<u64, sqlx::Error> {
        let keys: Vec<String> = on!(self, pool, {
            sqlx::query_scalar(
                "SELECT CLIENT_KEY FROM UMS_MSG WHERE MSG_STATUS = 'ready' AND REQ_CH = ? AND TRAFFIC_TYPE = ? AND REQ_DATE < ? LIMIT 1000",
            )
            .bind(channel.to_owned())
            .bind(traffic.to_owned())
            .bind(now.to_owned())
            .fetch_all(pool)
            .await?
        });
        let mut taken = 0;
        for chunk in keys.chunks(CHUNK) {
            let text = format!(
                "UPDATE UMS_MSG SET MSG_STATUS = 'pre-send' WHERE MSG_STATUS = 'ready' AND CLIENT_KEY IN ({})",
                marks(chunk.len())
            );
            taken += on!(self, pool, {
                let mut query = sqlx::query(AssertSqlSafe(text));
                for key in chunk {
                    query = query.bind(key.clone());
                }
                query.execute(pool).await?.rows_affected()
            });
        }
        Ok(taken)
    }

    /// Hands what was taken to the hub.
    pub async fn request(&self) -> Result<(), sqlx::Error> {
        on!(self, pool, {
            sqlx::query("UPDATE UMS_MSG SET MSG_STATUS = 'request' WHERE MSG_STATUS IN ('pre-send', 'pre-image')")
                .execute(pool)
                .await
                .map(|_| ())
        })
    }

    /// Up to 1000 rows that wait for their result.
    pub async fn requested(&self) -> Result<Vec<Message>, sqlx::Error> {
        const TEXT: &str = "SELECT CLIENT_KEY AS client_key, PHONE AS phone, CALLBACK_NUMBER AS callback, REQ_CH AS channel, \
             TITLE AS title, MSG AS body FROM UMS_MSG WHERE MSG_STATUS = 'request' LIMIT 1000";
        on!(self, pool, sqlx::query_as(TEXT).fetch_all(pool).await)
    }

    /// Writes the result of rows that share it.
    pub async fn complete(&self, keys: &[String], code: &str, words: &str, at: &str) -> Result<(), sqlx::Error> {
        for chunk in keys.chunks(CHUNK) {
            let text = format!(
                "UPDATE UMS_MSG SET MSG_STATUS = 'complete', DONE_CODE = ?, DONE_CODE_DESC = ?, DONE_DATE = ?, DONE_CH = REQ_CH, \
                 TELCO = 'LGU' WHERE MSG_STATUS = 'request' AND CLIENT_KEY IN ({})",
                marks(chunk.len())
            );
            on!(self, pool, {
                let mut query =
                    sqlx::query(AssertSqlSafe(text)).bind(code.to_owned()).bind(words.to_owned()).bind(at.to_owned());
                for key in chunk {
                    query = query.bind(key.clone());
                }
                query.execute(pool).await?;
            });
        }
        Ok(())
    }

    /// Makes a month's log table.
    pub async fn make_log(&self, month: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::MariaDb(pool) => {
                let text = include_str!("../../../sms_agent/ddl/mariadb_log.sql").replace("YYYYMM", month);
                sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.map(|_| ())
            }
            Self::Sqlite(pool) => {
                let text = include_str!("../../../sms_agent/ddl/sqlite_log.sql").replace("YYYYMM", month);
                sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.map(|_| ())
            }
        }
    }

    /// Moves finished rows to the month's log: into the log first, out of the queue second, in one transaction.
    pub async fn file_away(&self, month: &str) -> Result<(), sqlx::Error> {
        let insert = format!("INSERT INTO UMS_LOG_{month} SELECT * FROM UMS_MSG WHERE MSG_STATUS = 'complete'");
        on!(self, pool, {
            let mut tx = pool.begin().await?;
            sqlx::query(AssertSqlSafe(insert)).execute(&mut *tx).await?;
            sqlx::query("DELETE FROM UMS_MSG WHERE MSG_STATUS = 'complete'").execute(&mut *tx).await?;
            tx.commit().await
        })
    }

    /// The newest delivered messages of a month, oldest first.
    pub async fn delivered(&self, month: &str) -> Result<Vec<Finished>, sqlx::Error> {
        let text = format!(
            "SELECT CLIENT_KEY AS client_key, PHONE AS phone, CALLBACK_NUMBER AS callback, REQ_CH AS channel, TITLE AS title, \
             MSG AS body, CAST(DONE_DATE AS CHAR) AS done_date FROM UMS_LOG_{month} WHERE DONE_CODE = '10000' \
             ORDER BY DONE_DATE DESC LIMIT 200"
        );
        let mut rows: Vec<Finished> = on!(self, pool, sqlx::query_as(AssertSqlSafe(text)).fetch_all(pool).await?);
        rows.reverse();
        Ok(rows)
    }
}
