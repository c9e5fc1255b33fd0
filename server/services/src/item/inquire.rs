//! Asking what became of a redemption that had no clear answer.
//!
//! Why: an unknown redemption is neither done nor not done; only the issuer knows, under our reference. Transactions:
//! each inquiry ends in one, with the claim given back for the next time or ended. "Not found" proves nothing until
//! the settling delay is over and it was said twice; then the very same request is sent again under the same reference,
//! which the bridge carries out at most once. That resend has its own committed intent (the attempt's time moves on and
//! its "not found" count starts anew). Crash anywhere: the row comes due again and asks again; asking changes nothing.
//! After `policy.max_inquiries` a person looks and the voucher stays `unknown`. The same when a request that was sent
//! again is answered with a no, whichever: the first send may have redeemed all the same, so the value may be ours.
//! Nothing is sent again while people look at the order: asking goes on, and the resend waits for its release.

use super::answer::{self, Told, next_look};
use super::lock::{held, redeem};
use crate::failpoint::failpoint;
use crate::risk;
use crate::work::{Called, Deadline, Unit};
use crate::{ServiceError, Services};
use domain::policy::proves_unsent;
use domain::risk::Gate;
use domain::{AttemptId, AttemptState, CallOutcome, IssuerAnswer, ItemState, OrderState};
use gateway_issuer::Redemption;
use serde_json::json;
use store::events;
use store::items::{self, Item};
use store::lock_attempts::{self, LockAttempt};
use store::outbox::Claim;

/// The history's word for a request that was sent again under its reference.
const RESENT: &str = "item_lock_resent";

pub(crate) async fn inquire(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let attempt = lock_attempts::find(&mut reader, AttemptId::from_bytes(claim.subject)).await?;
    let attempt = attempt.ok_or(ServiceError::NotFound)?;
    let item = items::find(&mut reader, attempt.item_id).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    if attempt.state != AttemptState::Unknown || item.state != ItemState::UnknownLock {
        return Unit::finish(services, claim, Some("decided")).await?.commit().await;
    }

    failpoint!("inquire_lock.before_call");
    let started_at = services.clock.now();
    let face = item.face.unwrap_or(item.claimed_face);
    let found = services.issuer.redemption(&attempt.reference, face, started_at).await;
    failpoint!("inquire_lock.after_call");
    let (outcome, code) = match found {
        // "Temporary" is no answer to "what became of it".
        Redemption::Found(IssuerAnswer::Temporary) => ("unknown", "temporary".to_owned()),
        // The answer kept for a reference that was sent twice is the one to its second send.
        Redemption::Found(answer) if is_no(&answer) && was_resent(services, &item, &attempt).await? => {
            let told = Told {
                code: Some(answer.as_str().to_owned()),
                answer: CallOutcome::Accepted(answer),
                operation: "redemption",
                started_at,
            };
            return perhaps_ours(services, claim, &item, &attempt, told).await;
        }
        Redemption::Found(answer) => {
            let code = Some(answer.as_str().to_owned());
            let told = Told { answer: CallOutcome::Accepted(answer), code, operation: "redemption", started_at };
            let mut unit = Unit::finish(services, claim, None).await?;
            unit.take(item.order_id).await?;
            answer::write(&mut unit, &item, &attempt, told).await?;
            failpoint!("inquire_lock.before_commit");
            return unit.commit().await;
        }
        Redemption::NotFound => ("not_found", "not_found".to_owned()),
        Redemption::Unknown { code } => ("unknown", code),
    };
    let call = Called {
        party: "issuer",
        operation: "redemption",
        reference: attempt.reference.clone(),
        subject: item.id.bytes(),
        outcome,
        code: Some(code.clone()),
        started_at,
    };
    let mut after = attempt.clone();
    after.inquiries += 1;
    after.not_found += u32::from(outcome == "not_found");
    after.code = Some(code);
    let settling = services.policy.settle_delay;
    if outcome == "not_found" && proves_unsent(settling, after.not_found, attempt.attempted_at, started_at) {
        return resend(services, claim, &item, &attempt, after, call).await;
    }
    again(services, claim, &item, &attempt, after, call).await
}

/// Still unknown: the next look, or a person.
async fn again(
    services: &Services,
    claim: &Claim,
    item: &Item,
    attempt: &LockAttempt,
    after: LockAttempt,
    call: Called,
) -> Result<(), ServiceError> {
    let now = services.clock.now();
    let next = next_look(services, after.inquiries, after.not_found > 0, after.attempted_at, now);
    let mut unit = match next {
        Some(at) => Unit::retry(services, claim, at, "still_unknown").await?,
        None => Unit::review(services, claim, "inquiries_used_up").await?,
    };
    unit.take(item.order_id).await?;
    unit.call(call);
    lock_attempts::write(&mut unit.tx, attempt, &after).await?;
    unit.move_item(item, &[], json!({}), |item| item.next_check_at = next).await?;
    if next.is_none() {
        unit.event(Some(item), "item_needs_person".to_owned(), json!({ "inquiries": after.inquiries }))?;
    }
    failpoint!("inquire_lock.before_commit");
    unit.commit().await
}

