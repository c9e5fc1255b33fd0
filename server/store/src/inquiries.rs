//! Questions from visitors. Name, phone and text are sealed.

use crate::db::Conn;
use crate::dialect::locking;
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{InquiryId, InquiryState, Timestamp};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "inquiries";

/// An inquiry as it is first written.
#[derive(Clone, Debug)]
pub struct NewInquiry {
    /// Its key.
    pub id: InquiryId,
    /// Name, sealed.
    pub name_enc: Vec<u8>,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Phone, hashed.
    pub phone_hmac: [u8; 32],
    /// Text, sealed.
    pub body_enc: Vec<u8>,
    /// Visitor's address, hashed.
    pub address_hmac: [u8; 32],
    /// Now.
    pub created_at: Timestamp,
}

/// Writes an inquiry.
pub async fn insert(conn: impl Into<Conn<'_>>, new: &NewInquiry) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("inquiries/insert.sql"))
            .bind(key(new.id.bytes()))
            .bind(new.name_enc.as_slice())
            .bind(new.phone_enc.as_slice())
            .bind(new.phone_hmac.as_slice())
            .bind(new.body_enc.as_slice())
            .bind(new.address_hmac.as_slice())
            .bind(new.created_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Inquiries from this address since then.
pub async fn count_by_address(
    conn: impl Into<Conn<'_>>,
    address_hmac: [[u8; 32]; 2],
    since: Timestamp,
) -> Result<u32, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("inquiries/count_by_address.sql"))
        .bind(address_hmac[0].as_slice())
        .bind(address_hmac[1].as_slice())
        .bind(since.micros())
        .fetch_one(&mut *c)
        .await?);
    Of { table: TABLE, id: Uuid::nil() }.count("count", count)
}

/// An inquiry as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Its key.
    pub id: InquiryId,
    /// Name, sealed.
    pub name_enc: Vec<u8>,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Text, sealed.
    pub body_enc: Vec<u8>,
    /// What became of it.
    pub state: InquiryState,
    /// When it came.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub revision: i64,
    /// What was done, sealed.
    pub note_enc: Option<Vec<u8>>,
    /// Who did it: an account's id as text.
    pub handled_by: Option<String>,
    /// When.
    pub handled_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name_enc: Vec<u8>,
    phone_enc: Vec<u8>,
    body_enc: Vec<u8>,
    state: String,
    created_at: i64,
    revision: i64,
    note_enc: Option<Vec<u8>>,
    handled_by: Option<String>,
    handled_at: Option<i64>,
}

impl TryFrom<Row> for Inquiry {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: InquiryId::from_bytes(row.id.into_bytes()),
            name_enc: row.name_enc,
            phone_enc: row.phone_enc,
            body_enc: row.body_enc,
            state: of.word("state", &row.state)?,
            created_at: Timestamp::from_micros(row.created_at),
            revision: row.revision,
            note_enc: row.note_enc,
            handled_by: row.handled_by,
            handled_at: moment(row.handled_at),
        })
    }
}

/// Inquiries in a state below a place, newest first.
pub async fn page(
    conn: impl Into<Conn<'_>>,
    state: InquiryState,
    (below, below_id): (Timestamp, InquiryId),
    limit: u32,
) -> Result<Vec<Inquiry>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("inquiries/page.sql"))
        .bind(state.as_str())
        .bind(below.micros())
        .bind(key(below_id.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Inquiry::try_from).collect()
}

/// One inquiry.
pub async fn find(conn: impl Into<Conn<'_>>, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("inquiries/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Inquiry::try_from).transpose()
}

/// One inquiry, held until the transaction ends.
pub async fn lock(conn: impl Into<Conn<'_>>, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(locking(c, sql!("inquiries/lock.sql")))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Inquiry::try_from).transpose()
}

/// Says what became of one, if it is still at `revision`.
pub async fn settle(
    conn: impl Into<Conn<'_>>,
    (id, revision): (InquiryId, i64),
    state: InquiryState,
    note_enc: Option<&[u8]>,
    by: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("inquiries/settle.sql"))
        .bind(key(id.bytes()))
        .bind(revision)
        .bind(state.as_str())
        .bind(note_enc)
        .bind(by)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "inquiry")
}

/// How many wait for an answer.
pub async fn count_open(conn: impl Into<Conn<'_>>) -> Result<u32, StoreError> {
    let count =
        on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("inquiries/count_open.sql")).fetch_one(&mut *c).await?);
    Of { table: TABLE, id: Uuid::nil() }.count("count", count)
}
