//! What one process saw and whichever process tells people of troubles must know: kept in the database, since the one that
//! tells is rarely the one that saw.

use crate::{ServiceError, Services};
use domain::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Conn, settings};

const KEYS: &str = "seen.lacks_keys";
const RETENTION: &str = "seen.retention";
/// A process that lacks keys says so every few seconds; one that was quiet this long has been started anew.
const QUIET: Span = Span::seconds(30);

/// A process lacks keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LackedKeys {
    /// When it last said so.
    pub at: Timestamp,
    /// Which.
    pub keys: Vec<String>,
}

/// Writes that this process lacks keys.
pub(crate) async fn lacks_keys(services: &Services, lacked: &LackedKeys) -> Result<(), ServiceError> {
    let mut tx = services.db.begin().await?;
    settings::put(&mut tx, KEYS, lacked, lacked.at).await?;
    Ok(tx.commit().await?)
}

/// The keys some process lacks now.
pub(crate) async fn lacked_keys(conn: impl Into<Conn<'_>>, now: Timestamp) -> Result<Vec<String>, ServiceError> {
    let last: Option<LackedKeys> = settings::get(conn, KEYS).await?;
    Ok(last.filter(|last| now.since(last.at) < QUIET).map(|last| last.keys).unwrap_or_default())
}

/// Writes how a round of retention ended, when it ended otherwise than the one before.
pub async fn retention(services: &Services, failed: bool) -> Result<(), ServiceError> {
    if retention_failed(&mut services.db.read().await?).await? == failed {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    settings::put(&mut tx, RETENTION, &failed, services.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Did the last round of retention fail?
pub(crate) async fn retention_failed(conn: impl Into<Conn<'_>>) -> Result<bool, ServiceError> {
    Ok(settings::get(conn, RETENTION).await?.unwrap_or(false))
}
