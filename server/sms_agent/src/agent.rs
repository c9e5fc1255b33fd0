//! Why an insert has five answers: the row is handed to somebody else's program, and a message sent twice is a
//! message sent twice. Before the statement leaves, everything is `NotSent`; once it may have arrived, only the
//! server's "that key exists" and refusals it makes before anything is written are answers, and every other error is
//! `Unknown`: the caller looks the key up in all tables before any second insert.

use crate::dialect::{Dialect, MARIADB_COLUMNS, MARIADB_OFFSET, Names, SQLITE_COLUMNS};
use crate::kst::months;
use crate::row::{Row, good_key};
use crate::types::{AgentError, AgentSettings, CancelOutcome, InsertOutcome, QueueStatus, Where};
use domain::Timestamp;
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlPool, MySqlPoolOptions, MySqlSslMode};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Rows per INSERT and keys per look-up.
const CHUNK: usize = 200;

/// The agent's tables, on either engine. Make it once; it is a pool and cheap to clone.
#[derive(Clone)]
pub enum SmsAgent {
    /// Production.
    MariaDb(Tables<MySqlPool>),
    /// The embedded default.
    Sqlite(Tables<SqlitePool>),
}

impl fmt::Debug for SmsAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MariaDb(_) => "SmsAgent::MariaDb",
            Self::Sqlite(_) => "SmsAgent::Sqlite",
        })
    }
}

/// A pool with its statement texts.
#[derive(Clone)]
pub struct Tables<P> {
    pool: P,
    dialect: Dialect,
    total_timeout: Duration,
}

/// One body, expanded per engine.
macro_rules! on {
    ($agent:expr, $tables:ident, $body:expr) => {
        match $agent {
            SmsAgent::MariaDb($tables) => $body,
            SmsAgent::Sqlite($tables) => $body,
        }
    };
}

/// In the order of `Dialect::insert`.
macro_rules! bind_row {
    ($query:expr, $row:expr) => {
        $query
            .bind($row.client_key.clone())
            .bind($row.channel.as_str())
            .bind($row.traffic.as_str())
            .bind("ready")
            .bind($row.req_date.as_str().to_owned())
            .bind($row.callback.clone())
            .bind($row.phone.clone())
            .bind($row.body.clone())
            .bind($row.title.clone())
            .bind($row.files.clone())
            .bind($row.campaign.clone())
            .bind($row.etc1.clone())
    };
}

