//! Reading the log.

use crate::rights::{self, Act};
use crate::shop::kept;
use crate::{Actor, ServiceError, Services};
use domain::wire::FieldError;
use domain::wire::desk::{AuditCheckView, AuditLineView, AuditPage};
use domain::{AuditId, KstDate, Lang, OrderCode, Timestamp, UserId};
use std::collections::HashMap;
use store::audit::{self, AuditFilter, AuditKind, Found};
use store::{audit_checks, orders, users};

use super::words::{action_of, action_word};
use super::{Fault, state};

/// Lines per page.
const PAGE: u32 = 50;
/// Walks shown.
const CHECKS: u32 = 3;

/// What is looked for, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// A name, a login, or the actor as the line names it.
    pub who: String,
    /// The action in the words of the table, or how its code begins.
    pub action: String,
    /// An order's code, or `order:ord_…`.
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

domain::messages! {
    fn day_unread() { ko: "날짜를 2026-11-22처럼 적어 주세요.", en: "Write the day like 2026-11-22." }
    fn kind_unread() { ko: "종류를 목록에서 골라 주세요.", en: "Choose the kind from the list." }
    fn target_unread() {
        ko: "대상은 주문번호(PD-…)나 order:ord_…처럼 적어 주세요.",
        en: "Write an order’s code (PD-…), or a target like order:ord_…."
    }
    fn target_unknown() { ko: "이 번호의 주문이 없어요.", en: "There is no order of this code." }
}

/// The filter these words mean now.
///
/// Errors: [`ServiceError::Invalid`] by field: what can't be read must not look like everything.
pub(super) async fn filter(services: &Services, query: &AuditQuery, lang: Lang) -> Result<AuditFilter, ServiceError> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut say = |field: &str, message: &str| {
        wrong.push(FieldError { field: field.to_owned(), code: "unread".to_owned(), message: message.to_owned() });
    };
    let mut day = |field: &str, text: &str| {
        let found = KstDate::parse_yyyymmdd(&text.trim().replace('-', ""));
        if found.is_none() && !text.trim().is_empty() {
            say(field, day_unread(lang));
        }
        found
    };
    let (from, until) = (day("from", &query.from), day("until", &query.until));
    // Lines are a microsecond apart, the newest of a unit may stand a little ahead of now.
    let end = services.clock.now().plus(domain::Span::minutes(1));
    let until = until.map_or(end, |day| day.plus_days(1).start()).min(end);
    let mut filter = AuditFilter::before(until);
    if let Some((at, id)) = cursor_of(&query.cursor).filter(|(at, _)| *at <= until) {
        filter.before = (at, id);
    }
    filter.from = from.map_or(filter.from, KstDate::start);
    filter.kind = query.kind.parse().ok();
    if filter.kind.is_none() && !query.kind.is_empty() {
        say("kind", kind_unread(lang));
    }
    let word = |text: &str| Some(kept(text.trim(), 100)).filter(|text| !text.is_empty());
    // As the table says it, or as the log keeps it.
    filter.action = word(&query.action).map(|typed| action_of(&typed).map_or(typed, ToOwned::to_owned));
    let mut reader = services.db.read().await?;
    if let Some(who) = word(&query.who) {
        filter.user = users::by_login(&mut reader, &who.to_lowercase()).await?.map(|user| user.id);
        if filter.user.is_none() {
            let named = |user: &users::User| user.name == who || format!("{} ({})", user.name, user.login) == who;
            filter.user = users::list(&mut reader).await?.into_iter().find(named).map(|user| user.id);
        }
        filter.user = filter.user.or_else(|| who.parse().ok());
        filter.actor = Some(who).filter(|_| filter.user.is_none());
    }
    if let Some(typed) = word(&query.target) {
        if let Some((kind, id)) = typed.split_once(':') {
            filter.target = Some((kind.to_owned(), id.to_owned()));
        } else if let Ok(code) = typed.to_uppercase().parse::<OrderCode>() {
            match orders::find_by_code(&mut reader, &code).await? {
                Some(order) => filter.target = Some(("order".to_owned(), order.id.to_string())),
                None => say("target", target_unknown(lang)),
            }
        } else {
            say("target", target_unread(lang));
        }
    }
    if wrong.is_empty() { Ok(filter) } else { Err(ServiceError::Invalid(wrong)) }
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
    let (filter, problems) = match filter(services, query, lang).await {
        Ok(filter) => (Some(filter), Vec::new()),
        Err(ServiceError::Invalid(problems)) => (None, problems),
        Err(error) => return Err(error),
    };
    let names = Names::load(services).await?;
    let chain = state(services).await?;
    let mut reader = services.db.read().await?;
    let mut found = match &filter {
        Some(filter) => audit::search(&mut reader, filter, PAGE + 1).await?,
        None => Vec::new(),
    };
    let checks = audit_checks::newest(&mut reader, CHECKS).await?;
    drop(reader);
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.line.at.micros(), last.line.id));
    Ok(AuditPage {
        problems,
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
