//! Turning a voucher down.
//!
//! Why: a person knows that it isn't good, or that we don't want it. Only where nothing was begun: a voucher that is being
//! redeemed, may be redeemed or is redeemed is never turned down here, and one with a redemption that is open or done
//! neither, whatever its state says. Before the issuer was asked, and after it said "good", the only honest reason is
//! that we decline; the state machine knows no other. The customer reads the reason on the order's page at once, and gets
//! the message when the order is settled.
//! Transaction: one, with the order's row held: a worker about to redeem has committed its intent before (then this is
//! refused) or finds the voucher turned down. When it was the last one, the settlement ends the order; an order that was
//! never begun (or is held from there) has nobody to settle it and ends here.

use super::{BY_STAFF, TARGET, conflict, words};
use crate::desk::why;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{
    HeldFrom, ItemEvent, ItemId, ItemState, ItemsStand, Lang, MessageKind, OrderEvent, OrderState, Reason, Won,
    order_after_items, text,
};
use serde_json::json;
use store::audit::AuditKind;
use store::items::{self, Item};
use store::{lock_attempts, manual, users};

/// Reasons a person may give where the issuer's word is still open.
const FULL: [Reason; 9] = [
    Reason::Used,
    Reason::NotFound,
    Reason::ZeroBalance,
    Reason::Partial,
    Reason::Expired,
    Reason::BadFormat,
    Reason::OtherFace,
    Reason::BrandStopped,
    Reason::Declined,
];

/// For which reasons a voucher in this state may be turned down; none once a redemption was begun.
pub(super) fn reasons(state: ItemState) -> &'static [Reason] {
    use ItemState as S;
    match state {
        S::Verifying | S::UnknownVerify | S::Manual => &FULL,
        S::Submitted | S::Verified => &[Reason::Declined],
        S::Locking | S::Locked | S::Settled | S::Paid | S::Rejected | S::UnknownLock | S::Cancelled => &[],
    }
}

fn event(state: ItemState, reason: Reason) -> Option<ItemEvent> {
    let event = if reason == Reason::Declined && state != ItemState::Verifying {
        ItemEvent::Declined
    } else {
        ItemEvent::Refused(reason)
    };
    (reasons(state).contains(&reason) && state.next(event).is_ok()).then_some(event)
}

/// Turns a voucher down.
///
/// Errors: [`ServiceError::Conflict`] when it changed meanwhile, a redemption was begun, or a colleague is at it.
pub async fn reject(
    services: &Services,
    actor: &Actor,
    item: &str,
    why: &str,
    typed: &str,
    revision: i64,
) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::ItemReject)?.lang;
    let why: Reason = why.parse().map_err(|_| ServiceError::invalid("why", "missing", words::reject_choose(lang)))?;
    let note = why::reason(typed, lang)?;
    let id: ItemId = item.parse().map_err(|_| ServiceError::NotFound)?;
    let mut unit = Unit::of_staff(services, actor, Act::ItemReject).await?;
    let order_id = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?.order_id;
    unit.take(order_id).await?;
    // Read again with the order's row held: nobody moves it now.
    let item = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    let word = words::item_state(item.state, lang);
    if item.revision != revision {
        return Err(conflict(&mut unit, order_id, word).await);
    }
    let begun = lock_attempts::of_item(&mut unit.tx, id).await?.iter().any(|attempt| attempt.state.is_live());
    let Some(event) = event(item.state, why).filter(|_| !begun) else {
        return Err(ServiceError::Conflict { code: "begun", message: words::reject_begun(lang, word) });
    };
    nobody_else_at_it(&mut unit, id, lang).await?;
    let detail = json!({ "by": BY_STAFF });
    unit.move_item(&item, &[event], detail, |_| {}).await?;
    let target = (TARGET, order_id.to_string());
    let meta = json!({ "item": id, "position": item.position + 1, "reason": why, "from": item.state });
    unit.audit(AuditKind::Change, "item.reject", target, Some(&note), meta)?;
    after(&mut unit).await?;
    unit.commit().await
}

/// A colleague at the manual desk keeps what they took.
async fn nobody_else_at_it(unit: &mut Unit<'_>, item: ItemId, lang: Lang) -> Result<(), ServiceError> {
    let claim = manual::find_claim(&mut unit.tx, item).await?;
    let (me, now) = (unit.staff()?.user, unit.now);
    let Some(claim) = claim.filter(|claim| claim.user != me && claim.lease_until > now) else { return Ok(()) };
    let who = users::find(&mut unit.tx, claim.user).await?.map_or_else(String::new, |user| user.name);
    let message = words::reject_claimed(lang, &who, &claim.claimed_at.kst_clock());
    Err(ServiceError::Conflict { code: "claimed", message })
}

/// What the order does once a voucher was turned down.
async fn after(unit: &mut Unit<'_>) -> Result<(), ServiceError> {
    let order = unit.order()?.clone();
    let items: Vec<Item> = items::of_order(&mut unit.tx, order.id).await?;
    let states: Vec<ItemState> = items.iter().map(|item| item.state).collect();
    let unbegun = order.state == OrderState::Submitted || order.held_from == Some(HeldFrom::Submitted);
    if !unbegun || order_after_items(&states) != ItemsStand::AllRejected {
        return unit.after_items().await;
    }
    if let Some(from) = order.held_from {
        unit.move_order(OrderEvent::Release(from), json!({ "by": BY_STAFF }))?;
    }
    unit.move_order(OrderEvent::Decline, json!({ "items": items.len() }))?;
    unit.edit_order(|order| {
        order.held_from = None;
        order.hold_reason = None;
        order.total_payable = Won::ZERO;
    })?;
    let body = text::sms_item_problem(order.lang, order.code.as_str(), 0, items.len());
    unit.message(MessageKind::ItemProblem, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_redeemed_is_never_turned_down_by_a_person() {
        use ItemState as S;
        for state in S::ALL {
            for reason in Reason::ALL {
                let allowed = event(*state, *reason).is_some();
                let begun = matches!(state, S::Locking | S::UnknownLock | S::Locked | S::Settled | S::Paid);
                assert!(!(allowed && begun), "{state} {reason}");
            }
        }
    }

    #[test]
    fn every_reason_that_is_offered_is_a_legal_move() {
        for state in ItemState::ALL {
            for reason in reasons(*state) {
                assert!(
                    event(*state, *reason).is_some_and(|event| event.reason() == Some(*reason)),
                    "{state} {reason}"
                );
            }
        }
    }
}
