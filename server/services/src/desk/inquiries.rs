//! What visitors ask: the list, one inquiry read (and that written down), answered or closed with a note.

use crate::desk::drafts::{Names, Wrong, plain};
use crate::desk::order::{left, not_too_many, words};
use crate::desk::{viewed, why};
use crate::erased::{needed, shown};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::RevealedView;
use domain::{AuditId, InquiryId, InquiryState, Timestamp, mask};
use serde_json::json;
use store::audit::AuditKind;
use store::inquiries::{self, Inquiry};
use store::views;

/// Inquiries on one page.
const PAGE: u32 = 50;
/// Longest note.
const LONGEST_NOTE: usize = 2_000;

domain::messages! {
    fn note_wanted() { ko: "무엇을 했는지 두 글자 이상 적어 주세요.", en: "Write what was done, in two characters or more." }
    fn note_long(most: usize, got: usize) {
        ko: "메모는 {most}자까지예요. 지금 {got}자예요.", en: "A note takes up to {most} characters; this has {got}."
    }
    fn handled_meanwhile() {
        ko: "그사이에 다른 동료가 이 문의를 처리했어요. 지금 상태를 확인해 주세요.",
        en: "A colleague handled this inquiry meanwhile. Look at how it stands now."
    }
    fn state_wanted() { ko: "답변함, 닫음, 다시 열기 중 하나를 골라 주세요.", en: "Choose answered, closed or open again." }
}

/// An inquiry in the list, people masked.
#[derive(Clone, Debug)]
pub struct InquiryLine {
    pub id: InquiryId,
    pub name: String,
    pub phone: String,
    pub state: InquiryState,
    pub created_at: Timestamp,
    pub handled_by: Option<String>,
    pub handled_at: Option<Timestamp>,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct InquiryList {
    pub lines: Vec<InquiryLine>,
    /// What the next page begins below.
    pub next: Option<String>,
    /// How many wait for an answer.
    pub open: u32,
}

fn text_of(
    services: &Services,
    inquiry: &Inquiry,
    column: &'static str,
    sealed: &[u8],
) -> Result<String, ServiceError> {
    Ok(services.keys.open_text(inquiries::TABLE, column, inquiry.id.bytes(), sealed)?)
}

/// `<micros>_<id>`: where a page ended.
fn read_cursor(text: &str) -> Option<(Timestamp, InquiryId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

/// Inquiries in a state, newest first.
pub async fn list(
    services: &Services,
    actor: &Actor,
    state: InquiryState,
    below: Option<&str>,
) -> Result<InquiryList, ServiceError> {
    let staff = rights::staff(actor, Act::Inquiries)?;
    let top = (Timestamp::from_micros(i64::MAX), InquiryId::from_bytes([u8::MAX; 16]));
    let below = below.and_then(read_cursor).unwrap_or(top);
    let mut reader = services.db.read().await?;
    let mut found = inquiries::page(&mut reader, state, below, PAGE + 1).await?;
    let open = inquiries::count_open(&mut reader).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.micros(), last.id));
    let mut lines = Vec::with_capacity(found.len());
    for inquiry in found {
        lines.push(InquiryLine {
            id: inquiry.id,
            name: shown(text_of(services, &inquiry, "name_enc", &inquiry.name_enc), staff.lang, |it| mask::name(it))?,
            phone: shown(text_of(services, &inquiry, "phone_enc", &inquiry.phone_enc), staff.lang, |it| {
                mask::phone(it)
            })?,
            state: inquiry.state,
            created_at: inquiry.created_at,
            handled_by: inquiry.handled_by.as_deref().map(|by| names.of(by)),
            handled_at: inquiry.handled_at,
        });
    }
    Ok(InquiryList { lines, next, open })
}

/// One inquiry read: the person masked, the text whole.
#[derive(Clone)]
pub struct InquiryPage {
    pub line: InquiryLine,
    pub body: String,
    pub note: String,
    pub revision: i64,
}

