//! The books as a whole, for whoever holds them against a partner's own list: tests today, the day-close later.
//! Reads only, and reads everything.

use crate::db::Conn;
use crate::row::Of;
use crate::{StoreError, on, sql};
use domain::{AttemptState, ItemState, MessageKind, MessageState, OrderState, PayoutState, Won};
use uuid::Uuid;

/// A voucher and one of its redemptions; a voucher that was never sent has one line without an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption {
    /// Order it belongs to.
    pub order_code: String,
    /// The voucher.
    pub item: [u8; 16],
    /// Brand.
    pub brand: String,
    /// Where the voucher stands.
    pub item_state: ItemState,
    /// What the issuer said it is worth.
    pub face: Option<Won>,
    /// The redemption.
    pub attempt: Option<Attempt>,
}

/// One call under one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Our name for it at the partner.
    pub reference: String,
    /// What is known of it.
    pub state: AttemptState,
    /// What was moved, as the partner said (redemption) or as we asked (transfer).
    pub amount: Option<Won>,
}

/// A payout and one of its transfers; a payout that was never sent has one line without an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Order it pays.
    pub order_code: String,
    /// Where the order stands.
    pub order_state: OrderState,
    /// What the order pays.
    pub total_payable: Won,
    /// The payout.
    pub payout: [u8; 16],
    /// Where the payout stands.
    pub payout_state: PayoutState,
    /// What it owes.
    pub amount: Won,
    /// The transfer; its reference is unique within `tran_date`.
    pub attempt: Option<Attempt>,
    /// Day of the transfer, `YYYYMMDD`.
    pub tran_date: Option<String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its key in the agent's tables.
    pub client_key: String,
    /// What it says.
    pub kind: MessageKind,
    /// Where it stands.
    pub state: MessageState,
    /// Written at most once under this.
    pub unique_key: String,
}

/// An order with the sum of its settled vouchers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSum {
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub state: OrderState,
    /// How many vouchers it has.
    pub items: u32,
    /// What it pays.
    pub total_payable: Won,
    /// Sum of its settled and paid vouchers, before the fee.
    pub gross: Won,
    /// Fee.
    pub fee: Won,
}

#[derive(sqlx::FromRow)]
struct RedemptionRow {
    reference: Option<String>,
    attempt: Option<String>,
    face: Option<i64>,
    item_id: Uuid,
    brand: String,
    item: String,
    face_value: Option<i64>,
    code: String,
}

/// Every voucher with its redemptions, by order.
pub async fn redemptions(conn: impl Into<Conn<'_>>) -> Result<Vec<Redemption>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, RedemptionRow>(sql!("checks/redemptions.sql")).fetch_all(&mut *c).await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "lock_attempts", id: row.item_id };
            Ok(Redemption {
                item: row.item_id.into_bytes(),
                item_state: of.word("status", &row.item)?,
                face: of.won_opt("face_value", row.face_value)?,
                attempt: attempt(of, row.reference, row.attempt, row.face)?,
                order_code: row.code,
                brand: row.brand,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct TransferRow {
    bank_tran_id: Option<String>,
    tran_date: Option<String>,
    attempt: Option<String>,
    sent: Option<i64>,
    payout_id: Uuid,
    amount: i64,
    payout: String,
    order_status: String,
    total_payable: i64,
    code: String,
}

/// Every payout with its transfers, by order.
pub async fn transfers(conn: impl Into<Conn<'_>>) -> Result<Vec<Transfer>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, TransferRow>(sql!("checks/transfers.sql")).fetch_all(&mut *c).await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "payout_attempts", id: row.payout_id };
            Ok(Transfer {
                payout: row.payout_id.into_bytes(),
                payout_state: of.word("payout", &row.payout)?,
                order_state: of.word("order_status", &row.order_status)?,
                total_payable: of.won("total_payable", row.total_payable)?,
                amount: of.won("amount", row.amount)?,
                attempt: attempt(of, row.bank_tran_id, row.attempt, row.sent)?,
                tran_date: row.tran_date,
                order_code: row.code,
            })
        })
        .collect()
}

fn attempt(
    of: Of,
    reference: Option<String>,
    state: Option<String>,
    amount: Option<i64>,
) -> Result<Option<Attempt>, StoreError> {
    let (Some(reference), Some(state)) = (reference, state) else { return Ok(None) };
    Ok(Some(Attempt { reference, state: of.word("state", &state)?, amount: of.won_opt("amount", amount)? }))
}

/// Every message, by key.
pub async fn messages(conn: impl Into<Conn<'_>>) -> Result<Vec<Message>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, String, String)>(sql!("checks/messages.sql"))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: "messages", id: Uuid::nil() };
    rows.into_iter()
        .map(|(client_key, kind, state, unique_key)| {
            Ok(Message { kind: of.word("kind", &kind)?, state: of.word("state", &state)?, client_key, unique_key })
        })
        .collect()
}

/// Every order, by code.
pub async fn orders(conn: impl Into<Conn<'_>>) -> Result<Vec<OrderSum>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, i64, i64, i64, i64)>(sql!("checks/orders.sql"))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: "orders", id: Uuid::nil() };
    rows.into_iter()
        .map(|(code, state, items, total_payable, gross, fee)| {
            Ok(OrderSum {
                state: of.word("status", &state)?,
                items: of.count("item_count", items)?,
                total_payable: of.won("total_payable", total_payable)?,
                gross: of.won("gross", gross)?,
                fee: of.won("fee", fee)?,
                code,
            })
        })
        .collect()
}
