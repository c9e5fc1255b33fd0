//! Erasing what is past its time. A sealed column is overwritten with a mark that opens to nothing, a keyed hash with a
//! random value that nothing hashes to; the row itself stays, so that sums and histories stay what they were.

use crate::crypto::Keyring;
use crate::db::{Conn, Tx};
use crate::{StoreError, on, sql};
use domain::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

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
    keys: &Keyring,
    kept: Kept,
    before: Timestamp,
    limit: u32,
    mut nobody: impl FnMut() -> [u8; 32] + Send,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let (due, itself) = match kept {
        // Each is opened once more, for its digest.
        Kept::Vouchers => {
            let due = on!(&mut *tx, |c| sqlx::query_as::<_, Number>(sql!("retention/items_due.sql"))
                .bind(before.micros())
                .bind(now.micros())
                .bind(i64::from(limit))
                .fetch_all(&mut *c)
                .await?);
            return erase_numbers(tx, keys, due, now).await;
        }
        Kept::Orders => (sql!("retention/due_orders.sql"), sql!("retention/orders.sql")),
        Kept::Messages => (sql!("retention/due_messages.sql"), sql!("retention/messages.sql")),
        Kept::Inquiries => (sql!("retention/due_inquiries.sql"), sql!("retention/inquiries.sql")),
        Kept::Blocks => (sql!("retention/due_blocks.sql"), sql!("retention/blocks.sql")),
        Kept::Wishes => (sql!("retention/due_wishes.sql"), sql!("retention/wishes.sql")),
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
            let row = sqlx::query(itself).bind(id).bind(ERASED).bind(nobody.as_slice()).bind(now.micros());
            gone += row.execute(&mut *c).await?.rows_affected();
            // What goes with it.
            if kept == Kept::Orders {
                let notes = sqlx::query(sql!("retention/notes_of_order.sql"));
                notes.bind(id).bind(ERASED).execute(&mut *c).await?;
                let payouts = sqlx::query(sql!("retention/payouts_of_order.sql"));
                payouts.bind(id).bind(ERASED).bind(nobody.as_slice()).execute(&mut *c).await?;
                let consents = sqlx::query(sql!("retention/consents_of_order.sql"));
                consents.bind(id).bind(nobody.as_slice()).execute(&mut *c).await?;
            }
        }
        gone
    }))
}

/// A voucher's key, family and sealed number.
pub(crate) type Number = (Uuid, String, Vec<u8>);

/// Erases these numbers, with the papers that prove their results, and keeps the digest of each number, sealed. Says how many still were what was read.
pub(crate) async fn erase_numbers(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    numbers: Vec<Number>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    on!(conn, |c| for (id, family, pin_enc) in numbers {
        let row = id.into_bytes();
        let digest = match keys.open(crate::items::TABLE, "pin_enc", row, &pin_enc).map(Zeroizing::new) {
            Ok(number) => {
                let digest = Zeroizing::new(Keyring::pin_digest(&family, &number));
                Some(keys.seal(crate::items::TABLE, "pin_digest_enc", row, digest.as_slice())?)
            }
            Err(StoreError::Erased { .. }) => None,
            // Without the digest the number could be sold again, so it stays. The privacy desk shows it as late.
            Err(_) => continue,
        };
        gone += sqlx::query(sql!("retention/erase_item.sql"))
            .bind(id)
            .bind(ERASED)
            .bind(digest)
            .bind(now.micros())
            .bind(pin_enc)
            .execute(&mut *c)
            .await?
            .rows_affected();
        sqlx::query(sql!("retention/proofs_of_item.sql")).bind(id).bind(ERASED).execute(&mut *c).await?;
    });
    Ok(gone)
}
