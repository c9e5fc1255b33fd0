//! Orders that belong together, the desk's queue, and the judged orders of a time.

use crate::db::Conn;
use crate::risk::facts_of;
use crate::row::{Of, key, moment};
use crate::{StoreError, on, sql};
use domain::risk::{Asked, Facts, RiskLane, Subject};
use domain::{OrderCode, OrderId, OrderState, Timestamp, Won};
use sqlx::types::Json;
use uuid::Uuid;

/// By what an order's other orders are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// Phone, hashed.
    pub phone: Vec<u8>,
    /// Account, hashed.
    pub account: Vec<u8>,
    /// Device, hashed; not every browser brings one.
    pub device: Option<Vec<u8>>,
    /// Address, hashed.
    pub address: Vec<u8>,
    /// Address, sealed.
    pub address_enc: Vec<u8>,
}

/// The order's subjects, if there is such an order.
pub async fn subjects(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Option<Subjects>, StoreError> {
    type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Vec<u8>, Vec<u8>);
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("risk/subjects.sql"))
        .bind(key(order.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|(phone, account, device, address, address_enc)| Subjects {
        phone,
        account,
        device,
        address,
        address_enc,
    }))
}

/// An order that shares something with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedOrder {
    /// Its key.
    pub id: OrderId,
    /// Its name for people.
    pub code: OrderCode,
    /// Where it stands.
    pub state: OrderState,
    /// What it pays.
    pub payable: Won,
    /// How many vouchers.
    pub items: u32,
    /// Its points.
    pub score: i64,
    /// When it was sent.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct LinkedRow {
    id: Uuid,
    code: String,
    status: String,
    total_payable: i64,
    item_count: i64,
    risk_score: i64,
    created_at: i64,
}

impl TryFrom<LinkedRow> for LinkedOrder {
    type Error = StoreError;
    fn try_from(row: LinkedRow) -> Result<Self, StoreError> {
        let of = Of { table: "orders", id: row.id };
        Ok(Self {
            id: OrderId::from_bytes(row.id.into_bytes()),
            code: of.word("code", &row.code)?,
            state: of.word("status", &row.status)?,
            payable: of.won("total_payable", row.total_payable)?,
            items: of.count("item_count", row.item_count)?,
            score: row.risk_score,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

/// The newest other orders of a subject, given under its hashes.
pub async fn linked(
    conn: impl Into<Conn<'_>>,
    kind: Subject,
    hashes: [&[u8]; 2],
    than: OrderId,
    limit: u32,
) -> Result<Vec<LinkedOrder>, StoreError> {
    let text = match kind {
        Subject::Phone => sql!("risk/linked_by_phone.sql"),
        Subject::Account => sql!("risk/linked_by_account.sql"),
        Subject::Device => sql!("risk/linked_by_device.sql"),
        Subject::Address => sql!("risk/linked_by_address.sql"),
    };
    let rows = on!(conn, |c| sqlx::query_as::<_, LinkedRow>(text)
        .bind(hashes[0])
        .bind(hashes[1])
        .bind(key(than.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(LinkedOrder::try_from).collect()
}

/// Orders of a subject that are under way and not held, by their keys, after one of them.
pub async fn living(
    conn: impl Into<Conn<'_>>,
    kind: Subject,
    hashes: [&[u8]; 2],
    after: OrderId,
    limit: u32,
) -> Result<Vec<OrderId>, StoreError> {
    let text = match kind {
        Subject::Phone => sql!("risk/living_by_phone.sql"),
        Subject::Account => sql!("risk/living_by_account.sql"),
        Subject::Device => sql!("risk/living_by_device.sql"),
        Subject::Address => sql!("risk/living_by_address.sql"),
    };
    let rows = on!(conn, |c| sqlx::query_scalar::<_, Uuid>(text)
        .bind(hashes[0])
        .bind(hashes[1])
        .bind(key(after.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(|id| OrderId::from_bytes(id.into_bytes())).collect())
}

/// One order in the desk's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The order.
    pub order: LinkedOrder,
    /// Why it is held, if it is.
    pub hold_reason: Option<String>,
    /// Its revision.
    pub revision: i64,
    /// What the judgement says.
    pub lane: RiskLane,
    /// The question to others.
    pub asked: Asked,
}

#[derive(sqlx::FromRow)]
struct QueuedRow {
    id: Uuid,
    code: String,
    status: String,
    hold_reason: Option<String>,
    revision: i64,
    total_payable: i64,
    item_count: i64,
    created_at: i64,
    lane: String,
    asked: String,
    score: i64,
}

/// Flagged orders that wait for a person, oldest first, after one of them.
pub async fn queue(
    conn: impl Into<Conn<'_>>,
    after: (Timestamp, OrderId),
    limit: u32,
) -> Result<Vec<Queued>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, QueuedRow>(sql!("risk/queue.sql"))
        .bind(after.0.micros())
        .bind(key(after.1.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "order_risk", id: row.id };
            let (lane, asked) = (of.word("lane", &row.lane)?, of.word("asked", &row.asked)?);
            let (hold_reason, revision) = (row.hold_reason, row.revision);
            let order = LinkedRow {
                id: row.id,
                code: row.code,
                status: row.status,
                total_payable: row.total_payable,
                item_count: row.item_count,
                risk_score: row.score,
                created_at: row.created_at,
            };
            Ok(Queued { order: order.try_into()?, hold_reason, revision, lane, asked })
        })
        .collect()
}

/// How many orders of each lane wait for a person, and since when the oldest does.
pub async fn queue_count(conn: impl Into<Conn<'_>>) -> Result<Vec<(RiskLane, i64, Timestamp)>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, (String, i64, i64)>(sql!("risk/queue_count.sql")).fetch_all(&mut *c).await?);
    let of = Of { table: "order_risk", id: Uuid::nil() };
    rows.into_iter()
        .map(|(lane, orders, oldest)| Ok((of.word("lane", &lane)?, orders, Timestamp::from_micros(oldest))))
        .collect()
}

/// One judged order, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its key.
    pub order: OrderId,
    /// When it was sent.
    pub created_at: Timestamp,
    /// What was known of it; `None` for one that is older than the rules.
    pub facts: Option<Facts>,
    /// How it was judged.
    pub lane: RiskLane,
    /// Where it stands.
    pub state: OrderState,
}

/// Judged orders since a moment, newest first, before one of them.
pub async fn judged_page(
    conn: impl Into<Conn<'_>>,
    since: Timestamp,
    before: (Timestamp, OrderId),
    limit: u32,
) -> Result<Vec<Judged>, StoreError> {
    type Row = (Uuid, i64, Json<serde_json::Value>, String, String);
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("risk/judged_page.sql"))
        .bind(since.micros())
        .bind(before.0.micros())
        .bind(key(before.1.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(id, created_at, Json(facts), lane, state)| {
            let of = Of { table: "order_risk", id };
            let order = OrderId::from_bytes(id.into_bytes());
            Ok(Judged {
                order,
                created_at: moment(Some(created_at)).unwrap_or_default(),
                facts: facts_of(order, facts)?,
                lane: of.word("lane", &lane)?,
                state: of.word("status", &state)?,
            })
        })
        .collect()
}
