//! Who did what to what. Rows are only ever added.

use crate::db::Conn;
use crate::row::{Of, key};
use crate::{StoreError, on, sql};
use domain::{AuditId, Timestamp, UserId};
use sqlx::types::Json;
use uuid::Uuid;

/// The table, for errors.
pub const TABLE: &str = "audit_logs";

/// What a line tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditKind {
    /// Something was changed.
    #[default]
    Change,
    /// Personal data was read.
    View,
    /// Rows left the system.
    Export,
    /// Somebody signed in or out, or tried to.
    SignIn,
}

impl AuditKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::View => "view",
            Self::Export => "export",
            Self::SignIn => "sign_in",
        }
    }
}

impl std::str::FromStr for AuditKind {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Change, Self::View, Self::Export, Self::SignIn]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| word.to_owned())
    }
}

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
    /// What it tells of.
    pub kind: AuditKind,
    /// Who, when it was a member of staff.
    pub user: Option<UserId>,
    /// The first sixteen hexadecimal digits of the session's stored name.
    pub session: Option<String>,
    /// Where from.
    pub address: Option<String>,
    /// Why, as typed.
    pub reason: Option<String>,
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
    kind: String,
    user_id: Option<Uuid>,
    session: Option<String>,
    address: Option<String>,
    reason: Option<String>,
}

impl TryFrom<Row> for AuditLine {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AuditId::from_bytes(row.id.into_bytes()),
            kind: Of { table: TABLE, id: row.id }.word("kind", &row.kind)?,
            actor: row.actor,
            action: row.action,
            target_type: row.target_type,
            target_id: row.target_id,
            meta: row.meta_json.0,
            at: Timestamp::from_micros(row.created_at),
            user: row.user_id.map(|id| UserId::from_bytes(id.into_bytes())),
            session: row.session,
            address: row.address,
            reason: row.reason,
        })
    }
}

/// Adds a line, and notes that no link of the chain holds it yet.
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
            .bind(line.kind.as_str())
            .bind(line.user.map(|id| key(id.bytes())))
            .bind(line.session.as_deref())
            .bind(line.address.as_deref())
            .bind(line.reason.as_deref())
            .execute(&mut *c)
            .await?;
        sqlx::query(sql!("audit/leave_unsealed.sql"))
            .bind(key(line.id.bytes()))
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
    rows.into_iter().map(AuditLine::try_from).collect()
}
