//! Calls to partners: what was asked under which reference, how it ended, how long it took.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{CallId, Timestamp};
use uuid::Uuid;

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    party: String,
    operation: String,
    reference: String,
    subject_id: Uuid,
    outcome: String,
    code: Option<String>,
    started_at: i64,
    finished_at: i64,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its key.
    pub id: CallId,
    /// `issuer`, `bank`, `agent`.
    pub party: String,
    /// `inquiry`, `redeem`, `deposit`, …
    pub operation: String,
    /// Our reference in it.
    pub reference: String,
    /// The item, payout or message it was about.
    pub subject_id: [u8; 16],
    /// `accepted`, `rejected`, `unknown`, `not_sent`, `not_found`.
    pub outcome: String,
    /// The partner's or the line's word.
    pub code: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
}

impl From<Row> for Call {
    fn from(row: Row) -> Self {
        Self {
            id: CallId::from_bytes(row.id.into_bytes()),
            party: row.party,
            operation: row.operation,
            reference: row.reference,
            subject_id: row.subject_id.into_bytes(),
            outcome: row.outcome,
            code: row.code,
            started_at: Timestamp::from_micros(row.started_at),
            finished_at: Timestamp::from_micros(row.finished_at),
        }
    }
}

/// Writes one call.
pub async fn insert(conn: impl Into<Conn<'_>>, call: &Call) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("calls/insert.sql"))
            .bind(key(call.id.bytes()))
            .bind(call.party.as_str())
            .bind(call.operation.as_str())
            .bind(call.reference.as_str())
            .bind(key(call.subject_id))
            .bind(call.outcome.as_str())
            .bind(call.code.as_deref())
            .bind(call.started_at.micros())
            .bind(call.finished_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The calls about one thing, oldest first.
pub async fn of_subject(conn: impl Into<Conn<'_>>, subject: [u8; 16]) -> Result<Vec<Call>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("calls/of_subject.sql"))
        .bind(key(subject))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Call::from).collect())
}
