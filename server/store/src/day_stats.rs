//! What the dashboard shows of a day, counted by a worker now and then and read often; and the steps of sales in the making,
//! which nothing else keeps.

use crate::db::{Conn, Tx};
use crate::dialect::advisory_lock;
use crate::{StoreError, on, sql};
use domain::desk::stats::{Measure, SaleStep};
use domain::{KstDate, Timestamp};

/// The table, for errors.
const TABLE: &str = "day_stats";
/// Two workers count one day one after the other.
const TURN: i64 = 0x6461_7973;

/// What was counted of one measure on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The day in Korea.
    pub day: KstDate,
    /// What was counted.
    pub measure: Measure,
    /// How many.
    pub number: i64,
    /// Their sum in won, where it has one.
    pub won: i64,
    /// When it was counted.
    pub counted_at: Timestamp,
}

/// A part of a measure over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The brand; empty where brands aren't told apart.
    pub brand: String,
    /// The reason; empty where there is none.
    pub reason: String,
    /// How many.
    pub number: i64,
    /// Their sum in won.
    pub won: i64,
}

fn day_of(text: &str) -> Result<KstDate, StoreError> {
    KstDate::try_from(text.to_owned()).map_err(|_| StoreError::corrupt(TABLE, text, "day is no day"))
}

/// Counts one day anew.
pub async fn count(tx: &mut Tx, day: KstDate, now: Timestamp) -> Result<(), StoreError> {
    advisory_lock(tx, TURN).await?;
    on!(&mut *tx, |c| {
        sqlx::query(sql!("day_stats/clear.sql")).bind(day.to_string()).execute(&mut *c).await?;
        sqlx::query(sql!("day_stats/count.sql"))
            .bind(day.to_string())
            .bind(day.start().micros())
            .bind(day.plus_days(1).start().micros())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// When each day of a span was counted last; a day that never was is missing.
pub async fn counted(
    conn: impl Into<Conn<'_>>,
    first: KstDate,
    last: KstDate,
) -> Result<Vec<(KstDate, Timestamp)>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, i64)>(sql!("day_stats/counted.sql"))
        .bind(first.to_string())
        .bind(last.to_string())
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(|(day, at)| Ok((day_of(&day)?, Timestamp::from_micros(at)))).collect()
}

/// Per day and measure, brands and reasons together.
pub async fn days(conn: impl Into<Conn<'_>>, first: KstDate, last: KstDate) -> Result<Vec<DayCount>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, i64, i64, i64)>(sql!("day_stats/days.sql"))
        .bind(first.to_string())
        .bind(last.to_string())
        .fetch_all(&mut *c)
        .await?);
    let read = |(day, measure, number, won, at): (String, String, i64, i64, i64)| {
        let measure =
            measure.parse().map_err(|_| StoreError::corrupt(TABLE, &day, format!("measure is {measure:?}")))?;
        Ok(DayCount { day: day_of(&day)?, measure, number, won, counted_at: Timestamp::from_micros(at) })
    };
    rows.into_iter().map(read).collect()
}

/// One measure over some days by brand and reason, the most first.
pub async fn parts(
    conn: impl Into<Conn<'_>>,
    first: KstDate,
    last: KstDate,
    measure: Measure,
) -> Result<Vec<Part>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, i64, i64)>(sql!("day_stats/parts.sql"))
        .bind(first.to_string())
        .bind(last.to_string())
        .bind(measure.as_str())
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(|(brand, reason, number, won)| Part { brand, reason, number, won }).collect())
}

/// Notes that a sale came so far; each step once. `sale` names nobody.
pub async fn step(conn: impl Into<Conn<'_>>, step: SaleStep, sale: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("sale_steps/insert.sql"))
            .bind(step.as_str())
            .bind(sale.as_slice())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Removes at most `limit` notes of a step from before `before`, and says how many it removed.
pub async fn delete_steps(
    conn: impl Into<Conn<'_>>,
    step: SaleStep,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("sale_steps/delete_old.sql"))
        .bind(step.as_str())
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
