//! Walks along the chain that a person or the clock asked for, with what they found.

use super::{Report, verify};
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::{Span, Timestamp};
use serde_json::json;
use store::audit::AuditKind;
use store::{Conn, audit_checks, chain, dialect};

/// A walk nobody has heard of for so long has died with its process.
const DEAD: Span = Span::minutes(5);
/// Walks looked at for one that came to its end.
const LOOKED_AT: u32 = 20;
/// The clock asks for a walk when the last one is older.
pub const NIGHTLY: Span = Span::hours(24);
/// Whoever begins a walk asks for this one at a time.
const ONE_CHECK: i64 = 0x61_75_64_63;

domain::messages! {
    fn already() { ko: "이미 확인하고 있어요. 끝나면 결과가 아래에 나와요.", en: "A check is under way. Its result will stand below." }
}

/// Begins a walk in the background; the page shows how far it is and what it found.
///
/// Errors: [`ServiceError::Conflict`] while another one is under way.
pub async fn begin_check(services: &Services, actor: &Actor) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::AuditRead).await?;
    let lang = unit.staff()?.lang;
    let who = unit.staff()?.actor();
    let now = unit.now;
    dialect::advisory_lock(&mut unit.tx, ONE_CHECK).await?;
    if under_way(&audit_checks::newest(&mut unit.tx, 1).await?, now) {
        return Err(ServiceError::Conflict { code: "under_way", message: already(lang).to_owned() });
    }
    let id = services.chance.id(now);
    let head = chain::head(&mut unit.tx).await?.map_or(0, |head| head.seq);
    audit_checks::insert(&mut unit.tx, id, &who, head, now).await?;
    unit.audit(AuditKind::Change, "audit.verify", ("audit", "chain".to_owned()), None, json!({ "head": head }))?;
    unit.commit().await?;
    let own = services.clone();
    services.background(async move {
        if let Err(error) = walk(&own, id).await {
            tracing::error!(%error, "the audit log could not be checked");
        }
    });
    Ok(())
}

/// The clock's walk, once a day. Says whether one was due.
pub async fn nightly_check(services: &Services) -> Result<Option<Report>, ServiceError> {
    let now = services.clock.now();
    let id = services.chance.id(now);
    let mut tx = services.db.begin().await?;
    dialect::advisory_lock(&mut tx, ONE_CHECK).await?;
    let last = audit_checks::newest(&mut tx, 1).await?;
    if last.first().is_some_and(|last| now.since(last.created_at) < NIGHTLY) {
        tx.rollback().await?;
        return Ok(None);
    }
    let head = chain::head(&mut tx).await?.map_or(0, |head| head.seq);
    audit_checks::insert(&mut tx, id, "clock", head, now).await?;
    tx.commit().await?;
    walk(services, id).await.map(Some)
}

/// A walk now, for the command at the machine; leaves no row.
pub async fn check_now(services: &Services, anchors: &[chain::Head]) -> Result<Report, ServiceError> {
    verify(services, anchors, None).await
}

fn under_way(newest: &[audit_checks::AuditCheck], now: Timestamp) -> bool {
    newest.first().is_some_and(|last| last.state == "running" && now.since(last.updated_at) < DEAD)
}

async fn walk(services: &Services, id: [u8; 16]) -> Result<Report, ServiceError> {
    let walked = verify(services, &[], Some(id)).await;
    let (state, checked, faults) = match &walked {
        Ok(report) if report.is_sound() => ("sound", report.checked, json!([])),
        Ok(report) => ("broken", report.checked, json!(report.faults)),
        Err(_) => ("failed", 0, json!([])),
    };
    let mut tx = services.db.begin().await?;
    audit_checks::write(&mut tx, id, state, checked, &faults, services.clock.now()).await?;
    tx.commit().await?;
    let report = walked?;
    if let Some(first) = report.faults.first() {
        tracing::error!(fault = first.text(domain::Lang::En), "the audit log's chain is broken");
    }
    Ok(report)
}

/// Did the last walk that came to its end find a fault?
pub(super) async fn last_found_faults(conn: impl Into<Conn<'_>>) -> Result<bool, ServiceError> {
    let newest = audit_checks::newest(conn, LOOKED_AT).await?;
    let ended = newest.into_iter().find(|check| matches!(check.state.as_str(), "sound" | "broken"));
    Ok(ended.is_some_and(|check| check.state == "broken"))
}
