//! The history of an order, one line per thing that happened. Written with the thing itself; never changed.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{EventId, ItemId, OrderId, Timestamp};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its key.
    pub id: EventId,
    /// The order.
    pub order_id: OrderId,
    /// The voucher, when it is about one.
    pub item_id: Option<ItemId>,
    /// Stable `snake_case` word.
    pub kind: String,
    /// Codes, amounts and times; never a number or a person.
    pub detail: Value,
    /// When it happened.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    item_id: Option<Uuid>,
    kind: String,
    detail_json: Json<Value>,
    created_at: i64,
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        Self {
            id: EventId::from_bytes(row.id.into_bytes()),
            order_id: OrderId::from_bytes(row.order_id.into_bytes()),
            item_id: row.item_id.map(|id| ItemId::from_bytes(id.into_bytes())),
            kind: row.kind,
            detail: row.detail_json.0,
            created_at: Timestamp::from_micros(row.created_at),
        }
    }
}

/// Writes lines.
pub async fn insert_many(conn: impl Into<Conn<'_>>, events: &[Event]) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(events) {
            let mut query = sqlx::query(multi_row(c, sql!("events/insert_many.sql"), portion.len()));
            for event in portion {
                query = query
                    .bind(key(event.id.bytes()))
                    .bind(key(event.order_id.bytes()))
                    .bind(event.item_id.map(|id| key(id.bytes())))
                    .bind(event.kind.as_str())
                    .bind(Json(&event.detail))
                    .bind(event.created_at.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// An order's history, oldest first.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<Event>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("events/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Event::from).collect())
}
