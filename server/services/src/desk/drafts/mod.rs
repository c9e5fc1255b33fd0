//! What one person drafts and another puts to work: brands, rates, fees, documents.
//!
//! The story. An author has one open draft of a thing; it names the version it was made from. Publishing takes the
//! thing's lock, then the draft's row, and looks at everything again: that the draft is open and still as the publisher
//! saw it, that its author is somebody else (whatever roles either holds), that nobody published the same thing since
//! it was begun, and that its time isn't over. What it puts in place, its end and the audit line are one transaction.
//! Two publishers wait for each other at the lock; the second finds the draft ended or its ground moved, and is told so.

mod end;
mod words;

pub use end::{publish, rebase, withdraw};
pub(in crate::desk) use words::reason_missing;

use crate::rights::Act;
use crate::work::Unit;
use crate::{ServiceError, shop};
use domain::wire::FieldError;
use domain::{DraftKind, DraftState, Lang, ShopDraftId, Timestamp, UserId};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use store::shop_drafts::{self, ShopDraft};
use store::{Conn, Tx, dialect};

/// Most characters of a reason.
const LONGEST_REASON: usize = 500;
/// The one subject of drafts of fees.
pub(in crate::desk) const FEES: &str = "all";

/// What it takes to draft a thing.
pub(in crate::desk) const fn draft_act(kind: DraftKind) -> Act {
    match kind {
        DraftKind::Brand | DraftKind::Rates | DraftKind::Fees => Act::CatalogueDraft,
        DraftKind::Document => Act::DocumentsWrite,
    }
}

/// What it takes to put another person's draft to work.
pub(in crate::desk) const fn publish_act(kind: DraftKind) -> Act {
    match kind {
        DraftKind::Brand | DraftKind::Rates | DraftKind::Fees => Act::CataloguePublish,
        DraftKind::Document => Act::DocumentsPublish,
    }
}

/// A draft as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftView {
    pub id: ShopDraftId,
    pub kind: DraftKind,
    pub subject: String,
    pub revision: i64,
    /// It is the reader's own.
    pub mine: bool,
    /// Somebody published since it was begun.
    pub stale: bool,
    pub author: String,
    pub reason: String,
    pub effective_from: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// Colleagues' names by their account's id as text.
pub(in crate::desk) struct Names {
    names: HashMap<String, String>,
    lang: Lang,
}

impl Names {
    pub async fn read(conn: impl Into<Conn<'_>>, lang: Lang) -> Result<Self, ServiceError> {
        let users = store::users::list(conn).await?;
        Ok(Self { names: users.into_iter().map(|user| (user.id.to_string(), user.name)).collect(), lang })
    }

    /// The name; the product itself for what came with it.
    pub fn of(&self, id: &str) -> String {
        match self.names.get(id) {
            Some(name) => name.clone(),
            None => words::first_installation(self.lang).to_owned(),
        }
    }

    pub fn of_user(&self, id: UserId) -> String {
        self.of(&id.to_string())
    }
}

/// The version of a thing: what a draft is made from. 0 when there is none.
pub(in crate::desk) async fn version_of(tx: &mut Tx, kind: DraftKind, subject: &str) -> Result<u32, ServiceError> {
    Ok(match kind {
        DraftKind::Brand => store::catalog::lock(tx, subject).await?.map_or(0, |brand| brand.version),
        DraftKind::Rates => store::rates::count_sets(tx, subject).await?,
        DraftKind::Fees => store::fees::count(tx).await?,
        DraftKind::Document => {
            store::documents::of_kind(tx, subject, 1).await?.first().map_or(0, |line| line.document.version)
        }
    })
}

/// Holds back everybody else who drafts or publishes the same thing.
pub(in crate::desk) async fn hold(tx: &mut Tx, kind: DraftKind, subject: &str) -> Result<(), ServiceError> {
    let hash = Sha256::digest(format!("shop draft:{kind}:{subject}").as_bytes());
    let key = hash.first_chunk::<8>().map_or(0, |head| i64::from_be_bytes(*head));
    Ok(dialect::advisory_lock(tx, key).await?)
}

/// What an author hands in.
pub(in crate::desk) struct Handed<'a> {
    pub kind: DraftKind,
    pub subject: &'a str,
    /// Of the draft that was edited; `None` for a new one.
    pub revision: Option<i64>,
    pub body: serde_json::Value,
    pub effective_from: Option<Timestamp>,
    pub reason: String,
}

