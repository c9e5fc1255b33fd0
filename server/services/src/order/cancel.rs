//! Withdrawing an order.
//!
//! Why: until verification begins nothing was asked of anybody, so the customer may take it all back. Transaction: one;
//! order and vouchers move together, nothing is payable any more, and the PINs are free again. The work that would have begun the order finds it
//! cancelled and ends. A begin that is faster wins by the order's row, and this answers that it is too late.

use crate::failpoint::failpoint;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::{ItemState, OrderEvent, OrderId, Won};
use serde_json::json;
use store::items;

domain::messages! {
    /// Verification has begun.
    fn too_late() {
        ko: "검증이 시작되어 취소할 수 없어요.",
        en: "Checking has already started, so it’s too late to cancel."
    }
}

/// Cancels an order that this visitor may open, while nothing was begun.
///
/// Errors: [`ServiceError::NotFound`] for an order this actor may not see; [`ServiceError::Conflict`] `too_late`.
pub async fn cancel(services: &Services, actor: &Actor, order: OrderId) -> Result<(), ServiceError> {
    let Actor::Visitor(visitor) = actor else { return Err(ServiceError::Forbidden) };
    if !visitor.grants.contains(&order) {
        return Err(ServiceError::NotFound);
    }
    let (unit, lang) = (services.clone(), visitor.lang);
    services
        .uncut(async move {
            let mut unit = Unit::begin(&unit).await?;
            if !unit.take(order).await?.state.can_cancel() {
                return Err(ServiceError::Conflict { code: "too_late", message: too_late(lang).to_owned() });
            }
            unit.move_order(OrderEvent::Cancel, json!({ "by": "customer" }))?;
            unit.edit_order(|order| order.total_payable = Won::ZERO)?;
            items::move_all(&mut unit.tx, order, ItemState::Submitted, ItemState::Cancelled, unit.now).await?;
            failpoint!("cancel.before_commit");
            unit.commit().await
        })
        .await
}
