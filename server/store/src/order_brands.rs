//! Which brands an order holds, with counts: what the orders list finds them by. Written with the order, never changed.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{OrderId, Timestamp, Won};

/// One brand of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBrand {
    /// The order.
    pub order_id: OrderId,
    /// The brand.
    pub brand: String,
    /// How many vouchers of it.
    pub items: u32,
    /// Sum of their claimed faces.
    pub face: Won,
    /// When the order was taken.
    pub created_at: Timestamp,
}

/// Writes the brands of new orders.
pub async fn insert_many(conn: impl Into<Conn<'_>>, brands: &[OrderBrand]) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(brands) {
            let mut query = sqlx::query(multi_row(c, sql!("order_brands/insert_many.sql"), portion.len()));
            for brand in portion {
                query = query
                    .bind(key(brand.order_id.bytes()))
                    .bind(brand.brand.as_str())
                    .bind(i64::from(brand.items))
                    .bind(brand.face.get())
                    .bind(brand.created_at.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}
