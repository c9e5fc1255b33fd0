//! Orders: one customer's submission. Names, phones, accounts and addresses come and go sealed.

use crate::db::Conn;
use crate::dialect::{locking, multi_row, portions};
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{HeldFrom, Lang, OrderCode, OrderId, OrderState, QuoteId, Speed, Timestamp, Won};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "orders";

/// What the bank said about the account holder before the order was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderFound {
    /// The bank's name begins like the one given.
    Matched,
    /// The bank gave another name.
    Differs,
    /// The bank gave no answer.
    Unknown,
}

impl HolderFound {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Differs => "differs",
            Self::Unknown => "unknown",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Matched, Self::Differs, Self::Unknown].into_iter().find(|found| found.as_str() == word)
    }
}

/// `instant` or `next_morning`, as stored.
pub const fn speed_word(speed: Speed) -> &'static str {
    match speed {
        Speed::Instant => "instant",
        Speed::NextMorning => "next_morning",
    }
}

/// An order as it is first written.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Its key.
    pub id: OrderId,
    /// Its name for people.
    pub code: OrderCode,
    /// The frozen price it was made from.
    pub quote_id: QuoteId,
    /// The customer's language.
    pub lang: Lang,
    /// How soon the customer is paid.
    pub speed: Speed,
    /// Applicant, sealed.
    pub name_enc: Vec<u8>,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Phone, hashed.
    pub phone_hmac: [u8; 32],
    /// Bank of the account.
    pub bank_code: String,
    /// Account number, sealed.
    pub account_no_enc: Vec<u8>,
    /// Account number with its bank, hashed.
    pub account_no_hmac: [u8; 32],
    /// Account holder, sealed.
    pub holder_enc: Vec<u8>,
    /// What the bank said about the holder.
    pub holder_check: HolderFound,
    /// Fee, taken once at settlement.
    pub fee: Won,
    /// Sum of the claimed faces.
    pub total_face: Won,
    /// The quoted net until settlement, the payable amount after.
    pub total_payable: Won,
    /// How many vouchers.
    pub item_count: u32,
    /// Sum of the risk flags.
    pub risk_score: i64,
    /// Rates of this moment hold for the order.
    pub priced_at: Timestamp,
    /// Visitor's address, sealed.
    pub address_enc: Vec<u8>,
    /// Visitor's address, hashed.
    pub address_hmac: [u8; 32],
    /// Visitor's browser.
    pub agent: String,
    /// Visitor's device, hashed; `None` when it brought no cookie.
    pub device_hmac: Option<[u8; 32]>,
    /// Now.
    pub created_at: Timestamp,
}

/// An order as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its key.
    pub id: OrderId,
    /// Its name for people.
    pub code: OrderCode,
    /// The frozen price it was made from.
    pub quote_id: QuoteId,
    /// Where it stands.
    pub state: OrderState,
    /// Where it stood before it was held.
    pub held_from: Option<HeldFrom>,
    /// Why it is held.
    pub hold_reason: Option<String>,
    /// Grows with every change of the order or one of its items.
    pub revision: i64,
    /// The customer's language.
    pub lang: Lang,
    /// How soon the customer is paid.
    pub speed: Speed,
    /// Applicant, sealed.
    pub name_enc: Vec<u8>,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Phone, hashed.
    pub phone_hmac: Vec<u8>,
    /// Bank of the account.
    pub bank_code: String,
    /// Account number, sealed.
    pub account_no_enc: Vec<u8>,
    /// Account number with its bank, hashed.
    pub account_no_hmac: Vec<u8>,
    /// Account holder, sealed.
    pub holder_enc: Vec<u8>,
    /// What the bank said about the holder.
    pub holder_check: HolderFound,
    /// Fee, taken once at settlement.
    pub fee: Won,
    /// Sum of the claimed faces.
    pub total_face: Won,
    /// The quoted net until settlement, the payable amount after.
    pub total_payable: Won,
    /// How many vouchers.
    pub item_count: u32,
    /// Sum of the risk flags.
    pub risk_score: i64,
    /// Rates of this moment hold for the order.
    pub priced_at: Timestamp,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When the payable amount was fixed.
    pub settled_at: Option<Timestamp>,
    /// When the customer was paid.
    pub paid_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    code: String,
    quote_id: Uuid,
    status: String,
    held_from: Option<String>,
    hold_reason: Option<String>,
    revision: i64,
    lang: String,
    speed: String,
    name_enc: Vec<u8>,
    phone_enc: Vec<u8>,
    phone_hmac: Vec<u8>,
    bank_code: String,
    account_no_enc: Vec<u8>,
    account_no_hmac: Vec<u8>,
    holder_enc: Vec<u8>,
    holder_check: String,
    fee: i64,
    total_face_value: i64,
    total_payable: i64,
    item_count: i64,
    risk_score: i64,
    priced_at: i64,
    created_at: i64,
    settled_at: Option<i64>,
    paid_at: Option<i64>,
    updated_at: i64,
}

