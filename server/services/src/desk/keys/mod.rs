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

use crate::seen::{self, LackedKeys};
use crate::{ServiceError, Services};
use domain::Lang;
use store::crypto::KeyPurpose;
use store::keys::{KeyState, KnownKey};
use store::reseal::{self, PARTS};
use store::rotations::{self, RotationState};
use store::{Conn, StoreError, Tx};

domain::messages! {
    fn forgotten() { ko: "서버를 바꾸는 중이에요. 잠시 뒤 다시 눌러 주세요. 두 번 접수되지 않아요.", en: "We’re changing servers. Press again in a moment. Nothing is taken twice." }
}

/// Does everything that is looked for by a keyed hash stand under one key? It does with one lookup key, and with two once
/// a rotation has been through everything. Until the transaction ends no process begins with other keys, so it stays so.
pub(crate) async fn settled(services: &Services, tx: &mut Tx) -> Result<bool, ServiceError> {
    // A process that was forgotten at a change of keys would look for holds under the old key only, and erase who is held.
    if !lacked(services, &store::keys::hold(tx).await?).is_empty() {
        return Ok(false);
    }
    if !services.keys.is_rehashing() {
        return Ok(true);
    }
    let Some(newest) = rotations::newest(&mut *tx).await? else { return Ok(false) };
    let ours = newest.lookup_key == services.keys.active(KeyPurpose::Lookup);
    if !ours || newest.state != RotationState::Done {
        return Ok(false);
    }
    // A row that passed nowhere keeps its old hash; where that is a phone's, a hold on the person would not be seen.
    let by_phone = |part: &str| PARTS.iter().any(|known| known.name == part && reseal::is_by_phone(known));
    Ok(rotations::walks(&mut *tx, newest.id).await?.iter().all(|walk| walk.stuck == 0 || !by_phone(&walk.part)))
}

/// Refuses when a key is in use that this process was not given, and keeps any process from beginning with another one
/// until the transaction ends. A number that was hashed under the other key alone would not be found here and could be
/// taken twice.
///
/// Errors: [`ServiceError::Busy`]: a process that has the keys takes it.
pub(crate) async fn in_step(services: &Services, tx: &mut Tx, lang: Lang) -> Result<(), ServiceError> {
    if lacked(services, &store::keys::hold(tx).await?).is_empty() {
        return Ok(());
    }
    Err(ServiceError::Busy { retry_after: 5, message: forgotten(lang).to_owned() })
}

/// Does this process hold every key that is in use? One started before a rotation doesn't, and must be started anew.
pub async fn see_keys(services: &Services) -> Result<(), ServiceError> {
    let missing = missing(services, &mut services.db.read().await?).await?;
    if !missing.is_empty() {
        tracing::error!(
            missing = missing.join(", "),
            "another process uses keys this one was not given; start it anew"
        );
        seen::lacks_keys(services, &LackedKeys { at: services.clock.now(), keys: missing.clone() }).await?;
    }
    services.watch.saw_missing_keys(missing);
    Ok(())
}

/// Keys in use that this process was not given or does not write with.
pub(crate) async fn missing(services: &Services, conn: impl Into<Conn<'_>>) -> Result<Vec<String>, ServiceError> {
    Ok(lacked(services, &store::keys::all(conn).await?))
}

fn lacked(services: &Services, known: &[KnownKey]) -> Vec<String> {
    let in_use = known.iter().filter(|key| key.state != KeyState::Retired);
    // Also one this process has, when others write with it and this one doesn't: two of the same number under different keys
    // would not meet.
    let lost = in_use.filter(|key| {
        let ours = services.keys.active(key.purpose) == key.id;
        !services.keys.numbers(key.purpose).contains(&key.id) || (key.state == KeyState::Active && !ours)
    });
    lost.map(|key| format!("{} {}", key.purpose.as_str(), key.id)).collect()
}

/// A value somebody else wrote meanwhile.
fn is_taken(error: &StoreError) -> bool {
    matches!(error, StoreError::Unique { .. })
}
