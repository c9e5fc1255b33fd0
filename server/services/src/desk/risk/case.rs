//! One order with what makes it risky, and what it shares with others.

use super::queue::linked;
use crate::erased::shown;
use crate::order::{account_of, holder_of, name_of, phone_of};
use crate::rights::{self, Act};
use crate::risk::{HOLD_PREFIX, subject_hashes};
use crate::{Actor, ServiceError, Services, desk};
use domain::risk::{RiskLane, Subject};
use domain::wire::desk::{ClearedView, DecisionView, FlagView, LinksView, RiskCaseView};
use domain::{AccountNo, Lang, OrderCode, OrderState, PersonName, Phone, UserId};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::events::Event;
use store::notes::Note;
use store::{events, notes, orders, risk};

/// Linked orders shown by each subject.
const LINKED: u32 = 20;
const DECISIONS: &[&str] = &["order_hold", "order_release", "order_decline", "risk_cleared", "risk_checked"];

/// The case. That it was looked at is written down: it shows a person's orders.
pub async fn case(services: &Services, actor: &Actor, code: &OrderCode) -> Result<RiskCaseView, ServiceError> {
    let staff = rights::staff(actor, Act::RiskRead)?;
    let mut reader = services.db.read().await?;
    let order = orders::find_by_code(&mut reader, code).await?.ok_or(ServiceError::NotFound)?;
    let standing = risk::standing(&mut reader, order.id).await?.ok_or(ServiceError::NotFound)?;
    let subjects = risk::subjects(&mut reader, order.id).await?.ok_or(ServiceError::NotFound)?;
    let flags = risk::of_order(&mut reader, order.id).await?;
    let history = events::of_order(&mut reader, order.id).await?;
    let written = notes::of_order(&mut reader, order.id).await?;
    let names = desk::order::names(&mut reader).await?;
    let known = subject_hashes(services, &order, &subjects)?;
    let mut links = Vec::new();
    for by in Subject::ALL {
        let hashes: Vec<&[u8; 32]> = known.iter().filter(|(kind, _)| kind == by).map(|(_, hash)| hash).collect();
        let (Some(first), Some(last)) = (hashes.first(), hashes.last()) else { continue };
        let mut found = risk::linked(&mut reader, *by, [*first, *last], order.id, LINKED + 1).await?;
        let most = usize::try_from(LINKED).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        links.push(LinksView { by: *by, orders: found.iter().map(linked).collect(), more });
    }
    let now = services.clock.now();
    let blocked_by: Vec<(Subject, [[u8; 32]; 2])> = known.iter().map(|(kind, hash)| (*kind, [*hash, *hash])).collect();
    let mut blocks = super::blocks::of_values(&mut reader, &blocked_by, now, staff.lang).await?;
    blocks.retain(|block| block.in_force);
    drop(reader);
    let held_here = order.hold_reason.as_deref().is_some_and(|reason| reason.starts_with(HOLD_PREFIX));
    let waits = match order.state {
        OrderState::Held => held_here,
        state => standing.judgement.lane != RiskLane::Auto && standing.cleared_at.is_none() && !state.is_finished(),
    };
    let view = RiskCaseView {
        code: order.code.as_str().to_owned(),
        state: order.state,
        revision: order.revision,
        amount: order.total_payable,
        items: order.item_count,
        created_at: order.created_at,
        name: shown(name_of(services, &order), staff.lang, PersonName::masked)?,
        phone: shown(phone_of(services, &order), staff.lang, Phone::masked)?,
        account: shown(account_of(services, &order), staff.lang, AccountNo::masked)?,
        holder: shown(holder_of(services, &order), staff.lang, PersonName::masked)?,
        bank_code: order.bank_code.clone(),
        hold_reason: order.hold_reason.clone(),
        lane: standing.judgement.lane,
        asked: standing.judgement.asked,
        score: standing.judgement.score,
        book_version: standing.judgement.book_version,
        unjudged: standing.judgement.facts.is_none() && standing.judgement.lane == RiskLane::Hold,
        facts: standing.judgement.facts,
        flags: flags
            .into_iter()
            .filter_map(|flag| {
                let cause = flag.reason.parse().ok()?;
                Some(FlagView { cause, points: flag.score, subject: flag.subject, seen: flag.seen, bound: flag.bound })
            })
            .collect(),
        cleared: standing.cleared_at.map(|at| ClearedView {
            at,
            by: standing.cleared_by.unwrap_or_default(),
            reason: standing.cleared_reason.unwrap_or_default(),
        }),
        can_release: waits && blocks.is_empty() && rights::may(staff, Act::RiskRelease),
        can_hold: order.state.held_from().is_some() && rights::may(staff, Act::OrderHold),
        can_block: rights::may(staff, Act::BlockList),
        blocks,
        links,
        decisions: history
            .iter()
            .filter(|event| DECISIONS.contains(&event.kind.as_str()))
            .map(|event| decision(services, event, &written, &names, staff.lang))
            .collect::<Result<_, _>>()?,
    };
    desk::viewed(services, staff, "risk.case", ("order", order.id.to_string()), None, json!({})).await?;
    Ok(view)
}

fn decision(
    services: &Services,
    event: &Event,
    written: &[Note],
    names: &HashMap<UserId, String>,
    lang: Lang,
) -> Result<DecisionView, ServiceError> {
    let text = |name: &str| event.detail.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
    let note = match text("note") {
        Some(named) => match written.iter().find(|note| note.id.to_string() == named) {
            Some(note) => Some(shown(note_text(services, note), lang, String::clone)?),
            // From before notes were sealed.
            None => Some(named),
        },
        None => None,
    };
    let by = text("by").and_then(|by| names.get(&by.parse().ok()?).cloned());
    Ok(DecisionView { at: event.created_at, kind: event.kind.clone(), reason: text("reason"), by, note })
}

fn note_text(services: &Services, note: &Note) -> Result<String, ServiceError> {
    Ok(services.keys.open_text(notes::TABLE, "body_enc", note.id.bytes(), &note.body_enc)?)
}
