//! Sending a message of an order once more: a new row with its own key and the same text.
//!
//! A code is never sent again. What is still on its way isn't either. What is, or may be, on the phone already needs the
//! sender's tick: it may arrive twice. The page says how many messages the order had when it was made; when there are more
//! by now a colleague was faster, and nothing is sent. Transaction: one, with the order's row held.

use super::{TARGET, conflict, words};
use crate::desk::why;
use crate::erased::needed;
use crate::message::Draft;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{MessageId, MessageKind, MessageState, OrderId, Phone};
use serde_json::json;
use store::audit::AuditKind;
use store::{messages, orders};

/// May a person send it again, and could it then be there twice?
pub(super) const fn again(kind: MessageKind, state: MessageState) -> Option<bool> {
    match (kind, state) {
        (MessageKind::Otp, _) | (_, MessageState::Ready | MessageState::Handing) => None,
        (_, MessageState::Failed | MessageState::Dropped) => Some(false),
        (_, MessageState::Handed | MessageState::Delivered | MessageState::Unknown) => Some(true),
    }
}

/// The form.
#[derive(Clone, Debug, Default)]
pub struct ResendInput {
    /// The message.
    pub message: String,
    /// Why.
    pub reason: String,
    /// How many messages the order's page showed.
    pub seen: usize,
    /// That it may arrive twice is known.
    pub twice: bool,
}

/// Sends it again.
///
/// Errors: [`ServiceError::Conflict`] when a colleague was faster; [`ServiceError::Invalid`] without the tick.
pub async fn resend(services: &Services, actor: &Actor, input: ResendInput) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::MessageResend)?.lang;
    let reason = why::reason(&input.reason, lang)?;
    let id: MessageId = input.message.parse().map_err(|_| ServiceError::NotFound)?;
    let mut unit = Unit::of_staff(services, actor, Act::MessageResend).await?;
    let message = messages::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if message.kind == MessageKind::Otp {
        return Err(ServiceError::NotFound);
    }
    let order_id = OrderId::from_bytes(message.subject_id);
    orders::find(&mut unit.tx, order_id).await?.ok_or(ServiceError::NotFound)?;
    unit.take(order_id).await?;
    let all = messages::of_subject(&mut unit.tx, message.subject_id).await?;
    let message = all.iter().find(|one| one.id == id).cloned().ok_or(ServiceError::NotFound)?;
    if all.len() != input.seen {
        return Err(conflict(&mut unit, order_id, words::message_kind(message.kind, lang)).await);
    }
    match again(message.kind, message.state) {
        None => {
            let message = words::resend_underway(lang).to_owned();
            return Err(ServiceError::Conflict { code: "underway", message });
        }
        Some(true) if !input.twice => {
            return Err(ServiceError::invalid("twice", "not_ticked", words::resend_tick(lang)));
        }
        Some(_) => {}
    }
    let open = |column, sealed: &[u8]| {
        let opened = services.keys.open_text(messages::TABLE, column, id.bytes(), sealed);
        needed(opened.map_err(ServiceError::from), lang)
    };
    let phone = Phone::parse(&open("phone_enc", &message.phone_enc)?)
        .map_err(|_| ServiceError::Internal(format!("message {id} has no phone")))?;
    let body = open("body_enc", &message.body_enc)?;
    let unique = format!("again:{}:{}", hex::encode(id.bytes()), all.len());
    let draft = Draft::new(services, message.kind, message.subject_id, unique, &phone, &body, unit.now)?;
    unit.draft(draft);
    unit.touch()?;
    let meta = json!({ "message": id, "kind": message.kind, "state": message.state, "twice": input.twice });
    unit.audit(AuditKind::Change, "message.resend", (TARGET, order_id.to_string()), Some(&reason), meta)?;
    unit.commit().await
}
