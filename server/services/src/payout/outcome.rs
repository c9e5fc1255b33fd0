//! What became of a transfer, and how it is written: attempt, payout, vouchers, order, feed, message and what follows.

use super::payee::account_of;
use crate::item::answer::first_pause;
use crate::message::sms_won;
use crate::work::Unit;
use crate::{ServiceError, Services, order};
use domain::policy::BankVerdict;
use domain::{
    AttemptEvent, FeedId, KstDate, MessageKind, OrderEvent, OrderState, OutboxKind, PayoutEvent, PayoutState,
    Timestamp, Won, bank, mask, text,
};
use gateway_bank::BankRefusal;
use serde_json::json;
use std::collections::HashMap;
use store::feed::{self, FeedEntry};
use store::items;
use store::orders::Order;
use store::payout_attempts::{self, PayoutAttempt};
use store::payouts::{self, Payout};

/// Amounts in the public feed are rounded down to this.
const BUCKET: Won = Won::whole(10_000);

/// What is shown of the customer when the money is there; opened before the transaction.
pub(super) struct Told {
    surname: String,
    sms: String,
}

impl Told {
    pub fn of(services: &Services, order: &Order, payout: &Payout) -> Result<Self, ServiceError> {
        let account = account_of(services, payout)?;
        let bank_name = bank::bank(&payout.bank_code).map_or("", |bank| bank.name(order.lang));
        Ok(Self {
            surname: mask::surname(order::name_of(services, order)?.expose()),
            sms: text::sms_paid(
                order.lang,
                order.code.as_str(),
                &sms_won(payout.amount, order.lang),
                bank_name,
                &mask::account(account.expose()),
            ),
        })
    }
}

/// The bank's codes, as recorded.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes {
    pub rsp: Option<String>,
    pub bank_rsp: Option<String>,
}

impl Codes {
    /// A word of the line or of the rail.
    pub fn word(code: impl Into<String>) -> Self {
        Self { rsp: Some(code.into().chars().take(40).collect()), bank_rsp: None }
    }

    pub fn refusal(refusal: &BankRefusal) -> Self {
        let bank_rsp = (!refusal.bank_rsp_code.is_empty()).then(|| refusal.bank_rsp_code.clone());
        Self { rsp: Some(refusal.rsp_code.clone()), bank_rsp }
    }

    /// The code that decided.
    pub fn decisive(&self) -> String {
        self.bank_rsp.clone().or_else(|| self.rsp.clone()).unwrap_or_default()
    }
}

/// Moves the attempt.
pub(super) async fn move_attempt(
    unit: &mut Unit<'_>,
    attempt: &PayoutAttempt,
    events: &[AttemptEvent],
    codes: Codes,
    asked: Option<(u32, u32)>,
) -> Result<(), ServiceError> {
    write_attempt(unit, attempt, attempt.clone(), events, codes, asked).await
}

async fn write_attempt(
    unit: &mut Unit<'_>,
    attempt: &PayoutAttempt,
    mut after: PayoutAttempt,
    events: &[AttemptEvent],
    codes: Codes,
    asked: Option<(u32, u32)>,
) -> Result<(), ServiceError> {
    for event in events {
        after.state = after.state.next(*event)?;
        if *event != AttemptEvent::Unclear {
            after.finished_at = Some(unit.now);
        }
    }
    after.rsp_code = codes.rsp;
    after.bank_rsp_code = codes.bank_rsp;
    if let Some((inquiries, not_found)) = asked {
        after.inquiries = inquiries;
        after.not_found = not_found;
    }
    payout_attempts::write(&mut unit.tx, attempt, &after).await?;
    Ok(())
}

/// Moves the payout by `events`, one after the other, and writes row and history.
pub(super) async fn move_payout(
    unit: &mut Unit<'_>,
    payout: &Payout,
    events: &[PayoutEvent],
    detail: serde_json::Value,
    edit: impl FnOnce(&mut Payout),
) -> Result<Payout, ServiceError> {
    let mut after = payout.clone();
    for event in events {
        after.state = after.state.next(*event)?;
        unit.event(None, format!("payout_{}", event.name()), detail.clone())?;
    }
    after.next_check_at = None;
    after.updated_at = unit.now;
    edit(&mut after);
    after.revision = payouts::write(&mut unit.tx, payout, &after).await?;
    unit.touch()?;
    Ok(after)
}