/// Writes the author's draft within `unit`, begun with [`draft_act`].
pub(in crate::desk) async fn save(unit: &mut Unit<'_>, handed: Handed<'_>) -> Result<ShopDraftId, ServiceError> {
    let (author, lang, now) = (unit.staff()?.user, unit.staff()?.lang, unit.now);
    let Handed { kind, subject, revision, body, effective_from, reason } = handed;
    hold(&mut unit.tx, kind, subject).await?;
    let own = shop_drafts::own(&mut unit.tx, kind, subject, author).await?;
    let (id, action) = match (own, revision) {
        (Some(before), Some(seen)) if before.revision == seen => {
            let after = ShopDraft { body, effective_from, reason, ..before.clone() };
            shop_drafts::write(&mut unit.tx, &before, &after, now).await?;
            (before.id, "draft.change")
        }
        (Some(_), Some(_)) => return Err(words::conflict("draft_changed", words::changed_in_other_tab(lang))),
        (Some(_), None) => return Err(words::conflict("draft_exists", words::already_open(lang))),
        (None, Some(_)) => return Err(words::conflict("draft_ended", words::ended_meanwhile(lang))),
        (None, None) => {
            let base = version_of(&mut unit.tx, kind, subject).await?;
            let id = ShopDraftId::from_bytes(unit.services.chance.id(now));
            let new = ShopDraft {
                id,
                kind,
                subject: subject.to_owned(),
                base,
                body,
                effective_from,
                reason,
                state: DraftState::Open,
                author,
                ended_by: None,
                revision: 1,
                created_at: now,
                updated_at: now,
                ended_at: None,
            };
            shop_drafts::insert(&mut unit.tx, &new).await?;
            (id, "draft.begin")
        }
    };
    let meta = serde_json::json!({ "kind": kind.as_str(), "subject": subject });
    unit.audit(store::audit::AuditKind::Change, action, ("draft", id.to_string()), None, meta)?;
    Ok(id)
}

/// The open drafts of a thing with their content; `version` is the one in place.
pub(in crate::desk) fn views(
    drafts: &[ShopDraft],
    me: UserId,
    version: u32,
    names: &Names,
) -> impl Iterator<Item = (DraftView, serde_json::Value)> {
    drafts.iter().filter(|draft| draft.state == DraftState::Open).map(move |draft| {
        let view = DraftView {
            id: draft.id,
            kind: draft.kind,
            subject: draft.subject.clone(),
            revision: draft.revision,
            mine: draft.author == me,
            stale: draft.base != version,
            author: names.of_user(draft.author),
            reason: draft.reason.clone(),
            effective_from: draft.effective_from,
            updated_at: draft.updated_at,
        };
        (view, draft.body.clone())
    })
}

/// A stored draft's content as what it must be.
pub(in crate::desk) fn content<T: serde::de::DeserializeOwned>(
    id: ShopDraftId,
    body: &serde_json::Value,
) -> Result<T, ServiceError> {
    serde::Deserialize::deserialize(body.clone())
        .map_err(|error: serde_json::Error| ServiceError::Internal(format!("draft {id} is no draft: {error}")))
}

/// Gathers what is wrong with a form.
pub(in crate::desk) struct Wrong {
    pub lang: Lang,
    pub errors: Vec<FieldError>,
}

impl Wrong {
    pub const fn new(lang: Lang) -> Self {
        Self { lang, errors: Vec::new() }
    }

    pub fn say(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), message: message.into() });
    }

    /// One line of text without control characters and marks that turn the reading direction.
    pub fn line(&mut self, field: &str, typed: &str, most: usize) -> String {
        let text = plain(typed).replace('\n', " ").trim().to_owned();
        match text.chars().count() {
            0 => self.say(field, "missing", words::fill_in(self.lang)),
            got if got > most => self.say(field, "too_long", words::too_long(self.lang, most, got)),
            _ => {}
        }
        text
    }

    /// Why it is done.
    pub fn reason(&mut self, typed: &str) -> String {
        let text = shop::kept(typed.trim(), LONGEST_REASON);
        if text.chars().count() < 2 {
            self.say("reason", "missing", reason_missing(self.lang));
        }
        text
    }

    /// `2026-11-22T09:00`, Korean time, later than `now`; empty for as soon as it is published.
    pub fn moment(&mut self, field: &str, typed: &str, now: Timestamp) -> Option<Timestamp> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let Some(at) = read_moment(typed) else {
            self.say(field, "no_moment", words::no_moment(self.lang));
            return None;
        };
        if at <= now {
            self.say(field, "past", words::in_the_past(self.lang));
        }
        Some(at)
    }

    /// What was gathered, if anything.
    pub fn done(self) -> Result<(), ServiceError> {
        if self.errors.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(self.errors)) }
    }
}

/// Reads `2026-11-22T09:00`, Korean time.
pub(in crate::desk) fn read_moment(typed: &str) -> Option<Timestamp> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let shape = typed.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'T' | ':' | ' '));
    let padded = match digits.len() {
        12 => format!("{digits}00"),
        14 => digits,
        _ => return None,
    };
    Timestamp::from_kst_yyyymmddhhmmss(&padded).filter(|_| shape)
}

/// Text without control characters (line ends stay, as `\n`) and without marks that turn the reading direction or can't
/// be seen: they make a text look other than it is.
pub(in crate::desk) fn plain(typed: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    typed
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| *c == '\n' || !(c.is_control() || hidden(*c)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_korean_time_and_nothing_else() {
        let at = read_moment("2026-11-22T09:00");
        assert_eq!(at.map(Timestamp::kst_yyyymmddhhmmss).as_deref(), Some("20261122090000"));
        for wrong in
            ["", "2026-11-22", "2026-13-01T09:00", "2026-11-22T25:00", "2026-11-22T09:00Z", "x2026-11-22T09:00"]
        {
            assert_eq!(read_moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_seen_does_not_stay_in_a_text() {
        assert_eq!(plain("a\u{202e}b\u{0}c\r\nd\u{200b}e"), "abc\nde");
    }
}
