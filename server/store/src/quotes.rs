//! Frozen prices. A quote is written once and never changed; an order refers to the one it was made from.

use crate::db::Conn;
use crate::dialect::{multi_all, portions};
use crate::row::{Of, key};
use crate::{StoreError, on, sql};
use domain::quote::PricedLine;
use domain::{Quote, QuoteId, Speed, Timestamp, Won};
use sqlx::types::Json;
use uuid::Uuid;

/// A quote with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenQuote {
    /// Its key.
    pub id: QuoteId,
    /// How soon the customer is paid.
    pub speed: Speed,
    /// Lines and sums.
    pub quote: Quote,
    /// Rates and fee of this moment.
    pub priced_at: Timestamp,
    /// Holds until then.
    pub valid_until: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    speed: String,
    lines_json: Json<serde_json::Value>,
    total_face_value: i64,
    fee: i64,
    net: i64,
    priced_at: i64,
    valid_until: i64,
}

impl TryFrom<Row> for FrozenQuote {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: "quotes", id: row.id };
        let corrupt = |what: String| StoreError::corrupt(of.table, row.id, what);
        let lines: Vec<PricedLine> =
            serde_json::from_value(row.lines_json.0).map_err(|error| corrupt(format!("lines_json: {error}")))?;
        let gross = Won::sum(lines.iter().map(|line| line.net)).ok_or_else(|| corrupt("lines overflow".into()))?;
        let quote = Quote {
            total_face: of.won("total_face_value", row.total_face_value)?,
            fee: of.won("fee", row.fee)?,
            net: of.won("net", row.net)?,
            gross,
            lines,
        };
        if Won::sum(quote.lines.iter().map(|line| line.face)) != Some(quote.total_face)
            || gross.saturating_sub_zero(quote.fee) != quote.net
        {
            return Err(corrupt("sums do not fit the lines".into()));
        }
        Ok(Self {
            id: QuoteId::from_bytes(row.id.into_bytes()),
            speed: of.word("speed", &row.speed)?,
            quote,
            priced_at: Timestamp::from_micros(row.priced_at),
            valid_until: Timestamp::from_micros(row.valid_until),
        })
    }
}

/// Writes a quote.
pub async fn insert(conn: impl Into<Conn<'_>>, quote: &FrozenQuote, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("quotes/insert.sql"))
            .bind(key(quote.id.bytes()))
            .bind(quote.speed.as_str())
            .bind(Json(&quote.quote.lines))
            .bind(quote.quote.total_face.get())
            .bind(quote.quote.fee.get())
            .bind(quote.quote.net.get())
            .bind(quote.priced_at.micros())
            .bind(quote.valid_until.micros())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The quote, also when it no longer holds. Sums that do not fit the lines are an error.
pub async fn find(conn: impl Into<Conn<'_>>, id: QuoteId) -> Result<Option<FrozenQuote>, StoreError> {
    Ok(find_many(conn, &[id]).await?.pop())
}

/// Those of the quotes that are there, in no order.
pub async fn find_many(conn: impl Into<Conn<'_>>, ids: &[QuoteId]) -> Result<Vec<FrozenQuote>, StoreError> {
    let mut rows = Vec::with_capacity(ids.len());
    on!(conn, |c| {
        for portion in portions(ids) {
            let text = multi_all(&*c, sql!("quotes/find_many.sql"), 0, portion.len());
            let mut query = sqlx::query_as::<_, Row>(text);
            for id in portion {
                query = query.bind(key(id.bytes()));
            }
            rows.extend(query.fetch_all(&mut *c).await?);
        }
    });
    rows.into_iter().map(FrozenQuote::try_from).collect()
}

/// Throws away at most `limit` quotes that ended before `before` and that no order was made from.
pub async fn delete_unused(conn: impl Into<Conn<'_>>, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("quotes/delete_unused.sql"))
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
