//! Vouchers of orders. A PIN is live in one order at most: a partial unique index says so on both engines.

use crate::db::Conn;
use crate::dialect::{multi_all, multi_row, portions};
use crate::row::{Of, amount, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{ItemId, ItemState, OrderId, Reason, Timestamp, Won};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "order_items";

/// A voucher as it is first written.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// Its key.
    pub id: ItemId,
    /// Its place in the order, from 0.
    pub position: u32,
    /// Brand.
    pub brand: String,
    /// Brands whose PINs share a shape share a family.
    pub family: String,
    /// Number, sealed.
    pub pin_enc: Vec<u8>,
    /// Number with its family, hashed.
    pub pin_hmac: [u8; 32],
    /// Companion fields as JSON, sealed.
    pub companion_enc: Option<Vec<u8>>,
    /// What the customer says it is worth.
    pub claimed_face: Won,
    /// Rate of the quote, basis points.
    pub rate_bp: u32,
}

/// A voucher as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub id: ItemId,
    /// Its order.
    pub order_id: OrderId,
    /// Its place in the order, from 0.
    pub position: u32,
    /// Brand.
    pub brand: String,
    /// Brands whose PINs share a shape share a family.
    pub family: String,
    /// Where it stands.
    pub state: ItemState,
    /// Why it was refused, or what a person must look at.
    pub reason: Option<Reason>,
    /// Grows with every change.
    pub revision: i64,
    /// Number, sealed.
    pub pin_enc: Vec<u8>,
    /// Companion fields as JSON, sealed.
    pub companion_enc: Option<Vec<u8>>,
    /// What the customer says it is worth.
    pub claimed_face: Won,
    /// Rate of the quote, basis points.
    pub rate_bp: u32,
    /// What the issuer says it is worth.
    pub face: Option<Won>,
    /// What we pay for it, before the fee.
    pub payable: Option<Won>,
    /// When we look again, while the outcome is unknown.
    pub next_check_at: Option<Timestamp>,
    /// The issuer's number for the redemption.
    pub issuer_ref: Option<String>,
    /// When it was found good.
    pub verified_at: Option<Timestamp>,
    /// When it was redeemed.
    pub locked_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    position: i64,
    brand: String,
    family: String,
    status: String,
    reason: Option<String>,
    revision: i64,
    pin_enc: Vec<u8>,
    companion_enc: Option<Vec<u8>>,
    claimed_face: i64,
    rate_bp: i64,
    face_value: Option<i64>,
    payable: Option<i64>,
    next_check_at: Option<i64>,
    issuer_ref: Option<String>,
    verified_at: Option<i64>,
    locked_at: Option<i64>,
    paid_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

