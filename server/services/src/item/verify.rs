//! Asking an issuer about a voucher.
//!
//! Why: a voucher that is used, empty or wrong is handed back before anything irreversible happens. The inquiry
//! changes nothing at the issuer, so it may be repeated: no intent is written. Transactions: the claim before, the
//! outcome with the claim's end after; the call between them. Failure before or after the call, a crash, a lost
//! answer, a bridge that turns our signature or clock away: the next claim asks again, with growing patience; after a
//! day of asking in vain a person looks.

use super::numbers::{companions_of, pin_of};
use crate::failpoint::failpoint;
use crate::work::{Called, Unit, patience, silent_since};
use crate::{ServiceError, Services};
use domain::policy::{GIVE_UP, LULL, payable_face, turned_away, verify_event};
use domain::rate::rate_for;
use domain::{
    CallOutcome, IssuerAnswer, ItemEvent, ItemId, ItemState, OrderState, OutboxKind, Rate, Reason, Span, Won,
};
use gateway_issuer::InquiryRequest;
use serde_json::json;
use store::items::{self, Item};
use store::outbox::Claim;
use store::{orders, rates};

/// Before a held order is looked at again.
const HELD_PAUSE: Span = Span::seconds(60);

pub(crate) async fn verify(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let item = items::find(&mut reader, ItemId::from_bytes(claim.subject)).await?.ok_or(ServiceError::NotFound)?;
    let order = orders::find(&mut reader, item.order_id).await?.ok_or(ServiceError::NotFound)?;
    if !matches!(item.state, ItemState::Verifying | ItemState::UnknownVerify) {
        return Unit::finish(services, claim, Some("decided")).await?.commit().await;
    }
    if order.state == OrderState::Held {
        let again = services.clock.now().plus(HELD_PAUSE);
        return Unit::retry(services, claim, again, "order_held").await?.commit().await;
    }
    let rates: Vec<Rate> =
        rates::in_force(&mut reader, order.priced_at).await?.into_iter().map(|rate| rate.rate).collect();
    drop(reader);

    let pin = pin_of(services, &item)?;
    let companions = companions_of(services, &item)?;
    let companions: Vec<(&str, &str)> =
        companions.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let reference = format!("V{}-{}", hex::encode(item.id.bytes()), claim.epoch);
    failpoint!("verify.before_call");
    let started_at = services.clock.now();
    let outcome = services
        .verifier
        .inquire(
            &InquiryRequest {
                reference: &reference,
                brand: &item.brand,
                pin: pin.expose(),
                companions: &companions,
                claimed_face: Some(item.claimed_face),
            },
            started_at,
        )
        .await;
    failpoint!("verify.after_call");
    let word = outcome.code().map(ToOwned::to_owned);
    let answer = outcome.into_call();
    let code = word.or_else(|| match &answer {
        CallOutcome::Accepted(answer) => Some(answer.as_str().to_owned()),
        _ => None,
    });
    if let CallOutcome::Rejected(code) = &answer
        && turned_away(code)
    {
        tracing::error!(item = %item.id, code, "the issuer's bridge turns us away; check issuers.key_id, issuers.secret and this machine's clock");
    }
    let now = services.clock.now();
    let (event, face) = judge(&item, &answer, &rates, now);
    let since = match event {
        ItemEvent::VerifyUnclear => silent_since(services, claim, LULL, now).await?,
        _ => now,
    };
    let event = if now.since(since) >= GIVE_UP { ItemEvent::SentToDesk(Reason::NoAnswer) } else { event };
    let call = Called {
        party: "issuer",
        operation: "inquiry",
        reference,
        subject: claim.subject,
        outcome: answer.as_str(),
        code: code.clone(),
        started_at,
    };

    if event == ItemEvent::VerifyUnclear {
        let again = now.plus(patience(since, now));
        let mut unit = Unit::retry(services, claim, again, "no_answer").await?;
        unit.call(call);
        unit.take(item.order_id).await?;
        // "Unknown" stays unknown; only the time of the next look moves.
        let events: &[ItemEvent] = if item.state == ItemState::Verifying { &[event] } else { &[] };
        unit.move_item(&item, events, json!({ "code": code }), |item| item.next_check_at = Some(again)).await?;
        failpoint!("verify.before_commit");
        return unit.commit().await;
    }
    let mut unit = Unit::finish(services, claim, None).await?;
    unit.call(call);
    unit.take(item.order_id).await?;
    let detail = json!({ "code": code, "face": face });
    let at = unit.now;
    unit.move_item(&item, &[event], detail, |item| {
        item.face = face;
        if event == ItemEvent::VerifyPassed {
            item.verified_at = Some(at);
        }
    })
    .await?;
    if event == ItemEvent::VerifyPassed {
        unit.enqueue(OutboxKind::LockItem, item.id.bytes(), hex::encode(item.id.bytes()), at);
    }
    unit.after_items().await?;
    failpoint!("verify.before_commit");
    unit.commit().await?;
    failpoint!("verify.after_commit");
    Ok(())
}

/// The event, and the face the issuer named. A face no rate covers is not bought.
fn judge(
    item: &Item,
    answer: &CallOutcome<IssuerAnswer>,
    rates: &[Rate],
    now: domain::Timestamp,
) -> (ItemEvent, Option<Won>) {
    let event = verify_event(answer, now);
    let face = match answer {
        CallOutcome::Accepted(IssuerAnswer::Ok { face, balance, .. }) => Some(payable_face(*face, *balance)),
        _ => None,
    };
    match (event, face) {
        (ItemEvent::VerifyPassed, Some(found))
            if found != item.claimed_face && rate_for(rates, &item.brand, found).is_none() =>
        {
            (ItemEvent::Refused(Reason::OtherFace), face)
        }
        (event, face) => (event, face),
    }
}
