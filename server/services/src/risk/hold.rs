//! Holding an order that a unit of work has taken.

use crate::ServiceError;
use crate::payout::hold_message;
use crate::work::Unit;
use domain::{NoteId, OrderEvent, OrderState};
use serde_json::json;

/// Why it stops, and by whom.
pub(crate) struct Stop {
    /// For `orders.hold_reason`.
    pub reason: String,
    /// `rules`, `look_up`, `block`, or the account of a person.
    pub by: String,
    /// The note a person wrote beside it.
    pub note: Option<NoteId>,
}

/// Holds the order, writes history, and tells the customer once. `false` where nothing is left to hold: it is held
/// already, or has come to its end.
pub(crate) fn hold(unit: &mut Unit<'_>, stop: Stop) -> Result<bool, ServiceError> {
    let Some(from) = unit.order()?.state.held_from() else { return Ok(false) };
    debug_assert_ne!(unit.order()?.state, OrderState::Held);
    unit.move_order(OrderEvent::Hold, json!({ "reason": stop.reason, "by": stop.by, "note": stop.note }))?;
    hold_message(unit, &stop.reason)?;
    unit.edit_order(|order| {
        order.held_from = Some(from);
        order.hold_reason = Some(stop.reason);
    })?;
    Ok(true)
}