impl SmsAgent {
    /// Opens the pool. The database must answer.
    pub async fn connect(settings: AgentSettings) -> Result<Self, AgentError> {
        let dialect = Dialect::new(settings.names)?;
        if settings.agent_home.as_ref().is_some_and(|home| !home.is_dir()) {
            return Err(AgentError::Settings { setting: "agent_home", problem: "is not a folder on this machine" });
        }
        if settings.max_connections == 0 {
            return Err(AgentError::Settings { setting: "max_connections", problem: "must be at least 1" });
        }
        let bad_url = AgentError::Settings {
            setting: "url",
            problem: "must be mysql://user:password@host:port/database or sqlite:///path/to/file",
        };
        let total_timeout = settings.total_timeout;
        if settings.url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(&settings.url)
                .map_err(|_| bad_url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5));
            let pool = SqlitePoolOptions::new()
                .max_connections(settings.max_connections)
                .acquire_timeout(settings.connect_timeout)
                .connect_with(options)
                .await
                .map_err(|error| AgentError::Database { code: before(&error) })?;
            return Ok(Self::Sqlite(Tables { pool, dialect, total_timeout }));
        }
        if !settings.url.starts_with("mysql://") && !settings.url.starts_with("mariadb://") {
            return Err(bad_url);
        }
        let options = guarded(MySqlConnectOptions::from_str(&settings.url).map_err(|_| bad_url)?, settings.ca_file);
        let options = options.timezone(Some("+09:00".to_owned()));
        if options.get_database().is_none_or(str::is_empty) {
            return Err(AgentError::Settings { setting: "url", problem: "names no database" });
        }
        let pool = MySqlPoolOptions::new()
            .max_connections(settings.max_connections)
            .acquire_timeout(settings.connect_timeout)
            .connect_with(options)
            .await
            .map_err(|error| AgentError::Database { code: before(&error) })?;
        Ok(Self::MariaDb(Tables { pool, dialect, total_timeout }))
    }

    /// Makes the reference queue table. For the embedded default and tests: a real agent makes its own.
    pub async fn ensure_reference_schema(&self) -> Result<(), AgentError> {
        if on!(self, tables, tables.dialect.names() != &Names::default()) {
            return Err(AgentError::Settings {
                setting: "names",
                problem: "the reference table has the default names",
            });
        }
        let done = match self {
            Self::MariaDb(tables) => {
                sqlx::raw_sql(include_str!("../ddl/mariadb.sql")).execute(&tables.pool).await.map(|_| ())
            }
            Self::Sqlite(tables) => {
                sqlx::raw_sql(include_str!("../ddl/sqlite.sql")).execute(&tables.pool).await.map(|_| ())
            }
        };
        done.map_err(|error| AgentError::Database { code: after(&error) })
    }

    /// Is the table there, with every column of the mapping, and is the session's clock Korean? Run at start.
    pub async fn check_columns(&self) -> Result<(), AgentError> {
        let table = on!(self, tables, tables.dialect.names().queue.clone());
        let found: Vec<String> = match self {
            Self::MariaDb(tables) => {
                let offset: String =
                    sqlx::query_scalar(MARIADB_OFFSET).fetch_one(&tables.pool).await.map_err(|error| failed(&error))?;
                if offset.split('.').next() != Some("09:00:00") {
                    return Err(AgentError::Clock { offset });
                }
                sqlx::query_scalar(MARIADB_COLUMNS)
                    .bind(table.clone())
                    .fetch_all(&tables.pool)
                    .await
                    .map_err(|error| failed(&error))?
            }
            Self::Sqlite(tables) => sqlx::query_scalar(SQLITE_COLUMNS)
                .bind(table.clone())
                .fetch_all(&tables.pool)
                .await
                .map_err(|error| failed(&error))?,
        };
        if found.is_empty() {
            return Err(AgentError::NoTable { table });
        }
        let missing: Vec<String> = on!(self, tables, tables.dialect.names())
            .columns
            .all()
            .into_iter()
            .filter(|(_, column)| !found.iter().any(|name| name.eq_ignore_ascii_case(column)))
            .map(|(setting, column)| format!("{column} (setting {setting})"))
            .collect();
        if missing.is_empty() { Ok(()) } else { Err(AgentError::Columns { table, missing }) }
    }

    /// Hands one message to the agent.
    pub async fn insert(&self, row: &Row) -> InsertOutcome {
        if let Some((field, problem)) = row.problem() {
            return InsertOutcome::Refused { field, problem };
        }
        on!(self, tables, {
            match tables.connection().await {
                Err(code) => InsertOutcome::NotSent { code },
                Ok(mut connection) => {
                    let query = bind_row!(sqlx::query(tables.dialect.insert(1)), row);
                    insert_outcome(
                        within(tables.total_timeout, &mut connection, async |c| query.execute(&mut **c).await).await,
                        tables.dialect.names(),
                    )
                }
            }
        })
    }

    /// Hands many messages to the agent, a statement per 200; the answers stand in the rows' order.
    ///
    /// A key that exists, or a row that can't be taken, makes the server refuse a whole statement, so its rows then go one
    /// by one.
    pub async fn insert_many(&self, rows: &[Row]) -> Vec<InsertOutcome> {
        let mut outcomes: Vec<Option<InsertOutcome>> = rows
            .iter()
            .map(|row| row.problem().map(|(field, problem)| InsertOutcome::Refused { field, problem }))
            .collect();
        let good: Vec<usize> = (0..rows.len()).filter(|index| outcomes[*index].is_none()).collect();
        for chunk in good.chunks(CHUNK) {
            let together = on!(self, tables, {
                match tables.connection().await {
                    Err(code) => InsertOutcome::NotSent { code },
                    Ok(mut connection) => {
                        let mut query = sqlx::query(tables.dialect.insert(chunk.len()));
                        for index in chunk {
                            query = bind_row!(query, rows[*index]);
                        }
                        insert_outcome(
                            within(tables.total_timeout, &mut connection, async |c| query.execute(&mut **c).await)
                                .await,
                            tables.dialect.names(),
                        )
                    }
                }
            });
            for index in chunk {
                let one_of_them = match &together {
                    InsertOutcome::Duplicate | InsertOutcome::Refused { .. } => true,
                    InsertOutcome::NotSent { code } => names_a_value(code),
                    InsertOutcome::Inserted | InsertOutcome::Unknown { .. } => false,
                };
                outcomes[*index] = Some(if one_of_them { self.insert(&rows[*index]).await } else { together.clone() });
            }
        }
        outcomes.into_iter().flatten().collect()
    }

    /// Where one message is.
    pub async fn find(&self, client_key: &str, now: Timestamp) -> Result<Where, AgentError> {
        let mut found = self.find_many(&[client_key], now).await?;
        Ok(found.remove(client_key).unwrap_or(Where::Nowhere))
    }

    /// Where these messages are; every key has an answer.
    pub async fn find_many(&self, keys: &[&str], now: Timestamp) -> Result<HashMap<String, Where>, AgentError> {
        let mut found: HashMap<String, Where> = HashMap::with_capacity(keys.len());
        for chunk in keys.chunks(CHUNK) {
            // The queue first: see the crate's README.
            let mut open: Vec<&str> = chunk.iter().copied().filter(|key| good_key(key)).collect();
            if !open.is_empty() {
                let rows: Vec<(String, String)> = on!(self, tables, {
                    let mut query = sqlx::query_as(tables.dialect.find_in_queue(open.len()));
                    for key in &open {
                        query = query.bind((*key).to_owned());
                    }
                    let mut connection = tables.connection().await.map_err(|code| AgentError::Database { code })?;
                    within(tables.total_timeout, &mut connection, async |c| query.fetch_all(&mut **c).await).await
                })
                .map_err(|error| AgentError::Database { code: error.code() })?;
                for (key, status) in rows {
                    found.insert(key, Where::Queue(QueueStatus::read(&status)));
                }
            }
            for month in months(now) {
                open.retain(|key| !found.contains_key(*key));
                if open.is_empty() {
                    break;
                }
                for (key, place) in self.find_in_log(&open, &month).await? {
                    found.insert(key, place);
                }
            }
        }
        for key in keys {
            found.entry((*key).to_owned()).or_insert(Where::Nowhere);
        }
        Ok(found)
    }

    async fn find_in_log(&self, keys: &[&str], month: &str) -> Result<Vec<(String, Where)>, AgentError> {
        type LogRow = (String, Option<String>, Option<String>, Option<String>);
        let rows: Result<Vec<LogRow>, Trouble> = on!(self, tables, {
            let mut query = sqlx::query_as(tables.dialect.find_in_log(month, keys.len()));
            for key in keys {
                query = query.bind((*key).to_owned());
            }
            let mut connection = tables.connection().await.map_err(|code| AgentError::Database { code })?;
            within(tables.total_timeout, &mut connection, async |c| query.fetch_all(&mut **c).await).await
        });
        match rows {
            Ok(rows) => Ok(rows
                .into_iter()
                .map(|(key, code, desc, date)| {
                    let place = Where::Log {
                        done_code: code.unwrap_or_default(),
                        done_desc: desc.unwrap_or_default(),
                        done_date: date.unwrap_or_default(),
                        month: month.to_owned(),
                    };
                    (key, place)
                })
                .collect()),
            // A month nobody has finished a message in has no table yet.
            Err(Trouble::Sql(error)) if no_such_table(&error) => Ok(Vec::new()),
            Err(error) => Err(AgentError::Database { code: error.code() }),
        }
    }

    /// Takes a message back, if the agent has not taken it yet.
    pub async fn cancel(&self, client_key: &str) -> CancelOutcome {
        if !good_key(client_key) {
            return CancelOutcome::TooLate;
        }
        let affected: Result<u64, Trouble> = on!(self, tables, {
            match tables.connection().await {
                Err(code) => return CancelOutcome::NotSent { code },
                Ok(mut connection) => {
                    let query = sqlx::query(tables.dialect.cancel()).bind(client_key.to_owned());
                    within(tables.total_timeout, &mut connection, async |c| query.execute(&mut **c).await)
                        .await
                        .map(|done| done.rows_affected())
                }
            }
        });
        match affected {
            Ok(1) => CancelOutcome::Cancelled,
            Ok(_) => CancelOutcome::TooLate,
            Err(error) => CancelOutcome::Unknown { code: error.code() },
        }
    }

    /// Closes the pool.
    pub async fn close(&self) {
        on!(self, tables, tables.pool.close().await);
    }
}

