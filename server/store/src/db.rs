//! Opening, checking and using a database: [`Db`], [`Tx`], [`Reader`] and the borrowed [`Conn`] every store function takes.
//!
//! # Why it is written this way
//!
//! * sqlx 0.9 loses track of a PostgreSQL connection when `begin()` is cancelled (its defect #4385): the next borrower
//!   would write into a transaction nobody commits. axum drops handlers when the customer closes the page, so
//!   [`Db::begin`], [`Tx::commit`] and [`Tx::rollback`] run in their own task and can't be cut, and a connection that
//!   comes back with an open transaction is closed by the pool's `after_release` hook.
//! * SQLite has one writer connection (no SQLITE_BUSY inside the process), read-only readers, WAL and
//!   `synchronous=FULL`: a lost "payout sent" row would be a double payout.
//! * A file lock next to the SQLite file keeps a second process out.

use crate::dialect;
use crate::error::StoreError;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::future::Future;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Names the schema this program was built with: the same for the same migrations, another one otherwise. For
/// backups, and for tests that keep a migrated database to copy.
pub fn schema_fingerprint() -> String {
    let mut hash = Sha256::new();
    for migration in SQLITE_MIGRATIONS.iter().chain(POSTGRES_MIGRATIONS.iter()) {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    hash.finalize().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Which database, and how many connections.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// Which engine and where.
    pub engine: EngineSettings,
    /// How long a request waits for a free connection before it is told [`StoreError::Busy`].
    pub acquire_timeout: Duration,
}

/// Where the data lives.
#[derive(Clone)]
pub enum EngineSettings {
    /// One file on a local disk.
    Sqlite {
        /// The database file; its folder must exist and be on a local disk.
        path: PathBuf,
        /// Read-only connections.
        readers: u32,
    },
    /// A server.
    Postgres {
        /// `postgres://user:password@host/database`; may hold a password, so it is never printed.
        url: String,
        /// CA certificate (PEM) of the server; `None` uses the built-in roots.
        root_cert: Option<PathBuf>,
        /// Connections in the pool.
        connections: u32,
    },
}

impl fmt::Debug for EngineSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path, readers } => {
                f.debug_struct("Sqlite").field("path", path).field("readers", readers).finish()
            }
            Self::Postgres { connections, .. } => {
                f.debug_struct("Postgres").field("connections", connections).finish_non_exhaustive()
            }
        }
    }
}

impl DbSettings {
    /// A database file with the usual number of readers.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self {
            engine: EngineSettings::Sqlite { path: path.into(), readers: 4 },
            acquire_timeout: Duration::from_secs(5),
        }
    }

    /// A server with the usual number of connections.
    pub fn postgres(url: impl Into<String>) -> Self {
        Self {
            engine: EngineSettings::Postgres { url: url.into(), root_cert: None, connections: 20 },
            acquire_timeout: Duration::from_secs(5),
        }
    }

    /// `sqlite:<path>` (also `sqlite://<path>`), `postgres://…` or `postgresql://…`.
    pub fn from_url(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains('?') || path == ":memory:" {
                return Err(StoreError::Settings { what: "write sqlite:<path of a file>".into() });
            }
            return Ok(Self::sqlite(path));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::postgres(url));
        }
        Err(StoreError::Settings { what: "the url must start with sqlite: or postgres://".into() })
    }
}

/// The database, either engine. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file.
    Sqlite(SqliteDb),
    /// A server.
    Postgres(PgDb),
}

/// The SQLite side: one writer, several readers, one lock on the folder.
#[derive(Clone, Debug)]
pub struct SqliteDb {
    writer: SqlitePool,
    readers: SqlitePool,
    _lock: Arc<File>,
}

impl SqliteDb {
    /// The one writing connection's pool, for the apalis workers only.
    pub fn writer(&self) -> &SqlitePool {
        &self.writer
    }
}

/// The PostgreSQL side.
#[derive(Clone, Debug)]
pub struct PgDb {
    pool: PgPool,
    options: Arc<PgConnectOptions>,
}

impl PgDb {
    /// The pool, for the apalis workers only.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}

/// How an engine takes many big units of work: measured with `cargo bench -p services --bench submit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// So many transactions gain from running side by side; more only wait for each other.
    pub side_by_side: usize,
    /// So many units gain from sharing a transaction; more only keep others waiting.
    pub together: usize,
}

/// What was found when the database was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DbFacts {
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// The engine's own version.
    pub version: String,
    /// The connection is encrypted, or never leaves the machine.
    pub private: bool,
}

/// A transaction. Dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// On the one writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a connection of the pool.
    Postgres(Transaction<'static, Postgres>),
}

