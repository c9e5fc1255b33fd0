//! Why an order looks risky: one flag per rule that hit, with its points.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{FlagId, OrderId, Timestamp};
use uuid::Uuid;

/// One rule that hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskFlag {
    /// Its key.
    pub id: FlagId,
    /// The rule.
    pub reason: String,
    /// Its points.
    pub score: i64,
}

/// Writes flags of orders; a rule that hit before keeps its first points.
pub async fn insert_many(
    conn: impl Into<Conn<'_>>,
    flags: &[(OrderId, &RiskFlag)],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(flags) {
            let mut query = sqlx::query(multi_row(c, sql!("risk/insert_many.sql"), portion.len()));
            for (order, flag) in portion {
                query = query
                    .bind(key(flag.id.bytes()))
                    .bind(key(order.bytes()))
                    .bind(flag.reason.as_str())
                    .bind(flag.score)
                    .bind(now.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// An order's flags, oldest first.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<RiskFlag>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (Uuid, String, i64)>(sql!("risk/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows
        .into_iter()
        .map(|(id, reason, score)| RiskFlag { id: FlagId::from_bytes(id.into_bytes()), reason, score })
        .collect())
}
