//! The back office: what staff do, one folder per desk.
//!
//! A use case begins with its right (`crate::rights`). One that changes something opens `Unit::of_staff`, which asks
//! again inside the transaction, and leaves a line of the audit log there; one that shows a person's data leaves a line
//! by [`viewed`] before it answers.

pub mod access;
pub mod audit;
pub mod brands;
pub(crate) mod csv;
pub mod customer;
pub mod documents;
pub mod drafts;
pub mod exports;
pub mod fees;
pub mod health;
pub mod inquiries;
pub mod jobs;
pub mod keys;
pub mod manual;
pub mod notices;
pub mod order;
pub mod orders;
pub mod privacy;
pub mod rates;
pub mod risk;
pub mod settings;
pub mod stats;
pub mod users;
mod waiting;
pub(crate) mod why;

pub use waiting::{Board, waiting};

use crate::{ServiceError, Services, Staff};
use domain::{AuditId, Timestamp};
use serde_json::Value;
use store::audit::{AuditKind, AuditLine};

/// A line of the audit log as this person leaves it now.
pub(crate) fn line(
    services: &Services,
    staff: &Staff,
    at: Timestamp,
    (kind, action): (AuditKind, &str),
    (target_type, target_id): (&str, String),
    reason: Option<&str>,
    meta: Value,
) -> AuditLine {
    AuditLine {
        id: AuditId::from_bytes(services.chance.id(at)),
        actor: staff.actor(),
        action: action.to_owned(),
        target_type: target_type.to_owned(),
        target_id,
        meta,
        at,
        kind,
        user: Some(staff.user),
        session: Some(staff.session_mark()),
        address: Some(staff.address.clone()),
        reason: reason.map(|reason| crate::shop::kept(reason, 500)),
    }
}

/// Leaves a line that this person saw something personal. Nothing is shown when it can't be written.
pub(crate) async fn viewed(
    services: &Services,
    staff: &Staff,
    action: &str,
    target: (&str, String),
    reason: Option<&str>,
    meta: Value,
) -> Result<(), ServiceError> {
    let line = line(services, staff, services.clock.now(), (AuditKind::View, action), target, reason, meta);
    let mut tx = services.db.begin().await?;
    store::audit::insert(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(())
}