/// A connection for reading outside a transaction.
#[derive(Debug)]
pub enum Reader {
    /// A read-only connection.
    Sqlite(PoolConnection<Sqlite>),
    /// A connection of the pool.
    Postgres(PoolConnection<Postgres>),
}

/// What every store function takes: a borrowed connection of either engine, from `&mut Tx`, `&mut Reader` or `&mut Conn`.
#[derive(Debug)]
pub enum Conn<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

impl<'c> From<&'c mut Tx> for Conn<'c> {
    fn from(tx: &'c mut Tx) -> Self {
        match tx {
            Tx::Sqlite(tx) => Self::Sqlite(&mut *tx),
            Tx::Postgres(tx) => Self::Postgres(&mut *tx),
        }
    }
}

impl<'c> From<&'c mut Reader> for Conn<'c> {
    fn from(reader: &'c mut Reader) -> Self {
        match reader {
            Reader::Sqlite(connection) => Self::Sqlite(&mut *connection),
            Reader::Postgres(connection) => Self::Postgres(&mut *connection),
        }
    }
}

impl<'c> From<&'c mut Conn<'_>> for Conn<'c> {
    fn from(conn: &'c mut Conn<'_>) -> Self {
        match conn {
            Conn::Sqlite(connection) => Self::Sqlite(connection),
            Conn::Postgres(connection) => Self::Postgres(connection),
        }
    }
}

impl Db {
    /// Opens the pools. Does not migrate and does not check: see [`Db::migrate`] and [`Db::check`].
    pub async fn open(settings: &DbSettings) -> Result<Self, StoreError> {
        match &settings.engine {
            EngineSettings::Sqlite { path, readers } => {
                Ok(Self::Sqlite(open_sqlite(path, *readers, settings.acquire_timeout).await?))
            }
            EngineSettings::Postgres { url, root_cert, connections } => Ok(Self::Postgres(
                open_postgres(url, root_cert.as_deref(), *connections, settings.acquire_timeout).await?,
            )),
        }
    }

    /// Brings the schema up to date. PostgreSQL holds an advisory lock meanwhile; SQLite's file lock keeps others out.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(db) => {
                let mut connection = db.writer.acquire().await?;
                SQLITE_MIGRATIONS.run(&mut *connection).await?;
            }
            Self::Postgres(db) => {
                // Its own connection without a statement timeout: an index on a big table takes its time.
                let mut connection =
                    PgConnectOptions::clone(&db.options).options([("statement_timeout", "0")]).connect().await?;
                POSTGRES_MIGRATIONS.run(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// How big units of work are best written.
    pub const fn pace(&self) -> Pace {
        match self {
            Self::Sqlite(_) => Pace { side_by_side: 1, together: 16 },
            Self::Postgres(_) => Pace { side_by_side: 4, together: 8 },
        }
    }

    /// Begins a unit of work. Every write goes through here; nothing is written by autocommit.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(db) => {
                let writer = db.writer.clone();
                uncut(async move { Ok(Tx::Sqlite(writer.begin_with(dialect::SQLITE_BEGIN).await?)) }).await
            }
            Self::Postgres(db) => {
                let pool = db.pool.clone();
                uncut(async move { Ok(Tx::Postgres(pool.begin().await?)) }).await
            }
        }
    }

    /// A connection to read with. Each statement sees the newest committed data.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        Ok(match self {
            Self::Sqlite(db) => Reader::Sqlite(db.readers.acquire().await?),
            Self::Postgres(db) => Reader::Postgres(db.pool.acquire().await?),
        })
    }

    /// Does it answer? One read, never the writer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut reader = self.read().await?;
        crate::on!(&mut reader, |c| {
            sqlx::query(crate::sql!("checks/ping.sql")).execute(&mut *c).await?;
        });
        Ok(())
    }

    /// Refuses a database that can't be trusted with money: durability, journal, foreign keys, TLS, version.
    pub async fn check(&self) -> Result<DbFacts, StoreError> {
        match self {
            Self::Sqlite(db) => check_sqlite(db).await,
            Self::Postgres(db) => check_postgres(db).await,
        }
    }

    /// Closes all connections; on SQLite this also folds the journal back into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => {
                db.readers.close().await;
                db.writer.close().await;
            }
            Self::Postgres(db) => db.pool.close().await,
        }
    }
}

impl Tx {
    /// Commits. Runs to its end even when the caller is dropped. [`StoreError::CommitUnknown`] means just that.
    pub async fn commit(self) -> Result<(), StoreError> {
        uncut(async move {
            match self {
                Self::Sqlite(tx) => tx.commit().await.map_err(StoreError::of_commit),
                Self::Postgres(mut tx) => {
                    // PostgreSQL answers COMMIT of a failed transaction with a quiet rollback. Ask first.
                    sqlx::query("SELECT 1").execute(&mut *tx).await?;
                    tx.commit().await.map_err(StoreError::of_commit)
                }
            }
        })
        .await
    }

