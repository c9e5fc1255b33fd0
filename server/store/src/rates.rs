//! What is paid for a voucher, from when. A brand's newest set of bands replaces its older ones as a whole, so a band
//! is taken away by leaving it out of the next set. Rows are never changed.

use crate::db::Conn;
use crate::dialect::multi_row;
use crate::row::key;
use crate::{StoreError, on, sql};
use domain::{Rate, RateId, Timestamp, Won};

/// A rate and since when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateInForce {
    /// The band.
    pub rate: Rate,
    /// Since when.
    pub effective_from: Timestamp,
}

/// A rate to be written.
#[derive(Clone, Debug)]
pub struct NewRate {
    /// Its key.
    pub id: RateId,
    /// The band.
    pub rate: Rate,
    /// From when.
    pub effective_from: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    brand: String,
    face_min: i64,
    face_max: i64,
    basis_points: i64,
    effective_from: i64,
}

impl TryFrom<Row> for RateInForce {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: &str| StoreError::corrupt("rates", format!("{} from {}", row.brand, row.face_min), what);
        Ok(Self {
            rate: Rate {
                face_min: Won::new(row.face_min).map_err(|_| corrupt("face_min is negative"))?,
                face_max: Won::new(row.face_max).map_err(|_| corrupt("face_max is negative"))?,
                basis_points: u32::try_from(row.basis_points).map_err(|_| corrupt("basis_points out of range"))?,
                brand: row.brand,
            },
            effective_from: Timestamp::from_micros(row.effective_from),
        })
    }
}

/// The rates that hold at `at`, by brand and face.
pub async fn in_force(conn: impl Into<Conn<'_>>, at: Timestamp) -> Result<Vec<RateInForce>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("rates/in_force.sql"))
        .bind(at.micros())
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(RateInForce::try_from).collect()
}

/// Writes a set of bands. A band that is already there for that moment stays as it is; the answer says how many went in.
pub async fn insert_many(
    conn: impl Into<Conn<'_>>,
    rates: &[NewRate],
    author: &str,
    reason: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if rates.is_empty() {
        return Ok(0);
    }
    Ok(on!(conn, |c| {
        let mut query = sqlx::query(multi_row(c, sql!("rates/insert_many.sql"), rates.len()));
        for new in rates {
            query = query
                .bind(key(new.id.bytes()))
                .bind(new.rate.brand.as_str())
                .bind(new.rate.face_min.get())
                .bind(new.rate.face_max.get())
                .bind(i64::from(new.rate.basis_points))
                .bind(new.effective_from.micros())
                .bind(author)
                .bind(reason)
                .bind(now.micros());
        }
        query.execute(&mut *c).await?.rows_affected()
    }))
}
