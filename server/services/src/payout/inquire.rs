//! Asking what became of a transfer that had no clear answer.
//!
//! Why: an unknown transfer is neither paid nor unpaid; only the bank knows, under our key of the day it arrived. Near
//! midnight that may be another day than it was sent, so there both are asked, and "not found" means: on none of them.
//! Transactions: each inquiry ends in one, with the claim given back for the next time or ended. "Not found" counts only
//! when it was asked after the settling delay, and proves something only the second time; then the attempt is `not_sent`,
//! the payout `ready`, and a new attempt with a new key follows. (Stricter than for redemptions: a new key can pay twice.)
//! Nothing else makes a second attempt. Crash anywhere: the row comes due again and asks again; asking moves nothing. After
//! `policy.max_inquiries` a person looks and the payout stays `unknown`.

use super::outcome::{Codes, Told, enqueue_send, move_attempt, move_payout, paid, refused, waits_for_inquiry};
use crate::failpoint::failpoint;
use crate::item::answer::next_look;
use crate::work::{Called, Unit};
use crate::{ServiceError, Services};
use domain::bank::booking_days;
use domain::policy::{has_settled, proves_unsent};
use domain::{AttemptEvent, AttemptId, AttemptState, PayoutEvent, Timestamp, Won};
use gateway_bank::{BankTranId, DepositResult, ResultInquiry};
use serde_json::json;
use store::orders;
use store::outbox::Claim;
use store::payout_attempts::{self, PayoutAttempt};
use store::payouts::{self, Payout};

pub(crate) async fn inquire(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let attempt = payout_attempts::find(&mut reader, AttemptId::from_bytes(claim.subject)).await?;
    let attempt = attempt.ok_or(ServiceError::NotFound)?;
    let payout = payouts::find(&mut reader, attempt.payout_id).await?.ok_or(ServiceError::NotFound)?;
    let order = orders::find(&mut reader, payout.order_id).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    if attempt.state != AttemptState::Unknown || !waits_for_inquiry(&payout) {
        return Unit::finish(services, claim, Some("decided")).await?.commit().await;
    }
    let nonsense = || ServiceError::Internal(format!("attempt {} has no readable key", attempt.id));
    let tran_id = BankTranId::parse(&attempt.bank_tran_id).ok_or_else(nonsense)?;
    let sent_on = domain::KstDate::parse_yyyymmdd(&attempt.tran_date).ok_or_else(nonsense)?;
    let told = Told::of(services, &order, &payout)?;

    failpoint!("inquire_payout.before_call");
    let started_at = services.clock.now();
    let mut result = ask(services, &tran_id, sent_on, attempt.amount).await;
    for day in booking_days(attempt.attempted_at).into_iter().filter(|day| *day != sent_on) {
        if result == DepositResult::NotFound {
            result = ask(services, &tran_id, day, attempt.amount).await;
        }
    }
    failpoint!("inquire_payout.after_call");

    let call = |outcome: &'static str, code: Option<String>| Called {
        party: "bank",
        operation: "result",
        reference: attempt.bank_tran_id.clone(),
        subject: payout.id.bytes(),
        outcome,
        code,
        started_at,
    };
    let asked = (attempt.inquiries + 1, attempt.not_found);
    match result {
        DepositResult::Paid(done) => {
            let mut unit = Unit::finish(services, claim, None).await?;
            unit.take(payout.order_id).await?;
            unit.call(call("accepted", Some(done.api_tran_id)));
            paid(&mut unit, &payout, &attempt, done.bank_tran_date, told, Some(asked)).await?;
            failpoint!("inquire_payout.before_commit");
            unit.commit().await
        }
        DepositResult::Failed(refusal) => {
            let mut unit = Unit::finish(services, claim, None).await?;
            unit.take(payout.order_id).await?;
            unit.call(call("rejected", Some(refusal.as_ref().to_owned())));
            refused(&mut unit, &payout, &attempt, &refusal, Some(asked)).await?;
            failpoint!("inquire_payout.before_commit");
            unit.commit().await
        }
        DepositResult::Returned { code } => {
            let mut unit = Unit::finish(services, claim, Some("returned")).await?;
            unit.take(payout.order_id).await?;
            unit.call(call("rejected", Some(code.clone())));
            returned(&mut unit, &payout, &attempt, &code, asked).await?;
            failpoint!("inquire_payout.before_commit");
            unit.commit().await
        }
        DepositResult::NotFound => {
            let settling = services.policy.settle_delay;
            let counts = has_settled(settling, attempt.attempted_at, started_at);
            let asked = (attempt.inquiries + 1, attempt.not_found + u32::from(counts));
            let call = call("not_found", None);
            if counts && proves_unsent(settling, asked.1, attempt.attempted_at, started_at) {
                return prove(services, claim, &payout, &attempt, asked, call).await;
            }
            again(services, claim, &payout, &attempt, asked, Codes::word("not_found"), call).await
        }
        DepositResult::Processing { code } | DepositResult::Unknown { code } => {
            let call = call("unknown", Some(code.clone()));
            again(services, claim, &payout, &attempt, asked, Codes::word(code), call).await
        }
    }
}