impl<DB: sqlx::Database> Tables<sqlx::Pool<DB>> {
    /// A connection, or why there is none. Nothing has been asked of the server's tables yet.
    async fn connection(&self) -> Result<PoolConnection<DB>, String> {
        self.pool.acquire().await.map_err(|error| before(&error))
    }
}

enum Trouble {
    Timeout,
    Sql(sqlx::Error),
}

impl Trouble {
    fn code(&self) -> String {
        match self {
            Self::Timeout => "timeout".to_owned(),
            Self::Sql(error) => after(error),
        }
    }
}

/// One statement with a time limit. A connection whose answer never came is closed, not given back.
async fn within<DB: sqlx::Database, T>(
    limit: Duration,
    connection: &mut PoolConnection<DB>,
    statement: impl AsyncFnOnce(&mut PoolConnection<DB>) -> Result<T, sqlx::Error>,
) -> Result<T, Trouble> {
    let result = tokio::time::timeout(limit, statement(connection)).await;
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Trouble::Sql(error)),
        Err(_) => {
            connection.close_on_drop();
            Err(Trouble::Timeout)
        }
    }
}

fn insert_outcome<T>(result: Result<T, Trouble>, names: &Names) -> InsertOutcome {
    match result {
        Ok(_) => InsertOutcome::Inserted,
        Err(Trouble::Sql(sqlx::Error::Database(error))) if error.is_unique_violation() => InsertOutcome::Duplicate,
        Err(Trouble::Sql(sqlx::Error::Database(error))) => match never_taken(error.as_ref(), names) {
            Some(Never::ThisRow(problem)) => InsertOutcome::Refused { field: "row", problem },
            Some(Never::AnyRow) => InsertOutcome::NotSent { code: after(&sqlx::Error::Database(error)) },
            None => InsertOutcome::Unknown { code: after(&sqlx::Error::Database(error)) },
        },
        Err(trouble) => InsertOutcome::Unknown { code: trouble.code() },
    }
}

