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

/// One band of one set, as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLine {
    /// The band, and since when.
    pub rate: RateInForce,
    /// Who wrote it: an account's id as text, or `seed`.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When it was published.
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    rate: Row,
    author: String,
    reason: String,
    created_at: i64,
}

/// A brand's sets of bands, the one that begins last first, at most `limit` bands.
pub async fn sets(conn: impl Into<Conn<'_>>, brand: &str, limit: u32) -> Result<Vec<RateLine>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Line>(sql!("rates/sets.sql"))
        .bind(brand)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|line| {
            Ok(RateLine {
                rate: line.rate.try_into()?,
                author: line.author,
                reason: line.reason,
                created_at: Timestamp::from_micros(line.created_at),
            })
        })
        .collect()
}

/// How many sets of bands a brand ever had, those to come too: the version of its rates.
pub async fn count_sets(conn: impl Into<Conn<'_>>, brand: &str) -> Result<u32, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("rates/count_sets.sql"))
        .bind(brand)
        .fetch_one(&mut *c)
        .await?);
    u32::try_from(count).map_err(|error| StoreError::corrupt("rates", brand, error))
}

/// Does a set of this brand begin at just this moment?
pub async fn is_taken(conn: impl Into<Conn<'_>>, brand: &str, at: Timestamp) -> Result<bool, StoreError> {
    let count = on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("rates/is_taken.sql"))
        .bind(brand)
        .bind(at.micros())
        .fetch_one(&mut *c)
        .await?);
    Ok(count > 0)
}

/// Bands that begin after `now`, by brand and moment.
pub async fn coming(conn: impl Into<Conn<'_>>, now: Timestamp) -> Result<Vec<RateInForce>, StoreError> {
    let rows =
        on!(conn, |c| sqlx::query_as::<_, Row>(sql!("rates/coming.sql")).bind(now.micros()).fetch_all(&mut *c).await?);
    rows.into_iter().map(RateInForce::try_from).collect()
}

/// Faces of a brand's vouchers paid since then, and how many of each.
pub async fn paid_faces(
    conn: impl Into<Conn<'_>>,
    brand: &str,
    since: Timestamp,
) -> Result<Vec<(Won, u32)>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (i64, i64)>(sql!("rates/paid_faces.sql"))
        .bind(brand)
        .bind(since.micros())
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(face, count)| {
            let face = Won::new(face).map_err(|error| StoreError::corrupt("order_items", brand, error))?;
            let count = u32::try_from(count).map_err(|error| StoreError::corrupt("order_items", brand, error))?;
            Ok((face, count))
        })
        .collect()
}
