//! Keying what a person found out about a voucher.
//!
//! Transaction: one. The claim's row first, then the order's, so that nobody takes the voucher over and no worker or
//! colleague moves it in between; what counts is the voucher as it stands then, not as the page saw it. While people look
//! at the order nothing is keyed: a redemption is what a hold is there to stop. Nothing is called here; "redeemed" tells
//! of a redemption that has happened, so it is taken even when the order will pay nothing for it (then settling stops the
//! order for people, and the page had warned before).

use super::{TARGET, own_claim, words};
use crate::desk::order::{BY_STAFF, conflict};
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::catalogue::Verification;
use domain::rate::rate_for;
use domain::wire::desk::ManualResult;
use domain::{
    AttemptEvent, AttemptId, AttemptState, ItemEvent, ItemId, ItemState, Lang, OrderState, OutboxKind, Rate, Won,
};
use serde_json::json;
use store::audit::AuditKind;
use store::items::{self, Item};
use store::lock_attempts::{self, LockAttempt};
use store::{catalog, manual, rates};

/// The form.
#[derive(Clone, Debug, Default)]
pub struct KeyInput {
    /// The voucher.
    pub item: String,
    /// [`ManualResult`]'s word.
    pub result: String,
    /// The face that was redeemed or found.
    pub face: String,
    /// What is left on it, where it was partly used.
    pub balance: String,
    /// The issuer's number for the redemption.
    pub issuer_ref: String,
    /// Another face than the customer said is meant.
    pub differs: bool,
    /// The voucher as the page saw it.
    pub revision: i64,
}

/// Writes the result.
///
/// Errors: [`ServiceError::Conflict`] without a living claim of one's own, when it was decided meanwhile, or while the
/// order is held; [`ServiceError::Invalid`] for what is missing.
pub async fn key(services: &Services, actor: &Actor, input: KeyInput) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::ManualDesk)?.lang;
    let id: ItemId = input.item.parse().map_err(|_| ServiceError::NotFound)?;
    let result: ManualResult =
        input.result.parse().map_err(|_| ServiceError::invalid("result", "missing", words::result_choose(lang)))?;
    let mut unit = Unit::of_staff(services, actor, Act::ManualDesk).await?;
    let order_id = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?.order_id;
    let claim = own_claim(&mut unit, id).await;
    let order = unit.take(order_id).await?.clone();
    let item = items::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if item.state != ItemState::Manual || item.revision != input.revision {
        let word = words::item_state(item.state, lang);
        return Err(conflict(&mut unit, order_id, word).await);
    }
    claim?;
    if order.state == OrderState::Held {
        return Err(ServiceError::Conflict { code: "held", message: words::manual_held(lang).to_owned() });
    }
    let proofs = manual::proofs_of_order(&mut unit.tx, order_id).await?;
    if result.needs_proof() && !proofs.iter().any(|proof| proof.item == id) {
        return Err(ServiceError::invalid("file", "missing", words::proof_missing(lang)));
    }
    let now = unit.now;
    let by = json!({ "by": BY_STAFF });
    let mut meta = json!({ "item": id, "position": item.position + 1, "result": result });
    match result {
        ManualResult::Redeemed => {
            let rates = in_force(&mut unit, &order).await?;
            let face = face_of(&item, &input, &rates, lang)?;
            let issuer_ref = crate::shop::kept(input.issuer_ref.trim(), 60);
            if issuer_ref.is_empty() {
                return Err(ServiceError::invalid("issuer_ref", "missing", words::issuer_ref_missing(lang)));
            }
            redeemed(&mut unit, &item, face, &issuer_ref).await?;
            unit.move_item(&item, &[ItemEvent::LockAccepted], by, |item| {
                item.face = Some(face);
                item.issuer_ref = Some(issuer_ref.clone());
                item.verified_at = item.verified_at.or(Some(now));
                item.locked_at = Some(now);
            })
            .await?;
            meta["face"] = json!(face);
            meta["issuer_ref"] = json!(issuer_ref);
        }
        ManualResult::Good => {
            let bridges = catalog::standings(&mut unit.tx).await?;
            let bridged = bridges.iter().any(|of| of.brand == item.brand && of.verification == Verification::Issuer);
            if !bridged {
                return Err(ServiceError::invalid("result", "no_bridge", words::result_choose(lang)));
            }
            let rates = in_force(&mut unit, &order).await?;
            let face = face_of(&item, &input, &rates, lang)?;
            let after = unit
                .move_item(&item, &[ItemEvent::VerifyPassed], by, |item| {
                    item.face = Some(face);
                    item.verified_at = Some(now);
                })
                .await?;
            // Its first redemption's work may be there, done, under the voucher's own key.
            let unique = format!("{}:hand:{}", hex::encode(id.bytes()), after.revision);
            unit.enqueue(OutboxKind::LockItem, id.bytes(), unique, now);
            meta["face"] = json!(face);
        }
        ManualResult::Declined => {
            unit.move_item(&item, &[ItemEvent::Declined], by, |_| {}).await?;
        }
        ManualResult::Partial => {
            let left = won(&input.balance)
                .ok_or_else(|| ServiceError::invalid("balance", "missing", words::balance_missing(lang)))?;
            meta["balance"] = json!(left);
            refuse(&mut unit, &item, result).await?;
        }
        ManualResult::Used
        | ManualResult::NotFound
        | ManualResult::ZeroBalance
        | ManualResult::Expired
        | ManualResult::BadFormat
        | ManualResult::OtherFace => refuse(&mut unit, &item, result).await?,
    }
    let me = unit.staff()?.user;
    manual::give_back(&mut unit.tx, id, me).await?;
    unit.audit(AuditKind::Change, "manual.key", (TARGET, order_id.to_string()), None, meta)?;
    unit.after_items().await?;
    unit.commit().await
}

