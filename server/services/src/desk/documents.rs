//! Terms, consents and the guide as versions: drafted by one person, put in force by another, never changed afterwards.
//!
//! Orders name the version their customer agreed to, and a version's text is checked against its hash whenever it is
//! read. A version never begins before the one it follows, so that the newest number is also the one in force last.

use crate::content::{refused_links, to_html};
use crate::desk::drafts::{self, DraftView, Handed, Names, Wrong, content, plain};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::diff::{DiffLine, diff};
use domain::wire::FieldError;
use domain::{DraftKind, Lang, ShopDraftId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::announcements::TwoTongued;
use store::documents::{self as stored, Document};
use store::shop_drafts::{self, ShopDraft};

/// The kinds there are, in the order shown.
pub const KINDS: [&str; 7] =
    ["terms", "privacy", "consent_terms", "consent_privacy", "consent_own_voucher", "consent_marketing", "guide"];
/// Longest text in one language, characters.
pub const LONGEST: usize = 30_000;
const LONGEST_TITLE: usize = 100;
const SHOWN: u32 = 60;

domain::messages! {
    pub(super) fn text_short() { ko: "본문을 적어 주세요.", en: "Write the text." }
    pub(super) fn text_long(most: usize, got: usize) {
        ko: "본문은 {most}자까지예요. 지금 {got}자예요.", en: "The text takes up to {most} characters; this has {got}."
    }
    pub(super) fn link_refused(link: &str) {
        ko: "이 주소는 쓸 수 없어요: {link}. /로 시작하는 우리 화면이나 https 주소로 바꿔 주세요. 그림은 넣을 수 없어요.",
        en: "This address can’t be used: {link}. Link to a page of ours (/…) or an https address. Pictures aren’t taken."
    }
    fn not_before(version: u32, at: &str) {
        ko: "버전 {version}이 {at}부터 적용돼요. 그보다 앞선 시각에는 시작할 수 없어요.",
        en: "Version {version} begins {at}. This one can’t begin before it."
    }
    fn unchanged() { ko: "지금 버전과 똑같아요. 바꿀 곳을 고친 뒤 저장해 주세요.", en: "It is the same as the version in place. Change something first." }
}

/// A text in both languages as drafted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextBody {
    pub title_ko: String,
    pub title_en: String,
    pub body_ko: String,
    pub body_en: String,
}

impl TextBody {
    /// Title and body in one language.
    pub fn get(&self, lang: Lang) -> (&str, &str) {
        match lang {
            Lang::Ko => (&self.title_ko, &self.body_ko),
            Lang::En => (&self.title_en, &self.body_en),
        }
    }

    pub(super) fn of(title: &TwoTongued, body: &TwoTongued) -> Self {
        Self {
            title_ko: title.ko.clone(),
            title_en: title.en.clone(),
            body_ko: body.ko.clone(),
            body_en: body.en.clone(),
        }
    }

    /// The same but for space at the ends, which saving takes away.
    fn is_as(&self, other: &Self) -> bool {
        let parts = |text: &Self| {
            [&text.title_ko, &text.title_en, &text.body_ko, &text.body_en].map(|part| plain(part).trim().to_owned())
        };
        parts(self) == parts(other)
    }

    pub(super) fn parts(self) -> (TwoTongued, TwoTongued) {
        (TwoTongued { ko: self.title_ko, en: self.title_en }, TwoTongued { ko: self.body_ko, en: self.body_en })
    }

    /// Both languages in one text, for comparing.
    pub(super) fn whole(&self) -> String {
        format!("# {}\n\n{}\n\n# {}\n\n{}", self.title_ko, self.body_ko, self.title_en, self.body_en)
    }

    /// Cleans what is typed and says what is wrong with it.
    pub(super) fn read(typed: &Self, wrong: &mut Wrong) -> Self {
        let mut body = |field: &str, typed: &str| {
            let text = plain(typed).trim().to_owned();
            match text.chars().count() {
                0 => wrong.say(field, "missing", text_short(wrong.lang)),
                got if got > LONGEST => wrong.say(field, "too_long", text_long(wrong.lang, LONGEST, got)),
                _ => {
                    for link in refused_links(&text).into_iter().take(3) {
                        wrong.say(field, "link", link_refused(wrong.lang, &link));
                    }
                }
            }
            text
        };
        let (body_ko, body_en) = (body("body_ko", &typed.body_ko), body("body_en", &typed.body_en));
        Self {
            title_ko: wrong.line("title_ko", &typed.title_ko, LONGEST_TITLE),
            title_en: wrong.line("title_en", &typed.title_en, LONGEST_TITLE),
            body_ko,
            body_en,
        }
    }
}

