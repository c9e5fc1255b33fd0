//! Questions from visitors. Name, phone and text are sealed.

use crate::db::Conn;
use crate::row::{Of, key};
use crate::{StoreError, on, sql};
use domain::{InquiryId, Timestamp};

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
    Of { table: TABLE, id: uuid::Uuid::nil() }.count("count", count)
}