async fn refuse(unit: &mut Unit<'_>, item: &Item, result: ManualResult) -> Result<(), ServiceError> {
    let Some(reason) = result.reason() else {
        return Err(ServiceError::Internal(format!("{result} is no refusal")));
    };
    unit.move_item(item, &[ItemEvent::Refused(reason)], json!({ "by": BY_STAFF }), |_| {}).await?;
    Ok(())
}

async fn in_force(unit: &mut Unit<'_>, order: &store::orders::Order) -> Result<Vec<Rate>, ServiceError> {
    Ok(rates::in_force(&mut unit.tx, order.priced_at).await?.into_iter().map(|rate| rate.rate).collect())
}

/// A redemption made by hand, in the books like any other. The unique index refuses a second one that is open or done.
async fn redeemed(unit: &mut Unit<'_>, item: &Item, face: Won, issuer_ref: &str) -> Result<(), ServiceError> {
    let attempts = lock_attempts::of_item(&mut unit.tx, item.id).await?;
    let number = u32::try_from(attempts.len()).unwrap_or(u32::MAX).saturating_add(1);
    let id = AttemptId::from_bytes(unit.services.chance.id(unit.now));
    let attempt = LockAttempt {
        id,
        item_id: item.id,
        attempt_no: number,
        reference: format!("H{}", hex::encode(id.bytes())),
        state: AttemptState::Attempted,
        code: None,
        face: None,
        issuer_ref: None,
        inquiries: 0,
        not_found: 0,
        attempted_at: unit.now,
        finished_at: None,
    };
    lock_attempts::insert(&mut unit.tx, id, item.id, number, &attempt.reference, unit.now).await?;
    let after = LockAttempt {
        state: attempt.state.next(AttemptEvent::Accepted)?,
        code: Some("by_hand".to_owned()),
        face: Some(face),
        issuer_ref: Some(issuer_ref.to_owned()),
        finished_at: Some(unit.now),
        ..attempt.clone()
    };
    lock_attempts::write(&mut unit.tx, &attempt, &after).await?;
    Ok(())
}

/// `10,000`, `10000원` or `10000`; nothing else, and not nothing.
fn won(typed: &str) -> Option<Won> {
    let digits: String = typed.trim().trim_end_matches('원').chars().filter(|c| *c != ',' && *c != ' ').collect();
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let won = if plain { Won::new(digits.parse().ok()?).ok()? } else { return None };
    (!won.is_zero()).then_some(won)
}

/// The face a person keyed: one we have a rate for, and the customer's unless another is meant.
fn face_of(item: &Item, input: &KeyInput, rates: &[Rate], lang: Lang) -> Result<Won, ServiceError> {
    let face = won(&input.face).ok_or_else(|| ServiceError::invalid("face", "missing", words::face_missing(lang)))?;
    if face == item.claimed_face {
        return Ok(face);
    }
    if rate_for(rates, &item.brand, face).is_none() {
        return Err(ServiceError::invalid("face", "no_rate", words::face_no_rate(lang)));
    }
    if !input.differs {
        let message = words::face_differs(lang, &item.claimed_face.fmt(lang));
        return Err(ServiceError::invalid("differs", "not_ticked", message));
    }
    Ok(face)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_whole_won_and_not_nothing() {
        for fine in ["10000", "10,000", " 10 000원 "] {
            assert_eq!(won(fine), Some(Won::whole(10_000)));
        }
        for wrong in ["", "0", "-5", "1e5", "10.5", "만원", "12345678901"] {
            assert_eq!(won(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_result_is_a_legal_move_of_a_voucher_at_the_desk() {
        for result in ManualResult::ALL {
            let event = match (result, result.reason()) {
                (ManualResult::Redeemed, _) => ItemEvent::LockAccepted,
                (ManualResult::Good, _) => ItemEvent::VerifyPassed,
                (ManualResult::Declined, _) => ItemEvent::Declined,
                (_, Some(reason)) => ItemEvent::Refused(reason),
                (_, None) => panic!("{result} means nothing"),
            };
            assert!(ItemState::Manual.next(event).is_ok(), "{result}");
        }
    }
}
