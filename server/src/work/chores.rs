//! Periodic work beside the money: the audit log's chain, and what else has its hour. Each chore runs alone, in a task of
//! its own, so that a slow one costs its own rounds and nobody else's.

use domain::Span;
use services::desk::{audit, privacy};
use services::{ServiceError, Services, seen};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;

const SEAL_EVERY: u64 = 2;
const WATCH_EVERY: u64 = 15;
const NIGHTLY_EVERY: u64 = 600;
/// The chain's head is written to the log this often: somewhere else than the database.
const ANCHOR_EVERY: u64 = 3_600;
const RETENTION_EVERY: u64 = 3_600;
const ALERTS_EVERY: u64 = 10;

/// One chore: at most one round of it at a time.
#[derive(Debug)]
pub(super) struct Chore {
    name: &'static str,
    every: u64,
    free: Arc<Semaphore>,
    ran: AtomicU64,
}

impl Chore {
    pub(super) fn new(name: &'static str, every: u64) -> Self {
        Self { name, every, free: Arc::new(Semaphore::new(1)), ran: AtomicU64::new(0) }
    }

    /// Begins a round when it is time and none is under way.
    pub(super) fn at<F>(&self, second: u64, work: impl FnOnce() -> F)
    where
        F: Future<Output = Result<(), ServiceError>> + Send + 'static,
    {
        let last = self.ran.load(Ordering::Relaxed);
        // Also when the clock was set back.
        if last != 0 && second >= last && second - last < self.every {
            return;
        }
        let Ok(alone) = Arc::clone(&self.free).try_acquire_owned() else { return };
        self.ran.store(second, Ordering::Relaxed);
        let (name, work) = (self.name, work());
        tokio::spawn(async move {
            if let Err(error) = work.await {
                tracing::warn!(chore = name, %error, "a chore failed this time");
            }
            drop(alone);
        });
    }
}

/// All chores.
#[derive(Debug)]
pub struct Chores {
    seal: Chore,
    watch: Chore,
    nightly: Chore,
    anchor: Chore,
    retention: Chore,
    alerts: Chore,
}

impl Chores {
    pub fn new() -> Self {
        Self {
            seal: Chore::new("seal", SEAL_EVERY),
            watch: Chore::new("watch", WATCH_EVERY),
            nightly: Chore::new("nightly check", NIGHTLY_EVERY),
            anchor: Chore::new("anchor", ANCHOR_EVERY),
            retention: Chore::new("retention", RETENTION_EVERY),
            alerts: Chore::new("alerts", ALERTS_EVERY),
        }
    }

    /// Does what is due at this second.
    pub fn tick(&self, services: &Services, second: u64) {
        let own = || services.clone();
        self.seal.at(second, || {
            let services = own();
            async move { audit::seal(&services).await.map(drop) }
        });
        self.watch.at(second, || watch(own()));
        self.nightly.at(second, || {
            let services = own();
            async move { audit::nightly_check(&services).await.map(drop) }
        });
        self.anchor.at(second, || anchor(own()));
        self.alerts.at(second, || {
            let services = own();
            async move { services::alerts::round(&services).await }
        });
        self.retention.at(second, || {
            let services = own();
            async move {
                let done = privacy::retention(&services).await;
                if let Err(error) = &done {
                    tracing::error!(%error, "erasing what is past its time failed");
                }
                seen::retention(&services, done.is_err()).await
            }
        });
    }
}

/// Says loudly when the chain lags behind or has shrunk.
async fn watch(services: Services) -> Result<(), ServiceError> {
    let now = services.clock.now();
    let state = audit::state(&services).await?;
    if state.is_late(now) {
        let age = state.oldest.map_or(Span::ZERO, |oldest| now.since(oldest)).as_seconds();
        tracing::error!(waiting = state.waiting, age_s = age, "lines of the audit log wait for the chain");
    }
    if state.shrunk {
        tracing::error!("the audit log's chain is shorter than it was, or not the one it was");
    }
    Ok(())
}

async fn anchor(services: Services) -> Result<(), ServiceError> {
    if let Some(head) = audit::state(&services).await?.head {
        tracing::info!(anchor = audit::head_text(&head), "the audit log's chain ends here");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_chore_runs_when_it_is_due_and_never_beside_itself() {
        let chore = Chore::new("test", 10);
        let (began, go) = (Arc::new(AtomicU64::new(0)), Arc::new(tokio::sync::Notify::new()));
        let round = || {
            let (began, go) = (Arc::clone(&began), Arc::clone(&go));
            async move {
                began.fetch_add(1, Ordering::SeqCst);
                go.notified().await;
                Ok(())
            }
        };
        let count = async || {
            tokio::task::yield_now().await;
            began.load(Ordering::SeqCst)
        };
        chore.at(100, round);
        assert_eq!(count().await, 1);
        chore.at(120, round);
        assert_eq!(count().await, 1, "the first round isn't over");
        go.notify_one();
        tokio::task::yield_now().await;
        chore.at(105, round);
        assert_eq!(count().await, 1, "too soon");
        chore.at(110, round);
        assert_eq!(count().await, 2);
        go.notify_one();
        tokio::task::yield_now().await;
        chore.at(50, round);
        assert_eq!(count().await, 3, "the clock was set back");
    }
}
