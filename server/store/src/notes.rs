//! What people of the staff wrote on an order. Only ever added to; the text is sealed.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{NoteId, OrderId, Timestamp, UserId};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "order_notes";

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its key.
    pub id: NoteId,
    /// The order.
    pub order_id: OrderId,
    /// Who wrote it.
    pub user: UserId,
    /// The text, sealed.
    pub body_enc: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}

/// Writes a note.
pub async fn insert(conn: impl Into<Conn<'_>>, note: &Note) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("notes/insert.sql"))
            .bind(key(note.id.bytes()))
            .bind(key(note.order_id.bytes()))
            .bind(key(note.user.bytes()))
            .bind(note.body_enc.as_slice())
            .bind(note.created_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// An order's notes, oldest first.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<Note>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (Uuid, Uuid, Uuid, Vec<u8>, i64)>(sql!("notes/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows
        .into_iter()
        .map(|(id, order, user, body_enc, at)| Note {
            id: NoteId::from_bytes(id.into_bytes()),
            order_id: OrderId::from_bytes(order.into_bytes()),
            user: UserId::from_bytes(user.into_bytes()),
            body_enc,
            created_at: Timestamp::from_micros(at),
        })
        .collect())
}
