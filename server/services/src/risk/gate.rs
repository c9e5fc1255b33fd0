//! The gate before what can't be taken back: redeeming a voucher, owing a payout, sending it.
//!
//! Why a gate beside the hold: a hold is a state somebody has to set in time. The gate is asked under the order's row
//! lock in the very transaction that writes the intent, so an order that was flagged, whose question to others isn't
//! answered, or whose owner was blocked a moment ago is neither redeemed nor paid, whoever was too late to hold it.

use super::people::hashes_of;
use super::{Stop, hold, hold_reason};
use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::risk::{Asked, Cause, Gate, RiskLane, Standing, Subject};
use domain::{OrderId, Span};
use store::orders::Order;
use store::outbox::Claim;
use store::risk::Judgement;
use store::{blocks, outbox, risk};

/// Before an order that people look at is looked at again.
const HELD_PAUSE: Span = Span::seconds(60);
/// Before an order whose answer is on its way is looked at again.
const DUE_PAUSE: Span = Span::seconds(3);

/// May the order this unit holds go on? An order that was never judged may not.
pub(crate) async fn gate(unit: &mut Unit<'_>) -> Result<Gate, ServiceError> {
    let order = unit.order()?.clone();
    let standing = standing_of(unit, &order).await?;
    let standing = Standing {
        lane: standing.judgement.lane,
        asked: standing.judgement.asked,
        cleared_at: standing.cleared_at,
        blocked: !blocked(unit, &order).await?.is_empty(),
    };
    Ok(standing.gate())
}

/// What of the order stands on the block list, with the order's row held.
pub(crate) async fn blocked(unit: &mut Unit<'_>, order: &Order) -> Result<Vec<Subject>, ServiceError> {
    let subjects = risk::subjects(&mut unit.tx, order.id).await?.ok_or(ServiceError::NotFound)?;
    let asked = hashes_of(unit.services, order, &subjects)?;
    let hits = blocks::hits(&mut unit.tx, &asked, unit.services.clock.now()).await?;
    Ok(Subject::ALL.iter().copied().filter(|kind| hits.iter().any(|hit| hit.kind == *kind)).collect())
}

/// The order's judgement. One that was never judged was written by a program from before the rules, beside this one: it gets
/// a row that asks for a person, who can then let it go on.
pub(crate) async fn standing_of(unit: &mut Unit<'_>, order: &Order) -> Result<risk::Standing, ServiceError> {
    if let Some(standing) = risk::standing(&mut unit.tx, order.id).await? {
        return Ok(standing);
    }
    tracing::error!(order = %order.id, "an order was never judged; it is neither redeemed nor paid before a person looked at it");
    let judgement = Judgement {
        lane: RiskLane::Hold,
        asked: Asked::Off,
        score: u32::try_from(order.risk_score).unwrap_or(0),
        book_version: None,
        facts: None,
        judged_at: unit.now,
    };
    risk::judge_many(&mut unit.tx, &[(order.id, order.created_at, &judgement)]).await?;
    Ok(risk::Standing { judgement, cleared_at: None, cleared_by: None, cleared_reason: None })
}

/// The work waits for an answer that is on its way.
pub(crate) async fn gate_wait(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let again = services.clock.now().plus(DUE_PAUSE);
    Unit::retry(services, claim, again, "risk_check_due").await?.commit().await
}

/// The gate is shut: the order is held, its customer told, and the work waits for a person.
pub(crate) async fn stop(services: &Services, claim: &Claim, order: OrderId) -> Result<(), ServiceError> {
    let again = services.clock.now().plus(HELD_PAUSE);
    let mut unit = Unit::retry(services, claim, again, "order_held").await?;
    unit.take(order).await?;
    // Released, or lifted, while this unit was opened: the next look goes through.
    if gate(&mut unit).await? == Gate::Shut {
        let standing = risk::standing(&mut unit.tx, order).await?;
        let flags = risk::of_order(&mut unit.tx, order).await?;
        let blocked =
            standing.as_ref().is_none_or(|one| one.judgement.lane == RiskLane::Auto || one.cleared_at.is_some());
        let cause = if blocked {
            Some(Cause::Blocked)
        } else {
            let worst = flags.iter().max_by_key(|flag| {
                let cause: Option<Cause> = flag.reason.parse().ok();
                (cause.is_some_and(Cause::is_hard), flag.score)
            });
            worst.and_then(|flag| flag.reason.parse().ok())
        };
        hold(&mut unit, Stop { reason: hold_reason(cause), by: "rules".to_owned(), note: None })?;
    } else {
        let now = unit.now;
        outbox::hasten(&mut unit.tx, &[claim.subject], now).await?;
    }
    unit.commit().await
}