/// Reads one inquiry; that it was read stands in the audit log first.
pub async fn open(services: &Services, actor: &Actor, id: InquiryId) -> Result<InquiryPage, ServiceError> {
    let staff = rights::staff(actor, Act::Inquiries)?;
    let mut reader = services.db.read().await?;
    let inquiry = inquiries::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    viewed(services, staff, "inquiry.open", ("inquiry", id.to_string()), None, json!({})).await?;
    let note = inquiry
        .note_enc
        .as_deref()
        .map(|sealed| shown(text_of(services, &inquiry, "note_enc", sealed), staff.lang, String::clone));
    Ok(InquiryPage {
        body: shown(text_of(services, &inquiry, "body_enc", &inquiry.body_enc), staff.lang, String::clone)?,
        note: note.transpose()?.unwrap_or_default(),
        revision: inquiry.revision,
        line: InquiryLine {
            id,
            name: shown(text_of(services, &inquiry, "name_enc", &inquiry.name_enc), staff.lang, |it| mask::name(it))?,
            phone: shown(text_of(services, &inquiry, "phone_enc", &inquiry.phone_enc), staff.lang, |it| {
                mask::phone(it)
            })?,
            state: inquiry.state,
            created_at: inquiry.created_at,
            handled_by: inquiry.handled_by.as_deref().map(|by| names.of(by)),
            handled_at: inquiry.handled_at,
        },
    })
}

/// Leaves the line of a reveal of who asks, so that somebody can answer; the next page shows it for half a minute.
///
/// Errors: as the reveal of an order's person ([`crate::desk::order::reveal`]).
pub async fn reveal(services: &Services, actor: &Actor, id: InquiryId, typed: &str) -> Result<AuditId, ServiceError> {
    let lang = rights::staff(actor, Act::Inquiries)?.lang;
    let reason = why::reason(typed, lang)?;
    let mut unit = Unit::of_staff(services, actor, Act::RevealPerson).await?;
    let inquiry = inquiries::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    // What is gone leaves no line about having been seen.
    needed(text_of(services, &inquiry, "phone_enc", &inquiry.phone_enc), lang)?;
    not_too_many(&mut unit).await?;
    let meta = json!({ "what": "inquiry" });
    let line = unit.audit(AuditKind::View, "reveal.person", ("inquiry", id.to_string()), Some(&reason), meta)?;
    unit.commit().await?;
    Ok(line)
}

/// Who asks, behind a line this session left a moment ago.
///
/// Errors: as the revealed page of an order's person.
pub async fn revealed(
    services: &Services,
    actor: &Actor,
    id: InquiryId,
    ticket: &str,
) -> Result<RevealedView, ServiceError> {
    let staff = rights::staff(actor, Act::Inquiries)?;
    let ticket: AuditId = ticket.parse().map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let line = views::line(&mut reader, ticket).await?.ok_or(ServiceError::NotFound)?;
    let inquiry = inquiries::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    if line.action != "reveal.person" || !rights::may(staff, Act::RevealPerson) {
        return Err(ServiceError::NotFound);
    }
    let seconds = left(&line, staff, ("inquiry", &id.to_string()), services.clock.now())?;
    let open = |column: &'static str, sealed: &[u8]| needed(text_of(services, &inquiry, column, sealed), staff.lang);
    Ok(RevealedView {
        code: String::new(),
        what: words::reveal_phone(staff.lang).to_owned(),
        lines: vec![
            (words::reveal_name(staff.lang).to_owned(), open("name_enc", &inquiry.name_enc)?),
            (words::reveal_phone(staff.lang).to_owned(), open("phone_enc", &inquiry.phone_enc)?),
        ],
        seconds,
        item: None,
    })
}

/// Says what became of an inquiry, with a note that is sealed like the inquiry itself.
pub async fn settle(
    services: &Services,
    actor: &Actor,
    (id, revision): (InquiryId, i64),
    state: &str,
    note: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::Inquiries).await?;
    let (lang, now, by) = (unit.staff()?.lang, unit.now, unit.staff()?.actor());
    let mut wrong = Wrong::new(lang);
    let note = plain(note).trim().to_owned();
    match note.chars().count() {
        0..2 => wrong.say("note", "missing", note_wanted(lang)),
        got if got > LONGEST_NOTE => wrong.say("note", "too_long", note_long(lang, LONGEST_NOTE, got)),
        _ => {}
    }
    let state = state.parse::<InquiryState>().ok();
    if state.is_none() {
        wrong.say("state", "missing", state_wanted(lang));
    }
    wrong.done()?;
    let state = state.unwrap_or(InquiryState::Open);
    let before = inquiries::lock(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if before.revision != revision {
        return Err(ServiceError::Conflict { code: "handled", message: handled_meanwhile(lang).to_owned() });
    }
    let sealed = services.keys.seal(inquiries::TABLE, "note_enc", id.bytes(), note.as_bytes())?;
    inquiries::settle(&mut unit.tx, (id, revision), state, Some(&sealed), &by, now).await?;
    let meta = json!({ "before": before.state.as_str(), "after": state.as_str() });
    unit.audit(AuditKind::Change, "inquiry.settle", ("inquiry", id.to_string()), None, meta)?;
    unit.commit().await
}
