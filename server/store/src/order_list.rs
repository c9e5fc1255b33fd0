//! Finding one page of orders among a million.
//!
//! There is no statement that fits every filter and every sort, and none is put together from pieces. So there are ways:
//! along time, a state, a brand, a bank, an amount, the points ([`walk`], [`walk_most`]), each in the order of its index, with the other
//! filters held against every row on the way; and, where one filter leaves few orders, all of these at once
//! ([`few`]). [`probe`] counts what each filter leaves, up to a bound, and tells the caller which way to take.
//! A walk with other filters may meet long stretches without a match: [`floor`] says how far a number of steps goes, and
//! the caller stops the walk there, shows what it has and how far it looked.

use crate::db::Conn;
use crate::dialect::{multi_or, portions};
use crate::orders::speed_word;
use crate::row::{Of, key, moment};
use crate::{StoreError, on, sql};
use domain::desk::orders::Spot;
use domain::{HeldFrom, ItemState, OrderCode, OrderId, OrderState, Speed, Timestamp, Won};
use uuid::Uuid;

/// The table, for errors.
const TABLE: &str = "orders";

/// What every row is held against. Absent lets everything through.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// One of these states; none means any.
    pub states: &'a [OrderState],
    /// Holds a voucher of this brand.
    pub brand: Option<&'a str>,
    /// Paid to this bank.
    pub bank: Option<&'a str>,
    /// Paid this soon.
    pub speed: Option<Speed>,
    /// Held for this reason.
    pub held: Option<&'a str>,
    /// At least this is paid, won.
    pub min: i64,
    /// At most this is paid, won.
    pub max: i64,
    /// At least so many points.
    pub risk: i64,
    /// Holds a voucher that waits for a person.
    pub open: bool,
}

/// As many as there are states: a filter on all of them fits.
const STATES: usize = 9;

/// The states as nine parameters: the first again where there are fewer.
fn nine(states: &[OrderState]) -> [Option<&'static str>; STATES] {
    let mut words = [states.first().map(|state| state.as_str()); STATES];
    for (word, state) in words.iter_mut().zip(states) {
        *word = Some(state.as_str());
    }
    words
}

/// Binds `$1` to `$17`, the same in every statement that holds rows against [`Wanted`].
macro_rules! wanted {
    ($query:expr, $wanted:expr) => {{
        let wanted: &Wanted<'_> = $wanted;
        let mut query = $query;
        for word in nine(wanted.states) {
            query = query.bind(word);
        }
        query
            .bind(wanted.brand)
            .bind(wanted.bank)
            .bind(wanted.speed.map(speed_word))
            .bind(wanted.held)
            .bind(wanted.min)
            .bind(wanted.max)
            .bind(wanted.risk)
            .bind(i64::from(wanted.open))
    }};
}

/// What is walked along by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// All orders.
    All,
    /// One state: the first of [`Wanted::states`].
    State,
    /// The brand wanted.
    Brand,
    /// The bank wanted.
    Bank,
}

/// What is walked along from the most down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// What is paid.
    Amount,
    /// Risk points, where there are any.
    Risk,
}

#[derive(sqlx::FromRow)]
struct SpotRow {
    id: Uuid,
    created_at: i64,
    total_payable: i64,
    risk_score: i64,
}

impl From<SpotRow> for Spot {
    fn from(row: SpotRow) -> Self {
        Self {
            id: OrderId::from_bytes(row.id.into_bytes()),
            created_at: Timestamp::from_micros(row.created_at),
            payable: row.total_payable,
            risk: row.risk_score,
        }
    }
}

/// Along time, the newest or the oldest first, after the place `from`, as far as `far`: inclusive going back, exclusive going
/// forward.
pub async fn walk(
    conn: impl Into<Conn<'_>>,
    along: Along,
    newest_first: bool,
    wanted: &Wanted<'_>,
    far: Timestamp,
    from: (Timestamp, [u8; 16]),
    limit: u32,
) -> Result<Vec<Spot>, StoreError> {
    let text = match (along, newest_first) {
        (Along::All, true) => sql!("order_list/all_newest.sql"),
        (Along::All, false) => sql!("order_list/all_oldest.sql"),
        (Along::State, true) => sql!("order_list/status_newest.sql"),
        (Along::State, false) => sql!("order_list/status_oldest.sql"),
        (Along::Brand, true) => sql!("order_list/brand_newest.sql"),
        (Along::Brand, false) => sql!("order_list/brand_oldest.sql"),
        (Along::Bank, true) => sql!("order_list/bank_newest.sql"),
        (Along::Bank, false) => sql!("order_list/bank_oldest.sql"),
    };
    let rows = on!(conn, |c| wanted!(sqlx::query_as::<_, SpotRow>(text), wanted)
        .bind(far.micros())
        .bind(from.0.micros())
        .bind(key(from.1))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Spot::from).collect())
}

