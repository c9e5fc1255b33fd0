//! Notices and FAQ entries, in both languages. Bodies are Markdown; whoever shows them sanitises.

use crate::db::Conn;
use crate::row::{Of, key, micros};
use crate::{StoreError, on, sql};
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