/// A statement the server certainly refused.
enum Never {
    /// For what is in this row; the next one may be fine.
    ThisRow(&'static str),
    /// For the table as it is: an operator mends it, then this row is fine too.
    AnyRow,
}

/// Refusals made before anything is written, by the server's own numbers; every other error may have come after.
///
/// What we write is checked before (`Row::problem`): every character stands in EUC-KR, numbers are digits, times are times.
/// So a character the table has not, or a value of the wrong kind, is the table's fault and not this message's.
fn never_taken(error: &dyn sqlx::error::DatabaseError, names: &Names) -> Option<Never> {
    let Some(mysql) = error.try_downcast_ref::<MySqlDatabaseError>() else {
        // SQLite: too big, CHECK, NOT NULL, TRIGGER, kind of value; all of them undo the statement.
        return match error.code().as_deref() {
            Some("18" | "275" | "1299" | "1811" | "20") => Some(Never::ThisRow("is refused by the agent's table")),
            _ => None,
        };
    };
    match mysql.number() {
        1048 => Some(Never::ThisRow("lacks a value the table needs")),
        1406 if names.is_of_any_length(column_of(mysql.message())) => Some(Never::ThisRow("is longer than a column")),
        3819 | 4025 => Some(Never::ThisRow("breaks a rule of the table")),
        // Unknown column, no table, no right, a column without a default; then a number out of range, a value of the wrong
        // kind, a character the table has not, a column that is too short for what every row has in it.
        1054 | 1142 | 1143 | 1146 | 1364 | 1264 | 1265 | 1292 | 1366 | 1406 => Some(Never::AnyRow),
        _ => None,
    }
}

/// Is this a refusal of one value, so that other rows of the statement may be taken all the same?
fn names_a_value(code: &str) -> bool {
    matches!(code, "db_1264" | "db_1265" | "db_1292" | "db_1366" | "db_1406")
}

/// The column in "Data too long for column 'MSG' at row 1"; empty when it stands there in no way we know.
fn column_of(message: &str) -> &str {
    message
        .split('\'')
        .nth(1)
        .and_then(|name| name.rsplit(['.', '`']).find(|part| !part.is_empty()))
        .unwrap_or_default()
}

/// Words for an error before anything was asked.
fn before(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::PoolTimedOut => "busy".to_owned(),
        sqlx::Error::Database(_) => after(error),
        _ => "connect".to_owned(),
    }
}

