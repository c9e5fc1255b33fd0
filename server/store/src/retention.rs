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
    /// Numbers of vouchers that are done.
    Vouchers,
    /// Name, phone, account and address of orders that are done.
    Orders,
    /// Messages that were sent.
    Messages,
    /// Inquiries.
    Inquiries,
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
    };
    Ok(on!(conn, |c| sqlx::query_as::<_, (i64, i64)>(text)
        .bind(before.micros())
        .bind(now.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Erases at most `limit` rows past `before` that no legal hold keeps, and says how many. `nobody` is random and stands
/// in their keyed hashes from now on.
pub async fn erase(
    tx: &mut Tx,
    keys: &Keyring,
    kept: Kept,
    before: Timestamp,
    limit: u32,
    nobody: [u8; 32],
    now: Timestamp,
) -> Result<u64, StoreError> {
    if kept == Kept::Vouchers {
        let due = on!(&mut *tx, |c| sqlx::query_as::<_, Number>(sql!("retention/items_due.sql"))
            .bind(before.micros())
            .bind(now.micros())
            .bind(i64::from(limit))
            .fetch_all(&mut *c)
            .await?);
        return erase_numbers(tx, keys, due, now).await;
    }
    Ok(on!(&mut *tx, |c| match kept {
        // Above: each is opened once more, for its digest.
        Kept::Vouchers => 0,
        Kept::Orders => {
            let gone = sqlx::query(sql!("retention/orders.sql"))
                .bind(ERASED)
                .bind(nobody.as_slice())
                .bind(now.micros())
                .bind(before.micros())
                .bind(i64::from(limit))
                .execute(&mut *c)
                .await?
                .rows_affected();
            sqlx::query(sql!("retention/payouts_of_orders.sql"))
                .bind(ERASED)
                .bind(nobody.as_slice())
                .bind(now.micros())
                .execute(&mut *c)
                .await?;
            sqlx::query(sql!("retention/consents_of_orders.sql"))
                .bind(nobody.as_slice())
                .bind(now.micros())
                .execute(&mut *c)
                .await?;
            gone
        }
        Kept::Messages | Kept::Inquiries => {
            let text =
                if kept == Kept::Messages { sql!("retention/messages.sql") } else { sql!("retention/inquiries.sql") };
            sqlx::query(text)
                .bind(ERASED)
                .bind(nobody.as_slice())
                .bind(now.micros())
                .bind(before.micros())
                .bind(i64::from(limit))
                .execute(&mut *c)
                .await?
                .rows_affected()
        }
    }))
}

/// A voucher's key, family and sealed number.
pub(crate) type Number = (Uuid, String, Vec<u8>);

/// Erases these numbers and keeps the digest of each, sealed. Says how many still were what was read.
pub(crate) async fn erase_numbers(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    numbers: Vec<Number>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    on!(conn, |c| for (id, family, pin_enc) in numbers {
        let row = id.into_bytes();
        // What doesn't open goes all the same: its time is over.
        let digest = match keys.open(crate::items::TABLE, "pin_enc", row, &pin_enc).map(Zeroizing::new) {
            Ok(number) => {
                let digest = Zeroizing::new(Keyring::pin_digest(&family, &number));
                Some(keys.seal(crate::items::TABLE, "pin_digest_enc", row, digest.as_slice())?)
            }
            Err(_) => None,
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
    });
    Ok(gone)
}
