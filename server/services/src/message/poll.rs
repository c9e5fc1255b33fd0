//! Following messages until the agent says how they ended.
//!
//! Why: the agent writes results into its own tables and tells nobody. Transactions: one per batch, after the look-up;
//! a crash loses nothing, the next round asks again. Fairness: half of each round looks at the newest messages, half
//! walks through all open ones from the oldest on, so that neither starves the other.

use crate::failpoint::failpoint;
use crate::work::{Unit, is_conflict};
use crate::{ServiceError, Services};
use domain::{MessageEvent, MessageId, MessageState, Span, Timestamp};
use sms_agent::{DoneKind, Where, done_kind};
use std::collections::HashSet;
use store::messages::{self, Message};

/// Messages per half of a round.
const BATCH: u32 = 100;
/// Without a result for so long, nobody will know.
const OVERDUE: Span = Span::hours(72);

/// How far the walk through all open messages has come. Keep it between rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk(Timestamp, MessageId);

impl Default for Walk {
    fn default() -> Self {
        Self(Timestamp::from_micros(0), MessageId::from_u128(0))
    }
}

/// One round. Says how many messages were settled.
pub async fn poll(services: &Services, walk: &mut Walk) -> Result<u32, ServiceError> {
    let mut reader = services.db.read().await?;
    let mut open = messages::handed_newest(&mut reader, BATCH).await?;
    let oldest = messages::handed_oldest(&mut reader, (walk.0, walk.1), BATCH).await?;
    drop(reader);
    *walk = match oldest.last() {
        Some(last) if oldest.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX) => Walk(last.created_at, last.id),
        _ => Walk::default(),
    };
    let seen: HashSet<MessageId> = open.iter().map(|message| message.id).collect();
    open.extend(oldest.into_iter().filter(|message| !seen.contains(&message.id)));
    if open.is_empty() {
        return Ok(0);
    }
    let now = services.clock.now();
    let keys: Vec<&str> = open.iter().map(|message| message.client_key.as_str()).collect();
    let places = services.agent.find_many(&keys, now).await;
    let places = places.map_err(|error| ServiceError::Internal(format!("messages were not looked up: {error}")))?;

    let mut settled = 0;
    for message in &open {
        let Some((event, code)) = verdict(message, places.get(&message.client_key), now) else { continue };
        match settle(services, message, event, code).await {
            Ok(()) => settled += 1,
            Err(error) if is_conflict(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

fn verdict(message: &Message, place: Option<&Where>, now: Timestamp) -> Option<(MessageEvent, Option<String>)> {
    match place {
        Some(Where::Log { done_code, .. }) => {
            let event = match done_kind(done_code) {
                DoneKind::Delivered => MessageEvent::Delivered,
                DoneKind::Retry | DoneKind::Failed => MessageEvent::Failed,
            };
            Some((event, Some(done_code.chars().take(20).collect())))
        }
        _ if now.since(message.created_at) > OVERDUE => Some((MessageEvent::Overdue, Some("no_result".to_owned()))),
        _ => None,
    }
}

async fn settle(
    services: &Services,
    message: &Message,
    event: MessageEvent,
    code: Option<String>,
) -> Result<(), ServiceError> {
    let mut unit = Unit::begin(services).await?;
    let state = message.state.next(event)?;
    let done_at = (state != MessageState::Unknown).then_some(unit.now);
    let after = Message { state, done_code: code, done_at, ..message.clone() };
    messages::write(&mut unit.tx, message, &after).await?;
    failpoint!("poll.before_commit");
    unit.commit().await
}