/// How far `steps` along one way go from a moment; `None` when the way ends before.
pub async fn floor(
    conn: impl Into<Conn<'_>>,
    along: Along,
    newest_first: bool,
    wanted: &Wanted<'_>,
    from: Timestamp,
    steps: u32,
) -> Result<Option<Timestamp>, StoreError> {
    let text = if newest_first { sql!("order_list/floor_newest.sql") } else { sql!("order_list/floor_oldest.sql") };
    let (way, word) = match along {
        Along::All => ("all", None),
        Along::State => ("status", wanted.states.first().map(|state| state.as_str())),
        Along::Brand => ("brand", wanted.brand),
        Along::Bank => ("bank", wanted.bank),
    };
    let found = on!(conn, |c| sqlx::query_scalar::<_, i64>(text)
        .bind(way)
        .bind(word)
        .bind(from.micros())
        .bind(i64::from(steps))
        .fetch_optional(&mut *c)
        .await?);
    Ok(moment(found))
}

/// A place on the way from the most down: amount or points, moment, order.
pub type MostPlace = (i64, i64, [u8; 16]);

/// From the most down, after the place `from`, as far as `far` (inclusive), taken from `begin` until before `end`.
pub async fn walk_most(
    conn: impl Into<Conn<'_>>,
    most: Most,
    wanted: &Wanted<'_>,
    taken: (Timestamp, Timestamp),
    from: MostPlace,
    far: (i64, i64),
    limit: u32,
) -> Result<Vec<Spot>, StoreError> {
    let text = match most {
        Most::Amount => sql!("order_list/amount_most.sql"),
        Most::Risk => sql!("order_list/risk_most.sql"),
    };
    let rows = on!(conn, |c| wanted!(sqlx::query_as::<_, SpotRow>(text), wanted)
        .bind(taken.0.micros())
        .bind(taken.1.micros())
        .bind(from.0)
        .bind(from.1)
        .bind(key(from.2))
        .bind(far.0)
        .bind(far.1)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Spot::from).collect())
}

/// How far `steps` from the most down go, not below `least`; `None` when the way ends before.
pub async fn floor_most(
    conn: impl Into<Conn<'_>>,
    most: Most,
    from: (i64, i64),
    least: i64,
    steps: u32,
) -> Result<Option<(i64, i64)>, StoreError> {
    let text = match most {
        Most::Amount => sql!("order_list/amount_floor.sql"),
        Most::Risk => sql!("order_list/risk_floor.sql"),
    };
    Ok(on!(conn, |c| sqlx::query_as::<_, (i64, i64)>(text)
        .bind(from.0)
        .bind(from.1)
        .bind(least)
        .bind(i64::from(steps))
        .fetch_optional(&mut *c)
        .await?))
}

/// A filter, or a search, that may leave few orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Few {
    /// The days.
    Dated,
    /// The states.
    States,
    /// The brand.
    Brands,
    /// The bank.
    Banks,
    /// The amounts.
    Amounts,
    /// The points.
    Risks,
    /// What waits for a person.
    Opens,
}

#[derive(sqlx::FromRow)]
struct ProbeRow {
    dated: i64,
    states: i64,
    brands: i64,
    banks: i64,
    amounts: i64,
    risks: i64,
    opens: i64,
}

