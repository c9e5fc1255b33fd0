//! Sales in the making: one sealed row, found by the hash of a token only the customer's browser holds.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, exactly_one, on, sql};
use domain::{DraftId, Timestamp};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "sell_drafts";

/// A draft as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its key.
    pub id: DraftId,
    /// Everything typed, sealed.
    pub data_enc: Vec<u8>,
    /// Grows with every change.
    pub revision: i64,
    /// Gone after that.
    pub expires_at: Timestamp,
}

/// Writes a new draft with revision 1.
pub async fn insert(
    conn: impl Into<Conn<'_>>,
    id: DraftId,
    token_hash: [u8; 32],
    data_enc: &[u8],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("drafts/insert.sql"))
            .bind(key(id.bytes()))
            .bind(token_hash.as_slice())
            .bind(data_enc)
            .bind(1_i64)
            .bind(now.micros())
            .bind(now.micros())
            .bind(expires_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The living draft behind a token.
pub async fn find(
    conn: impl Into<Conn<'_>>,
    token_hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<Draft>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (Uuid, Vec<u8>, i64, i64)>(sql!("drafts/find.sql"))
        .bind(token_hash.as_slice())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|(id, data_enc, revision, expires_at)| Draft {
        id: DraftId::from_bytes(id.into_bytes()),
        data_enc,
        revision,
        expires_at: Timestamp::from_micros(expires_at),
    }))
}

/// Writes a living draft anew if `revision` still stands; the next one is `revision + 1`.
///
/// Errors: [`StoreError::Conflict`] when another tab was faster or the draft ended.
pub async fn write(
    conn: impl Into<Conn<'_>>,
    id: DraftId,
    revision: i64,
    data_enc: &[u8],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("drafts/write.sql"))
        .bind(key(id.bytes()))
        .bind(revision)
        .bind(data_enc)
        .bind(now.micros())
        .bind(expires_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "draft")
}

/// Throws a draft away.
pub async fn delete(conn: impl Into<Conn<'_>>, id: DraftId) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("drafts/delete.sql")).bind(key(id.bytes())).execute(&mut *c).await?;
    });
    Ok(())
}

/// Throws at most `limit` ended drafts away and says how many.
pub async fn delete_expired(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("drafts/delete_expired.sql"))
        .bind(now.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
