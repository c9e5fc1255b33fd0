//! Erasing what is past its time. A sealed column is overwritten with a mark that opens to nothing, a keyed hash with a
//! random value that nothing hashes to; the row itself stays, so that sums and histories stay what they were.

use crate::crypto::{Keyring, NUMBER};
use crate::db::{Conn, Tx};
use crate::dialect::advisory_lock;
use crate::{StoreError, on, sql};
use domain::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Stands in a sealed column that was erased.
pub const ERASED: &[u8] = b"\0erased";

/// Whoever erases, and whoever puts a legal hold on somebody, holds this alone.
const ONE_OF_BOTH: i64 = i64::from_be_bytes(*b"eraseold");

/// Until this transaction ends nobody else erases what is past its time, and nobody puts a legal hold on somebody: a hold
/// that is being written would not be seen, and what it keeps would go.
pub(crate) async fn take_turns(tx: &mut Tx) -> Result<(), StoreError> {
    advisory_lock(tx, ONE_OF_BOTH).await
}

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
    /// Legal holds that were lifted or have ended.
    Holds,
}

/// Which rows a batch is made of.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Those whose time began before this.
    pub before: Timestamp,
    /// At most so many.
    pub limit: u32,
    /// After this one, where the batch before ended.
    pub after: Option<Place>,
}

/// Where a voucher stands among the others: when it was made, and its key.
pub type Place = (i64, Uuid);

/// What came of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Rows looked at.
    pub seen: u64,
    /// Rows erased.
    pub gone: u64,
    /// Vouchers whose number doesn't open: without its digest it could be sold again, so it stays, and is late one day.
    pub shut: u64,
    /// The last voucher looked at: the next batch begins after it, or those that don't open would be all it sees.
    pub last: Option<Place>,
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
        Kept::Holds => sql!("retention/count_holds.sql"),
    };
    Ok(on!(conn, |c| sqlx::query_as::<_, (i64, i64)>(text)
        .bind(before.micros())
        .bind(now.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// Erases rows that are due and that no legal hold keeps, and says how many. `nobody` gives a random value for each row; it
/// stands in the row's keyed hashes from now on, so that rows erased together don't look like one person's.
///
/// A row that changed after it was looked for is asked again by the statement that erases it.
pub async fn erase(
    tx: &mut Tx,
    keys: &Keyring,
    kept: Kept,
    due: Due,
    mut nobody: impl FnMut() -> [u8; 32] + Send,
    now: Timestamp,
) -> Result<Batch, StoreError> {
    take_turns(tx).await?;
    let (ids, itself) = match kept {
        // Each is opened once more, for its digest.
        Kept::Vouchers => return erase_due_numbers(tx, keys, due, now).await,
        Kept::Orders => (sql!("retention/due_orders.sql"), sql!("retention/orders.sql")),
        Kept::Messages => (sql!("retention/due_messages.sql"), sql!("retention/messages.sql")),
        Kept::Inquiries => (sql!("retention/due_inquiries.sql"), sql!("retention/inquiries.sql")),
        Kept::Blocks => (sql!("retention/due_blocks.sql"), sql!("retention/blocks.sql")),
        Kept::Wishes => (sql!("retention/due_wishes.sql"), sql!("retention/wishes.sql")),
        Kept::Holds => (sql!("retention/due_holds.sql"), sql!("retention/holds.sql")),
    };
    Ok(on!(&mut *tx, |c| {
        let ids = sqlx::query_scalar::<_, Uuid>(ids)
            .bind(due.before.micros())
            .bind(now.micros())
            .bind(i64::from(due.limit))
            .fetch_all(&mut *c)
            .await?;
        let mut batch = Batch { seen: many(ids.len()), ..Batch::default() };
        for id in ids {
            let nobody = nobody();
            let row = sqlx::query(itself)
                .bind(id)
                .bind(ERASED)
                .bind(nobody.as_slice())
                .bind(now.micros())
                .bind(due.before.micros());
            let gone = row.execute(&mut *c).await?.rows_affected();
            batch.gone += gone;
            // What goes with it.
            if kept == Kept::Orders && gone > 0 {
                let notes = sqlx::query(sql!("retention/notes_of_order.sql"));
                notes.bind(id).bind(ERASED).execute(&mut *c).await?;
                let payouts = sqlx::query(sql!("retention/payouts_of_order.sql"));
                payouts.bind(id).bind(ERASED).bind(nobody.as_slice()).execute(&mut *c).await?;
                let consents = sqlx::query(sql!("retention/consents_of_order.sql"));
                consents.bind(id).bind(nobody.as_slice()).execute(&mut *c).await?;
            }
        }
        batch
    }))
}

async fn erase_due_numbers(tx: &mut Tx, keys: &Keyring, due: Due, now: Timestamp) -> Result<Batch, StoreError> {
    let (made, id) = due.after.unwrap_or((i64::MIN, Uuid::nil()));
    let numbers = on!(&mut *tx, |c| sqlx::query_as::<_, Number>(sql!("retention/items_due.sql"))
        .bind(due.before.micros())
        .bind(now.micros())
        .bind(i64::from(due.limit))
        .bind(made)
        .bind(id)
        .fetch_all(&mut *c)
        .await?);
    let last = numbers.last().map(|number| (number.created_at, number.id)).or(due.after);
    let batch = erase_numbers(tx, keys, numbers, due.before, now).await?;
    Ok(Batch { last, ..batch })
}

/// A voucher's number, sealed.
#[derive(sqlx::FromRow)]
pub(crate) struct Number {
    id: Uuid,
    family: String,
    pin_enc: Vec<u8>,
    created_at: i64,
}

/// Erases these numbers, with the papers that prove their results, where nothing happened to the voucher since `before` and no
/// legal hold keeps it. The digest of each number stays, sealed, and the hash made from it under the active key.
pub(crate) async fn erase_numbers(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    numbers: Vec<Number>,
    before: Timestamp,
    now: Timestamp,
) -> Result<Batch, StoreError> {
    let mut batch = Batch { seen: many(numbers.len()), ..Batch::default() };
    on!(conn, |c| for Number { id, family, pin_enc, .. } in numbers {
        let row = id.into_bytes();
        let (digest, hash) = match keys.open(crate::items::TABLE, "pin_enc", row, &pin_enc).map(Zeroizing::new) {
            Ok(number) => {
                let digest = Zeroizing::new(Keyring::pin_digest(&family, &number));
                let sealed = keys.seal(crate::items::TABLE, "pin_digest_enc", row, digest.as_slice())?;
                (Some(sealed), Some(keys.hmac(NUMBER, digest.as_slice()).to_vec()))
            }
            Err(StoreError::Erased { .. }) => (None, None),
            // The privacy desk shows it as late.
            Err(_) => {
                batch.shut += 1;
                continue;
            }
        };
        let gone = sqlx::query(sql!("retention/erase_item.sql"))
            .bind(id)
            .bind(ERASED)
            .bind(digest)
            .bind(now.micros())
            .bind(pin_enc)
            .bind(hash)
            .bind(before.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        batch.gone += gone;
        if gone > 0 {
            sqlx::query(sql!("retention/proofs_of_item.sql")).bind(id).bind(ERASED).execute(&mut *c).await?;
        }
    });
    Ok(batch)
}

fn many(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}
