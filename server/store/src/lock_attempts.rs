//! Redemptions sent to an issuer, one row per reference. The row is committed before the call; at most one attempt of
//! a voucher may be open or done (partial unique index).

use crate::db::Conn;
use crate::row::{Of, amount, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{AttemptId, AttemptState, ItemId, Timestamp, Won};
use uuid::Uuid;

const TABLE: &str = "lock_attempts";

/// One redemption under one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockAttempt {
    /// Its key.
    pub id: AttemptId,
    /// The voucher.
    pub item_id: ItemId,
    /// 1, 2, …
    pub attempt_no: u32,
    /// Our name for it at the issuer, the same for every resend.
    pub reference: String,
    /// What is known of it.
    pub state: AttemptState,
    /// The issuer's or the line's last word.
    pub code: Option<String>,
    /// The face that was taken.
    pub face: Option<Won>,
    /// The issuer's number for it.
    pub issuer_ref: Option<String>,
    /// How often we asked what became of it.
    pub inquiries: u32,
    /// How often in a row the answer was "not found" since it was last sent.
    pub not_found: u32,
    /// When it was last sent.
    pub attempted_at: Timestamp,
    /// When it was settled.
    pub finished_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    item_id: Uuid,
    attempt_no: i64,
    reference: String,
    state: String,
    code: Option<String>,
    face: Option<i64>,
    issuer_ref: Option<String>,
    inquiries: i64,
    not_found: i64,
    attempted_at: i64,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for LockAttempt {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: AttemptId::from_bytes(row.id.into_bytes()),
            item_id: ItemId::from_bytes(row.item_id.into_bytes()),
            attempt_no: of.count("attempt_no", row.attempt_no)?,
            reference: row.reference,
            state: of.word("state", &row.state)?,
            code: row.code,
            face: of.won_opt("face", row.face)?,
            issuer_ref: row.issuer_ref,
            inquiries: of.count("inquiries", row.inquiries)?,
            not_found: of.count("not_found", row.not_found)?,
            attempted_at: Timestamp::from_micros(row.attempted_at),
            finished_at: moment(row.finished_at),
        })
    }
}

/// Writes the intent, state `attempted`. Commit it before the call.
///
/// Errors: [`StoreError::Unique`] when the voucher has another attempt that is open or done.
pub async fn insert(
    conn: impl Into<Conn<'_>>,
    id: AttemptId,
    item: ItemId,
    attempt_no: u32,
    reference: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("lock_attempts/insert.sql"))
        .bind(key(id.bytes()))
        .bind(key(item.bytes()))
        .bind(i64::from(attempt_no))
        .bind(reference)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "lock attempt")
}

/// The attempt, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: AttemptId) -> Result<Option<LockAttempt>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("lock_attempts/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(LockAttempt::try_from).transpose()
}

/// A voucher's attempts in order.
pub async fn of_item(conn: impl Into<Conn<'_>>, item: ItemId) -> Result<Vec<LockAttempt>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("lock_attempts/of_item.sql"))
        .bind(key(item.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(LockAttempt::try_from).collect()
}

/// Writes what changed between two versions of an attempt, if `before` still stands.
///
/// Errors: [`StoreError::Conflict`] when it was asked about, resent or settled meanwhile.
pub async fn write(conn: impl Into<Conn<'_>>, before: &LockAttempt, after: &LockAttempt) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("lock_attempts/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(i64::from(before.inquiries))
        .bind(before.attempted_at.micros())
        .bind(after.state.as_str())
        .bind(after.code.as_deref())
        .bind(amount(after.face))
        .bind(after.issuer_ref.as_deref())
        .bind(i64::from(after.inquiries))
        .bind(i64::from(after.not_found))
        .bind(after.attempted_at.micros())
        .bind(micros(after.finished_at))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "lock attempt")
}
