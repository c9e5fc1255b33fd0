//! Linking what waits, and watching that nothing waits long.

use super::check::last_found_faults;
use super::{HEAD, head_of, head_text};
use crate::{ServiceError, Services};
use domain::{Span, Timestamp};
use store::chain::{self, Head};
use store::settings;

/// Lines per transaction.
const BATCH: u32 = 500;
/// A line that waits longer is an error: the sealer is dead, or far behind.
pub const LATE: Span = Span::seconds(60);

/// How the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditState {
    /// Its end.
    pub head: Option<Head>,
    /// Lines that wait for a link.
    pub waiting: i64,
    /// Since when the oldest does.
    pub oldest: Option<Timestamp>,
    /// The chain ends before a place it had reached.
    pub shrunk: bool,
    /// The last walk along it found a fault.
    pub broken: bool,
}

impl AuditState {
    /// Does a line wait too long?
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.oldest.is_some_and(|oldest| now.since(oldest) > LATE)
    }

    /// Nothing to worry about.
    pub fn is_sound(&self, now: Timestamp) -> bool {
        !self.shrunk && !self.broken && !self.is_late(now)
    }
}

/// Links everything that waits, a batch at a time, and says how many lines that were. Several processes may do it at
/// once: they take turns.
pub async fn seal(services: &Services) -> Result<usize, ServiceError> {
    let mut sealed = 0;
    loop {
        let now = services.clock.now();
        // The writer is not taken for nothing.
        let mut reader = services.db.read().await?;
        let (waiting, _) = chain::waiting(&mut reader).await?;
        drop(reader);
        if waiting == 0 {
            break;
        }
        let mut tx = services.db.begin().await?;
        let (links, head) = chain::seal(&mut tx, BATCH, now).await?;
        let Some(head) = head.filter(|_| links > 0) else {
            // What waits has no line any more, or another sealer was faster; a walk along the chain tells.
            tx.rollback().await?;
            break;
        };
        settings::put(&mut tx, HEAD, &head_text(&head), now).await?;
        tx.commit().await?;
        sealed += links;
        services.watch.saw_head(head);
    }
    Ok(sealed)
}

/// How the chain stands now. `shrunk` compares its end with what was noted at the last sealing and with what this
/// process saw with its own eyes.
pub async fn state(services: &Services) -> Result<AuditState, ServiceError> {
    let mut reader = services.db.read().await?;
    let noted: Option<String> = settings::get(&mut reader, HEAD).await?;
    let seen = services.watch.head();
    // Read after what it is compared with: the chain only grows.
    let head = chain::head(&mut reader).await?;
    let (waiting, oldest) = chain::waiting(&mut reader).await?;
    let reached = head.map_or(0, |head| head.seq);
    let shrunk = [noted.as_deref().and_then(head_of), seen]
        .into_iter()
        .flatten()
        .any(|known| known.seq > reached || head.is_some_and(|head| head.seq == known.seq && head.hash != known.hash));
    let broken = last_found_faults(&mut reader).await?;
    Ok(AuditState { head, waiting, oldest, shrunk, broken })
}
