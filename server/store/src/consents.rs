//! What a customer agreed to: text, version and hash are frozen with the order.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::{Of, key};
use crate::{StoreError, on, sql};
use domain::{ConsentId, Lang, OrderId, Timestamp};
use uuid::Uuid;

/// One answer to one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Its key.
    pub id: ConsentId,
    /// Kind of the document, `consent_terms`, …
    pub kind: String,
    /// Version of the document.
    pub version: u32,
    /// Language it was read in.
    pub lang: Lang,
    /// SHA-256 of the text as shown.
    pub text_hash: Vec<u8>,
    /// Yes or no; optional ones are recorded either way.
    pub granted: bool,
    /// When.
    pub granted_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    consent_type: String,
    document_version: i64,
    lang: String,
    text_hash: Vec<u8>,
    granted: bool,
    granted_at: i64,
}

/// Writes consents of orders, each with the customer's phone as it is looked up.
pub async fn insert_many(
    conn: impl Into<Conn<'_>>,
    consents: &[(OrderId, [u8; 32], &Consent)],
) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(consents) {
            let mut query = sqlx::query(multi_row(c, sql!("consents/insert_many.sql"), portion.len()));
            for (order, phone_hmac, consent) in portion {
                query = query
                    .bind(key(consent.id.bytes()))
                    .bind(key(order.bytes()))
                    .bind(phone_hmac.as_slice())
                    .bind(consent.kind.as_str())
                    .bind(i64::from(consent.version))
                    .bind(consent.lang.as_str())
                    .bind(consent.text_hash.as_slice())
                    .bind(consent.granted)
                    .bind(consent.granted_at.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// An order's consents by kind.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<Consent>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("consents/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "privacy_consents", id: row.id };
            Ok(Consent {
                id: ConsentId::from_bytes(row.id.into_bytes()),
                kind: row.consent_type,
                version: of.count("document_version", row.document_version)?,
                lang: of.word("lang", &row.lang)?,
                text_hash: row.text_hash,
                granted: row.granted,
                granted_at: Timestamp::from_micros(row.granted_at),
            })
        })
        .collect()
}
