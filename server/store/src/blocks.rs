//! The block list: phones, accounts, devices and addresses nothing is bought from, until their end.

use crate::db::Conn;
use crate::dialect::{multi_or, portions};
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::risk::Subject;
use domain::{BlockId, Timestamp, UserId};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "risk_blocks";

/// A block as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlock {
    /// Its key.
    pub id: BlockId,
    /// Of what.
    pub kind: Subject,
    /// Hashed as orders' columns are.
    pub value_hmac: [u8; 32],
    /// Sealed; a device has nothing to seal but its hash.
    pub value_enc: Option<Vec<u8>>,
    /// For people.
    pub masked: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
    /// Who, by name.
    pub author: String,
    /// Who.
    pub author_id: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
}

/// A block as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its key.
    pub id: BlockId,
    /// Of what.
    pub kind: Subject,
    /// Hashed.
    pub value_hmac: Vec<u8>,
    /// Sealed.
    pub value_enc: Option<Vec<u8>>,
    /// For people.
    pub masked: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
    /// Grows with every change.
    pub revision: i64,
    /// Who, by name.
    pub author: String,
    /// Who.
    pub author_id: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
    /// By whom.
    pub lifted_by: Option<String>,
    /// Why.
    pub lift_reason: Option<String>,
}

impl Block {
    /// Does it stop anybody at this moment?
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.lifted_at.is_none() && now < self.until
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    value_hmac: Vec<u8>,
    value_enc: Option<Vec<u8>>,
    masked: String,
    reason: String,
    until_at: i64,
    revision: i64,
    author: String,
    author_id: Option<Uuid>,
    created_at: i64,
    lifted_at: Option<i64>,
    lifted_by: Option<String>,
    lift_reason: Option<String>,
}

impl TryFrom<Row> for Block {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: BlockId::from_bytes(row.id.into_bytes()),
            kind: of.word("kind", &row.kind)?,
            value_hmac: row.value_hmac,
            value_enc: row.value_enc,
            masked: row.masked,
            reason: row.reason,
            until: Timestamp::from_micros(row.until_at),
            revision: row.revision,
            author: row.author,
            author_id: row.author_id.map(|id| UserId::from_bytes(id.into_bytes())),
            created_at: Timestamp::from_micros(row.created_at),
            lifted_at: moment(row.lifted_at),
            lifted_by: row.lifted_by,
            lift_reason: row.lift_reason,
        })
    }
}

/// Something that is blocked, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Of what.
    pub kind: Subject,
    /// Hashed.
    pub value_hmac: Vec<u8>,
    /// Since when.
    pub since: Timestamp,
}

/// Which of these are blocked at this moment.
pub async fn hits(
    conn: impl Into<Conn<'_>>,
    asked: &[(Subject, [u8; 32])],
    now: Timestamp,
) -> Result<Vec<Hit>, StoreError> {
    let mut found: Vec<(String, Vec<u8>, i64)> = Vec::new();
    on!(conn, |c| {
        for portion in portions(asked) {
            let mut query = sqlx::query_as(multi_or(sql!("blocks/hits.sql"), 1, portion.len())).bind(now.micros());
            for (kind, value) in portion {
                query = query.bind(kind.as_str()).bind(value.as_slice());
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let of = Of { table: TABLE, id: Uuid::nil() };
    found
        .into_iter()
        .map(|(kind, value_hmac, since)| {
            Ok(Hit { kind: of.word("kind", &kind)?, value_hmac, since: Timestamp::from_micros(since) })
        })
        .collect()
}

/// Writes a block; `false` when the value has a living one, perhaps past its end.
pub async fn insert(conn: impl Into<Conn<'_>>, new: &NewBlock) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("blocks/insert.sql"))
        .bind(key(new.id.bytes()))
        .bind(new.kind.as_str())
        .bind(new.value_hmac.as_slice())
        .bind(new.value_enc.as_deref())
        .bind(new.masked.as_str())
        .bind(new.reason.as_str())
        .bind(new.until.micros())
        .bind(new.author.as_str())
        .bind(new.author_id.map(|user| key(user.bytes())))
        .bind(new.created_at.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// One block.
pub async fn find(conn: impl Into<Conn<'_>>, id: BlockId) -> Result<Option<Block>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("blocks/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Block::try_from).transpose()
}

/// The blocks of a value that were not lifted, in force or past their end; two at most, while lookup keys rotate.
pub async fn live_of(conn: impl Into<Conn<'_>>, kind: Subject, hashes: [&[u8]; 2]) -> Result<Vec<Block>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("blocks/live_of.sql"))
        .bind(kind.as_str())
        .bind(hashes[0])
        .bind(hashes[1])
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Block::try_from).collect()
}

/// Blocks of all times, newest first, before one of them.
pub async fn page(
    conn: impl Into<Conn<'_>>,
    before: (Timestamp, BlockId),
    limit: u32,
) -> Result<Vec<Block>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("blocks/page.sql"))
        .bind(before.0.micros())
        .bind(key(before.1.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Block::try_from).collect()
}

/// Lifts a block.
///
/// Errors: [`StoreError::Conflict`] when it was changed or lifted meanwhile.
pub async fn lift(
    conn: impl Into<Conn<'_>>,
    id: BlockId,
    revision: i64,
    by: (&str, Option<UserId>),
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("blocks/lift.sql"))
        .bind(key(id.bytes()))
        .bind(revision)
        .bind(now.micros())
        .bind(by.0)
        .bind(by.1.map(|user| key(user.bytes())))
        .bind(reason)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "block")
}

/// Gives a block another end and says why.
///
/// Errors: [`StoreError::Conflict`] when it was changed or lifted meanwhile.
pub async fn move_end(
    conn: impl Into<Conn<'_>>,
    id: BlockId,
    revision: i64,
    until: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("blocks/move_end.sql"))
        .bind(key(id.bytes()))
        .bind(revision)
        .bind(until.micros())
        .bind(reason)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "block")
}
