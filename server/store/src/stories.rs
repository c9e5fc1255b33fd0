//! What belongs to an order beyond its own rows: the partner calls about its parts, and the work that is open for them.

use crate::calls::{self, Call};
use crate::db::{Conn, Tx};
use crate::outbox::{self, Alarm, OutboxRow};
use crate::row::key;
use crate::{StoreError, exactly_one, on, sql};
use domain::{OrderId, Timestamp};

/// The newest partner calls about the order's vouchers, payout and messages, newest first.
pub async fn calls(conn: impl Into<Conn<'_>>, order: OrderId, limit: u32) -> Result<Vec<Call>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, calls::Row>(sql!("stories/calls.sql"))
        .bind(key(order.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Call::from).collect())
}

/// The work that is open for the order, its vouchers, its payout and its messages, oldest first.
pub async fn works(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<OutboxRow>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, outbox::Row>(sql!("stories/works.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(OutboxRow::try_from).collect()
}

/// A person lets work that was left to people be tried again now, and sets its alarm.
///
/// Errors: [`StoreError::Conflict`] when it is no longer as `row` says.
pub async fn reopen(tx: &mut Tx, row: &OutboxRow, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(&mut *tx, |c| sqlx::query(sql!("outbox/reopen.sql"))
        .bind(key(row.id.bytes()))
        .bind(row.epoch)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "work")?;
    outbox::wake(tx, &[Alarm { id: row.id, lane: row.lane, run_at: now }], now).await
}
