//! What an issuer's answer to a redemption means for the attempt and the voucher, and how it is written.

use crate::work::{Called, Unit};
use crate::{ServiceError, Services};
use domain::policy::{has_settled, lock_event, next_inquiry};
use domain::{AttemptEvent, CallOutcome, IssuerAnswer, ItemEvent, ItemState, OutboxKind, Span, Timestamp};
use serde_json::json;
use store::items::Item;
use store::lock_attempts::{self, LockAttempt};

/// What a redemption came to.
pub(super) struct Told {
    pub answer: CallOutcome<IssuerAnswer>,
    /// The word to record.
    pub code: Option<String>,
    pub operation: &'static str,
    pub started_at: Timestamp,
}

impl Told {
    /// The word of `partner_calls.outcome`.
    fn outcome(&self) -> &'static str {
        match &self.answer {
            CallOutcome::Accepted(IssuerAnswer::Ok { .. }) | CallOutcome::NotSent | CallOutcome::Unknown => {
                self.answer.as_str()
            }
            CallOutcome::Accepted(_) | CallOutcome::Rejected(_) => "rejected",
        }
    }
}

/// Writes a redemption's answer: attempt, voucher, history, call and what follows. The unit holds the claim and has
/// taken the order. `item` may be `locking` (first send) or `unknown_lock` (inquiry, or a resend under the same
/// reference); given is the voucher as it is then. A no reaches this only from a request that was sent once; `inquire.rs`
/// sees to the others.
pub(super) async fn write(
    unit: &mut Unit<'_>,
    item: &Item,
    attempt: &LockAttempt,
    told: Told,
) -> Result<Item, ServiceError> {
    let unknown = item.state == ItemState::UnknownLock;
    let event = match lock_event(&told.answer) {
        // A resend the bridge refuses, or that never left, says nothing about the send before it.
        _ if unknown && matches!(told.answer, CallOutcome::Rejected(_) | CallOutcome::NotSent) => {
            ItemEvent::LockUnclear
        }
        event => event,
    };
    unit.call(Called {
        party: "issuer",
        operation: told.operation,
        reference: attempt.reference.clone(),
        subject: item.id.bytes(),
        outcome: told.outcome(),
        code: told.code.clone(),
        started_at: told.started_at,
    });
    let now = unit.now;
    let detail = json!({ "attempt": attempt.attempt_no, "reference": attempt.reference, "code": told.code });
    let (attempt_event, item_events): (Option<AttemptEvent>, Vec<ItemEvent>) = match event {
        ItemEvent::LockAccepted => (Some(AttemptEvent::Accepted), vec![event]),
        // From "unknown" the way to the desk leads over the proof that nothing was taken.
        ItemEvent::SentToDesk(_) if unknown => (Some(AttemptEvent::Rejected), vec![ItemEvent::LockProvedUnsent, event]),
        ItemEvent::Refused(_) | ItemEvent::SentToDesk(_) => (Some(AttemptEvent::Rejected), vec![event]),
        ItemEvent::LockNotSent => (Some(AttemptEvent::NotSent), vec![event]),
        ItemEvent::LockUnclear if unknown => (None, Vec::new()),
        ItemEvent::LockUnclear => (Some(AttemptEvent::Unclear), vec![event]),
        other => return Err(ServiceError::Internal(format!("{} is no answer to a redemption", other.name()))),
    };
    if let Some(attempt_event) = attempt_event {
        let mut after = attempt.clone();
        after.state = attempt.state.next(attempt_event)?;
        after.code = told.code;
        if attempt_event != AttemptEvent::Unclear {
            after.finished_at = Some(now);
        }
        if let CallOutcome::Accepted(IssuerAnswer::Ok { face, issuer_ref, .. }) = &told.answer {
            after.face = Some(*face);
            after.issuer_ref.clone_from(issuer_ref);
        }
        lock_attempts::write(&mut unit.tx, attempt, &after).await?;
    }
    let mut moved = item.clone();
    if !item_events.is_empty() {
        let next_check_at = (event == ItemEvent::LockUnclear).then(|| now.plus(first_pause(unit.services)));
        let edit = |item: &mut Item| {
            item.next_check_at = next_check_at;
            if let CallOutcome::Accepted(IssuerAnswer::Ok { face, issuer_ref, .. }) = &told.answer {
                item.face = Some(*face);
                item.issuer_ref.clone_from(issuer_ref);
                item.locked_at = Some(now);
            }
        };
        moved = unit.move_item(item, &item_events, detail, edit).await?;
        if let Some(at) = next_check_at {
            unit.enqueue(OutboxKind::InquireLock, attempt.id.bytes(), hex::encode(attempt.id.bytes()), at);
        }
        unit.after_items().await?;
    }
    Ok(moved)
}

/// The pause before inquiry number `done + 1`; `None` when it is a person's turn. The same for redemptions and
/// transfers.
fn pause(services: &Services, done: u32) -> Option<Span> {
    next_inquiry(&services.policy.inquiry_schedule, services.policy.max_inquiries, done)
}

/// When to ask next after an inquiry that settled nothing; `None` when it is a person's turn. After a "not found" not
/// later than the end of the settling delay, for only from then on another one proves anything.
pub(crate) fn next_look(
    services: &Services,
    done: u32,
    was_not_found: bool,
    sent_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let next = now.plus(pause(services, done)?);
    let delay = services.policy.settle_delay;
    Some(if was_not_found && !has_settled(delay, sent_at, now) { next.min(sent_at.plus(delay)) } else { next })
}

/// The pause before the first inquiry.
pub(crate) fn first_pause(services: &Services) -> Span {
    pause(services, 0).unwrap_or(Span::ZERO)
}