    /// Gives everything back.
    pub async fn rollback(self) -> Result<(), StoreError> {
        uncut(async move {
            match self {
                Self::Sqlite(tx) => Ok(tx.rollback().await?),
                Self::Postgres(tx) => Ok(tx.rollback().await?),
            }
        })
        .await
    }
}

/// Runs `work` in its own task, so that dropping the caller can't cut it in the middle.
async fn uncut<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(join) if join.is_panic() => std::panic::resume_unwind(join.into_panic()),
        Err(_) => Err(StoreError::Busy),
    }
}

async fn open_sqlite(path: &Path, readers: u32, acquire_timeout: Duration) -> Result<SqliteDb, StoreError> {
    let lock = lock_beside(path)?;
    private_file(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        // An order changes about forty pages: folded back every 16 MB instead of every 4, half the writing is saved.
        .pragma("wal_autocheckpoint", "4000")
        .pragma("cache_size", "-16000")
        .statement_cache_capacity(256);
    let writer = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(acquire_timeout)
        .test_before_acquire(false)
        // SQLite itself rolls back when the disk is full; sqlx goes on counting a transaction then, and would refuse every
        // BEGIN for ever. A rollback under way is waited for; what is still counted after it closes the connection.
        .after_release(|connection, _| {
            Box::pin(async move {
                if !sqlx::Connection::is_in_transaction(connection) {
                    return Ok(true);
                }
                sqlx::Connection::ping(&mut *connection).await?;
                Ok(!sqlx::Connection::is_in_transaction(connection))
            })
        })
        .connect_with(options.clone())
        .await?;
    let readers = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(readers.max(1))
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(acquire_timeout)
        .test_before_acquire(false)
        .connect_with(options.read_only(true).create_if_missing(false))
        .await?;
    Ok(SqliteDb { writer, readers, _lock: Arc::new(lock) })
}

/// `<file>.lock`, held for the life of the process: two processes on one SQLite file would each believe they are
/// the only writer.
fn lock_beside(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = private_file(&name)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Settings {
            what: format!("{} is in use by another process; stop that one first", path.display()),
        }),
        Err(std::fs::TryLockError::Error(error)) => Err(no_file(&name, &error)),
    }
}

/// Opens or creates a file only its owner may read.
fn private_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| no_file(path, &error))
}

fn no_file(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Settings { what: format!("{} can't be opened: {error}", path.display()) }
}

/// A connection nobody used for so long is asked whether it lives before it is lent.
const ASK_AFTER: Duration = Duration::from_secs(2);

/// How a server is spoken to. Elsewhere than on this machine its certificate and name are checked, whatever the url says.
fn postgres_options(url: &str, root_cert: Option<&Path>) -> Result<PgConnectOptions, StoreError> {
    let mut options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Settings { what: "the postgres:// url can't be read".into() })?
        .application_name("pindesk")
        .statement_cache_capacity(256)
        .options([
            ("statement_timeout", "15000"),
            ("lock_timeout", "5000"),
            ("idle_in_transaction_session_timeout", "10000"),
            ("timezone", "UTC"),
            // Every statement finds its rows by a key or a partial index whatever it is asked for, so it is planned once
            // for a connection instead of six times; `store/tests/parity.rs` sees that it can.
            ("plan_cache_mode", "force_generic_plan"),
            // A plan for any question is dear by its estimate and short in fact: making machine code of it took longer than
            // the answer, each time anew.
            ("jit", "off"),
        ]);
    if !stays_on_machine(&options) {
        options = options.ssl_mode(PgSslMode::VerifyFull);
    }
    if let Some(root_cert) = root_cert {
        options = options.ssl_root_cert(root_cert);
    }
    Ok(options)
}

async fn open_postgres(
    url: &str,
    root_cert: Option<&Path>,
    connections: u32,
    acquire_timeout: Duration,
) -> Result<PgDb, StoreError> {
    let options = postgres_options(url, root_cert)?;
    let pool = PgPoolOptions::new()
        .min_connections(1)
        .max_connections(connections.max(2))
        .acquire_timeout(acquire_timeout)
        .max_lifetime(Duration::from_mins(30))
        .idle_timeout(Duration::from_mins(10))
        // A question before every loan would cost as much as a statement; one after a pause finds a server that restarted.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= ASK_AFTER {
                    sqlx::Connection::ping(connection).await?;
                }
                Ok(true)
            })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                // Outside a transaction the two are the same instant; inside a left-over one now() is older. The
                // simple protocol matters: with a prepared statement they differ anyway.
                let row = sqlx::raw_sql("SELECT now() = statement_timestamp() AS clean").fetch_one(connection).await?;
                sqlx::Row::try_get::<bool, _>(&row, "clean")
            })
        })
        .connect_with(options.clone())
        .await?;
    Ok(PgDb { pool, options: Arc::new(options) })
}

