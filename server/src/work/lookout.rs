//! What every process looks at, also one that serves pages only: which lanes people stopped, for the desk's head, and whether
//! this process has every key that is in use, for `/readyz` and for refusing what would be written without them.

use super::chores::Chore;
use services::Services;
use services::desk::{jobs, keys};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

const PAUSES_EVERY: u64 = 2;
const KEYS_EVERY: u64 = 5;

/// Looks until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    let (pauses, held_keys) = (Chore::new("pauses", PAUSES_EVERY), Chore::new("keys", KEYS_EVERY));
    let mut beat = interval(Duration::from_secs(1));
    beat.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut second = 0;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = beat.tick() => {}
        }
        second += 1;
        pauses.at(second, || {
            let services = services.clone();
            async move { jobs::see_pauses(&services).await }
        });
        held_keys.at(second, || {
            let services = services.clone();
            async move { keys::see_keys(&services).await }
        });
    }
}