impl TryFrom<Row> for Order {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        let holder_check = HolderFound::parse(&row.holder_check)
            .ok_or_else(|| StoreError::corrupt(TABLE, row.id, format!("holder_check is {:?}", row.holder_check)))?;
        let speed = match row.speed.as_str() {
            "instant" => Speed::Instant,
            "next_morning" => Speed::NextMorning,
            other => return Err(StoreError::corrupt(TABLE, row.id, format!("speed is {other:?}"))),
        };
        Ok(Self {
            id: OrderId::from_bytes(row.id.into_bytes()),
            code: of.word("code", &row.code)?,
            quote_id: QuoteId::from_bytes(row.quote_id.into_bytes()),
            state: of.word("status", &row.status)?,
            held_from: of.word_opt("held_from", row.held_from.as_deref())?,
            hold_reason: row.hold_reason,
            revision: row.revision,
            lang: of.word("lang", &row.lang)?,
            speed,
            name_enc: row.name_enc,
            phone_enc: row.phone_enc,
            phone_hmac: row.phone_hmac,
            bank_code: row.bank_code,
            account_no_enc: row.account_no_enc,
            account_no_hmac: row.account_no_hmac,
            holder_enc: row.holder_enc,
            holder_check,
            fee: of.won("fee", row.fee)?,
            total_face: of.won("total_face_value", row.total_face_value)?,
            total_payable: of.won("total_payable", row.total_payable)?,
            item_count: of.count("item_count", row.item_count)?,
            risk_score: row.risk_score,
            priced_at: Timestamp::from_micros(row.priced_at),
            created_at: Timestamp::from_micros(row.created_at),
            settled_at: moment(row.settled_at),
            paid_at: moment(row.paid_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// Writes new orders in state `submitted`, revision 1, and says how many went in: fewer when a quote was used before.
/// Roll back then.
pub async fn insert_many(conn: impl Into<Conn<'_>>, orders: &[&NewOrder]) -> Result<usize, StoreError> {
    let mut written = 0;
    on!(conn, |c| {
        for portion in portions(orders) {
            let mut query = sqlx::query(multi_row(c, sql!("orders/insert_many.sql"), portion.len()));
            for order in portion {
                query = query
                    .bind(key(order.id.bytes()))
                    .bind(order.code.as_str())
                    .bind(key(order.quote_id.bytes()))
                    .bind(OrderState::Submitted.as_str())
                    .bind(1_i64)
                    .bind(order.lang.as_str())
                    .bind(speed_word(order.speed))
                    .bind(order.name_enc.as_slice())
                    .bind(order.phone_enc.as_slice())
                    .bind(order.phone_hmac.as_slice())
                    .bind(order.bank_code.as_str())
                    .bind(order.account_no_enc.as_slice())
                    .bind(order.account_no_hmac.as_slice())
                    .bind(order.holder_enc.as_slice())
                    .bind(order.holder_check.as_str())
                    .bind(order.fee.get())
                    .bind(order.total_face.get())
                    .bind(order.total_payable.get())
                    .bind(i64::from(order.item_count))
                    .bind(order.risk_score)
                    .bind(order.priced_at.micros())
                    .bind(order.address_enc.as_slice())
                    .bind(order.address_hmac.as_slice())
                    .bind(order.agent.as_str())
                    .bind(order.created_at.micros())
                    .bind(order.created_at.micros())
                    .bind(order.device_hmac.as_ref().map(<[u8; 32]>::as_slice));
            }
            written += query.execute(&mut *c).await?.rows_affected();
        }
    });
    Ok(usize::try_from(written).unwrap_or(usize::MAX))
}

/// The order, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: OrderId) -> Result<Option<Order>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("orders/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Order::try_from).transpose()
}

/// The order, and nobody else may change it or its items until this transaction ends.
pub async fn lock(conn: impl Into<Conn<'_>>, id: OrderId) -> Result<Option<Order>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("orders/lock.sql")))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Order::try_from).transpose()
}

/// The order of this code, if there is one.
pub async fn find_by_code(conn: impl Into<Conn<'_>>, code: &OrderCode) -> Result<Option<Order>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("orders/find_by_code.sql"))
        .bind(code.as_str())
        .fetch_optional(&mut *c)
        .await?);
    row.map(Order::try_from).transpose()
}

/// The newest orders of a phone, given as its hashes under the valid lookup keys (see `Keyring::hmac_all`; at most two
/// are looked for).
pub async fn by_phone(
    conn: impl Into<Conn<'_>>,
    phone_hmacs: &[[u8; 32]],
    limit: u32,
) -> Result<Vec<Order>, StoreError> {
    let (Some(first), Some(last)) = (phone_hmacs.first(), phone_hmacs.last()) else { return Ok(Vec::new()) };
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("orders/by_phone.sql"))
        .bind(first.as_slice())
        .bind(last.as_slice())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Order::try_from).collect()
}

