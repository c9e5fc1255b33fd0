//! Sending a payout to the bank: the step that moves money.
//!
//! Why: a customer is paid at most once. Transactions: (1) intent — attempt row with its `bank_tran_id` and time, payout
//! `sending` — committed before the call; (2) the outcome with the end of the claim, and the day the bank booked it on.
//! Before (1) the account is asked for its holder, which moves nothing and may be repeated. The calls are outside the
//! transactions, in a task nobody can cut.
//! Midnight: the rail knows a transfer by its key of the day, so nothing is begun shortly before or after it; that and
//! the bank's hours are looked at first, and again with the intent, for the account's holder may be long in coming.
//! Failure before the call (no line, no token): the attempt is `not_sent`, the payout `ready`, another attempt follows.
//! What the rail could never be sent (a name it has no letters for), and a bank that says nothing for a day of trying,
//! hold the payout for a person. After the call, or without an answer that proves anything: `unknown`, and only the
//! inquiry leads on. A refusal by a code we know is `held` or `failed` and waits for a person.
//! Crash between (1) and (2): the next claim finds the attempt and turns it into `unknown` with an inquiry at once.
//! A worker that was stopped, or waited for a token or a place, for so long that its claim may be somebody else's does
//! not send any more; the line looks at the time right before bytes go out.
//! `payout_attempts_one_live` lets one attempt exist that may have moved money, whatever this file does.

use super::outcome::{self, Codes, Told, move_attempt, move_payout, paid, refused, unclear};
use super::payee::{account_of, holder_of};
use crate::failpoint::failpoint;
use crate::risk;
use crate::work::{Called, Deadline, Unit, patience, silent_since};
use crate::{ServiceError, Services};
use domain::bank::{BankHours, holder_matches, sending_closed_until};
use domain::policy::{BANK_LULL, GIVE_UP};
use domain::risk::Gate;
use domain::{
    AccountNo, AttemptEvent, AttemptId, AttemptState, OrderState, PayoutEvent, PayoutId, PayoutState, PersonName, Span,
    Timestamp,
};
use gateway_bank::{BankRefusal, BankTranId, DepositRequest, Holder, Outcome, ReceiveInquiry};
use serde_json::json;
use store::banks;
use store::orders::{self, Order};
use store::outbox::Claim;
use store::payout_attempts::{self, PayoutAttempt};
use store::payouts::{self, Payout};

/// Before a held order is looked at again.
const HELD_PAUSE: Span = Span::seconds(60);

/// Who is paid.
struct Payee {
    account: AccountNo,
    holder: PersonName,
    client_num: String,
    /// When its bank takes transfers, if that is known.
    hours: Option<BankHours>,
}

pub(crate) async fn send(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let payout =
        payouts::find(&mut reader, PayoutId::from_bytes(claim.subject)).await?.ok_or(ServiceError::NotFound)?;
    let order = orders::find(&mut reader, payout.order_id).await?.ok_or(ServiceError::NotFound)?;
    let attempts = payout_attempts::of_payout(&mut reader, payout.id).await?;
    let hours =
        banks::all(&mut reader).await?.into_iter().find(|bank| bank.code == payout.bank_code).map(|bank| bank.hours);
    drop(reader);

    match (payout.state, attempts.iter().find(|attempt| attempt.state.is_live())) {
        (PayoutState::Ready, None) => {}
        (PayoutState::Sending, Some(attempt)) if attempt.state == AttemptState::Attempted => {
            return left_behind(services, claim, &payout, attempt).await;
        }
        // Paid, unknown with an inquiry of its own, held, failed or cancelled.
        _ => return Unit::finish(services, claim, Some("decided")).await?.commit().await,
    }
    let now = services.clock.now();
    if order.state == OrderState::Held {
        return Unit::retry(services, claim, now.plus(HELD_PAUSE), "order_held").await?.commit().await;
    }
    if let Some(opens) = sending_closed_until(hours.as_ref(), services.policy.rail_rest, now) {
        return wait(services, claim, &payout, opens, "bank_closed").await;
    }
    if payout.not_before > now {
        return wait(services, claim, &payout, payout.not_before, "not_before").await;
    }
    let payee = Payee {
        account: account_of(services, &payout)?,
        holder: holder_of(services, &payout)?,
        client_num: hex::encode_upper(&payout.id.bytes()[6..16]),
        hours,
    };
    let number = u32::try_from(attempts.len()).unwrap_or(u32::MAX).saturating_add(1);
    match ask_holder(services, claim, &payout, &payee).await? {
        Some(inquiry) => transfer(services, claim, &order, &payout, &payee, number, &inquiry).await,
        None => Ok(()),
    }
}

/// Not now: the time is shown.
async fn wait(
    services: &Services,
    claim: &Claim,
    payout: &Payout,
    until: Timestamp,
    code: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::retry(services, claim, until, code).await?;
    unit.take(payout.order_id).await?;
    move_payout(&mut unit, payout, &[], json!({}), |payout| payout.next_check_at = Some(until)).await?;
    unit.commit().await
}