async fn ask(services: &Services, id: &BankTranId, day: domain::KstDate, amount: Won) -> DepositResult {
    let request = ResultInquiry { bank_tran_id: id, bank_tran_date: day, amount };
    services.bank.result(&request, services.clock.now()).await
}

/// It was paid and came back before we knew: a person mends the account.
async fn returned(
    unit: &mut Unit<'_>,
    payout: &Payout,
    attempt: &PayoutAttempt,
    code: &str,
    asked: (u32, u32),
) -> Result<(), ServiceError> {
    let events = [AttemptEvent::Accepted, AttemptEvent::Returned];
    move_attempt(unit, attempt, &events, Codes::word(code), Some(asked)).await?;
    let reason = "returned".to_owned();
    let detail = json!({ "code": code, "bank_tran_id": attempt.bank_tran_id });
    move_payout(unit, payout, &[PayoutEvent::Paid, PayoutEvent::Returned], detail, |payout| {
        payout.hold_reason = Some(reason);
    })
    .await?;
    super::hold_message(unit, "returned")
}

/// Proved that the bank never got it: a new attempt may be made.
async fn prove(
    services: &Services,
    claim: &Claim,
    payout: &Payout,
    attempt: &PayoutAttempt,
    asked: (u32, u32),
    call: Called,
) -> Result<(), ServiceError> {
    let mut unit = Unit::finish(services, claim, Some("proved_unsent")).await?;
    unit.take(payout.order_id).await?;
    unit.call(call);
    let codes = Codes::word("not_found");
    move_attempt(&mut unit, attempt, &[AttemptEvent::ProvedUnsent], codes, Some(asked)).await?;
    let detail = json!({ "bank_tran_id": attempt.bank_tran_id, "inquiries": asked.0 });
    let ready = move_payout(&mut unit, payout, &[PayoutEvent::ProvedUnsent], detail, |_| {}).await?;
    let at = unit.now;
    enqueue_send(&mut unit, &ready, attempt.attempt_no + 1, at);
    failpoint!("inquire_payout.before_commit");
    unit.commit().await
}

/// Still unknown: the next look, or a person.
async fn again(
    services: &Services,
    claim: &Claim,
    payout: &Payout,
    attempt: &PayoutAttempt,
    asked: (u32, u32),
    codes: Codes,
    call: Called,
) -> Result<(), ServiceError> {
    let now = services.clock.now();
    let was_not_found = codes.decisive() == "not_found";
    let next: Option<Timestamp> = next_look(services, asked.0, was_not_found, attempt.attempted_at, now);
    let mut unit = match next {
        Some(at) => Unit::retry(services, claim, at, "still_unknown").await?,
        None => Unit::review(services, claim, "inquiries_used_up").await?,
    };
    unit.take(payout.order_id).await?;
    unit.call(call);
    move_attempt(&mut unit, attempt, &[], codes, Some(asked)).await?;
    move_payout(&mut unit, payout, &[], json!({}), |payout| payout.next_check_at = next).await?;
    if next.is_none() {
        unit.event(None, "payout_needs_person".to_owned(), json!({ "inquiries": asked.0 }))?;
    }
    failpoint!("inquire_payout.before_commit");
    unit.commit().await
}