impl TryFrom<Row> for Item {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: ItemId::from_bytes(row.id.into_bytes()),
            order_id: OrderId::from_bytes(row.order_id.into_bytes()),
            position: of.count("position", row.position)?,
            brand: row.brand,
            family: row.family,
            state: of.word("status", &row.status)?,
            reason: of.word_opt("reason", row.reason.as_deref())?,
            revision: row.revision,
            pin_enc: row.pin_enc,
            companion_enc: row.companion_enc,
            claimed_face: of.won("claimed_face", row.claimed_face)?,
            rate_bp: of.count("rate_bp", row.rate_bp)?,
            face: of.won_opt("face_value", row.face_value)?,
            payable: of.won_opt("payable", row.payable)?,
            next_check_at: moment(row.next_check_at),
            issuer_ref: row.issuer_ref,
            verified_at: moment(row.verified_at),
            locked_at: moment(row.locked_at),
            paid_at: moment(row.paid_at),
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// The index that keeps a PIN from being live twice.
pub const LIVE_PIN: &str = "order_items_live_pin";

/// Writes orders' vouchers, state `submitted`.
///
/// Errors: [`StoreError::Unique`] [`LIVE_PIN`] when a PIN is live in some order or came twice; [`live_pins`] names it.
///
/// The rows go in by the order of their hashes, so that two orders with the same PINs can't block each other.
pub async fn insert_many(
    conn: impl Into<Conn<'_>>,
    items: &[(OrderId, &NewItem)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut sorted = items.to_vec();
    sorted.sort_by(|(_, a), (_, b)| a.pin_hmac.cmp(&b.pin_hmac).then(a.position.cmp(&b.position)));
    on!(conn, |c| {
        for portion in portions(&sorted) {
            let mut query = sqlx::query(multi_row(c, sql!("items/insert_many.sql"), portion.len()));
            for (order, item) in portion {
                query = query
                    .bind(key(item.id.bytes()))
                    .bind(key(order.bytes()))
                    .bind(i64::from(item.position))
                    .bind(item.brand.as_str())
                    .bind(item.family.as_str())
                    .bind(ItemState::Submitted.as_str())
                    .bind(1_i64)
                    .bind(item.pin_enc.as_slice())
                    .bind(item.pin_hmac.as_slice())
                    .bind(item.companion_enc.as_deref())
                    .bind(item.claimed_face.get())
                    .bind(i64::from(item.rate_bp))
                    .bind(now.micros())
                    .bind(now.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// The voucher, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: ItemId) -> Result<Option<Item>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("items/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Item::try_from).transpose()
}

/// An order's vouchers by position.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<Item>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("items/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Item::try_from).collect()
}

/// Writes what changed between two versions of a voucher, if `before` still stands.
///
/// Errors: [`StoreError::Conflict`] when state or revision moved on.
pub async fn write(conn: impl Into<Conn<'_>>, before: &Item, after: &Item) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("items/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(before.revision)
        .bind(after.state.as_str())
        .bind(after.reason.map(Reason::as_str))
        .bind(amount(after.face))
        .bind(amount(after.payable))
        .bind(micros(after.next_check_at))
        .bind(after.issuer_ref.as_deref())
        .bind(micros(after.verified_at))
        .bind(micros(after.locked_at))
        .bind(micros(after.paid_at))
        .bind(after.updated_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "item")
}

/// Moves all of an order's vouchers that are in `from` and says how many there were.
pub async fn move_all(
    conn: impl Into<Conn<'_>>,
    order: OrderId,
    from: ItemState,
    to: ItemState,
    now: Timestamp,
) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("items/move_all.sql"))
        .bind(key(order.bytes()))
        .bind(from.as_str())
        .bind(to.as_str())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// Marks an order's settled vouchers as paid and says how many there were.
pub async fn pay_all(conn: impl Into<Conn<'_>>, order: OrderId, now: Timestamp) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("items/pay_all.sql"))
        .bind(key(order.bytes()))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// How many of an order's vouchers stand where.
pub async fn stand(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<(ItemState, u32)>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, i64)>(sql!("items/stand.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: TABLE, id: key(order.bytes()) };
    rows.into_iter().map(|(state, items)| Ok((of.word("status", &state)?, of.count("items", items)?))).collect()
}

/// A number as it is looked up: family and hash.
pub type PinKey = (String, [u8; 32]);

/// Those of the numbers that are live in some order.
pub async fn live_pins(conn: impl Into<Conn<'_>>, pins: &[PinKey]) -> Result<Vec<PinKey>, StoreError> {
    let mut live = Vec::new();
    on!(conn, |c| {
        for portion in portions(pins) {
            let text = multi_all(&*c, sql!("items/live_pins.sql"), 0, portion.len());
            let mut query = sqlx::query_as::<_, (String, Vec<u8>)>(text);
            for (family, pin_hmac) in portion {
                query = query.bind(family.as_str()).bind(pin_hmac.as_slice());
            }
            live.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let hash = |hash: Vec<u8>| {
        <[u8; 32]>::try_from(hash)
            .map_err(|hash| StoreError::corrupt(TABLE, "-", format!("pin_hmac of {} bytes", hash.len())))
    };
    live.into_iter().map(|(family, pin_hmac)| Ok((family, hash(pin_hmac)?))).collect()
}
