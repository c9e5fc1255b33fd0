//! One effect per key: the same key with the same body gets the same answer, with another body is refused.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::key;
use crate::{StoreError, exactly_one, on, sql};
use domain::Timestamp;
use sqlx::types::Json;
use uuid::Uuid;

/// What is known about a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// New: do the work, then [`finish`], in this same transaction.
    First,
    /// Done before: answer this.
    Done(Answer),
    /// Somebody else is at it right now.
    InProgress,
    /// The key was used for something else.
    OtherBody,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What came of it.
    pub subject: Option<[u8; 16]>,
    /// HTTP status.
    pub status: u16,
    /// Body. JSON as PostgreSQL keeps it: equal as a value, not byte for byte.
    pub json: serde_json::Value,
}

#[derive(sqlx::FromRow)]
struct Row {
    body_hash: Vec<u8>,
    state: String,
    subject_id: Option<Uuid>,
    response_status: Option<i64>,
    response_json: Option<Json<serde_json::Value>>,
    expires_at: i64,
}

impl Row {
    /// What became of the key, for somebody who comes with this body.
    fn met(self, scope: &str, body_hash: [u8; 32]) -> Result<Begun, StoreError> {
        let corrupt = |what: &str| StoreError::corrupt("idempotency_keys", scope, what);
        if self.body_hash != body_hash {
            return Ok(Begun::OtherBody);
        }
        match (self.state.as_str(), self.response_status, self.response_json) {
            ("started", ..) => Ok(Begun::InProgress),
            ("finished", Some(status), Some(Json(json))) => Ok(Begun::Done(Answer {
                subject: self.subject_id.map(Uuid::into_bytes),
                status: u16::try_from(status).map_err(|_| corrupt("response_status is no status"))?,
                json,
            })),
            _ => Err(corrupt("finished without an answer")),
        }
    }
}

/// Takes the key, or says what became of it. On PostgreSQL this waits for whoever is at it in a transaction that is
/// still open, so `InProgress` is only answered for work that spans several transactions.
pub async fn begin(
    conn: impl Into<Conn<'_>>,
    scope: &str,
    key_hash: [u8; 32],
    body_hash: [u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Begun, StoreError> {
    let row = on!(conn, |c| {
        sqlx::query(sql!("idempotency/forget_expired.sql"))
            .bind(scope)
            .bind(key_hash.as_slice())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
        let taken = sqlx::query(sql!("idempotency/insert.sql"))
            .bind(scope)
            .bind(key_hash.as_slice())
            .bind(body_hash.as_slice())
            .bind(now.micros())
            .bind(expires_at.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        if taken == 1 {
            return Ok(Begun::First);
        }
        sqlx::query_as::<_, Row>(sql!("idempotency/find.sql"))
            .bind(scope)
            .bind(key_hash.as_slice())
            .fetch_optional(&mut *c)
            .await?
    });
    match row {
        // Gone between the two statements: whoever had it gave up or it was cleared away.
        None => Err(StoreError::Busy),
        Some(row) => row.met(scope, body_hash),
    }
}

/// What became of a key, without taking it: for the name it had under a lookup key that is being replaced. `First` when
/// it isn't there or its time is over.
pub async fn look(
    conn: impl Into<Conn<'_>>,
    scope: &str,
    key_hash: [u8; 32],
    body_hash: [u8; 32],
    now: Timestamp,
) -> Result<Begun, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("idempotency/find.sql"))
        .bind(scope)
        .bind(key_hash.as_slice())
        .fetch_optional(&mut *c)
        .await?);
    match row {
        Some(row) if row.expires_at > now.micros() => row.met(scope, body_hash),
        _ => Ok(Begun::First),
    }
}

/// Writes the answer down.
pub async fn finish(
    conn: impl Into<Conn<'_>>,
    scope: &str,
    key_hash: [u8; 32],
    answer: &Answer,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("idempotency/finish.sql"))
        .bind(scope)
        .bind(key_hash.as_slice())
        .bind(answer.subject.map(key))
        .bind(i64::from(answer.status))
        .bind(Json(&answer.json))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "idempotency key")
}

/// A key together with the answer it leads to.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The key, hashed.
    pub key_hash: [u8; 32],
    /// What it came with, hashed.
    pub body_hash: [u8; 32],
    /// What came of it.
    pub answer: Answer,
    /// When.
    pub now: Timestamp,
    /// Until when the answer is kept.
    pub expires_at: Timestamp,
}

/// Takes keys and writes their answers down at once, for work that is one transaction: `true` when all of them were
/// new. `false` says only that one was there, or came twice; roll back, [`begin`] says what became of it.
pub async fn begin_and_finish(
    conn: impl Into<Conn<'_>>,
    scope: &str,
    finished: &[Finished],
) -> Result<bool, StoreError> {
    let mut new = 0;
    on!(conn, |c| {
        for portion in portions(finished) {
            let mut query = sqlx::query(multi_row(c, sql!("idempotency/insert_finished.sql"), portion.len()));
            for one in portion {
                query = query
                    .bind(scope)
                    .bind(one.key_hash.as_slice())
                    .bind(one.body_hash.as_slice())
                    .bind("finished")
                    .bind(one.answer.subject.map(key))
                    .bind(i64::from(one.answer.status))
                    .bind(Json(&one.answer.json))
                    .bind(one.now.micros())
                    .bind(one.expires_at.micros());
            }
            new += query.execute(&mut *c).await?.rows_affected();
        }
    });
    Ok(usize::try_from(new) == Ok(finished.len()))
}

/// Gives a key back whose work surely had no effect.
pub async fn abandon(conn: impl Into<Conn<'_>>, scope: &str, key_hash: [u8; 32]) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("idempotency/abandon.sql")).bind(scope).bind(key_hash.as_slice()).execute(&mut *c).await?;
    });
    Ok(())
}

/// Throws at most `limit` ended keys away and says how many.
pub async fn delete_expired(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("idempotency/delete_expired.sql"))
        .bind(now.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
