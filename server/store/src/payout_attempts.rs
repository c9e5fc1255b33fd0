//! Transfers sent to the bank, one row per `bank_tran_id`. The row is committed before the call; a payout has at most
//! one attempt that may have moved money (partial unique index).

use crate::db::Conn;
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{AttemptId, AttemptState, PayoutId, Timestamp, Won};
use uuid::Uuid;

const TABLE: &str = "payout_attempts";

/// One transfer under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutAttempt {
    /// Its key.
    pub id: AttemptId,
    /// The payout.
    pub payout_id: PayoutId,
    /// 1, 2, …
    pub attempt_no: u32,
    /// Our name for it at the bank, unique per day.
    pub bank_tran_id: String,
    /// Korean day of the request, `yyyyMMdd`; once the bank has answered, the day it booked the transfer on.
    pub tran_date: String,
    /// Korean time of the request, `yyyyMMddHHmmss`.
    pub tran_dtime: String,
    /// Won.
    pub amount: Won,
    /// What is known of it.
    pub state: AttemptState,
    /// The rail's word.
    pub rsp_code: Option<String>,
    /// The bank's word.
    pub bank_rsp_code: Option<String>,
    /// How often we asked what became of it.
    pub inquiries: u32,
    /// How often in a row the answer was "not found".
    pub not_found: u32,
    /// When it was sent.
    pub attempted_at: Timestamp,
    /// When it was settled.
    pub finished_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    payout_id: Uuid,
    attempt_no: i64,
    bank_tran_id: String,
    tran_date: String,
    tran_dtime: String,
    amount: i64,
    state: String,
    rsp_code: Option<String>,
    bank_rsp_code: Option<String>,
    inquiries: i64,
    not_found: i64,
    attempted_at: i64,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for PayoutAttempt {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: AttemptId::from_bytes(row.id.into_bytes()),
            payout_id: PayoutId::from_bytes(row.payout_id.into_bytes()),
            attempt_no: of.count("attempt_no", row.attempt_no)?,
            bank_tran_id: row.bank_tran_id,
            tran_date: row.tran_date,
            tran_dtime: row.tran_dtime,
            amount: of.won("amount", row.amount)?,
            state: of.word("state", &row.state)?,
            rsp_code: row.rsp_code,
            bank_rsp_code: row.bank_rsp_code,
            inquiries: of.count("inquiries", row.inquiries)?,
            not_found: of.count("not_found", row.not_found)?,
            attempted_at: Timestamp::from_micros(row.attempted_at),
            finished_at: moment(row.finished_at),
        })
    }
}

/// Writes the intent as it stands in `attempt`, state `attempted`. Commit it before the call.
///
/// Errors: [`StoreError::Unique`] when the payout has another attempt that may have moved money, or the key was used
/// that day.
pub async fn insert(conn: impl Into<Conn<'_>>, attempt: &PayoutAttempt) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("payout_attempts/insert.sql"))
        .bind(key(attempt.id.bytes()))
        .bind(key(attempt.payout_id.bytes()))
        .bind(i64::from(attempt.attempt_no))
        .bind(attempt.bank_tran_id.as_str())
        .bind(attempt.tran_date.as_str())
        .bind(attempt.tran_dtime.as_str())
        .bind(attempt.amount.get())
        .bind(attempt.attempted_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "payout attempt")
}

/// The attempt, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: AttemptId) -> Result<Option<PayoutAttempt>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("payout_attempts/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(PayoutAttempt::try_from).transpose()
}

/// A payout's attempts in order.
pub async fn of_payout(conn: impl Into<Conn<'_>>, payout: PayoutId) -> Result<Vec<PayoutAttempt>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("payout_attempts/of_payout.sql"))
        .bind(key(payout.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(PayoutAttempt::try_from).collect()
}

/// Writes what changed between two versions of an attempt, if `before` still stands.
///
/// Errors: [`StoreError::Conflict`] when it was asked about or settled meanwhile.
pub async fn write(conn: impl Into<Conn<'_>>, before: &PayoutAttempt, after: &PayoutAttempt) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("payout_attempts/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(i64::from(before.inquiries))
        .bind(after.state.as_str())
        .bind(after.rsp_code.as_deref())
        .bind(after.bank_rsp_code.as_deref())
        .bind(i64::from(after.inquiries))
        .bind(i64::from(after.not_found))
        .bind(micros(after.finished_at))
        .bind(after.tran_date.as_str())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "payout attempt")
}
