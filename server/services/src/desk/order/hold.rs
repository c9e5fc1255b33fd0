//! Stopping an order.
//!
//! Why: somebody asks, or something is wrong, and nothing more may be redeemed or paid until people have looked.
//! Transaction: one; the order's row is held, so a worker that is about to redeem or to pay either has committed its
//! intent before (then it goes on, is recorded, and the voucher or transfer is where it is) or finds the order held and
//! sends nothing. What is under way is asked about and recorded while it is held. Of two people who press at once one
//! holds it and the other is told so. Nothing is called; a crash before the commit leaves it as it was.

use super::{BY_STAFF, TARGET, conflict, id_of, is_stale, words};
use crate::desk::why;
use crate::payout::hold_message;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::wire::desk::HoldReason;
use domain::{OrderEvent, OrderState};
use serde_json::json;
use store::audit::AuditKind;

/// The form.
#[derive(Clone, Debug, Default)]
pub struct HoldInput {
    /// [`HoldReason`]'s word.
    pub why: String,
    /// In own words, for the audit log.
    pub reason: String,
    /// The mark of the page it was pressed on.
    pub mark: i64,
    /// Tell the customer, once per order.
    pub tell: bool,
}

/// Stops an order.
///
/// Errors: [`ServiceError::Conflict`] when somebody changed it meanwhile, or it has come to its end.
pub async fn hold(services: &Services, actor: &Actor, code: &str, input: HoldInput) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::OrderHold)?.lang;
    let why: HoldReason =
        input.why.parse().map_err(|_| ServiceError::invalid("why", "missing", words::hold_choose(lang)))?;
    let reason = why::reason(&input.reason, lang)?;
    let id = id_of(services, code).await?;
    let mut unit = Unit::of_staff(services, actor, Act::OrderHold).await?;
    let order = unit.take(id).await?.clone();
    let word = words::order_state(order.state, lang);
    if order.state == OrderState::Held || is_stale(&mut unit, id, input.mark).await? {
        return Err(conflict(&mut unit, id, word).await);
    }
    let Some(from) = order.state.held_from() else {
        return Err(ServiceError::Conflict { code: "over", message: words::hold_over(lang, word) });
    };
    let code = format!("{}{why}", words::DESK_PREFIX);
    unit.move_order(OrderEvent::Hold, json!({ "by": BY_STAFF, "reason": code }))?;
    if input.tell {
        hold_message(&mut unit, &code)?;
    }
    unit.edit_order(|order| {
        order.held_from = Some(from);
        order.hold_reason = Some(code);
    })?;
    let meta = json!({ "why": why, "from": from, "told": input.tell });
    unit.audit(AuditKind::Change, "order.hold", (TARGET, id.to_string()), Some(&reason), meta)?;
    unit.commit().await
}
