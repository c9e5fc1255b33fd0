//! The fee per order by speed, from when. Rows are never changed.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{FeeId, Speed, Timestamp, Won};

/// A fee and since when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeInForce {
    /// How soon the customer is paid.
    pub speed: Speed,
    /// Once per order.
    pub fee: Won,
    /// Since when.
    pub effective_from: Timestamp,
}

/// The fees that hold at `at`, one per speed; a speed without one has no row.
pub async fn in_force(conn: impl Into<Conn<'_>>, at: Timestamp) -> Result<Vec<FeeInForce>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, i64, i64)>(sql!("fees/in_force.sql"))
        .bind(at.micros())
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(speed, fee, effective_from)| {
            Ok(FeeInForce {
                speed: speed.parse().map_err(|error| StoreError::corrupt("payout_fees", &speed, error))?,
                fee: Won::new(fee).map_err(|error| StoreError::corrupt("payout_fees", &speed, error))?,
                effective_from: Timestamp::from_micros(effective_from),
            })
        })
        .collect()
}

/// Writes a fee; `false` when there is one for that speed and moment already.
pub async fn insert(
    conn: impl Into<Conn<'_>>,
    id: FeeId,
    fee: FeeInForce,
    author: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("fees/insert.sql"))
        .bind(key(id.bytes()))
        .bind(fee.speed.as_str())
        .bind(fee.fee.get())
        .bind(fee.effective_from.micros())
        .bind(author)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// A fee of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeLine {
    /// The fee, and since when.
    pub fee: FeeInForce,
    /// Who wrote it: an account's id as text, or `seed`.
    pub author: String,
    /// When it was published.
    pub created_at: Timestamp,
}

/// The fees there ever were, the one that begins last first.
pub async fn history(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<FeeLine>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, i64, i64, String, i64)>(sql!("fees/history.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(speed, fee, effective_from, author, created_at)| {
            Ok(FeeLine {
                fee: FeeInForce {
                    speed: speed.parse().map_err(|error| StoreError::corrupt("payout_fees", &speed, error))?,
                    fee: Won::new(fee).map_err(|error| StoreError::corrupt("payout_fees", &speed, error))?,
                    effective_from: Timestamp::from_micros(effective_from),
                },
                author,
                created_at: Timestamp::from_micros(created_at),
            })
        })
        .collect()
}

/// How many fees there ever were, those to come too: the version of the fees.
pub async fn count(conn: impl Into<Conn<'_>>) -> Result<u32, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("fees/count.sql")).fetch_one(&mut *c).await?);
    u32::try_from(count).map_err(|error| StoreError::corrupt("payout_fees", "all", error))
}

/// Does a fee of this speed begin at just this moment?
pub async fn is_taken(conn: impl Into<Conn<'_>>, speed: Speed, at: Timestamp) -> Result<bool, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("fees/is_taken.sql"))
        .bind(speed.as_str())
        .bind(at.micros())
        .fetch_one(&mut *c)
        .await?);
    Ok(count > 0)
}
