//! Questions the desk asks of the audit log: who saw what a moment ago, how much somebody revealed, who changed it last.

use crate::audit::{self, AuditLine};
use crate::db::Conn;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{AuditId, Timestamp, UserId};
use uuid::Uuid;

/// Has this person left this line about this target since then?
pub async fn seen_since(
    conn: impl Into<Conn<'_>>,
    (target_type, target_id): (&str, &str),
    since: Timestamp,
    action: &str,
    user: UserId,
) -> Result<bool, StoreError> {
    let seen = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("views/seen_since.sql"))
        .bind(target_type)
        .bind(target_id)
        .bind(since.micros())
        .bind(action)
        .bind(key(user.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    Ok(seen.is_some())
}

/// How much this person has revealed since then.
pub async fn reveals_since(conn: impl Into<Conn<'_>>, user: UserId, since: Timestamp) -> Result<u32, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("views/reveals_since.sql"))
        .bind(key(user.bytes()))
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?);
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A change by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub user: UserId,
    /// What: the audit line's action.
    pub action: String,
    /// When.
    pub at: Timestamp,
}

/// What a person last changed about a target. Notes change nothing.
pub async fn last_change(
    conn: impl Into<Conn<'_>>,
    (target_type, target_id): (&str, &str),
) -> Result<Option<Change>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, (Uuid, String, i64)>(sql!("views/last_change.sql"))
        .bind(target_type)
        .bind(target_id)
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|(user, action, at)| Change {
        user: UserId::from_bytes(user.into_bytes()),
        action,
        at: Timestamp::from_micros(at),
    }))
}

/// One line of the audit log.
pub async fn line(conn: impl Into<Conn<'_>>, id: AuditId) -> Result<Option<AuditLine>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, audit::Row>(sql!("views/line.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(AuditLine::try_from).transpose()
}
