//! Letting a held order go on where it was stopped.
//!
//! Transaction: one. Its work looks again every minute while it is held and comes due at once now. An order that settling
//! stopped because nothing was left has its settlement's work in review under the order's only key: that row is opened
//! again first (work before order, as workers take them), so that the order is reckoned anew; it stops again when still
//! nothing is left. What the risk desk stopped only the risk desk releases. A page that didn't know of the last change by
//! a colleague releases nothing: it may be held for another reason by now.

use super::{BY_STAFF, TARGET, conflict, id_of, is_stale, words};
use crate::desk::why;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{OrderEvent, OrderState, OutboxKind, OutboxState};
use serde_json::json;
use store::audit::AuditKind;
use store::outbox::OutboxRow;
use store::{StoreError, outbox, stories};

/// Releases an order.
///
/// Errors: [`ServiceError::Conflict`] when it isn't held any more, was changed meanwhile, or is the risk desk's.
pub async fn release(
    services: &Services,
    actor: &Actor,
    code: &str,
    typed: &str,
    mark: i64,
) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::OrderHold)?.lang;
    let reason = why::reason(typed, lang)?;
    let id = id_of(services, code).await?;
    let mut unit = Unit::of_staff(services, actor, Act::OrderHold).await?;
    let works = stories::works(&mut unit.tx, id).await?;
    let settling = |row: &&OutboxRow| row.kind == OutboxKind::SettleOrder && row.state == OutboxState::Review;
    let now = unit.now;
    let reopened = match works.iter().find(settling) {
        Some(row) => match stories::reopen(&mut unit.tx, row, now).await {
            Ok(()) => true,
            // A colleague's release has it; the order says so below.
            Err(StoreError::Conflict { .. }) => false,
            Err(error) => return Err(error.into()),
        },
        None => false,
    };
    let subjects: Vec<[u8; 16]> = works.iter().map(|row| row.subject).collect();
    outbox::hasten(&mut unit.tx, &subjects, now).await?;
    let order = unit.take(id).await?.clone();
    let word = words::order_state(order.state, lang);
    let Some(from) = order.held_from.filter(|_| order.state == OrderState::Held) else {
        return Err(conflict(&mut unit, id, word).await);
    };
    if is_stale(&mut unit, id, mark).await? {
        return Err(conflict(&mut unit, id, word).await);
    }
    let was = order.hold_reason.unwrap_or_default();
    if was.starts_with(words::RISK_PREFIX) {
        return Err(ServiceError::Conflict { code: "risk_desk", message: words::release_risk(lang).to_owned() });
    }
    unit.move_order(OrderEvent::Release(from), json!({ "by": BY_STAFF }))?;
    unit.edit_order(|order| {
        order.held_from = None;
        order.hold_reason = None;
    })?;
    let meta = json!({ "was": was, "to": from, "settle_again": reopened });
    unit.audit(AuditKind::Change, "order.release", (TARGET, id.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}
