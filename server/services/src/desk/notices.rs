//! Notices and questions: written, looked at, published now or at a moment to come, taken back.
//!
//! They bind nobody, so one person may publish them. Texts are cleaned when they are saved and sanitised again each time
//! they are shown. A slug stands for ever once chosen: links to it stay good.

use crate::desk::documents::{TextBody, TextLook, looks};
use crate::desk::drafts::{Names, Wrong, hold};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::{AnnouncementId, DraftKind, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
pub use store::announcements::AnnouncementKind as Kind;
use store::announcements::{self, Announcement, AnnouncementKind, AnnouncementLine};
use store::audit::AuditKind;

/// Most entries of a kind the desk lists.
const SHOWN: u32 = 500;

domain::messages! {
    fn slug_shape() {
        ko: "영어 소문자, 숫자, - 로 3자에서 60자까지 적어 주세요. -로 시작하거나 끝날 수 없어요.",
        en: "3 to 60 lower-case letters, digits and hyphens; no hyphen first, last or twice."
    }
    fn slug_taken() { ko: "이미 쓰고 있는 주소예요. 다른 주소를 적어 주세요.", en: "That address is taken. Choose another." }
    fn changed_meanwhile() {
        ko: "그사이에 다른 동료가 이 글을 고쳤어요. 지금 글을 확인하고 다시 저장해 주세요.",
        en: "A colleague changed this meanwhile. Look at it as it is now, then save again."
    }
    fn place_shape() { ko: "순서는 1부터의 숫자예요.", en: "A place is a number from 1." }
}

/// An entry in the list.
#[derive(Clone, Debug)]
pub struct NoticeLine {
    pub id: AnnouncementId,
    pub slug: String,
    pub title: String,
    pub position: u32,
    pub published_at: Option<Timestamp>,
    pub author: String,
    pub updated_at: Timestamp,
}

/// Everything of a kind: notices by publication with drafts first, questions in their order.
pub async fn list(services: &Services, actor: &Actor, kind: AnnouncementKind) -> Result<Vec<NoticeLine>, ServiceError> {
    let staff = rights::staff(actor, Act::ContentRead)?;
    let mut reader = services.db.read().await?;
    let mut lines = announcements::list(&mut reader, kind, SHOWN).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    sort(kind, &mut lines);
    let line = |line: AnnouncementLine| NoticeLine {
        id: line.entry.id,
        slug: line.entry.slug.clone(),
        title: line.entry.title.get(staff.lang).to_owned(),
        position: line.entry.position,
        published_at: line.entry.published_at,
        author: names.of(&line.author),
        updated_at: line.updated_at,
    };
    Ok(lines.into_iter().map(line).collect())
}

/// The same order on both engines: where there is no publication one engine puts a row first and the other last.
fn sort(kind: AnnouncementKind, lines: &mut [AnnouncementLine]) {
    match kind {
        AnnouncementKind::Notice => lines.sort_by_key(|line| {
            let at = line.entry.published_at;
            (at.is_some(), std::cmp::Reverse(at.unwrap_or(line.updated_at)))
        }),
        AnnouncementKind::Faq => lines.sort_by_key(|line| (line.entry.position, line.entry.id)),
    }
}

/// One entry with its texts.
#[derive(Clone, Debug)]
pub struct NoticePage {
    pub id: AnnouncementId,
    pub kind: AnnouncementKind,
    pub slug: String,
    pub text: TextBody,
    pub looks: [TextLook; 2],
    pub revision: i64,
    pub published_at: Option<Timestamp>,
    pub author: String,
    pub updated_at: Timestamp,
}

/// One entry, published or not.
pub async fn open(services: &Services, actor: &Actor, id: AnnouncementId) -> Result<NoticePage, ServiceError> {
    let staff = rights::staff(actor, Act::ContentRead)?;
    let mut reader = services.db.read().await?;
    let line = announcements::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let names = Names::read(&mut reader, staff.lang).await?;
    let text = TextBody::of(&line.entry.title, &line.entry.body);
    Ok(NoticePage {
        id,
        kind: line.entry.kind,
        slug: line.entry.slug,
        looks: looks(&text),
        text,
        revision: line.revision,
        published_at: line.entry.published_at,
        author: names.of(&line.author),
        updated_at: line.updated_at,
    })
}

fn is_slug(slug: &str) -> bool {
    let plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let hyphens = !slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--");
    plain && hyphens && (3..=60).contains(&slug.len())
}

/// What the audit log keeps of a text: enough to tell whether two are the same.
fn mark(text: &TextBody) -> String {
    let hash: [u8; 32] = Sha256::digest(text.whole().as_bytes()).into();
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a new entry, not published.
pub async fn add(
    services: &Services,
    actor: &Actor,
    kind: AnnouncementKind,
    (slug, typed): (&str, &TextBody),
) -> Result<AnnouncementId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::ContentWrite).await?;
    let (lang, now, author) = (unit.staff()?.lang, unit.now, unit.staff()?.actor());
    let mut wrong = Wrong::new(lang);
    let slug = slug.trim();
    if !is_slug(slug) {
        wrong.say("slug", "shape", slug_shape(lang));
    }
    let text = TextBody::read(typed, &mut wrong);
    wrong.done()?;
    hold(&mut unit.tx, DraftKind::Document, kind.as_str()).await?;
    let known = announcements::list(&mut unit.tx, kind, SHOWN).await?;
    let position = known.iter().map(|line| line.entry.position + 1).max().unwrap_or(0);
    let id = AnnouncementId::from_bytes(services.chance.id(now));
    let mark = mark(&text);
    let (title, body) = text.parts();
    let new = Announcement { id, slug: slug.to_owned(), kind, title, body, position, published_at: None };
    if !announcements::add(&mut unit.tx, &new, &author, now).await? {
        return Err(ServiceError::invalid("slug", "taken", slug_taken(lang)));
    }
    let meta = json!({ "kind": kind.as_str(), "slug": slug, "text": mark });
    unit.audit(AuditKind::Change, "notice.add", ("notice", id.to_string()), None, meta)?;
    unit.commit().await?;
    Ok(id)
}

