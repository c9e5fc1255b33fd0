//! The lanes: how much waits, what failed, stopping one and letting it go on, and waking what stands in review.
//!
//! Waking never repeats anything by itself: the row's own handler reads what is known (an intent without an outcome, a
//! result still unclear) and asks before it sends, as after any crash. So it is safe for every kind of row.

use crate::desk::order::words::work_kind;
use crate::desk::why;
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{FailureLine, JobsView, LaneView, ReviewRow};
use domain::{ItemId, Lane, Lang, OrderId, OutboxId, OutboxKind, OutboxState, PayoutId, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::audit::AuditKind;
use store::lanes::{self, Pause};
use store::{StoreError, items, orders, outbox, payouts};

/// Rows in review shown, and woken at once.
const MOST: u32 = 200;

domain::messages! {
    fn stands() { ko: "이미 멈춰 있어요.", en: "It stands already." }
    fn goes_on() { ko: "멈춰 있지 않아요. 다른 사람이 이미 다시 돌렸을 수 있어요.", en: "It isn’t stopped. Somebody may have let it go on already." }
    fn not_in_review() { ko: "이미 다시 시도했거나 끝난 일이에요.", en: "It was woken already, or is over." }
    fn none_picked() { ko: "다시 시도할 일을 표에서 하나 이상 골라 주세요.", en: "Pick at least one row to wake." }
    fn too_many(most: u32) { ko: "한 번에 {most}개까지 고를 수 있어요.", en: "At most {most} rows at a time." }
}

/// How the lanes stand.
pub async fn jobs(services: &Services, actor: &Actor) -> Result<JobsView, ServiceError> {
    let lang = rights::staff(actor, Act::JobsRead)?.lang;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let ages = outbox::ages(&mut reader).await?;
    let pauses = lanes::pauses(&mut reader).await?;
    let failures = lanes::failures(&mut reader).await?;
    let review = lanes::in_review(&mut reader, MOST).await?;
    drop(reader);
    let lane = |lane: Lane| {
        let of = |state: OutboxState| ages.iter().find(|(l, s, ..)| *l == lane && *s == state);
        let count = |state| of(state).map_or(0, |(.., works, _)| *works);
        let pause = pauses.iter().find(|pause| pause.lane == lane);
        LaneView {
            lane: lane.as_str().to_owned(),
            ready: count(OutboxState::Ready),
            claimed: count(OutboxState::Claimed),
            review: count(OutboxState::Review),
            oldest_due: of(OutboxState::Ready).map(|(.., oldest)| *oldest).filter(|oldest| *oldest <= now),
            paused: pause.map(|pause| (pause.reason.clone(), pause.created_at)),
        }
    };
    Ok(JobsView {
        lanes: Lane::ALL.iter().map(|l| lane(*l)).collect(),
        failures: failures
            .into_iter()
            .map(|failure| FailureLine {
                lane: failure.lane.as_str().to_owned(),
                in_review: failure.state == OutboxState::Review,
                code: failure.code,
                works: failure.works,
                oldest: failure.oldest,
            })
            .collect(),
        review: review
            .into_iter()
            .map(|row| ReviewRow {
                id: row.id.to_string(),
                name: name_of(row.id, Some(row.kind), lang),
                lane: row.lane.as_str().to_owned(),
                kind: row.kind.as_str().to_owned(),
                code: row.code.unwrap_or_default(),
                created_at: row.created_at,
                since: row.since,
            })
            .collect(),
        now,
    })
}

/// What people call a row: its work in words and the end of its key, which tells two of a kind apart.
fn name_of(id: OutboxId, kind: Option<OutboxKind>, lang: Lang) -> String {
    let key = id.to_string();
    let end = key.get(key.len().saturating_sub(6)..).unwrap_or_default();
    kind.map_or_else(|| format!("…{end}"), |kind| format!("{} …{end}", work_kind(kind, lang)))
}

fn lane_of(word: &str) -> Result<Lane, ServiceError> {
    word.parse().map_err(|_| ServiceError::NotFound)
}

/// Stops a lane. What has begun ends; nothing new is claimed from the commit on, in any process.
pub async fn pause(services: &Services, actor: &Actor, lane: &str, reason: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::JobsAct).await?;
    let lang = unit.staff()?.lang;
    let (lane, reason) = (lane_of(lane)?, why::reason(reason, lang)?);
    let new = Pause { lane, actor: unit.staff()?.actor(), reason: reason.clone(), created_at: unit.now };
    lanes::pause(&mut unit.tx, &new).await.map_err(|error| match error {
        StoreError::Unique { .. } => ServiceError::Conflict { code: "stands", message: stands(lang).to_owned() },
        other => other.into(),
    })?;
    unit.audit(AuditKind::Change, "jobs.pause", ("lane", lane.as_str().to_owned()), Some(&reason), json!({}))?;
    unit.commit().await?;
    see_pauses(services).await
}

