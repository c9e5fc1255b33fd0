//! Erasing what is past its time. A sealed column is overwritten with a mark that opens to nothing, a keyed hash with a
//! random value that nothing hashes to; the row itself stays, so that sums and histories stay what they were.

use crate::db::{Conn, Tx};
use crate::{StoreError, on, sql};
use domain::Timestamp;
use uuid::Uuid;

/// Stands in a sealed column that was erased.
pub const ERASED: &[u8] = b"\0erased";

/// What is kept for a time of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Numbers of vouchers that are done, with the papers that prove their results.
    Vouchers,
    /// Name, phone, account and address of orders that are done, with the notes about them.
    Orders,
    /// Messages that were sent.
    Messages,
    /// Inquiries.
    Inquiries,
    /// Blocks that have ended.
    Blocks,
    /// What people asked for about their own data, answered.
    Wishes,
}

/// How many rows are past `before`, and how many of them a legal hold keeps.
pub async fn count(
    conn: impl Into<Conn<'_>>,
    kept: Kept,
    before: Timestamp,
    now: Timestamp,
) -> Result<(i64, i64), StoreError> {
    let text = match kept {
        Kept::Vouchers => sql!("retention/count_items.sql"),
        Kept::Orders => sql!("retention/count_orders.sql"),
        Kept::Messages => sql!("retention/count_messages.sql"),
        Kept::Inquiries => sql!("retention/count_inquiries.sql"),
        Kept::Blocks => sql!("retention/count_blocks.sql"),
        Kept::Wishes => sql!("retention/count_wishes.sql"),
    };
    Ok(on!(conn, |c| sqlx::query_as::<_, (i64, i64)>(text)
        .bind(before.micros())
        .bind(now.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Erases at most `limit` rows past `before` that no legal hold keeps, and says how many. `nobody` gives a random value
/// for each row; it stands in the row's keyed hashes from now on, so that rows erased together don't look like one
/// person's.
pub async fn erase(
    tx: &mut Tx,
    kept: Kept,
    before: Timestamp,
    limit: u32,
    mut nobody: impl FnMut() -> [u8; 32] + Send,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let due = match kept {
        Kept::Vouchers => sql!("retention/due_items.sql"),
        Kept::Orders => sql!("retention/due_orders.sql"),
        Kept::Messages => sql!("retention/due_messages.sql"),
        Kept::Inquiries => sql!("retention/due_inquiries.sql"),
        Kept::Blocks => sql!("retention/due_blocks.sql"),
        Kept::Wishes => sql!("retention/due_wishes.sql"),
    };
    // The row itself, then what goes with it.
    let (itself, hashed, with_it): (_, bool, &[&'static str]) = match kept {
        Kept::Vouchers => (sql!("retention/items.sql"), false, &[sql!("retention/proofs_of_item.sql")]),
        Kept::Orders => (sql!("retention/orders.sql"), true, &[sql!("retention/notes_of_order.sql")]),
        Kept::Messages => (sql!("retention/messages.sql"), true, &[]),
        Kept::Inquiries => (sql!("retention/inquiries.sql"), true, &[]),
        Kept::Blocks => (sql!("retention/blocks.sql"), true, &[]),
        Kept::Wishes => (sql!("retention/wishes.sql"), true, &[]),
    };
    Ok(on!(&mut *tx, |c| {
        let ids = sqlx::query_scalar::<_, Uuid>(due)
            .bind(before.micros())
            .bind(now.micros())
            .bind(i64::from(limit))
            .fetch_all(&mut *c)
            .await?;
        let mut gone = 0;
        for id in ids {
            let nobody = nobody();
            let mut row = sqlx::query(itself).bind(id).bind(ERASED);
            if hashed {
                row = row.bind(nobody.as_slice());
            }
            gone += row.bind(now.micros()).execute(&mut *c).await?.rows_affected();
            for text in with_it {
                sqlx::query(*text).bind(id).bind(ERASED).execute(&mut *c).await?;
            }
            if kept == Kept::Orders {
                let payouts = sqlx::query(sql!("retention/payouts_of_order.sql"));
                payouts.bind(id).bind(ERASED).bind(nobody.as_slice()).execute(&mut *c).await?;
                let consents = sqlx::query(sql!("retention/consents_of_order.sql"));
                consents.bind(id).bind(nobody.as_slice()).execute(&mut *c).await?;
            }
        }
        gone
    }))
}
