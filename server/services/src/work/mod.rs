//! Doing the work in the outbox. Whoever wakes a worker only names a row; here it is claimed, done and ended.
//!
//! # The rules every kind of work keeps
//!
//! 1. The row is claimed under a new epoch and that is committed before anything else happens.
//! 2. A call with an effect is preceded by a committed intent ("attempted", with the reference) and followed by a
//!    transaction that writes the outcome and ends the claim, epoch in its `WHERE`.
//! 3. No call is made inside a transaction.
//! 4. A worker that finds an intent without an outcome asks what became of it; it never sends again by guess.
//! 5. From the claim to the end everything runs in a task of its own: the worker that waits for it may be dropped.
//! 6. What went wrong without an answer is counted. After `policy.max_claims` it is tried every ten minutes only and an
//!    error is logged each time: a person must look, but nobody's money waits for one once the cause is gone.

mod due;
mod silence;
mod tidy;
mod unit;

pub use due::{Swept, rewake, run_due, sweep};
pub(crate) use silence::silent_since;
pub use tidy::tidy;
pub(crate) use unit::{Called, Unit, is_conflict, patience};

use crate::failpoint::failpoint;
use crate::{ServiceError, Services, desk, item, message, order, payout, risk};
use domain::{OutboxId, OutboxKind, Span};
use std::time::{Duration, Instant};
use store::StoreError;
use store::outbox::{self, Claim};

/// Between tries of work that fails again and again.
const STUBBORN: Span = Span::minutes(10);

/// What came of being woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// The row was ours and its work went as it may.
    Done,
    /// Not due, done already, or somebody else's. Nothing happened.
    NotOurs,
    /// It failed; it will be tried again, or a person will look.
    Failed,
}

/// Claims a row and does its work. Errors only when the store could not even be asked for the claim.
pub async fn run(services: &Services, id: OutboxId, worker: &str) -> Result<Ran, ServiceError> {
    let unit = {
        let (services, worker) = (services.clone(), worker.to_owned());
        async move {
            let Some(claim) = claim(&services, id, &worker).await? else { return Ok(Ran::NotOurs) };
            let work = {
                let (services, claim) = (services.clone(), claim.clone());
                async move { perform(&services, &claim).await }
            };
            // A task within the task: a panic in the work must still be written down.
            match services.uncut(work).await {
                Ok(()) => Ok(Ran::Done),
                Err(error) if is_conflict(&error) => {
                    // The epoch moved on: a later claim has the row. What we knew is for its inquiry to find out.
                    tracing::warn!(kind = %claim.kind, outbox = %claim.id, epoch = claim.epoch, %error, "a worker was too late");
                    give_back(&services, &claim, "conflict").await;
                    Ok(Ran::Failed)
                }
                Err(error) => {
                    tracing::error!(kind = %claim.kind, outbox = %claim.id, attempt = claim.attempts, %error, "a work failed");
                    give_back(&services, &claim, code_of(&error)).await;
                    Ok(Ran::Failed)
                }
            }
        }
    };
    services.uncut(unit).await
}

/// Takes the row.
async fn claim(services: &Services, id: OutboxId, worker: &str) -> Result<Option<Claim>, ServiceError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    // Whoever lacks a key that is in use can't open what others wrote; they do the work.
    if !desk::keys::missing(services, &mut tx).await?.is_empty() {
        tx.rollback().await?;
        return Ok(None);
    }
    let Some(claim) = outbox::claim(&mut tx, id, worker, now, now.plus(services.policy.lease)).await? else {
        tx.rollback().await?;
        return Ok(None);
    };
    // Which kind it is was learned by claiming it.
    let lease = services.policy.lease_of(claim.kind);
    if lease > services.policy.lease {
        outbox::hold(&mut tx, &claim, now, now.plus(lease)).await?;
    }
    tx.commit().await?;
    if claim.attempts > services.policy.max_claims {
        tracing::error!(kind = %claim.kind, outbox = %id, attempts = claim.attempts, "work fails again and again; a person must look");
    }
    Ok(Some(claim))
}

async fn perform(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    failpoint!("work.after_claim");
    match claim.kind {
        OutboxKind::BeginOrder => order::begin(services, claim).await,
        OutboxKind::CheckRisk => risk::check(services, claim).await,
        OutboxKind::HoldBlocked => risk::hold_blocked(services, claim).await,
        OutboxKind::VerifyItem => item::verify(services, claim).await,
        OutboxKind::LockItem => item::lock(services, claim).await,
        OutboxKind::InquireLock => item::inquire(services, claim).await,
        OutboxKind::SettleOrder => order::settle(services, claim).await,
        OutboxKind::SendPayout => payout::send(services, claim).await,
        OutboxKind::InquirePayout => payout::inquire(services, claim).await,
        OutboxKind::SendMessage => message::hand(services, claim).await,
        OutboxKind::WriteExport => desk::exports::write(services, claim).await,
        OutboxKind::RotateKeys => desk::keys::rotate(services, claim).await,
        // Periodic work of the server's own timers; nobody writes such rows.
        OutboxKind::PollMessage | OutboxKind::Sweep => {
            Unit::finish(services, claim, Some("periodic")).await?.commit().await
        }
    }
}

/// After a failure without an outcome: try again a little later. When even that fails the lease runs out by itself.
async fn give_back(services: &Services, claim: &Claim, code: &str) {
    let now = services.clock.now();
    let pause = if claim.attempts < services.policy.max_claims {
        Span::seconds(1_i64 << claim.attempts.min(6))
    } else {
        STUBBORN
    };
    let written = async {
        let mut tx = services.db.begin().await?;
        outbox::retry_at(&mut tx, claim, now.plus(pause), code, false, now).await?;
        tx.commit().await
    };
    match written.await {
        Ok(()) | Err(StoreError::Conflict { .. }) => {}
        Err(error) => tracing::warn!(outbox = %claim.id, %error, "a claim was not given back; its lease will run out"),
    }
}

fn code_of(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::Store(StoreError::Busy) => "busy",
        ServiceError::Store(StoreError::CommitUnknown { .. }) => "commit_unknown",
        ServiceError::Store(StoreError::Corrupt { .. }) => "corrupt",
        ServiceError::Store(_) => "store",
        ServiceError::NotFound => "not_found",
        _ => "internal",
    }
}

/// Until when this worker may begin a call with an effect. Measured on a clock that can't be set, from before the claim
/// was held: a worker that was stopped in its tracks, or waited long for a token or a free place, must not send when
/// somebody else may have taken over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Instant,
}

impl Deadline {
    /// From now, half the lease: the call itself must fit into the rest.
    pub fn start(services: &Services, claim: &Claim) -> Self {
        let lease = u64::try_from(services.policy.lease_of(claim.kind).as_micros()).unwrap_or(0);
        Self { at: Instant::now() + Duration::from_micros(lease / 2) }
    }

    /// For the line, which looks at it right before bytes go out.
    pub const fn send_by(self) -> Instant {
        self.at
    }

    /// Errors when it is too late to send; the intent stays, and is asked about.
    pub fn check(self) -> Result<(), ServiceError> {
        if Instant::now() < self.at {
            Ok(())
        } else {
            Err(ServiceError::Internal("too late to send under this claim".to_owned()))
        }
    }
}