/// Lets a lane go on, at once.
pub async fn resume(services: &Services, actor: &Actor, lane: &str, reason: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::JobsAct).await?;
    let lang = unit.staff()?.lang;
    let (lane, reason) = (lane_of(lane)?, why::reason(reason, lang)?);
    if !lanes::resume(&mut unit.tx, lane).await? {
        return Err(ServiceError::Conflict { code: "goes_on", message: goes_on(lang).to_owned() });
    }
    // Their alarms rang while the lane stood; the sweeper wakes whatever is more than this.
    let now = unit.now;
    let due: Vec<_> = outbox::due(&mut unit.tx, now, MOST).await?.into_iter().filter(|(_, l)| *l == lane).collect();
    let alarms: Vec<_> = due.iter().map(|(id, lane)| outbox::Alarm { id: *id, lane: *lane, run_at: now }).collect();
    outbox::wake(&mut unit.tx, &alarms, now).await?;
    unit.audit(AuditKind::Change, "jobs.resume", ("lane", lane.as_str().to_owned()), Some(&reason), json!({}))?;
    unit.commit().await?;
    services.wake.notify_waiters();
    see_pauses(services).await
}

/// Wakes one row in review.
pub async fn reopen(services: &Services, actor: &Actor, id: &str, reason: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::JobsAct).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let row: OutboxId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let now = unit.now;
    if !lanes::reopen(&mut unit.tx, row, now).await? {
        return Err(ServiceError::Conflict { code: "not_in_review", message: not_in_review(lang).to_owned() });
    }
    woken(&mut unit, row, &reason, json!({})).await?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(())
}

/// How waking what was picked ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// How many were woken.
    pub woken: u64,
    /// Those that were in review no more, as the page calls them.
    pub gone: Vec<String>,
}

/// Wakes the rows that were picked, in one transaction with a line of the log for each. One that is in review no more,
/// because somebody was faster, is left as it is and named.
///
/// Errors: [`ServiceError::Invalid`] `reason`, or `form` when none or too many were picked; [`ServiceError::Conflict`]
/// `not_in_review` when nothing was left to wake.
pub async fn reopen_picked(
    services: &Services,
    actor: &Actor,
    ids: &[String],
    reason: &str,
) -> Result<Picked, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::JobsAct).await?;
    let lang = unit.staff()?.lang;
    let parsed: Result<BTreeSet<OutboxId>, _> = ids.iter().map(|id| id.parse()).collect();
    // In the order of their keys: two who picked the same rows wait for each other instead of blocking each other.
    let rows = parsed.map_err(|_| ServiceError::NotFound)?;
    if rows.is_empty() {
        return Err(ServiceError::invalid("form", "none_picked", none_picked(lang)));
    }
    if rows.len() > MOST as usize {
        return Err(ServiceError::invalid("form", "too_many", too_many(lang, MOST)));
    }
    let reason = why::reason(reason, lang)?;
    let (now, meta) = (unit.now, json!({ "picked": rows.len() }));
    let mut picked = Picked { woken: 0, gone: Vec::new() };
    for row in rows {
        if lanes::reopen(&mut unit.tx, row, now).await? {
            woken(&mut unit, row, &reason, meta.clone()).await?;
            picked.woken += 1;
        } else {
            let kind = outbox::find(&mut unit.tx, row).await?.map(|found| found.kind);
            picked.gone.push(name_of(row, kind, lang));
        }
    }
    if picked.woken == 0 {
        return Err(ServiceError::Conflict { code: "not_in_review", message: not_in_review(lang).to_owned() });
    }
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(picked)
}

