//! Tables handed out as files. The file lies here too, sealed piece by piece, so that whoever serves the page can hand it
//! out whichever machine wrote it, and it goes with its row.
//!
//! A try has a number of its own, the epoch of its claim. Pieces belong to a try; only the newest try says how far it is
//! and only it ends. So a try that was cut leaves nothing anybody reads.

use crate::db::Conn;
use crate::row::{Of, key, moment};
use crate::{Keyring, StoreError, exactly_one, on, sql};
use domain::desk::orders::{Column, parse_columns, print_columns};
use domain::{ExportFormat, ExportId, ExportState, Lang, Timestamp, UserId};
use uuid::Uuid;

/// The table, for errors.
pub const TABLE: &str = "exports";
/// The pieces' table, for sealing.
pub const CHUNKS: &str = "export_chunks";

/// An export as it is asked for.
#[derive(Clone, Debug)]
pub struct NewExport {
    /// Its key.
    pub id: ExportId,
    /// Who asks, and who alone may have it.
    pub user_id: UserId,
    /// CSV or XLSX.
    pub format: ExportFormat,
    /// The filter, as in the address.
    pub query: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The language of its heading and words.
    pub lang: Lang,
    /// With people as they are.
    pub unmasked: bool,
    /// Why it is wanted.
    pub reason: String,
    /// Now.
    pub created_at: Timestamp,
    /// When it goes.
    pub expires_at: Timestamp,
}

/// An export as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its key.
    pub id: ExportId,
    /// Who asked.
    pub user_id: UserId,
    /// CSV or XLSX.
    pub format: ExportFormat,
    /// The filter, as in the address.
    pub query: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The language of its heading and words.
    pub lang: Lang,
    /// With people as they are.
    pub unmasked: bool,
    /// Why it is wanted.
    pub reason: String,
    /// Where it stands.
    pub state: ExportState,
    /// The newest try.
    pub attempt: i64,
    /// How many rows there will be, once they are counted.
    pub total_rows: Option<i64>,
    /// How many are written.
    pub done_rows: i64,
    /// How many bytes the file has so far.
    pub bytes: i64,
    /// In how many pieces.
    pub chunks: i64,
    /// What went wrong, a stable word.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When the newest try began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When it goes.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    user_id: Uuid,
    format: String,
    query: String,
    columns: String,
    lang: String,
    unmasked: bool,
    reason: String,
    state: String,
    attempt: i64,
    total_rows: Option<i64>,
    done_rows: i64,
    bytes: i64,
    chunks: i64,
    error: Option<String>,
    created_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
    expires_at: i64,
}

impl TryFrom<Row> for Export {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: ExportId::from_bytes(row.id.into_bytes()),
            user_id: UserId::from_bytes(row.user_id.into_bytes()),
            format: of.word("format", &row.format)?,
            query: row.query,
            columns: parse_columns(row.columns.split(',')),
            lang: of.word("lang", &row.lang)?,
            unmasked: row.unmasked,
            reason: row.reason,
            state: of.word("state", &row.state)?,
            attempt: row.attempt,
            total_rows: row.total_rows,
            done_rows: row.done_rows,
            bytes: row.bytes,
            chunks: row.chunks,
            error: row.error,
            created_at: Timestamp::from_micros(row.created_at),
            started_at: moment(row.started_at),
            finished_at: moment(row.finished_at),
            expires_at: Timestamp::from_micros(row.expires_at),
        })
    }
}