/// The entry, held, as the page showed it.
async fn taken(unit: &mut Unit<'_>, id: AnnouncementId, revision: i64) -> Result<AnnouncementLine, ServiceError> {
    let lang = unit.staff()?.lang;
    let line = announcements::lock(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if line.revision != revision {
        return Err(ServiceError::Conflict { code: "changed", message: changed_meanwhile(lang).to_owned() });
    }
    Ok(line)
}

/// Writes other texts; of a published entry they are seen at once.
pub async fn save(
    services: &Services,
    actor: &Actor,
    (id, revision): (AnnouncementId, i64),
    typed: &TextBody,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::ContentWrite).await?;
    let (lang, now, author) = (unit.staff()?.lang, unit.now, unit.staff()?.actor());
    let mut wrong = Wrong::new(lang);
    let text = TextBody::read(typed, &mut wrong);
    wrong.done()?;
    let line = taken(&mut unit, id, revision).await?;
    let before = mark(&TextBody::of(&line.entry.title, &line.entry.body));
    let meta = json!({ "before": before, "after": mark(&text) });
    let (title, body) = text.parts();
    let entry = Announcement { title, body, ..line.entry };
    announcements::write(&mut unit.tx, &entry, revision, &author, now).await?;
    unit.audit(AuditKind::Change, "notice.change", ("notice", id.to_string()), None, meta)?;
    unit.commit().await?;
    services.shelf.forget();
    Ok(())
}

/// Publishes an entry, at once when `at` is empty, else from that moment on.
pub async fn publish(
    services: &Services,
    actor: &Actor,
    (id, revision): (AnnouncementId, i64),
    at: &str,
) -> Result<(), ServiceError> {
    let unit = Unit::of_staff(services, actor, Act::ContentWrite).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let mut wrong = Wrong::new(lang);
    let at = wrong.moment("at", at, now).unwrap_or(now);
    wrong.done()?;
    show(unit, (id, revision), Some(at), "notice.publish").await?;
    services.shelf.forget();
    Ok(())
}

/// Takes an entry back, or its publication to come.
pub async fn unpublish(
    services: &Services,
    actor: &Actor,
    (id, revision): (AnnouncementId, i64),
) -> Result<(), ServiceError> {
    let unit = Unit::of_staff(services, actor, Act::ContentWrite).await?;
    show(unit, (id, revision), None, "notice.unpublish").await?;
    services.shelf.forget();
    Ok(())
}

async fn show(
    mut unit: Unit<'_>,
    (id, revision): (AnnouncementId, i64),
    at: Option<Timestamp>,
    action: &str,
) -> Result<(), ServiceError> {
    let line = taken(&mut unit, id, revision).await?;
    let now = unit.now;
    let meta = json!({ "slug": line.entry.slug, "at": at.map(Timestamp::rfc3339) });
    let entry = Announcement { published_at: at, ..line.entry };
    announcements::write(&mut unit.tx, &entry, revision, &line.author, now).await?;
    unit.audit(AuditKind::Change, action, ("notice", id.to_string()), None, meta)?;
    unit.commit().await
}

/// Puts a question at a place, counted from 1.
pub async fn move_to(services: &Services, actor: &Actor, id: AnnouncementId, place: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::ContentWrite).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let place: usize = place
        .trim()
        .parse()
        .ok()
        .filter(|place| *place > 0)
        .ok_or_else(|| ServiceError::invalid("place", "no_place", place_shape(lang)))?;
    let kind = AnnouncementKind::Faq;
    hold(&mut unit.tx, DraftKind::Document, kind.as_str()).await?;
    let mut lines = announcements::list(&mut unit.tx, kind, SHOWN).await?;
    sort(kind, &mut lines);
    let from = lines.iter().position(|line| line.entry.id == id).ok_or(ServiceError::NotFound)?;
    let moved = lines.remove(from);
    let to = (place - 1).min(lines.len());
    lines.insert(to, moved);
    for (position, line) in (0_u32..).zip(&lines) {
        if line.entry.position != position {
            announcements::set_position(&mut unit.tx, line.entry.id, position, now).await?;
        }
    }
    let meta = json!({ "before": from + 1, "after": to + 1 });
    unit.audit(AuditKind::Change, "notice.move", ("notice", id.to_string()), None, meta)?;
    unit.commit().await?;
    services.shelf.forget();
    Ok(())
}
