//! Settling: what the order pays, fixed once, and the payout that owes it.
//!
//! Why: the amount is the sum of `floor(verified face × rate)` over the locked vouchers minus one fee, by the rates the
//! order was priced with; nothing the customer sent takes part. Transaction: one, claim's end included: vouchers,
//! order, payout, message and the work of sending are written together. Nothing is called. A crash before the commit
//! leaves everything locked; the next claim settles. `payouts.order_id` is unique, so a second payout can't be made.
//! Quotes that leave nothing are refused, and a voucher that could leave nothing is not redeemed; when others turned
//! out bad after it was, the fee may still eat everything. Then we hold value and owe nothing, so the order is held, the
//! vouchers stay locked, the customer is told and a person decides.

use super::begin::HELD_PAUSE;
use super::people::{account_of, holder_of};
use crate::failpoint::failpoint;
use crate::message::sms_won;
use crate::payout::hold_message;
use crate::risk;
use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::quote::{Settlement, settle as reckon};
use domain::rate::rate_for;
use domain::risk::Gate;
use domain::{
    ItemEvent, ItemState, ItemsStand, MessageKind, OrderEvent, OrderId, OrderState, OutboxKind, PayoutId, PayoutState,
    Rate, Won, order_after_items, outbox::pay_not_before, text,
};
use serde_json::json;
use store::items::{self, Item};
use store::orders::HolderFound;
use store::outbox::Claim;
use store::payouts::{self, NewPayout};
use store::{orders, rates};

/// The fee would eat it all.
const NOTHING_LEFT: &str = "nothing_left";

pub(crate) async fn settle(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let id = OrderId::from_bytes(claim.subject);
    let mut reader = services.db.read().await?;
    let seen = orders::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let rates: Vec<Rate> =
        rates::in_force(&mut reader, seen.priced_at).await?.into_iter().map(|rate| rate.rate).collect();
    drop(reader);
    // Sealed anew for the payout's row, before the transaction.
    let payout_id = PayoutId::from_bytes(services.chance.id(services.clock.now()));
    let seal =
        |column: &str, plain: &str| services.keys.seal(payouts::TABLE, column, payout_id.bytes(), plain.as_bytes());
    let account_no_enc = seal("account_no_enc", account_of(services, &seen)?.expose())?;
    let holder_enc = seal("holder_enc", holder_of(services, &seen)?.expose())?;

    let mut unit = Unit::finish(services, claim, None).await?;
    let order = unit.take(id).await?.clone();
    if order.state == OrderState::Held {
        drop(unit);
        let again = services.clock.now().plus(HELD_PAUSE);
        return Unit::retry(services, claim, again, "order_held").await?.commit().await;
    }
    let items = items::of_order(&mut unit.tx, id).await?;
    let states: Vec<ItemState> = items.iter().map(|item| item.state).collect();
    let all = items.len();
    let stand = order_after_items(&states);
    let good: Vec<&Item> = items.iter().filter(|item| item.state == ItemState::Locked).collect();
    match stand {
        ItemsStand::AllRejected if matches!(order.state, OrderState::Verifying | OrderState::Locking) => {
            unit.move_order(OrderEvent::AllRejected, json!({ "items": all }))?;
            unit.edit_order(|order| order.total_payable = Won::ZERO)?;
            unit.message(MessageKind::ItemProblem, &text::sms_item_problem(order.lang, order.code.as_str(), 0, all))?;
            return commit(unit).await;
        }
        ItemsStand::ReadyToSettle if matches!(order.state, OrderState::Verifying | OrderState::Locking) => {}
        // Settled by an earlier claim, or moved back by a person.
        _ => return unit.commit().await,
    }

    // Vouchers a person keyed by hand come here without the gate before redeeming.
    match risk::gate(&mut unit).await? {
        Gate::Open => {}
        Gate::Wait => {
            drop(unit);
            return risk::gate_wait(services, claim).await;
        }
        Gate::Shut => {
            drop(unit);
            return risk::stop(services, claim, id).await;
        }
    }
    let settlement = settlement(&good, &rates, order.fee)?;
    if settlement.payable.is_zero() {
        drop(unit);
        return hold(services, claim, id, settlement.gross).await;
    }
    for (item, net) in good.iter().zip(&settlement.nets) {
        let detail = json!({ "payable": net, "face": item.face });
        unit.move_item(item, &[ItemEvent::Settled], detail, |item| item.payable = Some(*net)).await?;
    }
    let detail =
        json!({ "gross": settlement.gross, "fee": settlement.fee, "payable": settlement.payable, "items": good.len() });
    let now = unit.now;
    unit.edit_order(|order| {
        order.total_payable = settlement.payable;
        order.settled_at = Some(now);
    })?;
    if good.len() < all {
        let body = text::sms_item_problem(order.lang, order.code.as_str(), good.len(), all);
        unit.message(MessageKind::ItemProblem, &body)?;
    }
    unit.move_order(OrderEvent::Settle, detail)?;
    unit.move_order(OrderEvent::StartPay, json!({}))?;

    let hold_reason = if order.holder_check == HolderFound::Differs {
        Some("holder_differs")
    } else if settlement.payable > services.policy.auto_payout_limit {
        Some("needs_approval")
    } else {
        None
    };
    let payout = NewPayout {
        id: payout_id,
        order_id: id,
        amount: settlement.payable,
        fee: settlement.fee,
        state: if hold_reason.is_some() { PayoutState::Held } else { PayoutState::Ready },
        bank_code: order.bank_code.clone(),
        account_no_enc,
        account_no_hmac: order.account_no_hmac.clone(),
        holder_enc,
        hold_reason: hold_reason.map(ToOwned::to_owned),
        not_before: pay_not_before(order.speed, now, &[]),
        created_at: now,
    };
    payouts::insert(&mut unit.tx, &payout).await?;
    let amount = sms_won(payout.amount, domain::Lang::En);
    match hold_reason {
        Some(reason) => {
            unit.event(None, "payout_hold".to_owned(), json!({ "reason": reason, "amount": amount }))?;
            hold_message(&mut unit, reason)?;
        }
        None => unit.enqueue(
            OutboxKind::SendPayout,
            payout_id.bytes(),
            format!("{}:1", hex::encode(payout_id.bytes())),
            payout.not_before,
        ),
    }
    commit(unit).await
}