/// Writes what changed between two versions of an order, if `before` still stands, and gives the next revision.
///
/// Errors: [`StoreError::Conflict`] when state or revision moved on.
pub async fn write(conn: impl Into<Conn<'_>>, before: &Order, after: &Order) -> Result<i64, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("orders/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(before.revision)
        .bind(after.state.as_str())
        .bind(after.held_from.map(HeldFrom::as_str))
        .bind(after.hold_reason.as_deref())
        .bind(after.total_payable.get())
        .bind(micros(after.settled_at))
        .bind(micros(after.paid_at))
        .bind(after.updated_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "order")?;
    Ok(before.revision + 1)
}

/// Says that something about the order's items changed: revision and time move on.
pub async fn touch(conn: impl Into<Conn<'_>>, id: OrderId, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("orders/touch.sql"))
        .bind(key(id.bytes()))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "order")
}

/// Is there any order at all?
pub async fn any(conn: impl Into<Conn<'_>>) -> Result<bool, StoreError> {
    let found = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("orders/any.sql")).fetch_optional(&mut *c).await?);
    Ok(found.is_some())
}

/// The order's revision, if there is such an order: what a live page asks for again and again.
pub async fn revision(conn: impl Into<Conn<'_>>, id: OrderId) -> Result<Option<i64>, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("orders/revision.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?))
}

/// How many orders stand in each state that isn't an end, and since when the oldest of them waits.
pub async fn standing(conn: impl Into<Conn<'_>>) -> Result<Vec<(OrderState, i64, Timestamp)>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, (String, i64, i64)>(sql!("orders/standing.sql")).fetch_all(&mut *c).await?);
    let read = |(state, orders, oldest): (String, i64, i64)| {
        let state = state.parse().map_err(|_| StoreError::corrupt(TABLE, "-", format!("status is {state:?}")))?;
        Ok((state, orders, Timestamp::from_micros(oldest)))
    };
    rows.into_iter().map(read).collect()
}