/// Asks the bank whose account it is. `None` when the payout is held or waits; the claim is ended then.
async fn ask_holder(
    services: &Services,
    claim: &Claim,
    payout: &Payout,
    payee: &Payee,
) -> Result<Option<BankTranId>, ServiceError> {
    let tran_id = fresh_tran_id(services)?;
    failpoint!("send.before_inquiry");
    let started_at = services.clock.now();
    let request = ReceiveInquiry {
        bank_tran_id: &tran_id,
        bank_code: &payout.bank_code,
        account: payee.account.expose(),
        amount: payout.amount,
        client_name: payee.holder.expose(),
        client_num: &payee.client_num,
    };
    let found: Outcome<Holder, BankRefusal> = services.bank.receive_inquiry(&request, started_at).await;
    let call = |outcome: &'static str, code: Option<String>| Called {
        party: "bank",
        operation: "receive_inquiry",
        reference: tran_id.as_str().to_owned(),
        subject: payout.id.bytes(),
        outcome,
        code,
        started_at,
    };
    let now = services.clock.now();
    let since = match &found {
        Outcome::NotSent { .. } | Outcome::Unknown { .. } => silent_since(services, claim, BANK_LULL, now).await?,
        Outcome::Accepted(_) | Outcome::Rejected(_) => now,
    };
    let (reason, call): (String, Called) = match found {
        Outcome::Accepted(holder) if holder_matches(payee.holder.expose(), &holder.name) => return Ok(Some(tran_id)),
        Outcome::Accepted(_) => ("holder_differs".to_owned(), call("accepted", Some("holder_differs".to_owned()))),
        Outcome::Rejected(refusal) => {
            let code = refusal.as_ref().to_owned();
            (format!("bank_{code}"), call("rejected", Some(code)))
        }
        Outcome::NotSent { code } if never_sendable(&code) => (code.clone(), call("not_sent", Some(code))),
        Outcome::NotSent { code } | Outcome::Unknown { code } if now.since(since) >= GIVE_UP => {
            ("bank_silent".to_owned(), call("unknown", Some(code)))
        }
        Outcome::NotSent { code } | Outcome::Unknown { code } => {
            let again = now.plus(patience(since, now));
            let mut unit = Unit::retry(services, claim, again, "holder_unknown").await?;
            unit.take(payout.order_id).await?;
            unit.call(call("unknown", Some(code)));
            move_payout(&mut unit, payout, &[], json!({}), |payout| payout.next_check_at = Some(again)).await?;
            unit.commit().await?;
            return Ok(None);
        }
    };
    let mut unit = Unit::finish(services, claim, Some("held")).await?;
    unit.take(payout.order_id).await?;
    unit.call(call);
    let detail = json!({ "reason": reason });
    move_payout(&mut unit, payout, &[PayoutEvent::Hold], detail, |payout| payout.hold_reason = Some(reason.clone()))
        .await?;
    outcome::hold_message(&mut unit, &reason)?;
    unit.commit().await?;
    Ok(None)
}

