//! Letting work that was left to people be tried again.
//!
//! Why: inquiries end after a while and leave an unclear redemption, transfer or message to a person. When the partner is
//! back, asking once more is all it takes. This never sends: it opens the very row again, and its worker does what it
//! always does: it asks first, and only the money path's own proof ("not found" twice after the settling delay) leads to
//! a send. Work whose next step would be a send is not opened by hand at all ([`words::reopen_effect`]).
//! Transaction: one; the work's row first, then the order's, as workers take them. The row must stand as the page saw it
//! (`review`, same epoch): of two people one opens it.

use super::{TARGET, conflict, id_of, words};
use crate::desk::why;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{AttemptId, OutboxId, OutboxKind, OutboxState};
use serde_json::json;
use store::audit::AuditKind;
use store::outbox::OutboxRow;
use store::{StoreError, items, lock_attempts, outbox, payout_attempts, payouts, stories};

/// Opens work again.
///
/// Errors: [`ServiceError::NotFound`] for work of another order; [`ServiceError::Conflict`] when it isn't left to people
/// any more or would not be safe.
pub async fn reopen(
    services: &Services,
    actor: &Actor,
    code: &str,
    work: &str,
    typed: &str,
    epoch: i64,
) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::ItemReopen)?.lang;
    let reason = why::reason(typed, lang)?;
    let work: OutboxId = work.parse().map_err(|_| ServiceError::NotFound)?;
    let id = id_of(services, code).await?;
    let mut unit = Unit::of_staff(services, actor, Act::ItemReopen).await?;
    let row = outbox::find(&mut unit.tx, work).await?.ok_or(ServiceError::NotFound)?;
    if row.state != OutboxState::Done && !stories::works(&mut unit.tx, id).await?.iter().any(|of| of.id == work) {
        return Err(ServiceError::NotFound);
    }
    if words::reopen_effect(row.kind, lang).is_none() {
        return Err(ServiceError::Conflict { code: "unsafe", message: words::reopen_not(lang).to_owned() });
    }
    let now = unit.now;
    match stories::reopen(&mut unit.tx, &OutboxRow { epoch, ..row.clone() }, now).await {
        Ok(()) => {}
        Err(StoreError::Conflict { .. }) => {
            return Err(conflict(&mut unit, id, words::work_kind(row.kind, lang)).await);
        }
        Err(error) => return Err(error.into()),
    }
    unit.take(id).await?;
    looks_again(&mut unit, &row).await?;
    let meta = json!({ "work": work, "kind": row.kind, "code": row.last_error_code });
    unit.audit(AuditKind::Change, "work.reopen", (TARGET, id.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}

/// What is unclear says again when it is looked at: now.
async fn looks_again(unit: &mut Unit<'_>, row: &OutboxRow) -> Result<(), ServiceError> {
    let now = unit.now;
    match row.kind {
        OutboxKind::InquireLock => {
            let attempt = lock_attempts::find(&mut unit.tx, AttemptId::from_bytes(row.subject)).await?;
            let attempt = attempt.ok_or(ServiceError::NotFound)?;
            let item = items::find(&mut unit.tx, attempt.item_id).await?.ok_or(ServiceError::NotFound)?;
            unit.move_item(&item, &[], json!({}), |item| item.next_check_at = Some(now)).await?;
        }
        OutboxKind::InquirePayout => {
            let attempt = payout_attempts::find(&mut unit.tx, AttemptId::from_bytes(row.subject)).await?;
            let attempt = attempt.ok_or(ServiceError::NotFound)?;
            let payout = payouts::find(&mut unit.tx, attempt.payout_id).await?.ok_or(ServiceError::NotFound)?;
            let mut after = payout.clone();
            after.next_check_at = Some(now);
            after.updated_at = now;
            payouts::write(&mut unit.tx, &payout, &after).await?;
            unit.touch()?;
        }
        OutboxKind::BeginOrder
        | OutboxKind::VerifyItem
        | OutboxKind::LockItem
        | OutboxKind::SettleOrder
        | OutboxKind::SendPayout
        | OutboxKind::SendMessage
        | OutboxKind::CheckRisk
        | OutboxKind::HoldBlocked
        | OutboxKind::WriteExport
        | OutboxKind::RotateKeys
        | OutboxKind::PollMessage
        | OutboxKind::Sweep => {}
    }
    Ok(())
}
