//! Redeeming a voucher: the step that can't be taken back.
//!
//! Why: a redeemed voucher is ours and owed for; redeemed twice under two names, or redeemed and forgotten, is money
//! lost by somebody. Transactions: (1) intent — attempt row with its reference, voucher `locking` — committed before the
//! call; (2) the outcome with the end of the claim. The call is between them, in a task that nobody can cut.
//! A voucher that would leave the order nothing after the fee, whatever becomes of the others, is handed back unredeemed.
//! Failure before the call (no line, or the bridge turns our signature or clock away): the attempt is `not_sent` and
//! another one is made later; after a day without a way to the bridge the voucher, which nobody redeemed, goes to a
//! person. After the call, or without an answer: attempt and voucher are `unknown` and an inquiry is due; nothing is sent
//! again by this file.
//! Crash between (1) and (2): the next claim finds the attempt and turns it into `unknown` with an inquiry at once.
//! A worker that was stopped, or waited for a free place, for so long that its claim may be somebody else's does not send
//! any more; the reference is the bridge's idempotency key, so even a resend by the inquiry can't redeem twice. Whether
//! the order is held is asked under its row's lock.

use super::answer::{self, Told};
use super::numbers::{companions_of, pin_of};
use crate::failpoint::failpoint;
use crate::order::nothing_left;
use crate::risk;
use crate::work::{Deadline, Unit, patience, silent_since};
use crate::{ServiceError, Services};
use domain::policy::{GIVE_UP, LULL, lock_event, turned_away};
use domain::risk::Gate;
use domain::{
    AttemptEvent, AttemptId, AttemptState, CallOutcome, IssuerAnswer, ItemEvent, ItemId, ItemState, OrderState,
    OutboxKind, Rate, Reason, Span, Timestamp,
};
use gateway_issuer::{Outcome, RedeemRequest};
use serde_json::json;
use store::items::{self, Item};
use store::lock_attempts::{self, LockAttempt};
use store::outbox::Claim;
use store::{orders, rates};

/// Before a held order is looked at again.
const HELD_PAUSE: Span = Span::seconds(60);

pub(crate) async fn lock(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let item = items::find(&mut reader, ItemId::from_bytes(claim.subject)).await?.ok_or(ServiceError::NotFound)?;
    let order = orders::find(&mut reader, item.order_id).await?.ok_or(ServiceError::NotFound)?;
    let attempts = lock_attempts::of_item(&mut reader, item.id).await?;
    let rates: Vec<Rate> =
        rates::in_force(&mut reader, order.priced_at).await?.into_iter().map(|rate| rate.rate).collect();
    drop(reader);
    let live = attempts.iter().find(|attempt| attempt.state.is_live());
    match (item.state, live) {
        (ItemState::Verified, None) => {}
        (ItemState::Locking, Some(attempt)) if attempt.state == AttemptState::Attempted => {
            return left_behind(services, claim, &item, attempt).await;
        }
        // Locked, unknown with an inquiry of its own, refused, or with a person.
        _ => return Unit::finish(services, claim, Some("decided")).await?.commit().await,
    }
    if order.state == OrderState::Held {
        return held(services, claim).await;
    }
    let number = u32::try_from(attempts.len()).unwrap_or(u32::MAX).saturating_add(1);

    let deadline = Deadline::start(services, claim);
    failpoint!("lock.before_intent");
    let mut unit = Unit::hold(services, claim).await?;
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
    let all = items::of_order(&mut unit.tx, item.order_id).await?;
    if nothing_left(&all, &rates, order.fee) {
        drop(unit);
        return hand_back(services, claim, &item).await;
    }
    let attempt = intend(&mut unit, &item, number).await?;
    let detail = json!({ "attempt": number, "reference": attempt.reference });
    let locking = unit.move_item(&item, &[ItemEvent::StartLock], detail, |_| {}).await?;
    unit.after_items().await?;
    unit.commit().await?;
    failpoint!("lock.after_intent");

    deadline.check()?;
    let told = redeem(services, &locking, &attempt.reference, "redeem", deadline).await?;
    failpoint!("lock.after_call");
    record(services, claim, &locking, &attempt, told).await
}

/// Nothing is redeemed while people look at the order.
pub(super) async fn held(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let again = services.clock.now().plus(HELD_PAUSE);
    Unit::retry(services, claim, again, "order_held").await?.commit().await
}

/// Even with everything that may still turn out good the fee would eat it all: the voucher stays the customer's.
async fn hand_back(services: &Services, claim: &Claim, item: &Item) -> Result<(), ServiceError> {
    let mut unit = Unit::finish(services, claim, Some("nothing_left")).await?;
    unit.take(item.order_id).await?;
    unit.move_item(item, &[ItemEvent::Declined], json!({ "code": "nothing_left" }), |_| {}).await?;
    unit.after_items().await?;
    unit.commit().await
}

