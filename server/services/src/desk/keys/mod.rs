//! Keys: which there are, what still stands under an old one, and changing to the active ones while the shop is open.
//!
//! Keys come from outside (`keys.source`) and are never in the database. With a new key in front of the old one both
//! open and find; [`walk`] then passes every row to the active keys, and when nothing needs the old key any more it may be
//! retired here and taken out of the source.

mod desk;
mod walk;

pub use desk::{begin, keys, pause, resume, retire};
pub(crate) use walk::rotate;
pub use walk::{Stepped, step};

use crate::{ServiceError, Services};
use store::crypto::KeyPurpose;
use store::rotations::{self, RotationState};
use store::{Conn, StoreError};

/// Does everything that is looked for by a keyed hash stand under one key? It does with one lookup key, and with two once
/// a rotation has been through everything.
pub(crate) async fn settled(services: &Services, conn: impl Into<Conn<'_>>) -> Result<bool, ServiceError> {
    let mut conn: Conn<'_> = conn.into();
    // A process that was forgotten at a change of keys would look for holds under the old key only, and erase who is held.
    if !missing(services, &mut conn).await?.is_empty() {
        return Ok(false);
    }
    if !services.keys.is_rehashing() {
        return Ok(true);
    }
    let Some(newest) = rotations::newest(&mut conn).await? else { return Ok(false) };
    let ours = newest.lookup_key == services.keys.active(KeyPurpose::Lookup);
    if !ours || newest.state != RotationState::Done {
        return Ok(false);
    }
    Ok(rotations::walks(&mut conn, newest.id).await?.iter().all(|walk| walk.stuck == 0))
}

/// Does this process hold every key that is in use? One started before a rotation doesn't, and must be started anew.
pub async fn see_keys(services: &Services) -> Result<(), ServiceError> {
    let missing = missing(services, &mut services.db.read().await?).await?;
    if !missing.is_empty() {
        tracing::error!(
            missing = missing.join(", "),
            "another process uses keys this one was not given; start it anew"
        );
    }
    services.watch.saw_missing_keys(missing);
    Ok(())
}

/// Keys in use that this process was not given.
async fn missing(services: &Services, conn: impl Into<Conn<'_>>) -> Result<Vec<String>, ServiceError> {
    let known = store::keys::all(conn).await?;
    let in_use = known.iter().filter(|key| key.state != store::keys::KeyState::Retired);
    let lost = in_use.filter(|key| !services.keys.numbers(key.purpose).contains(&key.id));
    Ok(lost.map(|key| format!("{} {}", key.purpose.as_str(), key.id)).collect())
}

/// A value somebody else wrote meanwhile.
fn is_taken(error: &StoreError) -> bool {
    matches!(error, StoreError::Unique { .. })
}
