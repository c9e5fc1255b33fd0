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