/// How many orders each filter that is there leaves, counted up to `most`.
pub async fn probe(
    conn: impl Into<Conn<'_>>,
    wanted: &Wanted<'_>,
    taken: Option<(Timestamp, Timestamp)>,
    amounts: bool,
    most: u32,
) -> Result<Vec<(Few, u32)>, StoreError> {
    let (begin, end) = taken.map_or((i64::MIN, i64::MAX), |(begin, end)| (begin.micros(), end.micros()));
    let row = on!(conn, |c| {
        let mut query = sqlx::query_as::<_, ProbeRow>(sql!("order_list/probe.sql"))
            .bind(i64::from(taken.is_some()))
            .bind(begin)
            .bind(end)
            .bind(i64::from(most));
        for word in nine(wanted.states) {
            query = query.bind(word);
        }
        query
            .bind(wanted.brand)
            .bind(wanted.bank)
            .bind(i64::from(amounts))
            .bind(wanted.min)
            .bind(wanted.max)
            .bind(wanted.risk)
            .bind(i64::from(wanted.open))
            .fetch_one(&mut *c)
            .await?
    });
    let mut found = Vec::new();
    for (there, few, count) in [
        (taken.is_some(), Few::Dated, row.dated),
        (!wanted.states.is_empty(), Few::States, row.states),
        (wanted.brand.is_some(), Few::Brands, row.brands),
        (wanted.bank.is_some(), Few::Banks, row.banks),
        (amounts, Few::Amounts, row.amounts),
        (wanted.risk > 0, Few::Risks, row.risks),
        (wanted.open, Few::Opens, row.opens),
    ] {
        if there {
            found.push((few, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    Ok(found)
}

/// Whom is looked for.
#[derive(Clone, Debug)]
pub enum Whose<'a> {
    /// A phone, hashed under the valid keys.
    Phone([[u8; 32]; 2]),
    /// An account with its bank, hashed under the valid keys.
    Account([[u8; 32]; 2]),
    /// A code.
    Code(&'a OrderCode),
}

/// Where [`few`] looks.
#[derive(Clone, Debug)]
pub enum Source<'a> {
    /// At what this filter leaves.
    Filter(Few),
    /// At somebody's orders.
    Whose(Whose<'a>),
}

/// All orders of a source that leaves few, in no order.
pub async fn few(
    conn: impl Into<Conn<'_>>,
    source: &Source<'_>,
    wanted: &Wanted<'_>,
    taken: (Timestamp, Timestamp),
    most: u32,
) -> Result<Vec<Spot>, StoreError> {
    let text = match source {
        Source::Filter(Few::Dated) => sql!("order_list/few_dated.sql"),
        Source::Filter(Few::States) => sql!("order_list/few_states.sql"),
        Source::Filter(Few::Brands) => sql!("order_list/few_brands.sql"),
        Source::Filter(Few::Banks) => sql!("order_list/few_banks.sql"),
        Source::Filter(Few::Amounts) => sql!("order_list/few_amounts.sql"),
        Source::Filter(Few::Risks) => sql!("order_list/few_risks.sql"),
        Source::Filter(Few::Opens) => sql!("order_list/few_opens.sql"),
        Source::Whose(Whose::Phone(_)) => sql!("order_list/few_phone.sql"),
        Source::Whose(Whose::Account(_)) => sql!("order_list/few_account.sql"),
        Source::Whose(Whose::Code(_)) => sql!("order_list/few_code.sql"),
    };
    let rows = on!(conn, |c| {
        let query = wanted!(sqlx::query_as::<_, SpotRow>(text), wanted).bind(taken.0.micros()).bind(taken.1.micros());
        let query = match source {
            Source::Filter(_) => query,
            Source::Whose(Whose::Phone([first, last]) | Whose::Account([first, last])) => {
                query.bind(first.as_slice()).bind(last.as_slice())
            }
            Source::Whose(Whose::Code(code)) => query.bind(code.as_str()),
        };
        query.bind(i64::from(most)).fetch_all(&mut *c).await?
    });
    Ok(rows.into_iter().map(Spot::from).collect())
}

/// Those of the accounts' hashes that are in some order. One number is looked for at every bank at once.
pub async fn accounts(conn: impl Into<Conn<'_>>, hashes: &[[u8; 32]]) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut found = Vec::new();
    on!(conn, |c| {
        for portion in portions(hashes) {
            let text = multi_or(sql!("order_list/accounts.sql"), 0, portion.len());
            let mut query = sqlx::query_scalar::<_, Vec<u8>>(text);
            for hash in portion {
                query = query.bind(hash.as_slice());
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    Ok(found)
}

/// An order as the list shows it; people still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedOrder {
    /// Its key.
    pub id: OrderId,
    /// Its name for people.
    pub code: OrderCode,
    /// Where it stands.
    pub state: OrderState,
    /// Where it stood before it was held.
    pub held_from: Option<HeldFrom>,
    /// Why it is held.
    pub hold_reason: Option<String>,
    /// Grows with every change.
    pub revision: i64,
    /// How soon the customer is paid.
    pub speed: Speed,
    /// Applicant, sealed.
    pub name_enc: Vec<u8>,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Bank of the account.
    pub bank_code: String,
    /// Account number, sealed.
    pub account_no_enc: Vec<u8>,
    /// Fee, taken once at settlement.
    pub fee: Won,
    /// Sum of the claimed faces.
    pub total_face: Won,
    /// The quoted net until settlement, the payable amount after.
    pub total_payable: Won,
    /// How many vouchers.
    pub item_count: u32,
    /// Risk points.
    pub risk_score: i64,
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
struct ListedRow {
    id: Uuid,
    code: String,
    status: String,
    held_from: Option<String>,
    hold_reason: Option<String>,
    revision: i64,
    speed: String,
    name_enc: Vec<u8>,
    phone_enc: Vec<u8>,
    bank_code: String,
    account_no_enc: Vec<u8>,
    fee: i64,
    total_face_value: i64,
    total_payable: i64,
    item_count: i64,
    risk_score: i64,
    created_at: i64,
    settled_at: Option<i64>,
    paid_at: Option<i64>,
    updated_at: i64,
}

impl TryFrom<ListedRow> for ListedOrder {
    type Error = StoreError;
    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        let speed = [Speed::Instant, Speed::NextMorning].into_iter().find(|speed| speed_word(*speed) == row.speed);
        Ok(Self {
            id: OrderId::from_bytes(row.id.into_bytes()),
            code: of.word("code", &row.code)?,
            state: of.word("status", &row.status)?,
            held_from: of.word_opt("held_from", row.held_from.as_deref())?,
            hold_reason: row.hold_reason,
            revision: row.revision,
            speed: speed.ok_or_else(|| StoreError::corrupt(TABLE, row.id, format!("speed is {:?}", row.speed)))?,
            name_enc: row.name_enc,
            phone_enc: row.phone_enc,
            bank_code: row.bank_code,
            account_no_enc: row.account_no_enc,
            fee: of.won("fee", row.fee)?,
            total_face: of.won("total_face_value", row.total_face_value)?,
            total_payable: of.won("total_payable", row.total_payable)?,
            item_count: of.count("item_count", row.item_count)?,
            risk_score: row.risk_score,
            created_at: Timestamp::from_micros(row.created_at),
            settled_at: moment(row.settled_at),
            paid_at: moment(row.paid_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }
}

/// So many orders are read by one statement: few sizes, so that it is planned once and not for every count.
const PAGE: usize = 64;

/// The orders' keys in portions of one size, the last key again where there are fewer.
fn pages(orders: &[OrderId]) -> impl Iterator<Item = Vec<Uuid>> {
    orders.chunks(PAGE).map(|chunk| {
        let last = chunk.last().copied().into_iter().cycle();
        chunk.iter().copied().chain(last).take(PAGE).map(|id| key(id.bytes())).collect()
    })
}

/// These orders, in no order.
pub async fn rows(conn: impl Into<Conn<'_>>, orders: &[OrderId]) -> Result<Vec<ListedOrder>, StoreError> {
    let mut found = Vec::with_capacity(orders.len());
    on!(conn, |c| {
        for page in pages(orders) {
            let mut query = sqlx::query_as::<_, ListedRow>(multi_or(sql!("order_list/rows.sql"), 0, page.len()));
            for id in page {
                query = query.bind(id);
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    found.into_iter().map(ListedOrder::try_from).collect()
}

/// The brands of these orders, the most frequent of an order first.
pub async fn brands(
    conn: impl Into<Conn<'_>>,
    orders: &[OrderId],
) -> Result<Vec<(OrderId, String, u32, Won)>, StoreError> {
    let mut found: Vec<(Uuid, String, i64, i64)> = Vec::new();
    on!(conn, |c| {
        for page in pages(orders) {
            let mut query =
                sqlx::query_as::<_, (Uuid, String, i64, i64)>(multi_or(sql!("order_list/brands.sql"), 0, page.len()));
            for id in page {
                query = query.bind(id);
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let read = |(id, brand, items, face): (Uuid, String, i64, i64)| {
        let of = Of { table: "order_brands", id };
        Ok((OrderId::from_bytes(id.into_bytes()), brand, of.count("items", items)?, of.won("face", face)?))
    };
    found.into_iter().map(read).collect()
}

/// How many vouchers of these orders wait for a person, by state.
pub async fn open(conn: impl Into<Conn<'_>>, orders: &[OrderId]) -> Result<Vec<(OrderId, ItemState, u32)>, StoreError> {
    let mut found: Vec<(Uuid, String, i64)> = Vec::new();
    on!(conn, |c| {
        for page in pages(orders) {
            let mut query =
                sqlx::query_as::<_, (Uuid, String, i64)>(multi_or(sql!("order_list/open.sql"), 0, page.len()));
            for id in page {
                query = query.bind(id);
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let read = |(id, state, items): (Uuid, String, i64)| {
        let of = Of { table: crate::items::TABLE, id };
        Ok((OrderId::from_bytes(id.into_bytes()), of.word("status", &state)?, of.count("items", items)?))
    };
    found.into_iter().map(read).collect()
}

/// When each of these orders came into the state it is in.
pub async fn since(conn: impl Into<Conn<'_>>, orders: &[OrderId]) -> Result<Vec<(OrderId, Timestamp)>, StoreError> {
    let mut found: Vec<(Uuid, i64)> = Vec::new();
    on!(conn, |c| {
        for page in pages(orders) {
            let mut query = sqlx::query_as::<_, (Uuid, i64)>(multi_or(sql!("order_list/since.sql"), 0, page.len()));
            for id in page {
                query = query.bind(id);
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let read = |(id, since): (Uuid, i64)| (OrderId::from_bytes(id.into_bytes()), Timestamp::from_micros(since));
    Ok(found.into_iter().map(read).collect())
}
