//! A person stops an order, or lets a flagged one go on.
//!
//! Transaction: one each: order, judgement, history, audit line, and for a release the work that waited. The order's row
//! is locked and its revision is the one the person saw, so of two people acting at once one is told that it changed.
//! A release is a person's word about what is known now: a newer block or a report takes it back.

use super::{lift_first, not_held_here, stale, too_late_to_hold};
use crate::rights::Act;
use crate::risk::{self as rules, HOLD_PREFIX, Stop};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::risk::{ReleaseReason, RiskLane, StopReason, subject_word};
use domain::{NoteId, OrderCode, OrderEvent, OrderId, OrderState};
use serde_json::json;
use store::audit::AuditKind;
use store::risk::{self, Clearance, Judgement};
use store::{items, orders, outbox, payouts};

/// What a person decides about the order they saw.
#[derive(Clone, Debug)]
pub struct Decision<R> {
    pub order: OrderCode,
    /// The revision that was shown.
    pub revision: i64,
    pub reason: R,
    /// Wanted where the reason is `other`.
    pub note: String,
}

async fn order_of(services: &Services, code: &OrderCode) -> Result<OrderId, ServiceError> {
    let mut reader = services.db.read().await?;
    Ok(orders::find_by_code(&mut reader, code).await?.ok_or(ServiceError::NotFound)?.id)
}

fn note_of(note: &str, wanted: bool, actor: &Actor) -> Result<Option<String>, ServiceError> {
    if wanted {
        return crate::desk::why::at("note", note, actor.lang()).map(Some);
    }
    let note = crate::shop::kept(note.trim(), 500);
    Ok((!note.is_empty()).then_some(note))
}

/// What was written beside a decision is a note of the order's: sealed, and gone with the others. History names it.
async fn keep(unit: &mut Unit<'_>, order: OrderId, note: Option<&str>) -> Result<Option<NoteId>, ServiceError> {
    match note {
        Some(text) => crate::desk::order::keep_note(unit, order, text).await.map(Some),
        None => Ok(None),
    }
}

/// Lets the order go on where it was stopped, or past the place where it would be. What stands on the block list is let go on
/// by nobody before its block is lifted.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::Conflict`] `changed`, `blocked`, `not_held_here`.
pub async fn release(
    services: &Services,
    actor: &Actor,
    decision: Decision<ReleaseReason>,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::RiskRelease).await?;
    let lang = actor.lang();
    let note = note_of(&decision.note, decision.reason == ReleaseReason::Other, actor)?;
    let id = order_of(services, &decision.order).await?;
    // The work's rows before the order's, as everywhere: whoever works on it waits instead of blocking this.
    let mut subjects: Vec<[u8; 16]> =
        items::of_order(&mut unit.tx, id).await?.iter().map(|item| item.id.bytes()).collect();
    subjects.push(id.bytes());
    subjects.extend(payouts::by_order(&mut unit.tx, id).await?.map(|payout| payout.id.bytes()));
    let now = unit.now;
    outbox::hasten(&mut unit.tx, &subjects, now).await?;
    let order = unit.take(id).await?.clone();
    if order.revision != decision.revision {
        return Err(stale(lang));
    }
    let standing = rules::standing_of(&mut unit, &order).await?;
    if let Some(what) = rules::blocked(&mut unit, &order).await?.first() {
        return Err(ServiceError::Conflict { code: "blocked", message: lift_first(lang, subject_word(*what, lang)) });
    }
    let reason = decision.reason.as_str();
    let by = unit.staff()?.user;
    let refused = || ServiceError::Conflict { code: "not_held_here", message: not_held_here(lang).to_owned() };
    let note = keep(&mut unit, id, note.as_deref()).await?;
    let detail = json!({ "reason": reason, "by": by, "note": note });
    match (order.state, order.held_from) {
        (OrderState::Held, Some(from))
            if order.hold_reason.as_deref().is_some_and(|why| why.starts_with(HOLD_PREFIX)) =>
        {
            unit.move_order(OrderEvent::Release(from), detail)?;
            unit.edit_order(|order| {
                order.held_from = None;
                order.hold_reason = None;
            })?;
        }
        (OrderState::Held, _) => return Err(refused()),
        (state, _) if state.is_finished() => return Err(refused()),
        _ if standing.judgement.lane == RiskLane::Auto || standing.cleared_at.is_some() => return Err(refused()),
        _ => {
            unit.event(None, "risk_cleared".to_owned(), detail)?;
            unit.touch()?;
        }
    }
    let clearance =
        Clearance { at: unit.now, by: unit.staff()?.name.clone(), user: Some(by), reason: reason.to_owned() };
    risk::clear(&mut unit.tx, id, &clearance).await?;
    let meta = json!({ "score": standing.judgement.score, "lane": standing.judgement.lane, "note": note.is_some() });
    unit.audit(AuditKind::Change, "risk.release", ("order", id.to_string()), Some(reason), meta)?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}

/// Stops the order, whatever the rules said.
///
/// Errors: [`ServiceError::Conflict`] `changed`, `too_late`.
pub async fn hold(services: &Services, actor: &Actor, decision: Decision<StopReason>) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OrderHold).await?;
    let lang = actor.lang();
    let note = note_of(&decision.note, decision.reason == StopReason::Other, actor)?;
    let id = order_of(services, &decision.order).await?;
    let order = unit.take(id).await?.clone();
    if order.revision != decision.revision {
        return Err(stale(lang));
    }
    let standing = rules::standing_of(&mut unit, &order).await?;
    let reason = format!("{HOLD_PREFIX}desk_{}", decision.reason);
    let note = keep(&mut unit, id, note.as_deref()).await?;
    let by = unit.staff()?.user.to_string();
    if !rules::hold(&mut unit, Stop { reason, by, note })? {
        return Err(ServiceError::Conflict { code: "too_late", message: too_late_to_hold(lang).to_owned() });
    }
    let judgement = Judgement { lane: RiskLane::Hold, ..standing.judgement };
    risk::judge_again(&mut unit.tx, id, &judgement, true).await?;
    let meta = json!({ "reason": decision.reason });
    unit.audit(AuditKind::Change, "risk.hold", ("order", id.to_string()), Some(decision.reason.as_str()), meta)?;
    unit.commit().await
}
