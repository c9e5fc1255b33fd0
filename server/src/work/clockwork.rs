//! Periodic work, on apalis-cron: sweeping, following messages, tidying.

use super::chores::Chores;
use super::lane::panicked;
use apalis::layers::catch_panic::CatchPanicLayer;
use apalis::prelude::{Data, WorkerBuilder, WorkerBuilderExt};
use apalis_cron::timezone::Utc;
use apalis_cron::{CronScheduler, Schedule, Tick};
use domain::{Lane, OutboxId, Span};
use services::{Clock, Services, desk, message, work};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// A tick every second; what is due at it follows from its number.
const SWEEP_EVERY: u64 = 5;
const POLL_EVERY: u64 = 3;
const TIDY_EVERY: u64 = 60;
const COUNT_EVERY: u64 = 15;
/// A row this long overdue has lost its alarm, or its lane is busy.
const OVERDUE: Span = Span::seconds(3);
/// A row this long overdue is done by the sweeper itself.
const LEFT_ALONE: Span = Span::seconds(20);
/// One alarm per row in this time.
const REWAKE: Duration = Duration::from_secs(20);
/// Rows of one lane that the sweeper does at once, and lists at most.
const OWN_HANDS: usize = 2;
const LIST: u32 = 200;

/// The clock was set back when it is this far, in seconds, behind the last tick.
const SET_BACK: u64 = 2;

/// Every second, never the same one twice, unless the clock was set back: then it goes on from where the clock is.
#[derive(Debug)]
struct EverySecond {
    clock: Clock,
    last: u64,
}

impl Schedule<Utc> for EverySecond {
    fn next_tick(&mut self, _: &Utc) -> Option<Tick<Utc>> {
        let now = u64::try_from(self.clock.now().micros().div_euclid(1_000_000)).unwrap_or(0);
        let next = now + 1;
        self.last = if self.last > next + SET_BACK { next } else { next.max(self.last + 1) };
        Some(Tick::new(self.last))
    }
}

/// What is kept between ticks.
struct Memory {
    services: Services,
    worker: String,
    rewoken: Mutex<HashMap<OutboxId, Instant>>,
    hands: HashMap<Lane, Arc<Semaphore>>,
    walk: Mutex<message::Walk>,
    polling: Arc<Semaphore>,
    chores: Chores,
}

/// Runs until `stop`, or until the worker dies.
pub async fn run(services: &Services, name: String, stop: CancellationToken) -> Result<(), String> {
    let memory = Arc::new(Memory {
        services: services.clone(),
        worker: name.clone(),
        rewoken: Mutex::default(),
        hands: Lane::ALL.iter().map(|lane| (*lane, Arc::new(Semaphore::new(OWN_HANDS)))).collect(),
        walk: Mutex::default(),
        polling: Arc::new(Semaphore::new(1)),
        chores: Chores::new(),
    });
    let seconds = EverySecond { clock: services.clock.clone(), last: 0 };
    let worker = WorkerBuilder::new(name)
        .backend(CronScheduler::new(seconds))
        .data(memory)
        .concurrency(2)
        .layer(CatchPanicLayer::with_panic_handler(panicked))
        .build(tick);
    let stopped = async move {
        stop.cancelled().await;
        Ok::<(), std::io::Error>(())
    };
    worker.run_until(stopped).await.map_err(|error| error.to_string())
}

async fn tick(tick: Tick<Utc>, memory: Data<Arc<Memory>>) {
    let second = tick.get_timestamp();
    memory.chores.tick(&memory.services, second);
    if second.is_multiple_of(SWEEP_EVERY)
        && let Err(error) = sweep(&memory).await
    {
        tracing::warn!(%error, "a sweep failed");
    }
    if second.is_multiple_of(POLL_EVERY) {
        poll(&memory).await;
    }
    if second.is_multiple_of(COUNT_EVERY)
        && let Err(error) = desk::stats::count(&memory.services).await
    {
        tracing::warn!(%error, "the day's figures were not counted this time");
    }
    if second.is_multiple_of(TIDY_EVERY) {
        match work::tidy(&memory.services).await {
            Ok(gone) => tracing::debug!(gone, "tidied"),
            Err(error) => tracing::warn!(%error, "tidying failed"),
        }
    }
}

/// Wakes what lost its alarm, and does what nobody does.
async fn sweep(memory: &Arc<Memory>) -> Result<(), services::ServiceError> {
    let services = &memory.services;
    let due = work::sweep(services, OVERDUE, LIST).await?.due;
    let lost: Vec<_> = {
        let mut rewoken = memory.rewoken.lock().unwrap_or_else(PoisonError::into_inner);
        rewoken.retain(|_, at| at.elapsed() < REWAKE);
        due.into_iter().filter(|(id, _)| rewoken.insert(*id, Instant::now()).is_none()).collect()
    };
    work::rewake(services, &lost).await?;
    for (id, lane) in work::sweep(services, LEFT_ALONE, LIST).await?.due {
        let Some(hand) = memory.hands.get(&lane).and_then(|hands| Arc::clone(hands).try_acquire_owned().ok()) else {
            continue;
        };
        let memory = Arc::clone(memory);
        tokio::spawn(async move {
            if let Err(error) = work::run(&memory.services, id, &memory.worker).await {
                tracing::warn!(outbox = %id, %error, "the sweeper could not do a row");
            }
            drop(hand);
        });
    }
    Ok(())
}

/// One round at a time; a slow agent costs rounds, not workers.
async fn poll(memory: &Arc<Memory>) {
    let Ok(_one) = Arc::clone(&memory.polling).try_acquire_owned() else { return };
    let mut walk = *memory.walk.lock().unwrap_or_else(PoisonError::into_inner);
    match message::poll(&memory.services, &mut walk).await {
        Ok(_) => *memory.walk.lock().unwrap_or_else(PoisonError::into_inner) = walk,
        Err(error) => tracing::warn!(%error, "messages were not followed this time"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a schedule without a next tick has failed")]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn a_clock_set_back_an_hour_stops_nothing() {
        let now = Arc::new(AtomicI64::new(10_000_000_000));
        let mut seconds = EverySecond { clock: Clock::Fixed(Arc::clone(&now)), last: 0 };
        let mut next = || seconds.next_tick(&Utc).unwrap().get_timestamp();
        assert_eq!((next(), next()), (10_001, 10_002), "never the same second twice");
        now.store(6_400_000_000, Ordering::SeqCst);
        assert_eq!(next(), 6_401);
    }
}