/// Writes the intent. The reference is made here, once, and stays the same for every resend.
async fn intend(unit: &mut Unit<'_>, item: &Item, number: u32) -> Result<LockAttempt, ServiceError> {
    let id = AttemptId::from_bytes(unit.services.chance.id(unit.now));
    let attempt = LockAttempt {
        id,
        item_id: item.id,
        attempt_no: number,
        reference: format!("R{}", hex::encode(id.bytes())),
        state: AttemptState::Attempted,
        code: None,
        face: None,
        issuer_ref: None,
        inquiries: 0,
        not_found: 0,
        attempted_at: unit.now,
        finished_at: None,
    };
    lock_attempts::insert(&mut unit.tx, id, item.id, number, &attempt.reference, unit.now).await?;
    Ok(attempt)
}

/// The call itself. The face that must be taken is the one the issuer named, or the customer's where it names none.
pub(super) async fn redeem(
    services: &Services,
    item: &Item,
    reference: &str,
    operation: &'static str,
    deadline: Deadline,
) -> Result<Told, ServiceError> {
    let pin = pin_of(services, item)?;
    let companions = companions_of(services, item)?;
    let companions: Vec<(&str, &str)> =
        companions.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let started_at = services.clock.now();
    let request = RedeemRequest {
        reference,
        brand: &item.brand,
        pin: pin.expose(),
        companions: &companions,
        expected_face: item.face.unwrap_or(item.claimed_face),
        send_by: deadline.send_by(),
    };
    let told = told(services.issuer.redeem(&request, started_at).await, operation, started_at);
    if let CallOutcome::Rejected(code) = &told.answer
        && turned_away(code)
    {
        tracing::error!(item = %item.id, code, "the issuer's bridge turns us away; check issuers.key_id, issuers.secret and this machine's clock");
    }
    Ok(told)
}

fn told(outcome: Outcome<IssuerAnswer>, operation: &'static str, started_at: Timestamp) -> Told {
    let word = outcome.code().map(ToOwned::to_owned);
    let answer = outcome.into_call();
    let code = word.or_else(|| match &answer {
        CallOutcome::Accepted(answer) => Some(answer.as_str().to_owned()),
        _ => None,
    });
    Told { answer, code, operation, started_at }
}

/// How a send ends.
enum End {
    /// For good, or by an inquiry.
    Answered,
    /// It never left, and is tried again then.
    Again(Timestamp),
    /// It never left, for too long.
    GivenUp,
}

async fn record(
    services: &Services,
    claim: &Claim,
    item: &Item,
    attempt: &LockAttempt,
    told: Told,
) -> Result<(), ServiceError> {
    let mut end = End::Answered;
    if lock_event(&told.answer) == ItemEvent::LockNotSent {
        let now = services.clock.now();
        let since = silent_since(services, claim, LULL, now).await?;
        end = if now.since(since) >= GIVE_UP { End::GivenUp } else { End::Again(now.plus(patience(since, now))) };
    }
    let mut unit = match end {
        End::Answered => Unit::finish(services, claim, None).await?,
        End::GivenUp => Unit::finish(services, claim, Some("not_sent")).await?,
        End::Again(when) => Unit::retry(services, claim, when, "not_sent").await?,
    };
    unit.take(item.order_id).await?;
    let after = answer::write(&mut unit, item, attempt, told).await?;
    if matches!(end, End::GivenUp) {
        tracing::error!(item = %item.id, "a redemption could not be sent for a day; a person must look");
        unit.move_item(&after, &[ItemEvent::SentToDesk(Reason::NoAnswer)], json!({ "code": "not_sent" }), |_| {})
            .await?;
        unit.after_items().await?;
    }
    failpoint!("lock.before_commit");
    unit.commit().await?;
    failpoint!("lock.after_commit");
    Ok(())
}

/// An intent without an outcome: whoever wrote it is gone, or was given up. It may have been redeemed.
async fn left_behind(
    services: &Services,
    claim: &Claim,
    item: &Item,
    attempt: &LockAttempt,
) -> Result<(), ServiceError> {
    let mut unit = Unit::finish(services, claim, Some("left_behind")).await?;
    unit.take(item.order_id).await?;
    let now = unit.now;
    let mut after = attempt.clone();
    after.state = attempt.state.next(AttemptEvent::Unclear)?;
    after.code = Some("left_behind".to_owned());
    lock_attempts::write(&mut unit.tx, attempt, &after).await?;
    let detail = json!({ "attempt": attempt.attempt_no, "code": "left_behind" });
    unit.move_item(item, &[ItemEvent::LockUnclear], detail, |item| item.next_check_at = Some(now)).await?;
    unit.enqueue(OutboxKind::InquireLock, attempt.id.bytes(), hex::encode(attempt.id.bytes()), now);
    unit.commit().await
}
