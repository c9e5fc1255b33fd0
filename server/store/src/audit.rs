//! Who did what to what. Rows are only ever added.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{AuditId, Timestamp};
use sqlx::types::Json;
use uuid::Uuid;

/// One line of the audit log. `meta` never holds a secret or a person in the clear.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditLine {
    /// Its key.
    pub id: AuditId,
    /// `customer`, `worker:payout`, `usr_…`
    pub actor: String,
    /// `order.submit`, `settings.put`, …
    pub action: String,
    /// `order`, `payout`, …
    pub target_type: String,
    /// The target's id as text.
    pub target_id: String,
    /// What else must be known.
    pub meta: serde_json::Value,
    /// When.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    actor: String,
    action: String,
    target_type: String,
    target_id: String,
    meta_json: Json<serde_json::Value>,
    created_at: i64,
}

/// Adds a line.
pub async fn insert(conn: impl Into<Conn<'_>>, line: &AuditLine) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("audit/insert.sql"))
            .bind(key(line.id.bytes()))
            .bind(line.actor.as_str())
            .bind(line.action.as_str())
            .bind(line.target_type.as_str())
            .bind(line.target_id.as_str())
            .bind(Json(&line.meta))
            .bind(line.at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// A target's lines, newest first, at most `limit`.
pub async fn of_target(
    conn: impl Into<Conn<'_>>,
    target_type: &str,
    target_id: &str,
    limit: u32,
) -> Result<Vec<AuditLine>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("audit/of_target.sql"))
        .bind(target_type)
        .bind(target_id)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows
        .into_iter()
        .map(|row| AuditLine {
            id: AuditId::from_bytes(row.id.into_bytes()),
            actor: row.actor,
            action: row.action,
            target_type: row.target_type,
            target_id: row.target_id,
            meta: row.meta_json.0,
            at: Timestamp::from_micros(row.created_at),
        })
        .collect())
}