/// A Unix socket, or a loopback address written as a number or `localhost`.
fn stays_on_machine(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

async fn check_sqlite(db: &SqliteDb) -> Result<DbFacts, StoreError> {
    let mut problems = Vec::new();
    let mut writer = db.writer.acquire().await?;
    let mut reader = db.readers.acquire().await?;
    for (who, connection) in [("writer", &mut *writer), ("reader", &mut *reader)] {
        for (pragma, wanted, found) in [
            (
                "journal_mode",
                "wal",
                sqlx::query_scalar::<_, String>("PRAGMA journal_mode").fetch_one(&mut *connection).await?,
            ),
            ("synchronous", "2", number(connection, "PRAGMA synchronous").await?),
            ("foreign_keys", "1", number(connection, "PRAGMA foreign_keys").await?),
            ("trusted_schema", "0", number(connection, "PRAGMA trusted_schema").await?),
            ("cell_size_check", "1", number(connection, "PRAGMA cell_size_check").await?),
        ] {
            if found != wanted {
                problems.push(format!("SQLite {who}: PRAGMA {pragma} is {found}, must be {wanted}"));
            }
        }
    }
    let version = sqlx::query_scalar::<_, String>("SELECT sqlite_version()").fetch_one(&mut *reader).await?;
    if problems.is_empty() {
        Ok(DbFacts { engine: "SQLite", version, private: true })
    } else {
        Err(StoreError::Unsafe { problems })
    }
}

async fn number(connection: &mut SqliteConnection, pragma: &'static str) -> Result<String, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(pragma).fetch_one(connection).await?.to_string())
}

async fn check_postgres(db: &PgDb) -> Result<DbFacts, StoreError> {
    let mut problems = Vec::new();
    let mut connection = db.pool.acquire().await?;
    for (setting, allowed) in [
        ("fsync", &["on"][..]),
        ("full_page_writes", &["on"]),
        ("synchronous_commit", &["on", "remote_apply", "remote_write", "local"]),
        ("server_encoding", &["UTF8"]),
        ("transaction_isolation", &["read committed", "repeatable read", "serializable"]),
        ("zero_damaged_pages", &["off"]),
    ] {
        let found = sqlx::query_scalar::<_, String>("SELECT current_setting($1)")
            .bind(setting)
            .fetch_one(&mut *connection)
            .await?;
        if !allowed.contains(&found.as_str()) {
            problems.push(format!("PostgreSQL: {setting} is {found}, must be {}", allowed.join(" or ")));
        }
    }
    let number = sqlx::query_scalar::<_, i64>("SELECT CAST(current_setting('server_version_num') AS BIGINT)")
        .fetch_one(&mut *connection)
        .await?;
    if number < 150_000 {
        problems.push("PostgreSQL 15 or newer is needed".to_owned());
    }
    let version =
        sqlx::query_scalar::<_, String>("SELECT current_setting('server_version')").fetch_one(&mut *connection).await?;
    let encrypted = sqlx::query_scalar::<_, bool>(
        "SELECT COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE)",
    )
    .fetch_one(&mut *connection)
    .await?;
    let private = encrypted || stays_on_machine(&db.options);
    if !private {
        problems.push("PostgreSQL: the connection leaves the machine without TLS".to_owned());
    }
    if problems.is_empty() {
        Ok(DbFacts { engine: "PostgreSQL", version, private })
    } else {
        Err(StoreError::Unsafe { problems })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its url should stop")]
mod tests {
    use super::*;

    /// No server is asked: what the options say is what a connection would do.
    #[test]
    fn a_server_elsewhere_is_spoken_to_only_when_its_certificate_is_right() {
        let mode = |url: &str| postgres_options(url, None).unwrap().get_ssl_mode();
        for url in [
            "postgres://u@db.example/x",
            "postgres://u@db.example/x?sslmode=disable",
            "postgres://u@db.example/x?sslmode=require",
            "postgres://u@192.0.2.1/x?sslmode=prefer",
            "postgres://u@localhost.example/x",
        ] {
            assert!(matches!(mode(url), PgSslMode::VerifyFull), "{url}: {:?}", mode(url));
        }
        for url in ["postgres://u@localhost/x", "postgres://u@127.0.0.1/x", "postgres://u@[::1]/x"] {
            assert!(matches!(mode(&format!("{url}?sslmode=disable")), PgSslMode::Disable), "{url}");
            assert!(matches!(mode(&format!("{url}?sslmode=verify-full")), PgSslMode::VerifyFull), "{url}");
        }
        assert!(matches!(mode("postgres:///x?host=/run/postgresql&sslmode=disable"), PgSslMode::Disable));
    }
}
