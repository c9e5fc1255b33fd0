//! The workers: one lane per kind of partner, so that a slow one can't starve another.
//!
//! What must happen is in our own outbox; `services::work` does it. apalis only says quickly that there is something to
//! do: its tasks carry the id of an outbox row, so a task that is lost, doubled or late costs a moment and nothing else.
//! Around it stand three safeguards, because apalis 1.0 promises little (`docs`, queue facts Q1–Q30):
//!
//! * each lane is its own worker with `batch_size(1)`, an explicit limit, explicit heartbeats, a name nobody had
//!   before, and a loop that starts it again with growing pauses when it dies;
//! * the sweeper wakes rows whose alarm was lost, and does the longest waiting ones itself;
//! * periodic work runs on apalis-cron, restarted by the same loop.

mod chores;
mod clockwork;
mod lane;
mod lookout;
mod nudge;
#[cfg(test)]
mod tests;

pub use lookout::run as lookout;

use crate::config::Work;
use domain::Lane;
use services::Services;
use std::future::Future;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long units of work that have begun may take at the end of the process.
const DRAIN: Duration = Duration::from_secs(20);
/// First and longest pause before a worker that died is started again.
const RESTART: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(15));

/// How many handlers each lane runs at once.
#[derive(Clone, Debug)]
pub struct WorkSettings {
    lanes: Vec<(Lane, usize)>,
}

impl WorkSettings {
    /// From the configuration's section.
    pub fn new(work: &Work) -> Self {
        let lanes = Lane::ALL
            .iter()
            .map(|lane| {
                let at_once = match lane {
                    Lane::Verify => work.verify,
                    Lane::Lock => work.lock,
                    Lane::Settle => work.settle,
                    Lane::Payout => work.payout,
                    Lane::Message => work.message,
                    Lane::Housekeeping => work.housekeeping,
                };
                (*lane, usize::try_from(at_once.clamp(1, 256)).unwrap_or(1))
            })
            .collect();
        Self { lanes }
    }
}

/// Runs all lanes and the periodic work until `stop`, then waits for what has begun.
pub async fn run(services: Services, settings: WorkSettings, stop: CancellationToken) {
    let mut workers = JoinSet::new();
    for (lane, at_once) in settings.lanes {
        let (services, stop) = (services.clone(), stop.clone());
        workers.spawn(async move {
            kept_alive(store::outbox::queue(lane), &stop, async |name| {
                lane::run(&services, lane, at_once, name, stop.clone()).await
            })
            .await;
        });
    }
    {
        let (services, stop) = (services.clone(), stop.clone());
        workers.spawn(async move {
            kept_alive("clockwork", &stop, async |name| clockwork::run(&services, name, stop.clone()).await).await;
        });
    }
    tracing::info!("the workers are up");
    while workers.join_next().await.is_some() {}
    if tokio::time::timeout(DRAIN, services.drain()).await.is_err() {
        tracing::warn!("some work was still under way at the end; it will be asked after");
    }
    tracing::info!("the workers have stopped");
}

/// Runs a worker again and again until `stop`, each time under a name nobody had before.
async fn kept_alive<F>(what: &'static str, stop: &CancellationToken, worker: impl Fn(String) -> F)
where
    F: Future<Output = Result<(), String>>,
{
    let (first, longest) = RESTART;
    let mut pause = first;
    while !stop.is_cancelled() {
        let name = format!("{what}-{}", uuid::Uuid::now_v7().simple());
        let began = tokio::time::Instant::now();
        let ended = worker(name.clone()).await;
        if stop.is_cancelled() {
            return;
        }
        if began.elapsed() > longest {
            pause = first;
        }
        let reason = ended.err().unwrap_or_else(|| "it ended by itself".to_owned());
        tracing::warn!(worker = name, reason, pause_ms = pause.as_millis(), "a worker died and is started again");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(longest);
    }
}