/// Wakes all rows of a lane in review with one code, at most two hundred at a time, and says how many.
pub async fn reopen_code(
    services: &Services,
    actor: &Actor,
    (lane, code): (&str, &str),
    reason: &str,
) -> Result<u64, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::JobsAct).await?;
    let lang = unit.staff()?.lang;
    let (lane, reason) = (lane_of(lane)?, why::reason(reason, lang)?);
    let (now, mut count) = (unit.now, 0_u64);
    let code = crate::shop::kept(code, 100);
    for row in lanes::of_code(&mut unit.tx, lane, &code, MOST).await? {
        if lanes::reopen(&mut unit.tx, row, now).await? {
            woken(&mut unit, row, &reason, json!({ "code": code })).await?;
            count += 1;
        }
    }
    if count == 0 {
        return Err(ServiceError::Conflict { code: "not_in_review", message: not_in_review(lang).to_owned() });
    }
    let meta = json!({ "code": code, "woken": count });
    unit.audit(AuditKind::Change, "jobs.reopen_code", ("lane", lane.as_str().to_owned()), Some(&reason), meta)?;
    unit.commit().await?;
    services.wake.notify_waiters();
    Ok(count)
}

/// The lines of a row that was woken: its own, and one on the page of its order, where everything about an order stands.
async fn woken(unit: &mut Unit<'_>, row: OutboxId, reason: &str, meta: Value) -> Result<(), ServiceError> {
    unit.audit(AuditKind::Change, "jobs.reopen", ("outbox", row.to_string()), Some(reason), meta)?;
    let Some(found) = outbox::find(&mut unit.tx, row).await? else { return Ok(()) };
    let subject = found.subject;
    let order = if let Some(order) = orders::find(&mut unit.tx, OrderId::from_bytes(subject)).await? {
        Some(order.id)
    } else if let Some(item) = items::find(&mut unit.tx, ItemId::from_bytes(subject)).await? {
        Some(item.order_id)
    } else {
        payouts::find(&mut unit.tx, PayoutId::from_bytes(subject)).await?.map(|payout| payout.order_id)
    };
    if let Some(order) = order {
        let meta = json!({ "outbox": row, "kind": found.kind });
        unit.audit(AuditKind::Change, "jobs.reopen", ("order", order.to_string()), Some(reason), meta)?;
    }
    Ok(())
}

/// Looks which lanes stand, for what every page of the desk shows.
pub async fn see_pauses(services: &Services) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let pauses = lanes::pauses(&mut reader).await?;
    services.watch.saw_pauses(pauses.into_iter().map(|pause| pause.lane).collect());
    Ok(())
}

/// Since when the oldest row of each lane is due, for health and alarms.
pub(crate) async fn stuck(services: &Services, now: Timestamp) -> Result<Vec<(Lane, u32, i64)>, ServiceError> {
    let mut reader = services.db.read().await?;
    Ok(outbox::ages(&mut reader)
        .await?
        .into_iter()
        .filter(|(_, state, ..)| *state == OutboxState::Ready)
        .map(|(lane, _, works, oldest)| (lane, works, now.since(oldest).as_seconds()))
        .collect())
}
