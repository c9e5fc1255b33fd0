//! Beginning an order: one piece of work per voucher.
//!
//! Transaction: one, claim's end included. Vouchers of brands without a bridge go to the desk, the others to
//! `verifying`, and their work is written with it. Nothing is called. A crash before the commit leaves the order as it
//! was; the next claim begins it.

use crate::failpoint::failpoint;
use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::catalogue::Verification;
use domain::{ItemEvent, ItemState, OrderEvent, OrderId, OrderState, OutboxKind, Reason, Span};
use serde_json::json;
use std::collections::HashMap;
use store::catalog;
use store::items;
use store::outbox::Claim;

/// Before a held order is looked at again.
pub(super) const HELD_PAUSE: Span = Span::seconds(60);

pub(crate) async fn begin(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let id = OrderId::from_bytes(claim.subject);
    let mut reader = services.db.read().await?;
    let verification: HashMap<String, Verification> =
        catalog::standings(&mut reader).await?.into_iter().map(|brand| (brand.brand, brand.verification)).collect();
    drop(reader);

    let mut unit = Unit::finish(services, claim, None).await?;
    match unit.take(id).await?.state {
        OrderState::Submitted => {}
        OrderState::Held => {
            drop(unit);
            let again = services.clock.now().plus(HELD_PAUSE);
            return Unit::retry(services, claim, again, "order_held").await?.commit().await;
        }
        // Cancelled, or begun by an earlier claim.
        _ => return unit.commit().await,
    }
    unit.move_order(OrderEvent::StartVerify, json!({}))?;
    let items = items::of_order(&mut unit.tx, id).await?;
    for item in items.iter().filter(|item| item.state == ItemState::Submitted) {
        if verification.get(&item.brand) == Some(&Verification::Issuer) {
            unit.enqueue(OutboxKind::VerifyItem, item.id.bytes(), hex::encode(item.id.bytes()), unit.now);
        } else {
            unit.move_item(item, &[ItemEvent::SentToDesk(Reason::NotSupported)], json!({}), |_| {}).await?;
        }
    }
    items::move_all(&mut unit.tx, id, ItemState::Submitted, ItemState::Verifying, unit.now).await?;
    failpoint!("begin.before_commit");
    unit.commit().await?;
    failpoint!("begin.after_commit");
    Ok(())
}