/// Writes a new one, `queued`.
pub async fn insert(conn: impl Into<Conn<'_>>, export: &NewExport) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("exports/insert.sql"))
            .bind(key(export.id.bytes()))
            .bind(key(export.user_id.bytes()))
            .bind("orders")
            .bind(export.format.as_str())
            .bind(export.query.as_str())
            .bind(print_columns(&export.columns))
            .bind(export.lang.as_str())
            .bind(export.unmasked)
            .bind(export.reason.as_str())
            .bind(export.created_at.micros())
            .bind(export.expires_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The export, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: ExportId) -> Result<Option<Export>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("exports/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Export::try_from).transpose()
}

/// Somebody's newest exports.
pub async fn of_user(conn: impl Into<Conn<'_>>, user: UserId, limit: u32) -> Result<Vec<Export>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("exports/of_user.sql"))
        .bind(key(user.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Export::try_from).collect()
}

/// How many of somebody's exports, asked for after `since`, are not done.
pub async fn open_of_user(conn: impl Into<Conn<'_>>, user: UserId, since: Timestamp) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("exports/open_of_user.sql"))
        .bind(key(user.bytes()))
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Begins a try under a number higher than any before, and removes what earlier ones left.
///
/// Errors: [`StoreError::Conflict`] when it is done, cancelled or expired, or a later try has begun.
pub async fn begin(tx: &mut crate::Tx, id: ExportId, attempt: i64, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(&mut *tx, |c| sqlx::query(sql!("exports/begin.sql"))
        .bind(key(id.bytes()))
        .bind(attempt)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "export")?;
    clear(tx, id, attempt).await.map(|_| ())
}

/// How far a try is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many rows there will be.
    pub total_rows: Option<i64>,
    /// How many are written.
    pub done_rows: i64,
    /// Bytes so far.
    pub bytes: i64,
    /// Pieces so far.
    pub chunks: i64,
}

/// Says how far a try is.
///
/// Errors: [`StoreError::Conflict`] when it is not the newest or was cancelled: stop then.
pub async fn progress(conn: impl Into<Conn<'_>>, id: ExportId, attempt: i64, at: Progress) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("exports/progress.sql"))
        .bind(key(id.bytes()))
        .bind(attempt)
        .bind(at.total_rows)
        .bind(at.done_rows)
        .bind(at.bytes)
        .bind(at.chunks)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "export")
}

/// Ends a try: `done`, or `failed` with a word.
///
/// Errors: [`StoreError::Conflict`] when it is not the newest or was cancelled.
pub async fn finish(
    conn: impl Into<Conn<'_>>,
    id: ExportId,
    attempt: i64,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = if error.is_none() { ExportState::Done } else { ExportState::Failed };
    let done = on!(conn, |c| sqlx::query(sql!("exports/finish.sql"))
        .bind(key(id.bytes()))
        .bind(attempt)
        .bind(state.as_str())
        .bind(error)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "export")
}

/// Its maker doesn't want it any more.
///
/// Errors: [`StoreError::Conflict`] when it isn't theirs or has ended.
pub async fn cancel(conn: impl Into<Conn<'_>>, id: ExportId, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("exports/cancel.sql"))
        .bind(key(id.bytes()))
        .bind(key(user.bytes()))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "export")
}

/// Those whose time is over and whose pieces are still there.
pub async fn expired(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<Vec<ExportId>, StoreError> {
    let ids = on!(conn, |c| sqlx::query_scalar::<_, Uuid>(sql!("exports/expired.sql"))
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(ids.into_iter().map(|id| ExportId::from_bytes(id.into_bytes())).collect())
}

/// Takes away an export whose time is over, pieces and all; the line that there was one stays. `false`: somebody did.
pub async fn expire(tx: &mut crate::Tx, id: ExportId, now: Timestamp) -> Result<bool, StoreError> {
    let done = on!(&mut *tx, |c| sqlx::query(sql!("exports/expire.sql"))
        .bind(key(id.bytes()))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    if done > 0 {
        clear(tx, id, i64::MAX).await?;
    }
    Ok(done > 0)
}

/// Removes the pieces of tries before `attempt`.
pub async fn clear(tx: &mut crate::Tx, id: ExportId, attempt: i64) -> Result<u64, StoreError> {
    Ok(on!(&mut *tx, |c| sqlx::query(sql!("export_chunks/delete_before.sql"))
        .bind(key(id.bytes()))
        .bind(attempt)
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// What a piece is bound to besides its export: moved to another place or try it doesn't open.
fn place(attempt: i64, seq: i64) -> String {
    format!("data_enc {attempt} {seq}")
}

/// Writes one piece, sealed.
pub async fn put_chunk(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    id: ExportId,
    attempt: i64,
    seq: i64,
    plain: &[u8],
) -> Result<(), StoreError> {
    let sealed = keys.seal(CHUNKS, &place(attempt, seq), id.bytes(), plain)?;
    on!(conn, |c| {
        sqlx::query(sql!("export_chunks/insert.sql"))
            .bind(key(id.bytes()))
            .bind(attempt)
            .bind(seq)
            .bind(sealed.as_slice())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// One piece, opened.
///
/// Errors: [`StoreError::NotFound`] when it is gone: the export's time is over.
pub async fn chunk(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    id: ExportId,
    attempt: i64,
    seq: i64,
) -> Result<Vec<u8>, StoreError> {
    let sealed = on!(conn, |c| sqlx::query_scalar::<_, Vec<u8>>(sql!("export_chunks/find.sql"))
        .bind(key(id.bytes()))
        .bind(attempt)
        .bind(seq)
        .fetch_one(&mut *c)
        .await?);
    keys.open(CHUNKS, &place(attempt, seq), id.bytes(), &sealed)
}
