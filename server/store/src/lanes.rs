//! The lanes as people see them: what stands still and why, and stopping a lane.

use crate::db::{Conn, Tx};
use crate::outbox::{Alarm, wake};
use crate::row::{Of, key, moment};
use crate::{StoreError, on, sql};
use domain::{Lane, OutboxId, OutboxKind, OutboxState, Timestamp};
use uuid::Uuid;

const TABLE: &str = "outbox";

/// A lane people have stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Which.
    pub lane: Lane,
    /// Who stopped it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
}

/// All of them.
pub async fn pauses(conn: impl Into<Conn<'_>>) -> Result<Vec<Pause>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, String, i64)>(sql!("lanes/pauses.sql"))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: "lane_pauses", id: Uuid::nil() };
    rows.into_iter()
        .map(|(lane, actor, reason, at)| {
            Ok(Pause { lane: of.word("lane", &lane)?, actor, reason, created_at: Timestamp::from_micros(at) })
        })
        .collect()
}

/// Stops a lane: from the commit on nothing in it is claimed.
///
/// Errors: [`StoreError::Unique`] when it stands already.
pub async fn pause(conn: impl Into<Conn<'_>>, pause: &Pause) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("lanes/pause.sql"))
            .bind(pause.lane.as_str())
            .bind(pause.actor.as_str())
            .bind(pause.reason.as_str())
            .bind(pause.created_at.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Lets a lane go on; `false` when it did not stand still.
pub async fn resume(conn: impl Into<Conn<'_>>, lane: Lane) -> Result<bool, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("lanes/resume.sql")).bind(lane.as_str()).execute(&mut *c).await?.rows_affected())
        == 1)
}

/// How many rows of a lane stand with the same code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where.
    pub lane: Lane,
    /// `ready`, `claimed` or `review`.
    pub state: OutboxState,
    /// How the last try ended.
    pub code: String,
    /// How many.
    pub works: u32,
    /// Since when the oldest is there.
    pub oldest: Timestamp,
}

/// What stands with a code, the most first.
pub async fn failures(conn: impl Into<Conn<'_>>) -> Result<Vec<Failure>, StoreError> {
    type Row = (String, String, String, i64, i64);
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("lanes/failures.sql")).fetch_all(&mut *c).await?);
    let of = Of { table: TABLE, id: Uuid::nil() };
    rows.into_iter()
        .map(|(lane, state, code, works, oldest)| {
            Ok(Failure {
                lane: of.word("lane", &lane)?,
                state: of.word("state", &state)?,
                code,
                works: of.count("works", works)?,
                oldest: Timestamp::from_micros(oldest),
            })
        })
        .collect()
}

/// A row a person must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InReview {
    /// Its key.
    pub id: OutboxId,
    /// Where.
    pub lane: Lane,
    /// What was to be done.
    pub kind: OutboxKind,
    /// Why it stands.
    pub code: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Since when it stands.
    pub since: Option<Timestamp>,
}

/// Rows in review, the oldest first.
pub async fn in_review(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<InReview>, StoreError> {
    type Row = (Uuid, String, String, Option<String>, i64, Option<i64>);
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("lanes/review.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|(id, lane, kind, code, created_at, since)| {
            let of = Of { table: TABLE, id };
            Ok(InReview {
                id: OutboxId::from_bytes(id.into_bytes()),
                lane: of.word("lane", &lane)?,
                kind: of.word("kind", &kind)?,
                code,
                created_at: Timestamp::from_micros(created_at),
                since: moment(since),
            })
        })
        .collect()
}

/// Rows of a lane in review with this code, the oldest first.
pub async fn of_code(
    conn: impl Into<Conn<'_>>,
    lane: Lane,
    code: &str,
    limit: u32,
) -> Result<Vec<OutboxId>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_scalar::<_, Uuid>(sql!("lanes/of_code.sql"))
        .bind(lane.as_str())
        .bind(code)
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(|id| OutboxId::from_bytes(id.into_bytes())).collect())
}

/// Wakes a row in review: its own handler looks at what is known and decides. `false` when it is in review no more.
pub async fn reopen(tx: &mut Tx, id: OutboxId, now: Timestamp) -> Result<bool, StoreError> {
    let lane = on!(&mut *tx, |c| sqlx::query_scalar::<_, String>(sql!("lanes/reopen.sql"))
        .bind(key(id.bytes()))
        .bind(now.micros())
        .fetch_all(&mut *c)
        .await?);
    let Some(lane) = lane.first() else { return Ok(false) };
    let lane = Of { table: TABLE, id: key(id.bytes()) }.word("lane", lane)?;
    wake(tx, &[Alarm { id, lane, run_at: now }], now).await?;
    Ok(true)
}

/// When a partner last answered, when it last did not, and how long its answers took since then, in microseconds.
pub async fn partner(
    conn: impl Into<Conn<'_>>,
    party: &str,
    (since, times_since): (Timestamp, Timestamp),
    limit: u32,
) -> Result<(Option<Timestamp>, Option<Timestamp>, Vec<i64>), StoreError> {
    Ok(on!(conn, |c| {
        let (good, bad) = sqlx::query_as::<_, (Option<i64>, Option<i64>)>(sql!("calls/last.sql"))
            .bind(party)
            .bind(since.micros())
            .fetch_one(&mut *c)
            .await?;
        let times = sqlx::query_as::<_, (i64, i64)>(sql!("calls/times.sql"))
            .bind(party)
            .bind(times_since.micros())
            .bind(i64::from(limit))
            .fetch_all(&mut *c)
            .await?;
        (moment(good), moment(bad), times.into_iter().map(|(began, ended)| ended - began).collect())
    }))
}
