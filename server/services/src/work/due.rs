//! The sweeper: a lost wake-up costs seconds, a dead worker's lease costs its length, never a job.

use super::{Ran, run};
use crate::{ServiceError, Services};
use domain::{Lane, OutboxId, Span};
use store::outbox::{self, Alarm};

/// What a sweep found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Leases that had run out and were given back.
    pub freed: usize,
    /// Rows that are due and nobody has.
    pub due: Vec<(OutboxId, Lane)>,
}

/// Gives back what dead workers held, and lists of each lane at most `limit` rows that have been due for
/// `overdue` or longer.
pub async fn sweep(services: &Services, overdue: Span, limit: u32) -> Result<Swept, ServiceError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let freed = outbox::free_expired(&mut tx, now).await?;
    tx.commit().await?;
    if freed > 0 {
        services.wake.notify_waiters();
        tracing::warn!(freed, "leases of dead workers were given back");
    }
    let mut reader = services.db.read().await?;
    let due = outbox::due(&mut reader, now.minus(overdue), limit).await?;
    Ok(Swept { freed, due })
}

/// Sets the alarms of these rows again.
pub async fn rewake(services: &Services, rows: &[(OutboxId, Lane)]) -> Result<(), ServiceError> {
    if rows.is_empty() {
        return Ok(());
    }
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let alarms: Vec<Alarm> = rows.iter().map(|(id, lane)| Alarm { id: *id, lane: *lane, run_at: now }).collect();
    outbox::wake(&mut tx, &alarms, now).await?;
    tx.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}

/// Does everything that is due now, one after the other, until nothing is; for tests and for a machine without
/// workers. Says how many rows were done or failed.
pub async fn run_due(services: &Services, worker: &str) -> Result<u32, ServiceError> {
    let mut ran = 0;
    loop {
        let due = sweep(services, Span::ZERO, 100).await?.due;
        let mut moved = false;
        for (id, _) in due {
            if run(services, id, worker).await? != Ran::NotOurs {
                ran += 1;
                moved = true;
            }
        }
        if !moved {
            return Ok(ran);
        }
    }
}
