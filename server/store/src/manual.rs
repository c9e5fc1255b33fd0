//! The manual desk: what waits for a person, who is at it, and what proves the result.
//!
//! A claim is a row with a lease. Whether it stands is asked with the row held ([`lock_claim`]) in the transaction that
//! writes the result.

use crate::db::Conn;
use crate::dialect::locking;
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{ItemId, ItemState, OrderId, OrderState, ProofId, Reason, Timestamp, UserId, Won};
use uuid::Uuid;

/// The table of proofs, for sealing and for errors.
pub const PROOFS: &str = "manual_proofs";

/// Somebody is at a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The voucher.
    pub item: ItemId,
    /// Who.
    pub user: UserId,
    /// Since when.
    pub claimed_at: Timestamp,
    /// Until when, unless it is renewed.
    pub lease_until: Timestamp,
}

type ClaimRow = (Uuid, Uuid, i64, i64);

fn claim_of((item, user, claimed_at, lease_until): ClaimRow) -> Claim {
    Claim {
        item: ItemId::from_bytes(item.into_bytes()),
        user: UserId::from_bytes(user.into_bytes()),
        claimed_at: Timestamp::from_micros(claimed_at),
        lease_until: Timestamp::from_micros(lease_until),
    }
}

/// Takes a voucher that nobody is at, or renews one's own claim. `false` when somebody else is at it.
pub async fn claim(
    conn: impl Into<Conn<'_>>,
    item: ItemId,
    user: UserId,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("manual/claim.sql"))
        .bind(key(item.bytes()))
        .bind(key(user.bytes()))
        .bind(now.micros())
        .bind(lease_until.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Who is or was at a voucher, and nobody changes that until this transaction ends.
pub async fn lock_claim(conn: impl Into<Conn<'_>>, item: ItemId) -> Result<Option<Claim>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, ClaimRow>(locking(c, sql!("manual/lock_claim.sql")))
        .bind(key(item.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(claim_of))
}

/// Who is or was at a voucher.
pub async fn find_claim(conn: impl Into<Conn<'_>>, item: ItemId) -> Result<Option<Claim>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, ClaimRow>(sql!("manual/find_claim.sql"))
        .bind(key(item.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(claim_of))
}

/// Ends one's own claim.
///
/// Errors: [`StoreError::Conflict`] when there is none.
pub async fn give_back(conn: impl Into<Conn<'_>>, item: ItemId, user: UserId) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("manual/give_back.sql"))
        .bind(key(item.bytes()))
        .bind(key(user.bytes()))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "claim")
}

/// A voucher that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The voucher.
    pub item: ItemId,
    /// Its order.
    pub order: OrderId,
    /// The order's name for people.
    pub code: domain::OrderCode,
    /// Where the order stands.
    pub order_state: OrderState,
    /// Its place in the order, from 0.
    pub position: u32,
    /// Brand.
    pub brand: String,
    /// `manual` or `unknown_lock`.
    pub state: ItemState,
    /// What the machine couldn't.
    pub reason: Option<Reason>,
    /// What the issuer says it is worth, else the customer.
    pub face: Won,
    /// Since when the customer waits.
    pub since: Timestamp,
    /// Who is at it: person, since when, until when.
    pub claim: Option<(UserId, Timestamp, Timestamp)>,
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    id: Uuid,
    order_id: Uuid,
    code: String,
    order_status: String,
    position: i64,
    brand: String,
    status: String,
    reason: Option<String>,
    claimed_face: i64,
    face_value: Option<i64>,
    created_at: i64,
    claim_user: Option<Uuid>,
    claimed_at: Option<i64>,
    lease_until: Option<i64>,
}

impl TryFrom<WaitingRow> for Waiting {
    type Error = StoreError;
    fn try_from(row: WaitingRow) -> Result<Self, StoreError> {
        let of = Of { table: crate::items::TABLE, id: row.id };
        let claim = row.claim_user.zip(moment(row.claimed_at)).zip(moment(row.lease_until));
        Ok(Self {
            item: ItemId::from_bytes(row.id.into_bytes()),
            order: OrderId::from_bytes(row.order_id.into_bytes()),
            code: of.word("code", &row.code)?,
            order_state: of.word("status", &row.order_status)?,
            position: of.count("position", row.position)?,
            brand: row.brand,
            state: of.word("status", &row.status)?,
            reason: of.word_opt("reason", row.reason.as_deref())?,
            face: of.won("face_value", row.face_value.unwrap_or(row.claimed_face))?,
            since: Timestamp::from_micros(row.created_at),
            claim: claim.map(|((user, since), until)| (UserId::from_bytes(user.into_bytes()), since, until)),
        })
    }
}

/// What waits for a person, the longest waiting first, with the claims that stand at `now`.
pub async fn queue(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<Vec<Waiting>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, WaitingRow>(sql!("manual/queue.sql"))
        .bind(now.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Waiting::try_from).collect()
}

/// How many vouchers wait for a person.
pub async fn waiting(conn: impl Into<Conn<'_>>) -> Result<u32, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("manual/waiting.sql")).fetch_one(&mut *c).await?);
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What kind of file proves it, told from its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// A picture.
    Png,
    /// A picture.
    Jpeg,
    /// A paper.
    Pdf,
}

impl ProofKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Pdf => "pdf",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg, Self::Pdf].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A proof without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Its key.
    pub id: ProofId,
    /// The voucher.
    pub item: ItemId,
    /// Who brought it.
    pub user: UserId,
    /// What it is.
    pub kind: ProofKind,
    /// How long its content is.
    pub bytes: u32,
    /// SHA-256 of its content.
    pub hash: Vec<u8>,
    /// The file's name, sealed.
    pub name_enc: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct ProofRow {
    id: Uuid,
    item_id: Uuid,
    user_id: Uuid,
    kind: String,
    bytes: i64,
    hash: Vec<u8>,
    name_enc: Vec<u8>,
    created_at: i64,
}

