//! Walks along the audit log's chain: who asked, how far, what was found.

use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, exactly_one, on, sql};
use domain::Timestamp;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// One walk.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditCheck {
    /// Its key.
    pub id: [u8; 16],
    /// Who asked for it.
    pub actor: String,
    /// `running`, `sound`, `broken` or `failed`.
    pub state: String,
    /// Links looked at so far.
    pub checked: i64,
    /// Where the chain ended when it began.
    pub head_seq: i64,
    /// What was found.
    pub faults: Value,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last heard of.
    pub updated_at: Timestamp,
}

/// Notes that a walk begins.
pub async fn insert(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    actor: &str,
    head_seq: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("audit_checks/insert.sql"))
            .bind(key(id))
            .bind(actor)
            .bind(head_seq)
            .bind(Json(Value::Array(Vec::new())))
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Notes how far it is, or how it ended. One that has ended stays as it is.
pub async fn write(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    state: &str,
    checked: i64,
    faults: &Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("audit_checks/write.sql"))
        .bind(key(id))
        .bind(state)
        .bind(checked)
        .bind(Json(faults))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "audit check")
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    actor: String,
    state: String,
    checked: i64,
    head_seq: i64,
    faults_json: Json<Value>,
    created_at: i64,
    updated_at: i64,
}

/// The last walks, newest first.
pub async fn newest(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<AuditCheck>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("audit_checks/newest.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows
        .into_iter()
        .map(|row| AuditCheck {
            id: row.id.into_bytes(),
            actor: row.actor,
            state: row.state,
            checked: row.checked,
            head_seq: row.head_seq,
            faults: row.faults_json.0,
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
        .collect())
}