/// A text as its readers will see it.
#[derive(Clone, Debug)]
pub struct TextLook {
    pub title: String,
    /// Sanitised.
    pub html: String,
}

/// Both languages of a text as readers will see them.
pub(super) fn looks(text: &TextBody) -> [TextLook; 2] {
    [Lang::Ko, Lang::En].map(|lang| {
        let (title, body) = text.get(lang);
        TextLook { title: title.to_owned(), html: to_html(body) }
    })
}

/// What the editors of documents and notices show of what is typed. Writes nothing. Drawing a long text takes
/// milliseconds, so it is done where nobody else waits.
pub async fn look(actor: &Actor, typed: TextBody) -> Result<([TextLook; 2], Vec<FieldError>), ServiceError> {
    let lang = rights::staff(actor, Act::ContentRead)?.lang;
    let drawing = move || {
        let mut wrong = Wrong::new(lang);
        let read = TextBody::read(&typed, &mut wrong);
        (looks(&read), wrong.errors)
    };
    tokio::task::spawn_blocking(drawing).await.map_err(|_| ServiceError::Internal("drawing a text panicked".to_owned()))
}

/// A kind in the list.
#[derive(Clone, Debug)]
pub struct KindLine {
    pub kind: &'static str,
    pub title: String,
    pub version: u32,
    pub from: Timestamp,
    /// A version that begins later.
    pub next: Option<(u32, Timestamp)>,
    pub drafts: usize,
}

/// Every kind with the version in force.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<KindLine>, ServiceError> {
    let staff = rights::staff(actor, Act::ContentRead)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let open = shop_drafts::open(&mut reader, DraftKind::Document, 200).await?;
    let mut lines = Vec::new();
    for kind in KINDS {
        let Some(document) = stored::in_force(&mut reader, kind, now).await? else { continue };
        let newest = stored::of_kind(&mut reader, kind, 1).await?;
        let newest = newest.first().map(|line| (line.document.version, line.document.effective_from));
        lines.push(KindLine {
            kind,
            title: document.title.get(staff.lang).to_owned(),
            version: document.version,
            from: document.effective_from,
            next: newest.filter(|(_, from)| *from > now),
            drafts: open.iter().filter(|draft| draft.subject == kind).count(),
        });
    }
    Ok(lines)
}

/// One version of the history.
#[derive(Clone, Debug)]
pub struct VersionLine {
    pub version: u32,
    pub from: Timestamp,
    pub author: String,
    pub publisher: String,
    pub published_at: Timestamp,
    /// SHA-256 in Korean and English, hexadecimal.
    pub hashes: [String; 2],
    pub in_force: bool,
}

/// A draft with what it would change.
#[derive(Clone, Debug)]
pub struct DocumentDraft {
    pub draft: DraftView,
    pub changes: Vec<DiffLine>,
    pub looks: [TextLook; 2],
}

/// A document's page.
#[derive(Clone, Debug)]
pub struct DocumentPage {
    pub kind: &'static str,
    pub title: String,
    pub versions: Vec<VersionLine>,
    pub drafts: Vec<DocumentDraft>,
    pub start: TextBody,
    pub own: Option<(ShopDraftId, i64, String, Option<Timestamp>)>,
}

fn known(kind: &str) -> Result<&'static str, ServiceError> {
    KINDS.into_iter().find(|known| *known == kind).ok_or(ServiceError::NotFound)
}

/// A document with drafts and versions. `from` asks to begin the editor with an old version.
pub async fn page(
    services: &Services,
    actor: &Actor,
    kind: &str,
    from: Option<u32>,
) -> Result<DocumentPage, ServiceError> {
    let staff = rights::staff(actor, Act::ContentRead)?;
    let kind = known(kind)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let lines = stored::of_kind(&mut reader, kind, SHOWN).await?;
    let in_force = stored::in_force(&mut reader, kind, now).await?.map(|document| document.version);
    let all = shop_drafts::of_subject(&mut reader, DraftKind::Document, kind, 30).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let newest = lines.first().ok_or(ServiceError::NotFound)?;
    let text_of = |document: &Document| TextBody::of(&document.title, &document.body);
    let newest_text = text_of(&newest.document);
    let mut drafts = Vec::new();
    let mut mine = None;
    for (draft, body) in drafts::views(&all, staff.user, newest.document.version, &names) {
        let body: TextBody = content(draft.id, &body)?;
        let changes = diff(&newest_text.whole(), &body.whole());
        let looks = looks(&body);
        if draft.mine {
            mine = Some((body, (draft.id, draft.revision, draft.reason.clone(), draft.effective_from)));
        }
        drafts.push(DocumentDraft { draft, changes, looks });
    }
    let asked = from.and_then(|from| lines.iter().find(|line| line.document.version == from));
    let (own_text, own) = mine.unzip();
    Ok(DocumentPage {
        kind,
        title: newest.document.title.get(staff.lang).to_owned(),
        start: asked.map(|line| text_of(&line.document)).or(own_text).unwrap_or(newest_text),
        own,
        drafts,
        versions: lines
            .iter()
            .map(|line| VersionLine {
                version: line.document.version,
                from: line.document.effective_from,
                author: names.of(&line.author),
                publisher: names.of(&line.publisher),
                published_at: line.created_at,
                hashes: [Lang::Ko, Lang::En].map(|lang| hash_text(&line.document, lang)),
                in_force: in_force == Some(line.document.version),
            })
            .collect(),
    })
}

