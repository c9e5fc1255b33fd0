//! The log as a file: a page of rows at a time, so that its size costs no memory.

use super::list::{AuditQuery, Names, filter, meta_text};
use crate::desk::access::still_may;
use crate::desk::csv;
use crate::desk::why;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use serde_json::json;
use store::audit::{self, AuditFilter, AuditKind, Found};

/// Rows per read.
const PAGE: u32 = 500;
/// Rows of a file at most; whoever needs more takes it month by month.
pub const MOST: u32 = 200_000;

/// A file being written.
pub struct Export {
    filter: AuditFilter,
    names: Names,
    rows: u32,
    begun: bool,
    over: bool,
}

/// Begins a file. That it was taken is a line of the log itself.
///
/// Errors: [`ServiceError::Invalid`] without a reason.
pub async fn begin_export(
    services: &Services,
    actor: &Actor,
    query: &AuditQuery,
    reason: &str,
) -> Result<Export, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::AuditExport).await?;
    let reason = why::reason(reason, unit.staff()?.lang)?;
    let filter = filter(services, query, unit.staff()?.lang).await?;
    // As typed, but for what a database can't keep.
    let typed = |text: &str| crate::shop::kept(text, 200);
    let asked = json!({
        "who": typed(&query.who), "action": typed(&query.action), "target": typed(&query.target),
        "kind": typed(&query.kind), "from": typed(&query.from), "until": typed(&query.until),
    });
    unit.audit(AuditKind::Export, "audit.export", ("audit", "log".to_owned()), Some(&reason), asked)?;
    unit.commit().await?;
    Ok(Export { filter, names: Names::load(services).await?, rows: 0, begun: false, over: false })
}

impl Export {
    /// The next piece of the file; `None` at its end. That its taker may still have it is asked before each.
    ///
    /// Errors: [`ServiceError::SignedOut`], [`ServiceError::NotFound`] when session or right ended in the middle.
    pub async fn next(&mut self, services: &Services, actor: &Actor) -> Result<Option<String>, ServiceError> {
        still_may(services, actor, Act::AuditExport).await?;
        let mut out = String::new();
        if !self.begun {
            self.begun = true;
            // Excel reads the bytes as Korean only with this mark in front.
            out.push('\u{feff}');
            let head =
                ["seq", "at", "kind", "who", "action", "target_type", "target_id", "reason", "address", "meta", "hash"];
            csv::row(&mut out, head);
        }
        if self.over {
            return Ok((!out.is_empty()).then_some(out));
        }
        let mut reader = services.db.read().await?;
        let found = audit::search(&mut reader, &self.filter, PAGE).await?;
        drop(reader);
        let read = u32::try_from(found.len()).unwrap_or(u32::MAX);
        self.rows = self.rows.saturating_add(read);
        self.over = read < PAGE || self.rows >= MOST;
        if let Some(last) = found.last() {
            self.filter.before = (last.line.at, last.line.id);
        }
        for found in &found {
            self.write(&mut out, found);
        }
        Ok((!out.is_empty()).then_some(out))
    }

    fn write(&self, out: &mut String, found: &Found) {
        let line = &found.line;
        let (seq, hash) = found
            .link
            .as_ref()
            .map_or((String::new(), String::new()), |(seq, hash)| (seq.to_string(), hex::encode(hash)));
        csv::row(
            out,
            [
                seq.as_str(),
                &line.at.rfc3339(),
                line.kind.as_str(),
                &self.names.of(line),
                &line.action,
                &line.target_type,
                &line.target_id,
                line.reason.as_deref().unwrap_or_default(),
                line.address.as_deref().unwrap_or_default(),
                &meta_text(&line.meta),
                &hash,
            ],
        );
    }
}
