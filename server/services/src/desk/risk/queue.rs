//! Flagged orders that wait for a person.

use super::{place, placed};
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{RiskCountView, RiskQueueView, RiskRowView};
use domain::{OrderId, Timestamp};
use store::risk::{self, LinkedOrder, Queued};

const PAGE: u32 = 50;

/// The oldest first; `after` as the page before gave it.
pub async fn queue(services: &Services, actor: &Actor, after: Option<&str>) -> Result<RiskQueueView, ServiceError> {
    rights::staff(actor, Act::RiskRead)?;
    let (at, id) = after.and_then(placed).unwrap_or((Timestamp::from_micros(0), [0; 16]));
    let mut reader = services.db.read().await?;
    let mut found = risk::queue(&mut reader, (at, OrderId::from_bytes(id)), PAGE + 1).await?;
    let counts = risk::queue_count(&mut reader).await?;
    drop(reader);
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|last| place(last.order.created_at, last.order.id.bytes()));
    Ok(RiskQueueView {
        rows: found.iter().map(queued).collect(),
        counts: counts.into_iter().map(|(lane, orders, oldest)| RiskCountView { lane, orders, oldest }).collect(),
        next,
    })
}

fn queued(row: &Queued) -> RiskRowView {
    let (lane, asked) = (Some(row.lane), Some(row.asked));
    RiskRowView { lane, asked, hold_reason: row.hold_reason.clone(), ..linked(&row.order) }
}

/// An order as a line of a list.
pub(super) fn linked(order: &LinkedOrder) -> RiskRowView {
    RiskRowView {
        code: order.code.as_str().to_owned(),
        state: order.state,
        score: order.score,
        amount: order.payable,
        items: order.items,
        created_at: order.created_at,
        lane: None,
        asked: None,
        hold_reason: None,
    }
}
