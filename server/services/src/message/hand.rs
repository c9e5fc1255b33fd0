//! Handing a message to the SNAP agent, which then owns it.
//!
//! Why: a message sent twice is a message sent twice; the hub refuses a repeated key for ten minutes only.
//! Transactions: (1) `ready → handing` and the lease, committed; (2) the insert into the agent's own database, outside
//! any of our transactions; (3) the outcome together with the end of the claim.
//! Failure before the insert: `NotSent`, back to `ready`, tried again, for three days at most (a code: for as long as it
//! is worth anything). A row the agent's database can't take for what is in it: `failed`. What an operator can mend in
//! the agent's table is tried again like any failure before the insert. Both are told of in the log, and so is what was
//! dropped for its age.
//! After the insert, or when it is not known: the message is `unknown` and its key is looked up in the queue and the logs
//! of three months; only two "nowhere" answers with a pause between them let it be inserted again, under the same key,
//! which the queue refuses to hold twice.
//! Crash: a message found in `handing` may have been inserted, so it is treated like an unknown one. A worker that was
//! stopped for so long that its claim may be somebody else's does not insert any more.

use crate::failpoint::failpoint;
use crate::work::{Called, Deadline, Unit, patience};
use crate::{ServiceError, Services};
use domain::{Channel, MessageEvent, MessageId, MessageKind, MessageState, Span, Timestamp};
use sms_agent::{InsertOutcome, KstTime, Row, Traffic, Where};
use store::messages::{self, Message};
use store::outbox::Claim;
use store::people::MessageStand;

/// Between an unclear insert and the look-ups that may disprove it: longer than a statement may take at the agent's
/// database.
const SETTLING: Span = Span::seconds(30);
/// Codes are worth nothing after this.
const OTP_WORTH: Span = Span::minutes(3);
/// Nor anything else after this; what may be with the agent is left to a person then.
const WORTH: Span = Span::hours(72);

/// How long a message is worth handing over.
pub(crate) fn worth(kind: MessageKind) -> Span {
    if kind == MessageKind::Otp { OTP_WORTH } else { WORTH }
}

/// May somebody still open this message to hand it over? An unclear one may be proved absent and handed over again; what is too
/// old for that is dropped unopened.
pub(crate) fn is_under_way((kind, state, created_at): MessageStand, now: Timestamp) -> bool {
    match state {
        MessageState::Handing => true,
        MessageState::Ready | MessageState::Unknown => now.since(created_at) <= worth(kind),
        MessageState::Handed | MessageState::Delivered | MessageState::Failed | MessageState::Dropped => false,
    }
}

/// One claim's work on one message.
pub(crate) async fn hand(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let id = MessageId::from_bytes(claim.subject);
    let mut reader = services.db.read().await?;
    let message = messages::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    match message.state {
        MessageState::Ready => insert(services, claim, &message).await,
        MessageState::Handing | MessageState::Unknown => look_up(services, claim, &message).await,
        MessageState::Handed | MessageState::Delivered | MessageState::Failed | MessageState::Dropped => {
            Unit::finish(services, claim, None).await?.commit().await
        }
    }
}

async fn insert(services: &Services, claim: &Claim, message: &Message) -> Result<(), ServiceError> {
    let now = services.clock.now();
    if now.since(message.created_at) > worth(message.kind) {
        // A code is asked for anew; nobody asks for the others.
        if message.kind != MessageKind::Otp {
            tracing::error!(id = %message.id, kind = %message.kind, "a message was dropped: nobody took it for three days");
        }
        let mut unit = Unit::finish(services, claim, Some("too_late")).await?;
        moved(&mut unit, message, MessageEvent::Drop, None).await?;
        return unit.commit().await;
    }
    let row = row_of(services, message, now)?;

    let deadline = Deadline::start(services, claim);
    let mut unit = Unit::hold(services, claim).await?;
    let handing = moved(&mut unit, message, MessageEvent::StartHand, None).await?;
    unit.commit().await?;
    failpoint!("hand.after_intent");

    deadline.check()?;
    let started_at = services.clock.now();
    let outcome = services.agent.insert(&row).await;
    failpoint!("hand.after_call");

    tell(message, &outcome);
    let (event, word, code) = match outcome {
        // The key is ours alone, so a row that has it is this message.
        InsertOutcome::Inserted => (MessageEvent::Handed, "accepted", None),
        InsertOutcome::Duplicate => (MessageEvent::Handed, "accepted", Some("duplicate".to_owned())),
        InsertOutcome::Refused { field, .. } => (MessageEvent::Failed, "rejected", Some(format!("refused_{field}"))),
        InsertOutcome::NotSent { code } => (MessageEvent::NotSent, "not_sent", Some(code)),
        InsertOutcome::Unknown { code } => (MessageEvent::Unclear, "unknown", Some(code)),
    };
    let at = services.clock.now();
    let mut unit = match event {
        MessageEvent::NotSent => {
            Unit::retry(services, claim, at.plus(patience(claim.created_at, at)), "not_sent").await?
        }
        MessageEvent::Unclear => Unit::retry(services, claim, at.plus(SETTLING), "unknown").await?,
        _ => Unit::finish(services, claim, None).await?,
    };
    moved(&mut unit, &handing, event, code.clone()).await?;
    unit.call(Called {
        party: "agent",
        operation: "insert",
        reference: message.client_key.clone(),
        subject: claim.subject,
        outcome: word,
        code,
        started_at,
    });
    failpoint!("hand.before_commit");
    unit.commit().await
}

