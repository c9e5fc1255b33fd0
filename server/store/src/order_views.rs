//! How a person likes to see the orders list: saved filters with a name, and the columns.

use crate::db::{Conn, Tx};
use crate::row::key;
use crate::{StoreError, exactly_one, on, sql};
use domain::desk::orders::{Column, parse_columns, print_columns};
use domain::{Timestamp, UserId, ViewId};
use uuid::Uuid;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its key.
    pub id: ViewId,
    /// Whose it is.
    pub user_id: UserId,
    /// What they call it; one of a name.
    pub name: String,
    /// The filter, as in the address.
    pub query: String,
    /// The one they begin with. At most one.
    pub is_default: bool,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    user_id: Uuid,
    name: String,
    query: String,
    is_default: bool,
    created_at: i64,
    updated_at: i64,
}

impl From<Row> for View {
    fn from(row: Row) -> Self {
        Self {
            id: ViewId::from_bytes(row.id.into_bytes()),
            user_id: UserId::from_bytes(row.user_id.into_bytes()),
            name: row.name,
            query: row.query,
            is_default: row.is_default,
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        }
    }
}

/// A person's views by name.
pub async fn of_user(conn: impl Into<Conn<'_>>, user: UserId) -> Result<Vec<View>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("order_views/of_user.sql"))
        .bind(key(user.bytes()))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(View::from).collect())
}

/// Saves a view; the same name again is the same view with another filter. A default one takes that from the others.
pub async fn save(tx: &mut Tx, view: &View) -> Result<(), StoreError> {
    if view.is_default {
        on!(&mut *tx, |c| {
            sqlx::query(sql!("order_views/clear_default.sql"))
                .bind(key(view.user_id.bytes()))
                .bind(false)
                .bind(view.updated_at.micros())
                .execute(&mut *c)
                .await?;
        });
    }
    on!(&mut *tx, |c| {
        sqlx::query(sql!("order_views/save.sql"))
            .bind(key(view.id.bytes()))
            .bind(key(view.user_id.bytes()))
            .bind(view.name.as_str())
            .bind(view.query.as_str())
            .bind(view.is_default)
            .bind(view.updated_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Removes a view.
///
/// Errors: [`StoreError::Conflict`] when the person has none with this key.
pub async fn delete(conn: impl Into<Conn<'_>>, id: ViewId, user: UserId) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("order_views/delete.sql"))
        .bind(key(id.bytes()))
        .bind(key(user.bytes()))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "view")
}

/// The columns a person chose; `None` when they never did.
pub async fn columns(conn: impl Into<Conn<'_>>, user: UserId) -> Result<Option<Vec<Column>>, StoreError> {
    let found = on!(conn, |c| sqlx::query_scalar::<_, String>(sql!("order_columns/get.sql"))
        .bind(key(user.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    Ok(found.map(|words| parse_columns(words.split(','))))
}

/// Keeps a person's choice of columns.
pub async fn put_columns(
    conn: impl Into<Conn<'_>>,
    user: UserId,
    columns: &[Column],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("order_columns/put.sql"))
            .bind(key(user.bytes()))
            .bind(print_columns(columns))
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}
