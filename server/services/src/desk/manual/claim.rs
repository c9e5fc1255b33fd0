//! Taking a voucher, and giving it back.

use super::{LEASE, TARGET, taken, words};
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{ItemId, ItemState};
use serde_json::json;
use store::audit::AuditKind;
use store::{StoreError, items, manual};

/// Takes a voucher, or renews one's own claim.
///
/// Errors: [`ServiceError::Conflict`] when somebody else is at it, in the words of the claim's row, or its result is there.
pub async fn claim(services: &Services, actor: &Actor, item: &str) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::ManualDesk)?.lang;
    let id: ItemId = item.parse().map_err(|_| ServiceError::NotFound)?;
    let mut unit = Unit::of_staff(services, actor, Act::ManualDesk).await?;
    let (me, now) = (unit.staff()?.user, unit.now);
    let before = manual::lock_claim(&mut unit.tx, id).await?;
    let item = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if item.state != ItemState::Manual {
        let message = words::item_over(lang, words::item_state(item.state, lang));
        return Err(ServiceError::Conflict { code: "over", message });
    }
    if !manual::claim(&mut unit.tx, id, me, now, now.plus(LEASE)).await? {
        let holder = manual::lock_claim(&mut unit.tx, id).await?;
        let Some(holder) = holder else { return Err(StoreError::Conflict { what: "claim" }.into()) };
        return Err(taken(&mut unit, &holder).await);
    }
    // Renewing one's own is no news.
    if before.is_none_or(|claim| claim.user != me || claim.lease_until <= now) {
        let target = (TARGET, item.order_id.to_string());
        unit.audit(AuditKind::Change, "manual.claim", target, None, json!({ "item": id }))?;
    }
    unit.commit().await
}

/// Gives a voucher back to everybody. One that is gone already is given back.
pub async fn give_back(services: &Services, actor: &Actor, item: &str) -> Result<(), ServiceError> {
    rights::staff(actor, Act::ManualDesk)?;
    let id: ItemId = item.parse().map_err(|_| ServiceError::NotFound)?;
    let mut unit = Unit::of_staff(services, actor, Act::ManualDesk).await?;
    let item = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    let me = unit.staff()?.user;
    match manual::give_back(&mut unit.tx, id, me).await {
        Ok(()) => {}
        Err(StoreError::Conflict { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let target = (TARGET, item.order_id.to_string());
    unit.audit(AuditKind::Change, "manual.give_back", target, None, json!({ "item": id }))?;
    unit.commit().await
}
