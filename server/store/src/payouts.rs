//! Payouts: the right to be paid, one per order.

use crate::db::Conn;
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{OrderId, PayoutId, PayoutState, Timestamp, Won};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "payouts";

/// A payout as it is first written.
#[derive(Clone, Debug)]
pub struct NewPayout {
    /// Its key.
    pub id: PayoutId,
    /// Its order.
    pub order_id: OrderId,
    /// Won to be transferred, after the fee; more than nothing.
    pub amount: Won,
    /// Fee that was taken.
    pub fee: Won,
    /// `ready` or `held`.
    pub state: PayoutState,
    /// Bank of the account.
    pub bank_code: String,
    /// Account number, sealed for this row.
    pub account_no_enc: Vec<u8>,
    /// Account number with its bank, hashed.
    pub account_no_hmac: Vec<u8>,
    /// Account holder, sealed for this row.
    pub holder_enc: Vec<u8>,
    /// Why it is held.
    pub hold_reason: Option<String>,
    /// Not sent before.
    pub not_before: Timestamp,
    /// Now.
    pub created_at: Timestamp,
}

/// A payout as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Its key.
    pub id: PayoutId,
    /// Its order.
    pub order_id: OrderId,
    /// Won to be transferred.
    pub amount: Won,
    /// Fee that was taken.
    pub fee: Won,
    /// Where it stands.
    pub state: PayoutState,
    /// Grows with every change.
    pub revision: i64,
    /// Bank of the account.
    pub bank_code: String,
    /// Account number, sealed.
    pub account_no_enc: Vec<u8>,
    /// Account holder, sealed.
    pub holder_enc: Vec<u8>,
    /// Why it is held or failed.
    pub hold_reason: Option<String>,
    /// Not sent before.
    pub not_before: Timestamp,
    /// When we try or look again.
    pub next_check_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the bank executed it.
    pub executed_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    amount: i64,
    fee: i64,
    status: String,
    revision: i64,
    bank_code: String,
    account_no_enc: Vec<u8>,
    holder_enc: Vec<u8>,
    hold_reason: Option<String>,
    not_before: i64,
    next_check_at: Option<i64>,
    created_at: i64,
    executed_at: Option<i64>,
    updated_at: i64,
}

impl TryFrom<Row> for Payout {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: PayoutId::from_bytes(row.id.into_bytes()),
            order_id: OrderId::from_bytes(row.order_id.into_bytes()),
            amount: of.won("amount", row.amount)?,
            fee: of.won("fee", row.fee)?,
            state: of.word("status", &row.status)?,
            revision: row.revision,
            bank_code: row.bank_code,
            account_no_enc: row.account_no_enc,
            holder_enc: row.holder_enc,
            hold_reason: row.hold_reason,
            not_before: Timestamp::from_micros(row.not_before),
            next_check_at: moment(row.next_check_at),
            created_at: Timestamp::from_micros(row.created_at),
            executed_at: moment(row.executed_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// Writes a new payout, revision 1.
///
/// Errors: [`StoreError::Unique`] when the order has one already.
pub async fn insert(conn: impl Into<Conn<'_>>, payout: &NewPayout) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("payouts/insert.sql"))
        .bind(key(payout.id.bytes()))
        .bind(key(payout.order_id.bytes()))
        .bind(payout.amount.get())
        .bind(payout.fee.get())
        .bind(payout.state.as_str())
        .bind(payout.bank_code.as_str())
        .bind(payout.account_no_enc.as_slice())
        .bind(payout.account_no_hmac.as_slice())
        .bind(payout.holder_enc.as_slice())
        .bind(payout.hold_reason.as_deref())
        .bind(payout.not_before.micros())
        .bind(payout.created_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "payout")
}

/// The payout, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: PayoutId) -> Result<Option<Payout>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("payouts/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Payout::try_from).transpose()
}

/// The order's payout, if there is one.
pub async fn by_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Option<Payout>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("payouts/by_order.sql"))
        .bind(key(order.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Payout::try_from).transpose()
}

/// Writes what changed between two versions of a payout, if `before` still stands. Amount and account never change.
///
/// Errors: [`StoreError::Conflict`] when state or revision moved on.
pub async fn write(conn: impl Into<Conn<'_>>, before: &Payout, after: &Payout) -> Result<i64, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("payouts/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(before.revision)
        .bind(after.state.as_str())
        .bind(after.hold_reason.as_deref())
        .bind(after.not_before.micros())
        .bind(micros(after.next_check_at))
        .bind(micros(after.executed_at))
        .bind(after.updated_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "payout")?;
    Ok(before.revision + 1)
}
