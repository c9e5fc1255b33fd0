//! Terms, privacy policy and consent texts: versioned, never changed, each with the SHA-256 of its text, so that what a
//! customer agreed to can be shown years later.

use crate::announcements::TwoTongued;
use crate::db::Conn;
use crate::{StoreError, on, sql};
use domain::{Lang, Timestamp};
use sha2::{Digest, Sha256};

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `terms`, `privacy`, `consent_terms`, …
    pub kind: String,
    /// From 1.
    pub version: u32,
    /// Title.
    pub title: TwoTongued,
    /// Markdown.
    pub body: TwoTongued,
    /// Holds from then on.
    pub effective_from: Timestamp,
}

impl Document {
    /// SHA-256 of title and text in a language; recorded with each consent.
    pub fn hash(&self, lang: Lang) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.title.get(lang).as_bytes());
        hash.update(b"\n\n");
        hash.update(self.body.get(lang).as_bytes());
        hash.finalize().into()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    version: i64,
    title_ko: String,
    title_en: String,
    body_ko: String,
    body_en: String,
    hash_ko: Vec<u8>,
    hash_en: Vec<u8>,
    effective_from: i64,
}

impl TryFrom<Row> for Document {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let id = format!("{} version {}", row.kind, row.version);
        let document = Self {
            version: u32::try_from(row.version).map_err(|error| StoreError::corrupt("documents", &id, error))?,
            kind: row.kind,
            title: TwoTongued { ko: row.title_ko, en: row.title_en },
            body: TwoTongued { ko: row.body_ko, en: row.body_en },
            effective_from: Timestamp::from_micros(row.effective_from),
        };
        if row.hash_ko != document.hash(Lang::Ko) || row.hash_en != document.hash(Lang::En) {
            return Err(StoreError::corrupt("documents", id, "the text is not the one that was hashed"));
        }
        Ok(document)
    }
}

/// The version that holds at `at`. A text that is no longer the one that was hashed is an error.
pub async fn in_force(conn: impl Into<Conn<'_>>, kind: &str, at: Timestamp) -> Result<Option<Document>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("documents/in_force.sql"))
        .bind(kind)
        .bind(at.micros())
        .fetch_optional(&mut *c)
        .await?);
    row.map(Document::try_from).transpose()
}

/// A version by its number, for an old consent.
pub async fn find(conn: impl Into<Conn<'_>>, kind: &str, version: u32) -> Result<Option<Document>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("documents/find.sql"))
        .bind(kind)
        .bind(i64::from(version))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Document::try_from).transpose()
}

/// Adds a version; `false` when it is there already.
pub async fn add_missing(conn: impl Into<Conn<'_>>, new: &Document, now: Timestamp) -> Result<bool, StoreError> {
    let (hash_ko, hash_en) = (new.hash(Lang::Ko), new.hash(Lang::En));
    let done = on!(conn, |c| sqlx::query(sql!("documents/insert.sql"))
        .bind(new.kind.as_str())
        .bind(i64::from(new.version))
        .bind(new.title.ko.as_str())
        .bind(new.title.en.as_str())
        .bind(new.body.ko.as_str())
        .bind(new.body.en.as_str())
        .bind(hash_ko.as_slice())
        .bind(hash_en.as_slice())
        .bind(new.effective_from.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// A version with who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    /// The version.
    pub document: Document,
    /// Who wrote it: an account's id as text, or `seed`.
    pub author: String,
    /// Who put it in force.
    pub publisher: String,
    /// When that was.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    document: Row,
    author: String,
    publisher: String,
    created_at: i64,
}

/// A kind's versions, newest first.
pub async fn of_kind(conn: impl Into<Conn<'_>>, kind: &str, limit: u32) -> Result<Vec<DocumentLine>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Line>(sql!("documents/of_kind.sql"))
        .bind(kind)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|line| {
            Ok(DocumentLine {
                document: line.document.try_into()?,
                author: line.author,
                publisher: line.publisher,
                created_at: Timestamp::from_micros(line.created_at),
            })
        })
        .collect()
}

/// Adds a version by its author and publisher.
///
/// Errors: [`StoreError::Unique`] when there is one of that number.
pub async fn publish(
    conn: impl Into<Conn<'_>>,
    new: &Document,
    (author, publisher): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (hash_ko, hash_en) = (new.hash(Lang::Ko), new.hash(Lang::En));
    on!(conn, |c| {
        sqlx::query(sql!("documents/publish.sql"))
            .bind(new.kind.as_str())
            .bind(i64::from(new.version))
            .bind(new.title.ko.as_str())
            .bind(new.title.en.as_str())
            .bind(new.body.ko.as_str())
            .bind(new.body.en.as_str())
            .bind(hash_ko.as_slice())
            .bind(hash_en.as_slice())
            .bind(new.effective_from.micros())
            .bind(now.micros())
            .bind(author)
            .bind(publisher)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}
