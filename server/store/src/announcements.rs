//! Notices and FAQ entries, in both languages. Bodies are Markdown; whoever shows them sanitises.

use crate::db::Conn;
use crate::dialect::locking;
use crate::row::{Of, key, micros};
use crate::{StoreError, exactly_one, on, sql};
use domain::{AnnouncementId, Lang, Timestamp};
use uuid::Uuid;

/// Notice or FAQ entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnouncementKind {
    /// Dated, newest first.
    Notice,
    /// In an order of its own.
    Faq,
}

impl AnnouncementKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Faq => "faq",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Notice, Self::Faq].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoTongued {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl TwoTongued {
    /// In the reader's language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}

/// A notice or FAQ entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its key.
    pub id: AnnouncementId,
    /// Its name in addresses.
    pub slug: String,
    /// Notice or FAQ entry.
    pub kind: AnnouncementKind,
    /// Title.
    pub title: TwoTongued,
    /// Markdown.
    pub body: TwoTongued,
    /// Place among FAQ entries, from 0.
    pub position: u32,
    /// Seen from then on; `None` for a draft.
    pub published_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    slug: String,
    kind: String,
    title_ko: String,
    title_en: String,
    body_ko: String,
    body_en: String,
    position: i64,
    published_at: Option<i64>,
}

impl TryFrom<Row> for Announcement {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: "announcements", id: row.id };
        Ok(Self {
            id: AnnouncementId::from_bytes(row.id.into_bytes()),
            slug: row.slug,
            kind: AnnouncementKind::parse(&row.kind)
                .ok_or_else(|| StoreError::corrupt(of.table, of.id, format!("kind is {:?}", row.kind)))?,
            title: TwoTongued { ko: row.title_ko, en: row.title_en },
            body: TwoTongued { ko: row.body_ko, en: row.body_en },
            position: of.count("position", row.position)?,
            published_at: row.published_at.map(Timestamp::from_micros),
        })
    }
}

/// What is published at `now`, newest first, then by position, at most `limit`.
pub async fn published(
    conn: impl Into<Conn<'_>>,
    kind: AnnouncementKind,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Announcement>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("announcements/published.sql"))
        .bind(kind.as_str())
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Announcement::try_from).collect()
}

/// One that is published at `now`.
pub async fn by_slug(
    conn: impl Into<Conn<'_>>,
    kind: AnnouncementKind,
    slug: &str,
    now: Timestamp,
) -> Result<Option<Announcement>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("announcements/by_slug.sql"))
        .bind(slug)
        .bind(kind.as_str())
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await?);
    row.map(Announcement::try_from).transpose()
}

/// Adds one; `false` when the slug is taken.
pub async fn add_missing(conn: impl Into<Conn<'_>>, new: &Announcement, now: Timestamp) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("announcements/insert.sql"))
        .bind(key(new.id.bytes()))
        .bind(new.slug.as_str())
        .bind(new.kind.as_str())
        .bind(new.title.ko.as_str())
        .bind(new.title.en.as_str())
        .bind(new.body.ko.as_str())
        .bind(new.body.en.as_str())
        .bind(i64::from(new.position))
        .bind(micros(new.published_at))
        .bind(now.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// One with what its editor must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementLine {
    /// The notice or FAQ entry.
    pub entry: Announcement,
    /// Grows with every change of its texts or its publication.
    pub revision: i64,
    /// Who wrote it last: an account's id as text, or `seed`.
    pub author: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    entry: Row,
    revision: i64,
    author: String,
    updated_at: i64,
}

impl TryFrom<Line> for AnnouncementLine {
    type Error = StoreError;
    fn try_from(line: Line) -> Result<Self, StoreError> {
        Ok(Self {
            entry: line.entry.try_into()?,
            revision: line.revision,
            author: line.author,
            updated_at: Timestamp::from_micros(line.updated_at),
        })
    }
}

/// Everything of a kind, drafts too.
pub async fn list(
    conn: impl Into<Conn<'_>>,
    kind: AnnouncementKind,
    limit: u32,
) -> Result<Vec<AnnouncementLine>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Line>(sql!("announcements/list.sql"))
        .bind(kind.as_str())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(AnnouncementLine::try_from).collect()
}

/// One, published or not.
pub async fn find(conn: impl Into<Conn<'_>>, id: AnnouncementId) -> Result<Option<AnnouncementLine>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Line>(sql!("announcements/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(AnnouncementLine::try_from).transpose()
}

/// One, held until the transaction ends.
pub async fn lock(conn: impl Into<Conn<'_>>, id: AnnouncementId) -> Result<Option<AnnouncementLine>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Line>(locking(c, sql!("announcements/lock.sql")))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(AnnouncementLine::try_from).transpose()
}

/// Adds one by its author; `false` when the slug is taken.
pub async fn add(
    conn: impl Into<Conn<'_>>,
    new: &Announcement,
    author: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("announcements/add.sql"))
        .bind(key(new.id.bytes()))
        .bind(new.slug.as_str())
        .bind(new.kind.as_str())
        .bind(new.title.ko.as_str())
        .bind(new.title.en.as_str())
        .bind(new.body.ko.as_str())
        .bind(new.body.en.as_str())
        .bind(i64::from(new.position))
        .bind(micros(new.published_at))
        .bind(author)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Writes texts and publication, if it is still at `revision`. Its slug never changes: links to it stay good.
pub async fn write(
    conn: impl Into<Conn<'_>>,
    entry: &Announcement,
    revision: i64,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("announcements/write.sql"))
        .bind(key(entry.id.bytes()))
        .bind(revision)
        .bind(entry.title.ko.as_str())
        .bind(entry.title.en.as_str())
        .bind(entry.body.ko.as_str())
        .bind(entry.body.en.as_str())
        .bind(micros(entry.published_at))
        .bind(author)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "announcement")
}

/// Puts a FAQ entry at another place.
pub async fn set_position(
    conn: impl Into<Conn<'_>>,
    id: AnnouncementId,
    position: u32,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("announcements/set_position.sql"))
        .bind(key(id.bytes()))
        .bind(i64::from(position))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "announcement")
}