fn hash_text(document: &Document, lang: Lang) -> String {
    document.hash(lang).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One version to read, with what it changed.
#[derive(Clone, Debug)]
pub struct OldVersion {
    pub kind: &'static str,
    pub version: u32,
    pub from: Timestamp,
    pub looks: [TextLook; 2],
    pub hashes: [String; 2],
    pub changes: Vec<DiffLine>,
}

/// A version, in force or not. A text that isn't the one that was hashed is an error, never shown.
pub async fn version(services: &Services, actor: &Actor, kind: &str, number: u32) -> Result<OldVersion, ServiceError> {
    rights::staff(actor, Act::ContentRead)?;
    let kind = known(kind)?;
    let mut reader = services.db.read().await?;
    let document = stored::find(&mut reader, kind, number).await?.ok_or(ServiceError::NotFound)?;
    let before = match number.checked_sub(1) {
        Some(before) => stored::find(&mut reader, kind, before).await?,
        None => None,
    };
    let text = TextBody::of(&document.title, &document.body);
    let older = before.map(|before| TextBody::of(&before.title, &before.body).whole());
    Ok(OldVersion {
        kind,
        version: number,
        from: document.effective_from,
        hashes: [Lang::Ko, Lang::En].map(|lang| hash_text(&document, lang)),
        changes: older.map(|older| diff(&older, &text.whole())).unwrap_or_default(),
        looks: looks(&text),
    })
}

/// Writes one's own draft of a document.
pub async fn save(
    services: &Services,
    actor: &Actor,
    kind: &str,
    (typed, at, reason): (&TextBody, &str, &str),
    revision: Option<i64>,
) -> Result<ShopDraftId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::DocumentsWrite).await?;
    let kind = known(kind)?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let mut wrong = Wrong::new(lang);
    let text = TextBody::read(typed, &mut wrong);
    let reason = wrong.reason(reason);
    let effective_from = wrong.moment("at", at, now);
    let newest = stored::of_kind(&mut unit.tx, kind, 1).await?;
    if newest.first().is_some_and(|line| TextBody::of(&line.document.title, &line.document.body).is_as(&text)) {
        wrong.say("form", "unchanged", unchanged(lang));
    }
    wrong.done()?;
    let body = serde_json::to_value(text).map_err(|error| ServiceError::Internal(error.to_string()))?;
    let handed = Handed { kind: DraftKind::Document, subject: kind, revision, body, effective_from, reason };
    let id = drafts::save(&mut unit, handed).await?;
    unit.commit().await?;
    Ok(id)
}

/// Puts a draft in force from `from`, within its publisher's unit.
pub(in crate::desk) async fn put(
    unit: &mut Unit<'_>,
    draft: &ShopDraft,
    body: TextBody,
    from: Timestamp,
) -> Result<Value, ServiceError> {
    let (lang, now, publisher) = (unit.staff()?.lang, unit.now, unit.staff()?.actor());
    let newest = stored::of_kind(&mut unit.tx, &draft.subject, 1).await?;
    if let Some(newest) = newest.first().map(|line| &line.document).filter(|newest| newest.effective_from > from) {
        let message = not_before(lang, newest.version, &newest.effective_from.kst_date_time(lang));
        return Err(ServiceError::Conflict { code: "not_before", message });
    }
    let (title, body) = body.parts();
    let new = Document { kind: draft.subject.clone(), version: draft.base + 1, title, body, effective_from: from };
    stored::publish(&mut unit.tx, &new, (&draft.author.to_string(), &publisher), now).await?;
    Ok(json!({ "version": new.version, "hash_ko": hash_text(&new, Lang::Ko), "hash_en": hash_text(&new, Lang::En) }))
}