/// Redeemed, and nothing to pay for it: to a person, and the customer knows.
async fn hold(services: &Services, claim: &Claim, id: OrderId, gross: Won) -> Result<(), ServiceError> {
    let mut unit = Unit::review(services, claim, NOTHING_LEFT).await?;
    let from = unit.take(id).await?.state.held_from();
    unit.move_order(OrderEvent::Hold, json!({ "reason": NOTHING_LEFT, "gross": gross }))?;
    unit.edit_order(|order| {
        order.held_from = from;
        order.hold_reason = Some(NOTHING_LEFT.to_owned());
    })?;
    hold_message(&mut unit, NOTHING_LEFT)?;
    commit(unit).await
}

async fn commit(unit: Unit<'_>) -> Result<(), ServiceError> {
    failpoint!("settle.before_commit");
    unit.commit().await?;
    failpoint!("settle.after_commit");
    Ok(())
}

/// The rate of the band of the verified face, as it was in force when the order was priced.
fn settlement(good: &[&Item], rates: &[Rate], fee: Won) -> Result<Settlement, ServiceError> {
    let mut lines = Vec::with_capacity(good.len());
    for item in good {
        let face = item.face.ok_or_else(|| ServiceError::Internal(format!("locked item {} has no face", item.id)))?;
        lines.push((face, rate_of(item, face, rates)?));
    }
    reckon(&lines, fee).ok_or_else(|| ServiceError::Internal("a settlement overflows".to_owned()))
}

/// The rate a voucher of this face is paid by: the quoted one, or that of its band when the face is another.
fn rate_of(item: &Item, face: Won, rates: &[Rate]) -> Result<u32, ServiceError> {
    if face == item.claimed_face {
        return Ok(item.rate_bp);
    }
    let rate = rate_for(rates, &item.brand, face);
    rate.map(|rate| rate.basis_points)
        .ok_or_else(|| ServiceError::Internal(format!("no rate for the face of item {}", item.id)))
}

/// Would the order pay nothing even if everything that isn't out yet turned out good? Asked before anything is redeemed.
/// What can't be reckoned yet may be worth something.
pub(crate) fn nothing_left(items: &[Item], rates: &[Rate], fee: Won) -> bool {
    let mut lines = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !matches!(item.state, ItemState::Rejected | ItemState::Cancelled)) {
        let face = item.face.unwrap_or(item.claimed_face);
        let Ok(rate) = rate_of(item, face, rates) else { return false };
        lines.push((face, rate));
    }
    reckon(&lines, fee).is_some_and(|best| best.payable.is_zero())
}
