//! Settings the back office may change while the product runs, each a small JSON value under a name.

use crate::db::Conn;
use crate::{StoreError, on, sql};
use domain::Timestamp;
use domain::setting::Setting;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::Json;

/// From and to which hour people are at their desk: `domain::wire::DeskHours`.
pub const DESK_HOURS: &str = "desk_hours";

/// Whether some vouchers' numbers may stand under the hash from before digests: `true` where vouchers were there when
/// the migration came that writes it.
pub const OLDER_NUMBERS: &str = "older_numbers";

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

/// A number that people set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetNumber {
    /// Which.
    pub setting: Setting,
    /// Its value.
    pub value: u32,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Grows with each change; 0 is what was never set.
    pub revision: i64,
    /// Who changed it last.
    pub changed_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct NumberRow {
    name: String,
    value_json: Json<u32>,
    updated_at: i64,
    revision: i64,
    changed_by: Option<String>,
}

const PREFIX: &str = "shop.";

fn name_of(setting: Setting) -> String {
    [PREFIX, setting.as_str()].concat()
}

/// The numbers that were ever set. One this program doesn't know is left out: a newer one may have set it.
pub async fn of_shop(conn: impl Into<Conn<'_>>) -> Result<Vec<SetNumber>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, NumberRow>(sql!("settings/of_shop.sql")).fetch_all(&mut *c).await?);
    let known = rows.into_iter().filter_map(|row| {
        let setting = row.name.strip_prefix(PREFIX)?.parse().ok()?;
        Some(SetNumber {
            setting,
            value: row.value_json.0,
            updated_at: Timestamp::from_micros(row.updated_at),
            revision: row.revision,
            changed_by: row.changed_by,
        })
    });
    Ok(known.collect())
}

/// Changes a number that has this revision; 0 is what was never set.
///
/// Errors: [`StoreError::Conflict`] when it has another one.
pub async fn change(
    conn: impl Into<Conn<'_>>,
    setting: Setting,
    revision: i64,
    value: u32,
    by: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let name = name_of(setting);
    let done = on!(conn, |c| {
        let text = if revision == 0 { sql!("settings/add.sql") } else { sql!("settings/change.sql") };
        let query = sqlx::query(text).bind(name).bind(Json(value)).bind(now.micros()).bind(by);
        let query = if revision == 0 { query } else { query.bind(revision) };
        query.execute(&mut *c).await?.rows_affected()
    });
    if done == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "setting" }) }
}
