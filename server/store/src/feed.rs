//! The public feed of real payouts: surname and stars, amount rounded to a bucket, never anything else of the customer.

use crate::db::Conn;
use crate::row::{Of, key};
use crate::{StoreError, on, sql};
use domain::{FeedId, OrderId, Timestamp, Won};
use uuid::Uuid;

/// One payout as the public may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its key.
    pub id: FeedId,
    /// The order, for us; never shown.
    pub order_id: OrderId,
    /// The brand most of the vouchers were of.
    pub brand: String,
    /// How many vouchers.
    pub qty: u32,
    /// Rounded down to a bucket.
    pub amount: Won,
    /// Surname and stars.
    pub masked: String,
    /// When it was paid.
    pub paid_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    brand: String,
    qty: i64,
    amount: i64,
    masked: String,
    created_at: i64,
}

/// Writes a payout down; `false` when that order is in the feed already.
pub async fn insert(conn: impl Into<Conn<'_>>, entry: &FeedEntry) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("feed/insert.sql"))
        .bind(key(entry.id.bytes()))
        .bind(key(entry.order_id.bytes()))
        .bind(entry.brand.as_str())
        .bind(i64::from(entry.qty))
        .bind(entry.amount.get())
        .bind(entry.masked.as_str())
        .bind("paid")
        .bind(entry.paid_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// The newest payouts made at or before `until`, at most `limit`. How old they must be and how few are too few to show
/// is the service's rule.
pub async fn newest(conn: impl Into<Conn<'_>>, until: Timestamp, limit: u32) -> Result<Vec<FeedEntry>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("feed/newest.sql"))
        .bind(until.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "live_feed", id: row.id };
            Ok(FeedEntry {
                id: FeedId::from_bytes(row.id.into_bytes()),
                order_id: OrderId::from_bytes(row.order_id.into_bytes()),
                brand: row.brand,
                qty: of.count("qty", row.qty)?,
                amount: of.won("amount", row.amount)?,
                masked: row.masked,
                paid_at: Timestamp::from_micros(row.created_at),
            })
        })
        .collect()
}
