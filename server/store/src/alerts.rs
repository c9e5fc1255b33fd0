//! What people were told to look at, and how telling went.

use crate::db::Conn;
use crate::row::moment;
use crate::{StoreError, on, sql};
use domain::Timestamp;

/// A matter as it stands in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Its name: the same matter has the same.
    pub matter: String,
    /// As it was last seen.
    pub words: String,
    /// Since when.
    pub began_at: Timestamp,
    /// When people were last told.
    pub told_at: Option<Timestamp>,
    /// Since when it is over.
    pub over_at: Option<Timestamp>,
}

/// How telling goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Nothing is sent before.
    pub next_at: Timestamp,
    /// Tries in a row that went wrong.
    pub failures: u32,
    /// The last that went well.
    pub last_good_at: Option<Timestamp>,
    /// The last that didn't.
    pub last_bad_at: Option<Timestamp>,
    /// How it ended.
    pub last_code: Option<String>,
}

/// All matters that are not over, or whose end wasn't told yet.
pub async fn all(conn: impl Into<Conn<'_>>) -> Result<Vec<Matter>, StoreError> {
    type Row = (String, String, i64, Option<i64>, Option<i64>);
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("alerts/all.sql")).fetch_all(&mut *c).await?);
    let matter = |(matter, words, began_at, told_at, over_at)| Matter {
        matter,
        words,
        began_at: Timestamp::from_micros(began_at),
        told_at: moment(told_at),
        over_at: moment(over_at),
    };
    Ok(rows.into_iter().map(matter).collect())
}

/// It is there, now.
pub async fn see(conn: impl Into<Conn<'_>>, matter: &str, words: &str, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/see.sql")).bind(matter).bind(words).bind(now.micros()).execute(&mut *c).await?;
    });
    Ok(())
}

/// It is there no more.
pub async fn over(conn: impl Into<Conn<'_>>, matter: &str, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/over.sql")).bind(matter).bind(now.micros()).execute(&mut *c).await?;
    });
    Ok(())
}

/// People were told of it.
pub async fn told(conn: impl Into<Conn<'_>>, matter: &str, now: Timestamp) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/told.sql")).bind(matter).bind(now.micros()).execute(&mut *c).await?;
    });
    Ok(())
}

/// Its end was told, or it came and went untold.
pub async fn forget(conn: impl Into<Conn<'_>>, matter: &str) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/forget.sql")).bind(matter).execute(&mut *c).await?;
    });
    Ok(())
}

/// Makes this worker the one who tells, until then; `false` while it is another.
pub async fn take(
    conn: impl Into<Conn<'_>>,
    worker: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("alerts/take.sql"))
        .bind(worker)
        .bind(until.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected())
        == 1)
}

/// How telling goes.
pub async fn post(conn: impl Into<Conn<'_>>) -> Result<Post, StoreError> {
    type Row = (i64, i64, Option<i64>, Option<i64>, Option<String>);
    let (next_at, failures, good, bad, last_code) =
        on!(conn, |c| sqlx::query_as::<_, Row>(sql!("alerts/post.sql")).fetch_one(&mut *c).await?);
    Ok(Post {
        next_at: Timestamp::from_micros(next_at),
        failures: u32::try_from(failures).unwrap_or(u32::MAX),
        last_good_at: moment(good),
        last_bad_at: moment(bad),
        last_code,
    })
}

/// It went well; the next not before then.
pub async fn went(
    conn: impl Into<Conn<'_>>,
    worker: &str,
    next_at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/went.sql"))
            .bind(worker)
            .bind(next_at.micros())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// It went wrong; the next try not before then.
pub async fn failed(
    conn: impl Into<Conn<'_>>,
    worker: &str,
    next_at: Timestamp,
    code: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("alerts/failed.sql"))
            .bind(worker)
            .bind(next_at.micros())
            .bind(now.micros())
            .bind(code)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Payouts older than `before` that are `unknown`, and that are `held`.
pub async fn payouts_waiting(
    conn: impl Into<Conn<'_>>,
    (unknown_before, held_before): (Timestamp, Timestamp),
) -> Result<(i64, i64), StoreError> {
    Ok(on!(conn, |c| {
        let unknown = sqlx::query_scalar::<_, i64>(sql!("alerts/payouts_unknown.sql"))
            .bind(unknown_before.micros())
            .fetch_one(&mut *c)
            .await?;
        let held = sqlx::query_scalar::<_, i64>(sql!("alerts/payouts_held.sql"))
            .bind(held_before.micros())
            .fetch_one(&mut *c)
            .await?;
        (unknown, held)
    }))
}

/// Tries to sign in since then that failed.
pub async fn sign_ins_failed(conn: impl Into<Conn<'_>>, since: Timestamp) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("alerts/sign_ins_failed.sql"))
        .bind(since.micros())
        .bind(false)
        .fetch_one(&mut *c)
        .await?))
}
