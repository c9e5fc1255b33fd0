//! Settings the back office may change while the product runs, each a small JSON value under a name.

use crate::db::Conn;
use crate::{StoreError, on, sql};
use domain::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::Json;

/// From and to which hour people are at their desk: `domain::wire::DeskHours`.
pub const DESK_HOURS: &str = "desk_hours";

/// The value, if it was ever set. A value that no longer fits its type is an error, never a silent default.
pub async fn get<T: DeserializeOwned>(conn: impl Into<Conn<'_>>, name: &str) -> Result<Option<T>, StoreError> {
    let stored = on!(conn, |c| sqlx::query_scalar::<_, Json<serde_json::Value>>(sql!("settings/get.sql"))
        .bind(name)
        .fetch_optional(&mut *c)
        .await?);
    stored
        .map(|Json(value)| serde_json::from_value(value).map_err(|error| StoreError::corrupt("settings", name, error)))
        .transpose()
}

/// Sets the value.
pub async fn put<T: Serialize + Sync>(
    conn: impl Into<Conn<'_>>,
    name: &str,
    value: &T,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("settings/put.sql")).bind(name).bind(Json(value)).bind(now.micros()).execute(&mut *c).await?;
    });
    Ok(())
}
