//! Reading the log.

use crate::rights::{self, Act};
use crate::shop::kept;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{AuditCheckView, AuditLineView, AuditPage};
use domain::{AuditId, KstDate, Lang, Timestamp, UserId};
use std::collections::HashMap;
use store::audit::{self, AuditFilter, AuditKind, Found};
use store::{audit_checks, users};

use super::words::action_word;
use super::{Fault, state};

/// Lines per page.
const PAGE: u32 = 50;
/// Walks shown.
const CHECKS: u32 = 3;

/// What is looked for, as typed; what makes no sense is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// A login, or the actor as the line names it.
    pub who: String,
    /// How the action begins.
    pub action: String,
    /// `order:ord_…`
    pub target: String,
    /// `change`, `view`, `export`, `sign_in`.
    pub kind: String,
    /// Days in Korea, `2026-11-22`, both included.
    pub from: String,
    pub until: String,
    /// Where the page before ended.
    pub cursor: String,
}

/// Names of people by their ids, as a line shows them.
pub(super) struct Names(HashMap<UserId, String>);

impl Names {
    pub(super) async fn load(services: &Services) -> Result<Self, ServiceError> {
        let mut reader = services.db.read().await?;
        let all = users::list(&mut reader).await?;
        Ok(Self(all.into_iter().map(|user| (user.id, format!("{} ({})", user.name, user.login))).collect()))
    }

    pub(super) fn of(&self, line: &audit::AuditLine) -> String {
        line.user.and_then(|user| self.0.get(&user).cloned()).unwrap_or_else(|| line.actor.clone())
    }
}

/// The filter these words mean now.
pub(super) async fn filter(services: &Services, query: &AuditQuery) -> Result<AuditFilter, ServiceError> {
    let day = |text: &str| KstDate::parse_yyyymmdd(&text.trim().replace('-', ""));
    // Lines are a microsecond apart, the newest of a unit may stand a little ahead of now.
    let end = services.clock.now().plus(domain::Span::minutes(1));
    let until = day(&query.until).map_or(end, |day| day.plus_days(1).start()).min(end);
    let mut filter = AuditFilter::before(until);
    if let Some((at, id)) = cursor_of(&query.cursor).filter(|(at, _)| *at <= until) {
        filter.before = (at, id);
    }
    filter.from = day(&query.from).map_or(filter.from, KstDate::start);
    filter.kind = query.kind.parse().ok();
    let word = |text: &str| Some(kept(text.trim(), 100)).filter(|text| !text.is_empty());
    filter.action = word(&query.action);
    if let Some(who) = word(&query.who) {
        let mut reader = services.db.read().await?;
        filter.user = users::by_login(&mut reader, &who.to_lowercase()).await?.map(|user| user.id);
        filter.user = filter.user.or_else(|| who.parse().ok());
        filter.actor = Some(who).filter(|_| filter.user.is_none());
    }
    filter.target = query.target.split_once(':').and_then(|(kind, id)| word(kind).zip(word(id)));
    Ok(filter)
}

fn cursor_of(text: &str) -> Option<(Timestamp, AuditId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

/// A page of the log, newest first, with how the chain stands.
pub async fn list(services: &Services, actor: &Actor, query: &AuditQuery) -> Result<AuditPage, ServiceError> {
    let staff = rights::staff(actor, Act::AuditRead)?;
    let lang = staff.lang;
    let now = services.clock.now();
    let filter = filter(services, query).await?;
    let names = Names::load(services).await?;
    let chain = state(services).await?;
    let mut reader = services.db.read().await?;
    let mut found = audit::search(&mut reader, &filter, PAGE + 1).await?;
    let checks = audit_checks::newest(&mut reader, CHECKS).await?;
    drop(reader);
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.line.at.micros(), last.line.id));
    Ok(AuditPage {
        lines: found.iter().map(|found| view(found, &names, lang)).collect(),
        next,
        head_seq: chain.head.map_or(0, |head| head.seq),
        head_hash: chain.head.map(|head| hex::encode(head.hash)).unwrap_or_default(),
        waiting: chain.waiting,
        oldest_waiting: chain.oldest,
        late: chain.is_late(now),
        shrunk: chain.shrunk,
        checks: checks.iter().map(|check| check_view(check, lang)).collect(),
        now,
    })
}

fn view(found: &Found, names: &Names, lang: Lang) -> AuditLineView {
    let line = &found.line;
    AuditLineView {
        id: line.id.to_string(),
        at: line.at,
        kind: line.kind.as_str().to_owned(),
        who: names.of(line),
        what: action_word(&line.action, lang).to_owned(),
        action: line.action.clone(),
        target: format!("{}:{}", line.target_type, line.target_id),
        reason: line.reason.clone().unwrap_or_default(),
        address: line.address.clone().unwrap_or_default(),
        meta: meta_text(&line.meta),
        link: found.link.as_ref().map(|(seq, hash)| (*seq, hex::encode(hash))),
    }
}

/// What else the line says, or nothing.
pub(super) fn meta_text(meta: &serde_json::Value) -> String {
    match meta {
        serde_json::Value::Object(map) if map.is_empty() => String::new(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn check_view(check: &audit_checks::AuditCheck, lang: Lang) -> AuditCheckView {
    let faults: Vec<Fault> = serde_json::from_value(check.faults.clone()).unwrap_or_default();
    AuditCheckView {
        by_clock: check.actor == "clock",
        state: check.state.clone(),
        checked: check.checked,
        of: check.head_seq,
        faults: faults.iter().map(|fault| fault.text(lang)).collect(),
        began_at: check.created_at,
        heard_at: check.updated_at,
    }
}

impl AuditQuery {
    /// The kinds there are, for the filter.
    pub const KINDS: [AuditKind; 4] = [AuditKind::Change, AuditKind::View, AuditKind::Export, AuditKind::SignIn];
}
