//! Drafts of what the shop shows and pays: a brand, its rates, the fees, a document. Made by one person, put to work by
//! another; the table itself refuses a draft published by its author.

use crate::db::Conn;
use crate::dialect::locking;
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{DraftKind, DraftState, ShopDraftId, Timestamp, UserId};
use sqlx::types::Json;
use uuid::Uuid;

/// The table, for errors.
pub const TABLE: &str = "shop_drafts";

/// A draft as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ShopDraft {
    /// Its key.
    pub id: ShopDraftId,
    /// What it is of.
    pub kind: DraftKind,
    /// Of which one: a brand's key, a document's kind.
    pub subject: String,
    /// The subject's version it was made from; 0 when there was none.
    pub base: u32,
    /// What it would put in place, by kind.
    pub body: serde_json::Value,
    /// From when on it is to hold; `None` for as soon as it is published.
    pub effective_from: Option<Timestamp>,
    /// Why, as typed by its author.
    pub reason: String,
    /// What became of it.
    pub state: DraftState,
    /// Who wrote it.
    pub author: UserId,
    /// Who published it or gave it up.
    pub ended_by: Option<UserId>,
    /// Grows with every change.
    pub revision: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was published or given up.
    pub ended_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    subject: String,
    base: i64,
    body_json: Json<serde_json::Value>,
    effective_from: Option<i64>,
    reason: String,
    state: String,
    author: Uuid,
    ended_by: Option<Uuid>,
    revision: i64,
    created_at: i64,
    updated_at: i64,
    ended_at: Option<i64>,
}

impl TryFrom<Row> for ShopDraft {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: ShopDraftId::from_bytes(row.id.into_bytes()),
            kind: of.word("kind", &row.kind)?,
            subject: row.subject,
            base: of.count("base", row.base)?,
            body: row.body_json.0,
            effective_from: moment(row.effective_from),
            reason: row.reason,
            state: of.word("state", &row.state)?,
            author: UserId::from_bytes(row.author.into_bytes()),
            ended_by: row.ended_by.map(|id| UserId::from_bytes(id.into_bytes())),
            revision: row.revision,
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
            ended_at: moment(row.ended_at),
        })
    }
}

/// Writes a new open draft with revision 1, whatever `new` says of state and revision.
///
/// Errors: [`StoreError::Unique`] when its author has an open one of the same thing.
pub async fn insert(conn: impl Into<Conn<'_>>, new: &ShopDraft) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("shop_drafts/insert.sql"))
            .bind(key(new.id.bytes()))
            .bind(new.kind.as_str())
            .bind(new.subject.as_str())
            .bind(i64::from(new.base))
            .bind(Json(&new.body))
            .bind(micros(new.effective_from))
            .bind(new.reason.as_str())
            .bind(key(new.author.bytes()))
            .bind(new.created_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The draft.
pub async fn find(conn: impl Into<Conn<'_>>, id: ShopDraftId) -> Result<Option<ShopDraft>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("shop_drafts/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(ShopDraft::try_from).transpose()
}

/// The draft, held until the transaction ends.
pub async fn lock(conn: impl Into<Conn<'_>>, id: ShopDraftId) -> Result<Option<ShopDraft>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("shop_drafts/lock.sql")))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(ShopDraft::try_from).transpose()
}

/// The author's open draft of a thing, held until the transaction ends.
pub async fn own(
    conn: impl Into<Conn<'_>>,
    kind: DraftKind,
    subject: &str,
    author: UserId,
) -> Result<Option<ShopDraft>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("shop_drafts/own.sql")))
        .bind(kind.as_str())
        .bind(subject)
        .bind(key(author.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(ShopDraft::try_from).transpose()
}

/// Drafts of a thing, whatever became of them, the last changed first.
pub async fn of_subject(
    conn: impl Into<Conn<'_>>,
    kind: DraftKind,
    subject: &str,
    limit: u32,
) -> Result<Vec<ShopDraft>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("shop_drafts/of_subject.sql"))
        .bind(kind.as_str())
        .bind(subject)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(ShopDraft::try_from).collect()
}

/// All open drafts of a kind.
pub async fn open(conn: impl Into<Conn<'_>>, kind: DraftKind, limit: u32) -> Result<Vec<ShopDraft>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("shop_drafts/open.sql"))
        .bind(kind.as_str())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(ShopDraft::try_from).collect()
}

/// Writes what an author may change of an open draft, if it is still as `before`.
pub async fn write(
    conn: impl Into<Conn<'_>>,
    before: &ShopDraft,
    after: &ShopDraft,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("shop_drafts/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.revision)
        .bind(i64::from(after.base))
        .bind(Json(&after.body))
        .bind(micros(after.effective_from))
        .bind(after.reason.as_str())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "draft")
}

/// Ends an open draft, if it is still as `before`. `effective_from` is when what was published holds from.
pub async fn finish(
    conn: impl Into<Conn<'_>>,
    before: &ShopDraft,
    state: DraftState,
    by: UserId,
    effective_from: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("shop_drafts/finish.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.revision)
        .bind(state.as_str())
        .bind(key(by.bytes()))
        .bind(micros(effective_from))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "draft")
}