/// Says what a person must mend. Neither the number nor the text stands in it.
fn tell(message: &Message, outcome: &InsertOutcome) {
    match outcome {
        InsertOutcome::Refused { field, problem } => {
            tracing::error!(id = %message.id, kind = %message.kind, field, problem, "a message can never be handed over");
        }
        InsertOutcome::NotSent { code } if code.starts_with("db_") => {
            tracing::error!(id = %message.id, kind = %message.kind, code, "the agent's table takes no message; it must be mended");
        }
        _ => {}
    }
}

/// The message may be with the agent: look before anything is inserted again.
async fn look_up(services: &Services, claim: &Claim, message: &Message) -> Result<(), ServiceError> {
    let now = services.clock.now();
    let handed_at = message.handed_at.unwrap_or(message.created_at);
    // Left behind by a worker that died, or just became unclear: say so, and let the insert settle first.
    if message.state == MessageState::Handing {
        let mut unit = Unit::retry(services, claim, handed_at.plus(SETTLING).max(now), "left_handing").await?;
        moved(&mut unit, message, MessageEvent::Unclear, message.done_code.clone()).await?;
        return unit.commit().await;
    }
    let place = services.agent.find(&message.client_key, now).await;
    match place {
        Ok(Where::Queue(_) | Where::Log { .. }) => {
            let mut unit = Unit::finish(services, claim, Some("found")).await?;
            moved(&mut unit, message, MessageEvent::Handed, None).await?;
            unit.commit().await
        }
        // The first "nowhere" is remembered in the message, the second one after another pause proves it.
        Ok(Where::Nowhere) if message.done_code.as_deref() == Some("nowhere") => {
            let mut unit = Unit::retry(services, claim, now, "proved_absent").await?;
            moved(&mut unit, message, MessageEvent::ProvedAbsent, None).await?;
            unit.commit().await
        }
        Ok(Where::Nowhere) => {
            let mut unit = Unit::retry(services, claim, now.plus(SETTLING), "nowhere").await?;
            let after = Message { done_code: Some("nowhere".to_owned()), ..message.clone() };
            messages::write(&mut unit.tx, message, &after).await?;
            unit.commit().await
        }
        Err(error) if now.since(message.created_at) > WORTH => {
            tracing::error!(id = %message.id, %error, "a message could not be looked up for days");
            Unit::review(services, claim, "too_old").await?.commit().await
        }
        Err(error) => {
            let pause = patience(handed_at, now);
            tracing::warn!(id = %message.id, %error, "a message could not be looked up");
            Unit::retry(services, claim, now.plus(pause), "look_up").await?.commit().await
        }
    }
}

async fn moved(
    unit: &mut Unit<'_>,
    message: &Message,
    event: MessageEvent,
    code: Option<String>,
) -> Result<Message, ServiceError> {
    let mut after = Message { state: message.state.next(event)?, done_code: code, ..message.clone() };
    match after.state {
        MessageState::Handing => after.handed_at = Some(unit.now),
        MessageState::Failed | MessageState::Dropped => after.done_at = Some(unit.now),
        _ => {}
    }
    messages::write(&mut unit.tx, message, &after).await?;
    Ok(after)
}

fn row_of(services: &Services, message: &Message, now: Timestamp) -> Result<Row, ServiceError> {
    let id = message.id.bytes();
    let phone = services.keys.open_text(messages::TABLE, "phone_enc", id, &message.phone_enc)?;
    let body = services.keys.open_text(messages::TABLE, "body_enc", id, &message.body_enc)?;
    Ok(Row {
        client_key: message.client_key.clone(),
        channel: message.channel,
        traffic: Traffic::Real,
        req_date: KstTime::from(now),
        callback: services.policy.callback_number.clone(),
        phone,
        title: (message.channel != Channel::Sms).then(|| "핀데스크".to_owned()),
        body,
        files: None,
        campaign: None,
        etc1: None,
    })
}
