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
pub(crate) struct Row {
    pub id: Uuid,
    pub actor: String,
    pub action: String,
    pub target_type: String,
    pub target_id: String,
    pub meta_json: Json<serde_json::Value>,
    pub created_at: i64,
    pub kind: String,
    pub user_id: Option<Uuid>,
    pub session: Option<String>,
    pub address: Option<String>,
    pub reason: Option<String>,
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

/// JSON without broken numbers: the engines write those differently, and the chain hashes what comes back.
fn whole(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) if number.is_f64() => Value::String(number.to_string()),
        Value::Array(list) => Value::Array(list.into_iter().map(whole).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(|(key, value)| (key, whole(value))).collect()),
        other => other,
    }
}

/// Adds a line, and notes that no link of the chain holds it yet. A number with a fraction is kept as text.
pub async fn insert(conn: impl Into<Conn<'_>>, line: &AuditLine) -> Result<(), StoreError> {
    let meta = whole(line.meta.clone());
    on!(conn, |c| {
        sqlx::query(sql!("audit/insert.sql"))
            .bind(key(line.id.bytes()))
            .bind(line.actor.as_str())
            .bind(line.action.as_str())
            .bind(line.target_type.as_str())
            .bind(line.target_id.as_str())
            .bind(Json(&meta))
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

/// What to look for. Lines come newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    /// Before this line: its time and id.
    pub before: (Timestamp, AuditId),
    /// Not older.
    pub from: Timestamp,
    /// Of this kind.
    pub kind: Option<AuditKind>,
    /// Whose action begins so: `order.`
    pub action: Option<String>,
    /// By this member of staff.
    pub user: Option<UserId>,
    /// By this one, as the line names them: `customer`, `worker:…`. Not looked at with `user`.
    pub actor: Option<String>,
    /// About this: type and id.
    pub target: Option<(String, String)>,
}

impl AuditFilter {
    /// Everything before a moment.
    pub fn before(at: Timestamp) -> Self {
        Self {
            before: (at, AuditId::from_u128(0)),
            from: Timestamp::from_micros(0),
            kind: None,
            action: None,
            user: None,
            actor: None,
            target: None,
        }
    }
}

/// A line with its place in the chain, when it has one already.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line.
    pub line: AuditLine,
    /// Number and hash of its link.
    pub link: Option<(i64, Vec<u8>)>,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    line: Row,
    seq: Option<i64>,
    hash: Option<Vec<u8>>,
}

/// At most `limit` lines that fit, newest first.
pub async fn search(conn: impl Into<Conn<'_>>, filter: &AuditFilter, limit: u32) -> Result<Vec<Found>, StoreError> {
    let (at, id) = filter.before;
    let kind = filter.kind.map(AuditKind::as_str);
    let (target_type, target_id) = match &filter.target {
        Some((kind, id)) => (Some(kind.as_str()), Some(id.as_str())),
        None => (None, None),
    };
    let rows = on!(conn, |c| match (filter.user, &filter.target) {
        (Some(user), _) =>
            sqlx::query_as::<_, FoundRow>(sql!("audit/search_user.sql"))
                .bind(at.micros())
                .bind(key(id.bytes()))
                .bind(filter.from.micros())
                .bind(kind)
                .bind(filter.action.as_deref())
                .bind(key(user.bytes()))
                .bind(target_type)
                .bind(target_id)
                .bind(i64::from(limit))
                .fetch_all(&mut *c)
                .await?,
        (None, Some(_)) =>
            sqlx::query_as::<_, FoundRow>(sql!("audit/search_target.sql"))
                .bind(at.micros())
                .bind(key(id.bytes()))
                .bind(filter.from.micros())
                .bind(kind)
                .bind(filter.action.as_deref())
                .bind(filter.actor.as_deref())
                .bind(target_type)
                .bind(target_id)
                .bind(i64::from(limit))
                .fetch_all(&mut *c)
                .await?,
        (None, None) =>
            sqlx::query_as::<_, FoundRow>(sql!("audit/search.sql"))
                .bind(at.micros())
                .bind(key(id.bytes()))
                .bind(filter.from.micros())
                .bind(kind)
                .bind(filter.action.as_deref())
                .bind(filter.actor.as_deref())
                .bind(i64::from(limit))
                .fetch_all(&mut *c)
                .await?,
    });
    rows.into_iter().map(|row| Ok(Found { line: row.line.try_into()?, link: row.seq.zip(row.hash) })).collect()
}