/// The money is there, booked on that day. What happened is recorded whatever people decided about the order meanwhile.
pub(super) async fn paid(
    unit: &mut Unit<'_>,
    payout: &Payout,
    attempt: &PayoutAttempt,
    booked_on: KstDate,
    told: Told,
    asked: Option<(u32, u32)>,
) -> Result<(), ServiceError> {
    let codes = Codes { rsp: Some("A0000".to_owned()), bank_rsp: Some("000".to_owned()) };
    let booked = PayoutAttempt { tran_date: booked_on.yyyymmdd(), ..attempt.clone() };
    write_attempt(unit, attempt, booked, &[AttemptEvent::Accepted], codes, asked).await?;
    let now = unit.now;
    let detail = json!({ "amount": payout.amount, "bank_tran_id": attempt.bank_tran_id });
    move_payout(unit, payout, &[PayoutEvent::Paid], detail, |payout| {
        payout.executed_at = Some(now);
        payout.hold_reason = None;
    })
    .await?;
    let order_id = payout.order_id;
    let vouchers = items::pay_all(&mut unit.tx, order_id, now).await?;
    // There is nothing left to hold: the order follows the money, and its history says that it was held.
    if let (OrderState::Held, Some(from)) = (unit.order()?.state, unit.order()?.held_from) {
        unit.move_order(OrderEvent::Release(from), json!({ "paid_while_held": true }))?;
        unit.edit_order(|order| {
            order.held_from = None;
            order.hold_reason = None;
        })?;
    }
    unit.move_order(OrderEvent::Paid, json!({ "items": vouchers }))?;
    unit.edit_order(|order| order.paid_at = Some(now))?;
    let brand = most_frequent_brand(unit, order_id).await?;
    let entry = FeedEntry {
        id: FeedId::from_bytes(unit.services.chance.id(now)),
        order_id,
        brand,
        qty: u32::try_from(vouchers).unwrap_or(u32::MAX),
        amount: payout.amount.round_down_to(BUCKET),
        masked: told.surname,
        paid_at: now,
    };
    // Less than a bucket says nothing worth showing.
    if !entry.amount.is_zero() {
        feed::insert(&mut unit.tx, &entry).await?;
    }
    unit.message(MessageKind::Paid, &told.sms)
}

async fn most_frequent_brand(unit: &mut Unit<'_>, order: domain::OrderId) -> Result<String, ServiceError> {
    let mut count: HashMap<String, u32> = HashMap::new();
    for item in items::of_order(&mut unit.tx, order).await? {
        if item.payable.is_some() {
            *count.entry(item.brand).or_default() += 1;
        }
    }
    Ok(count.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(brand, _)| brand).unwrap_or_default())
}

/// The bank certainly did not pay: to a person, with the bank's code.
pub(super) async fn refused(
    unit: &mut Unit<'_>,
    payout: &Payout,
    attempt: &PayoutAttempt,
    refusal: &BankRefusal,
    asked: Option<(u32, u32)>,
) -> Result<(), ServiceError> {
    let codes = Codes::refusal(refusal);
    let code = codes.decisive();
    let event = match refusal.verdict {
        BankVerdict::Hold => PayoutEvent::RefusedHold,
        BankVerdict::Refuse => PayoutEvent::Refused,
        BankVerdict::Paid | BankVerdict::Unknown | BankVerdict::NotSent => {
            return Err(ServiceError::Internal(format!("{:?} is no refusal", refusal.verdict)));
        }
    };
    move_attempt(unit, attempt, &[AttemptEvent::Rejected], codes, asked).await?;
    let detail = json!({ "code": code, "bank": refusal.bank_code });
    let reason = format!("bank_{code}");
    move_payout(unit, payout, &[event], detail, |payout| payout.hold_reason = Some(reason.clone())).await?;
    hold_message(unit, &reason)
}

/// Nobody knows: ask later.
pub(super) async fn unclear(
    unit: &mut Unit<'_>,
    payout: &Payout,
    attempt: &PayoutAttempt,
    codes: Codes,
    first_look: Option<Timestamp>,
) -> Result<(), ServiceError> {
    let at = first_look.unwrap_or_else(|| unit.now.plus(first_pause(unit.services)));
    let detail = json!({ "code": codes.decisive(), "bank_tran_id": attempt.bank_tran_id });
    move_attempt(unit, attempt, &[AttemptEvent::Unclear], codes, None).await?;
    move_payout(unit, payout, &[PayoutEvent::Unclear], detail, |payout| payout.next_check_at = Some(at)).await?;
    unit.enqueue(OutboxKind::InquirePayout, attempt.id.bytes(), hex::encode(attempt.id.bytes()), at);
    Ok(())
}

/// The work of sending a payout under its next attempt.
pub(super) fn enqueue_send(unit: &mut Unit<'_>, payout: &Payout, attempt_no: u32, at: Timestamp) {
    let key = format!("{}:{attempt_no}", hex::encode(payout.id.bytes()));
    unit.enqueue(OutboxKind::SendPayout, payout.id.bytes(), key, at);
}

/// Tells the customer that a payout waits for people, unless it only waits for an approval of ours.
pub(crate) fn hold_message(unit: &mut Unit<'_>, reason: &str) -> Result<(), ServiceError> {
    if reason == "needs_approval" {
        return Ok(());
    }
    let order = unit.order()?;
    let body = text::sms_held(order.lang, order.code.as_str());
    unit.message(MessageKind::Held, &body)
}

/// Is the payout where only an inquiry may lead it on?
pub(super) const fn waits_for_inquiry(payout: &Payout) -> bool {
    matches!(payout.state, PayoutState::Unknown)
}