impl TryFrom<ProofRow> for Proof {
    type Error = StoreError;
    fn try_from(row: ProofRow) -> Result<Self, StoreError> {
        let of = Of { table: PROOFS, id: row.id };
        let kind = ProofKind::parse(&row.kind)
            .ok_or_else(|| StoreError::corrupt(PROOFS, row.id, format!("kind is {:?}", row.kind)))?;
        Ok(Self {
            id: ProofId::from_bytes(row.id.into_bytes()),
            item: ItemId::from_bytes(row.item_id.into_bytes()),
            user: UserId::from_bytes(row.user_id.into_bytes()),
            kind,
            bytes: of.count("bytes", row.bytes)?,
            hash: row.hash,
            name_enc: row.name_enc,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

/// Writes a proof with its sealed content.
pub async fn insert_proof(conn: impl Into<Conn<'_>>, proof: &Proof, body_enc: &[u8]) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("manual/insert_proof.sql"))
            .bind(key(proof.id.bytes()))
            .bind(key(proof.item.bytes()))
            .bind(key(proof.user.bytes()))
            .bind(proof.kind.as_str())
            .bind(i64::from(proof.bytes))
            .bind(proof.hash.as_slice())
            .bind(proof.name_enc.as_slice())
            .bind(body_enc)
            .bind(proof.created_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The proofs of an order's vouchers, oldest first.
pub async fn proofs_of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<Proof>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, ProofRow>(sql!("manual/proofs_of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Proof::try_from).collect()
}

/// The proof, if there is one.
pub async fn find_proof(conn: impl Into<Conn<'_>>, id: ProofId) -> Result<Option<Proof>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, ProofRow>(sql!("manual/find_proof.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Proof::try_from).transpose()
}

/// A proof's content, sealed.
pub async fn proof_body(conn: impl Into<Conn<'_>>, id: ProofId) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, Vec<u8>>(sql!("manual/proof_body.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?))
}