/// Words for an error after the statement may have arrived.
fn after(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(mysql) => format!("db_{}", mysql.number()),
            None => format!("db_{}", error.code().unwrap_or_default()),
        },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "unreadable".to_owned(),
        _ => "cut".to_owned(),
    }
}

fn failed(error: &sqlx::Error) -> AgentError {
    AgentError::Database { code: after(error) }
}

fn no_such_table(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else {
        return false;
    };
    match error.try_downcast_ref::<MySqlDatabaseError>() {
        Some(mysql) => mysql.number() == 1146,
        None => error.message().starts_with("no such table"),
    }
}

/// In clear on this machine only; elsewhere the certificate and its name are checked, whatever the url says.
fn guarded(options: MySqlConnectOptions, ca_file: Option<PathBuf>) -> MySqlConnectOptions {
    if options.get_socket().is_some() || is_loopback(options.get_host()) {
        return options.ssl_mode(MySqlSslMode::Disabled);
    }
    let strict = options.ssl_mode(MySqlSslMode::VerifyIdentity);
    match ca_file {
        Some(file) => strict.ssl_ca(file),
        None => strict,
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its url should stop")]
mod tests {
    use super::*;

    #[test]
    fn an_agents_database_elsewhere_is_spoken_to_only_when_its_certificate_is_right() {
        let mode = |url: &str| guarded(MySqlConnectOptions::from_str(url).unwrap(), None).get_ssl_mode();
        for url in [
            "mysql://u:p@db.example/x",
            "mysql://u:p@db.example/x?ssl-mode=DISABLED",
            "mysql://u:p@192.0.2.1/x?ssl-mode=PREFERRED",
        ] {
            assert!(matches!(mode(url), MySqlSslMode::VerifyIdentity), "{url}: {:?}", mode(url));
        }
        for url in ["mysql://u:p@localhost/x", "mysql://u:p@127.0.0.1/x", "mysql://u:p@db/x?socket=/run/mysqld.sock"] {
            assert!(matches!(mode(url), MySqlSslMode::Disabled), "{url}: {:?}", mode(url));
        }
    }
}
