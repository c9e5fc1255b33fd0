//! Books of rules as versions. One is in force; a change is a draft that another person publishes.

use crate::db::Conn;
use crate::row::{key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::risk::RuleBook;
use domain::{BookId, Timestamp, UserId};
use sqlx::types::Json;
use std::str::FromStr;
use uuid::Uuid;

const TABLE: &str = "risk_books";

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookState {
    /// Written, not decided on.
    Draft,
    /// Orders are judged by it.
    InForce,
    /// Was in force.
    Retired,
    /// Never was.
    Withdrawn,
}

impl BookState {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InForce => "in_force",
            Self::Retired => "retired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl FromStr for BookState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Draft, Self::InForce, Self::Retired, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(())
    }
}

/// A book as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBook {
    /// Its key.
    pub id: BookId,
    /// Its number; the next one.
    pub version: i64,
    /// Draft, or in force for the very first.
    pub state: BookState,
    /// The version it was made from.
    pub based_on: Option<i64>,
    /// The rules.
    pub book: RuleBook,
    /// Who wrote it, by name.
    pub author: String,
    /// Who wrote it.
    pub author_id: Option<UserId>,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
}

/// A book as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// What was written.
    pub new: NewBook,
    /// Who published or withdrew it, by name.
    pub decided_by: Option<String>,
    /// Who published or withdrew it.
    pub decided_id: Option<UserId>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    state: String,
    based_on: Option<i64>,
    book_json: Json<serde_json::Value>,
    author: String,
    author_id: Option<Uuid>,
    reason: String,
    created_at: i64,
    decided_by: Option<String>,
    decided_id: Option<Uuid>,
    decided_at: Option<i64>,
}

impl TryFrom<Row> for Book {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: String| StoreError::corrupt(TABLE, row.version, what);
        let book: RuleBook =
            serde_json::from_value(row.book_json.0).map_err(|error| corrupt(format!("book_json: {error}")))?;
        book.check().map_err(|problem| corrupt(format!("book_json: {problem}")))?;
        let user = |id: Option<Uuid>| id.map(|id| UserId::from_bytes(id.into_bytes()));
        Ok(Self {
            new: NewBook {
                id: BookId::from_bytes(row.id.into_bytes()),
                version: row.version,
                state: row.state.parse().map_err(|()| corrupt(format!("state is {:?}", row.state)))?,
                based_on: row.based_on,
                book,
                author: row.author,
                author_id: user(row.author_id),
                reason: row.reason,
                created_at: Timestamp::from_micros(row.created_at),
            },
            decided_by: row.decided_by,
            decided_id: user(row.decided_id),
            decided_at: moment(row.decided_at),
        })
    }
}

/// The book orders are judged by.
///
/// Errors: [`StoreError::Corrupt`] when it makes no sense.
pub async fn in_force(conn: impl Into<Conn<'_>>) -> Result<Option<Book>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("risk_books/in_force.sql")).fetch_optional(&mut *c).await?);
    row.map(Book::try_from).transpose()
}

/// One version.
pub async fn find(conn: impl Into<Conn<'_>>, version: i64) -> Result<Option<Book>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("risk_books/find.sql"))
        .bind(version)
        .fetch_optional(&mut *c)
        .await?);
    row.map(Book::try_from).transpose()
}

/// Versions before one, newest first.
pub async fn page(conn: impl Into<Conn<'_>>, before: i64, limit: u32) -> Result<Vec<Book>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("risk_books/page.sql"))
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Book::try_from).collect()
}

/// The newest version's number; nothing when there is none.
pub async fn newest(conn: impl Into<Conn<'_>>) -> Result<i64, StoreError> {
    let found =
        on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("risk_books/newest.sql")).fetch_optional(&mut *c).await?);
    Ok(found.unwrap_or(0))
}

/// Writes a version; `false` when its number is taken, or another one is in force.
pub async fn insert(conn: impl Into<Conn<'_>>, new: &NewBook) -> Result<bool, StoreError> {
    let decided_at = (new.state == BookState::InForce).then(|| new.created_at.micros());
    let done = on!(conn, |c| sqlx::query(sql!("risk_books/insert.sql"))
        .bind(key(new.id.bytes()))
        .bind(new.version)
        .bind(new.state.as_str())
        .bind(new.based_on)
        .bind(Json(&new.book))
        .bind(new.author.as_str())
        .bind(new.author_id.map(|user| key(user.bytes())))
        .bind(new.reason.as_str())
        .bind(new.created_at.micros())
        .bind(decided_at)
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Moves a version from the state it was seen in, and says who did. `None` for the book that another one replaces.
///
/// Errors: [`StoreError::Conflict`] when it stands elsewhere by now.
pub async fn decide(
    conn: impl Into<Conn<'_>>,
    version: i64,
    from: BookState,
    to: BookState,
    by: Option<(&str, UserId, Timestamp)>,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("risk_books/decide.sql"))
        .bind(version)
        .bind(from.as_str())
        .bind(to.as_str())
        .bind(by.map(|(name, _, _)| name))
        .bind(by.map(|(_, user, _)| key(user.bytes())))
        .bind(by.map(|(_, _, at)| at.micros()))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "book of rules")
}