/// Intent, call, outcome.
async fn transfer(
    services: &Services,
    claim: &Claim,
    order: &Order,
    payout: &Payout,
    payee: &Payee,
    number: u32,
    inquiry: &BankTranId,
) -> Result<(), ServiceError> {
    let told = Told::of(services, order, payout)?;
    let tran_id = fresh_tran_id(services)?;
    failpoint!("send.before_intent");
    let deadline = Deadline::start(services, claim);
    let mut unit = Unit::hold(services, claim).await?;
    if unit.take(payout.order_id).await?.state == OrderState::Held {
        drop(unit);
        let again = services.clock.now().plus(HELD_PAUSE);
        return Unit::retry(services, claim, again, "order_held").await?.commit().await;
    }
    match risk::gate(&mut unit).await? {
        Gate::Open => {}
        Gate::Wait => {
            drop(unit);
            return risk::gate_wait(services, claim).await;
        }
        Gate::Shut => {
            drop(unit);
            return risk::stop(services, claim, payout.order_id).await;
        }
    }
    // The bank may have been long about the holder, and others about the order's row. What counts is the time that is
    // committed and sent.
    unit.now = services.clock.now();
    if let Some(opens) = sending_closed_until(payee.hours.as_ref(), services.policy.rail_rest, unit.now) {
        drop(unit);
        return wait(services, claim, payout, opens, "bank_closed").await;
    }
    let attempt = PayoutAttempt {
        id: AttemptId::from_bytes(services.chance.id(unit.now)),
        payout_id: payout.id,
        attempt_no: number,
        bank_tran_id: tran_id.as_str().to_owned(),
        tran_date: unit.now.kst_yyyymmdd(),
        tran_dtime: unit.now.kst_yyyymmddhhmmss(),
        amount: payout.amount,
        state: AttemptState::Attempted,
        rsp_code: None,
        bank_rsp_code: None,
        inquiries: 0,
        not_found: 0,
        attempted_at: unit.now,
        finished_at: None,
    };
    let detail = json!({ "attempt": number, "bank_tran_id": attempt.bank_tran_id, "amount": payout.amount });
    let sending = move_payout(&mut unit, payout, &[PayoutEvent::StartSend], detail, |_| {}).await?;
    payout_attempts::insert(&mut unit.tx, &attempt).await?;
    unit.commit().await?;
    failpoint!("send.after_intent");

    deadline.check()?;
    let started_at = services.clock.now();
    let request = DepositRequest {
        bank_tran_id: &tran_id,
        tran_dtime: &attempt.tran_dtime,
        send_by: deadline.send_by(),
        bank_code: &payout.bank_code,
        account: payee.account.expose(),
        holder_name: payee.holder.expose(),
        amount: payout.amount,
        client_name: payee.holder.expose(),
        client_num: &payee.client_num,
        recv_bank_tran_id: Some(inquiry),
    };
    let answer = services.bank.deposit(&request, started_at).await;
    failpoint!("send.after_call");

    let call = |outcome: &'static str, code: Option<String>| Called {
        party: "bank",
        operation: "deposit",
        reference: attempt.bank_tran_id.clone(),
        subject: payout.id.bytes(),
        outcome,
        code,
        started_at,
    };
    // Why no further attempt is made by itself.
    let now = services.clock.now();
    let since = match &answer {
        Outcome::NotSent { .. } => silent_since(services, claim, BANK_LULL, now).await?,
        Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::Unknown { .. } => now,
    };
    let stop = match &answer {
        Outcome::NotSent { code } if never_sendable(code) => Some(code.clone()),
        Outcome::NotSent { .. } if now.since(since) >= GIVE_UP => Some("bank_silent".to_owned()),
        _ => None,
    };
    let mut unit = if matches!(answer, Outcome::NotSent { .. }) && stop.is_none() {
        Unit::retry(services, claim, now.plus(patience(since, now)), "not_sent").await?
    } else {
        Unit::finish(services, claim, None).await?
    };
    unit.take(payout.order_id).await?;
    match answer {
        Outcome::Accepted(done) => {
            unit.call(call("accepted", Some(done.api_tran_id)));
            paid(&mut unit, &sending, &attempt, done.bank_tran_date, told, None).await?;
        }
        Outcome::Rejected(refusal) => {
            unit.call(call("rejected", Some(refusal.as_ref().to_owned())));
            refused(&mut unit, &sending, &attempt, &refusal, None).await?;
        }
        Outcome::NotSent { code } => {
            unit.call(call("not_sent", Some(code.clone())));
            move_attempt(&mut unit, &attempt, &[AttemptEvent::NotSent], Codes::word(code.clone()), None).await?;
            let events: &[PayoutEvent] =
                if stop.is_some() { &[PayoutEvent::NotSent, PayoutEvent::Hold] } else { &[PayoutEvent::NotSent] };
            let reason = stop.clone();
            let detail = json!({ "code": code, "reason": stop });
            move_payout(&mut unit, &sending, events, detail, |payout| payout.hold_reason = reason).await?;
            if let Some(reason) = &stop {
                outcome::hold_message(&mut unit, reason)?;
            }
        }
        Outcome::Unknown { code } => {
            unit.call(call("unknown", Some(code.clone())));
            unclear(&mut unit, &sending, &attempt, Codes::word(code), None).await?;
        }
    }
    failpoint!("send.before_commit");
    unit.commit().await?;
    failpoint!("send.after_commit");
    Ok(())
}

/// A request the rail can't be sent, now or ever: a name without a letter it knows, an account that is none.
fn never_sendable(code: &str) -> bool {
    code.starts_with("bad_")
}

/// An intent without an outcome: whoever wrote it is gone, or was given up. It may have been paid.
async fn left_behind(
    services: &Services,
    claim: &Claim,
    payout: &Payout,
    attempt: &PayoutAttempt,
) -> Result<(), ServiceError> {
    let mut unit = Unit::finish(services, claim, Some("left_behind")).await?;
    unit.take(payout.order_id).await?;
    let now = unit.now;
    unclear(&mut unit, payout, attempt, Codes::word("left_behind"), Some(now)).await?;
    unit.commit().await
}

/// Forty-eight bits by chance; the day's unique index is what makes it unique.
fn fresh_tran_id(services: &Services) -> Result<BankTranId, ServiceError> {
    let bytes: [u8; 6] = services.chance.bytes();
    let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    services
        .bank
        .tran_id(number)
        .ok_or_else(|| ServiceError::Internal("the institution's code makes no key".to_owned()))
}