/// Was this reference ever sent a second time? Written with the intent of doing so.
async fn was_resent(services: &Services, item: &Item, attempt: &LockAttempt) -> Result<bool, ServiceError> {
    let mut reader = services.db.read().await?;
    let history = events::of_order(&mut reader, item.order_id).await?;
    Ok(history.iter().any(|event| {
        event.kind == RESENT
            && event.item_id == Some(item.id)
            && event.detail.get("reference").and_then(|reference| reference.as_str()) == Some(&attempt.reference)
    }))
}

/// An answer that would end it without the value being ours. Of a request that was sent once it is the truth; of its
/// second send it says nothing about the first.
const fn is_no(answer: &IssuerAnswer) -> bool {
    match answer {
        IssuerAnswer::Ok { .. } | IssuerAnswer::Temporary => false,
        IssuerAnswer::Used
        | IssuerAnswer::NotFound
        | IssuerAnswer::ZeroBalance
        | IssuerAnswer::Partial { .. }
        | IssuerAnswer::LockedOut
        | IssuerAnswer::NotSupported => true,
    }
}

/// A no to the second send, about a voucher we may have redeemed ourselves: neither ours nor the customer's until a
/// person has the issuer's word. The attempt stays open, so nothing can redeem the voucher under another name.
async fn perhaps_ours(
    services: &Services,
    claim: &Claim,
    item: &Item,
    attempt: &LockAttempt,
    told: Told,
) -> Result<(), ServiceError> {
    let mut unit = Unit::review(services, claim, "perhaps_ours").await?;
    unit.take(item.order_id).await?;
    unit.call(Called {
        party: "issuer",
        operation: told.operation,
        reference: attempt.reference.clone(),
        subject: item.id.bytes(),
        outcome: "unknown",
        code: told.code.clone(),
        started_at: told.started_at,
    });
    let after = LockAttempt { inquiries: attempt.inquiries + 1, code: told.code.clone(), ..attempt.clone() };
    lock_attempts::write(&mut unit.tx, attempt, &after).await?;
    unit.move_item(item, &[], json!({}), |item| item.next_check_at = None).await?;
    unit.event(Some(item), "item_needs_person".to_owned(), json!({ "code": told.code, "resent": true }))?;
    failpoint!("inquire_lock.before_commit");
    unit.commit().await
}

/// Proved that the bridge never got it: the same request once more, under the same reference.
async fn resend(
    services: &Services,
    claim: &Claim,
    item: &Item,
    attempt: &LockAttempt,
    asked: LockAttempt,
    call: Called,
) -> Result<(), ServiceError> {
    let deadline = Deadline::start(services, claim);
    let mut unit = Unit::hold(services, claim).await?;
    // Seen under the row's lock. Nothing of this look is counted, so the proof is asked for again after the release.
    if unit.take(item.order_id).await?.state == OrderState::Held {
        drop(unit);
        return held(services, claim).await;
    }
    match risk::gate(&mut unit).await? {
        Gate::Open => {}
        Gate::Wait => {
            drop(unit);
            return risk::gate_wait(services, claim).await;
        }
        Gate::Shut => {
            drop(unit);
            return risk::stop(services, claim, item.order_id).await;
        }
    }
    unit.call(call);
    let sent = LockAttempt { not_found: 0, attempted_at: unit.now, ..asked };
    lock_attempts::write(&mut unit.tx, attempt, &sent).await?;
    unit.event(Some(item), RESENT.to_owned(), json!({ "reference": sent.reference }))?;
    unit.touch()?;
    unit.commit().await?;
    failpoint!("inquire_lock.after_resend_intent");

    deadline.check()?;
    let told = redeem(services, item, &sent.reference, "redeem_again", deadline).await?;
    failpoint!("inquire_lock.after_call");
    let unclear = match &told.answer {
        CallOutcome::Accepted(answer) => matches!(answer, IssuerAnswer::Temporary),
        CallOutcome::Rejected(_) | CallOutcome::NotSent | CallOutcome::Unknown => true,
    };
    if unclear {
        let call = Called {
            party: "issuer",
            operation: told.operation,
            reference: sent.reference.clone(),
            subject: item.id.bytes(),
            outcome: told.answer.as_str(),
            code: told.code.clone(),
            started_at: told.started_at,
        };
        let after = LockAttempt { code: told.code, ..sent.clone() };
        return again(services, claim, item, &sent, after, call).await;
    }
    if matches!(&told.answer, CallOutcome::Accepted(answer) if is_no(answer)) {
        return perhaps_ours(services, claim, item, &sent, told).await;
    }
    let mut unit = Unit::finish(services, claim, None).await?;
    unit.take(item.order_id).await?;
    answer::write(&mut unit, item, &sent, told).await?;
    failpoint!("inquire_lock.before_commit");
    unit.commit().await
}
