//! How much waits for people, and whether anything happened since one last looked. Asked every second or two by every
//! open page of the desk together, so each is a short walk along an index.

use crate::db::Conn;
use crate::{StoreError, on, sql};
use uuid::Uuid;

/// Orders that are held.
pub async fn held_orders(conn: impl Into<Conn<'_>>) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("waiting/held_orders.sql")).fetch_one(&mut *c).await?))
}

/// A number that changes with every file under way.
pub async fn exports_mark(conn: impl Into<Conn<'_>>) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("waiting/exports_mark.sql")).fetch_one(&mut *c).await?))
}

/// Inquiries nobody has answered.
pub async fn open_inquiries(conn: impl Into<Conn<'_>>) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("waiting/open_inquiries.sql")).fetch_one(&mut *c).await?))
}

/// Works that wait for a person.
pub async fn works_for_people(conn: impl Into<Conn<'_>>) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("waiting/works_for_people.sql")).fetch_one(&mut *c).await?))
}

/// Something that differs as soon as an order moved or somebody of the staff did something: the newest keys of their
/// histories, which grow with time.
pub async fn mark(conn: impl Into<Conn<'_>>) -> Result<String, StoreError> {
    let (event, line) = on!(conn, |c| {
        let event = sqlx::query_scalar::<_, Uuid>(sql!("waiting/last_event.sql")).fetch_optional(&mut *c).await?;
        let line = sqlx::query_scalar::<_, Uuid>(sql!("waiting/last_line.sql")).fetch_optional(&mut *c).await?;
        (event, line)
    });
    let text = |id: Option<Uuid>| id.map_or(String::new(), |id| id.simple().to_string());
    Ok(format!("{}{}", text(event), text(line)))
}
