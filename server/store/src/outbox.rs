//! Work that must happen. The row is the truth and is written with the change it belongs to; the apalis task that
//! goes in beside it only wakes somebody up, and losing it costs seconds.
//!
//! A worker claims a row with a new epoch. Every later write of that worker goes together with [`hold`], [`finish`],
//! [`retry_at`] or [`review`] in one transaction, and all of them ask for that epoch: a worker that was given up for
//! dead and comes back writes nothing.

use crate::db::{Conn, Tx};
use crate::dialect::{multi_or, multi_row, portions, push_tasks};
use crate::row::{Of, key};
use crate::{StoreError, exactly_one, on, sql};
use domain::{Lane, OutboxId, OutboxKind, OutboxState, Timestamp};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

const TABLE: &str = "outbox";

/// The apalis queue of a lane. The version is part of the name: tasks of an older shape stay in their own queue.
pub const fn queue(lane: Lane) -> &'static str {
    match lane {
        Lane::Verify => "verify.v1",
        Lane::Lock => "lock.v1",
        Lane::Settle => "settle.v1",
        Lane::Payout => "payout.v1",
        Lane::Message => "message.v1",
        Lane::Housekeeping => "housekeeping.v1",
    }
}

/// What an apalis task carries: the id of a row to look at, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wake {
    /// The row.
    pub outbox: OutboxId,
}

/// Work as it is first written.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its key.
    pub id: OutboxId,
    /// What is to be done; says the lane too.
    pub kind: OutboxKind,
    /// The order, item, payout, attempt or message.
    pub subject: [u8; 16],
    /// Written at most once per kind under this.
    pub unique_key: String,
    /// Not before.
    pub run_at: Timestamp,
}

/// The right to do a piece of work, until the lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub id: OutboxId,
    /// What is to be done.
    pub kind: OutboxKind,
    /// The order, item, payout, attempt or message.
    pub subject: [u8; 16],
    /// Number of this claim; a later one is higher.
    pub epoch: i64,
    /// Claims since the last planned retry, this one included.
    pub attempts: u32,
    /// When the work was written.
    pub created_at: Timestamp,
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its key.
    pub id: OutboxId,
    /// Whose workers do it.
    pub lane: Lane,
    /// What is to be done.
    pub kind: OutboxKind,
    /// The order, item, payout, attempt or message.
    pub subject: [u8; 16],
    /// Written at most once per kind under this.
    pub unique_key: String,
    /// Where it stands.
    pub state: OutboxState,
    /// Number of the last claim.
    pub epoch: i64,
    /// Claims since the last planned retry.
    pub attempts: u32,
    /// Not before.
    pub next_attempt_at: Timestamp,
    /// How the last try ended, when it did not end well.
    pub last_error_code: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    lane: String,
    kind: String,
    subject_id: Uuid,
    unique_key: String,
    state: String,
    claim_epoch: i64,
    attempts: i64,
    next_attempt_at: i64,
    last_error_code: Option<String>,
}

impl TryFrom<Row> for OutboxRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: OutboxId::from_bytes(row.id.into_bytes()),
            lane: of.word("lane", &row.lane)?,
            kind: of.word("kind", &row.kind)?,
            subject: row.subject_id.into_bytes(),
            unique_key: row.unique_key,
            state: of.word("state", &row.state)?,
            epoch: row.claim_epoch,
            attempts: of.count("attempts", row.attempts)?,
            next_attempt_at: Timestamp::from_micros(row.next_attempt_at),
            last_error_code: row.last_error_code,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    kind: String,
    subject_id: Uuid,
    claim_epoch: i64,
    attempts: i64,
    created_at: i64,
}

/// Writes work with the change it belongs to, and wakes a worker for what is new. Work that is known under its kind
/// and unique key is left alone. Says how many were new.
pub async fn enqueue(tx: &mut Tx, works: &[Work], now: Timestamp) -> Result<usize, StoreError> {
    let mut new = HashSet::with_capacity(works.len());
    on!(&mut *tx, |c| {
        for portion in portions(works) {
            let mut query = sqlx::query_scalar::<_, Uuid>(multi_row(c, sql!("outbox/insert_many.sql"), portion.len()));
            for work in portion {
                query = query
                    .bind(key(work.id.bytes()))
                    .bind(work.kind.lane().as_str())
                    .bind(work.kind.as_str())
                    .bind(key(work.subject))
                    .bind(work.unique_key.as_str())
                    .bind(OutboxState::Ready.as_str())
                    .bind(0_i64)
                    .bind(0_i64)
                    .bind(work.run_at.micros())
                    .bind(now.micros());
            }
            new.extend(query.fetch_all(&mut *c).await?.into_iter().map(Uuid::into_bytes));
        }
    });
    let alarms: Vec<Alarm> = works
        .iter()
        .filter(|work| new.contains(&work.id.bytes()))
        .map(|work| Alarm { id: work.id, lane: work.kind.lane(), run_at: work.run_at })
        .collect();
    wake(tx, &alarms, now).await?;
    Ok(new.len())
}

/// A row somebody is to look at, and when.
#[derive(Clone, Copy, Debug)]
pub struct Alarm {
    /// The row.
    pub id: OutboxId,
    /// Whose workers do it.
    pub lane: Lane,
    /// Not before.
    pub run_at: Timestamp,
}

/// Sets alarms for rows that are there. Also how the sweeper replaces lost ones.
pub async fn wake(tx: &mut Tx, alarms: &[Alarm], now: Timestamp) -> Result<(), StoreError> {
    let mut queues: BTreeMap<&'static str, Vec<(Vec<u8>, i64)>> = BTreeMap::new();
    for alarm in alarms {
        let payload = serde_json::to_vec(&Wake { outbox: alarm.id })
            .map_err(|error| StoreError::Db { code: None, message: format!("wake not written: {error}") })?;
        // Whole seconds: the past rounds down so that it is due at once, the future up so that it is not too early.
        let seconds = if alarm.run_at <= now {
            alarm.run_at.micros().div_euclid(1_000_000)
        } else {
            alarm.run_at.micros().saturating_add(999_999).div_euclid(1_000_000)
        };
        queues.entry(queue(alarm.lane)).or_default().push((payload, seconds));
    }
    for (queue, tasks) in queues {
        push_tasks(tx, queue, tasks).await?;
    }
    Ok(())
}

/// Work about these subjects that waits for a held order is due now; sets its alarms and says how much it was. Called
/// with the release, in its transaction.
pub async fn hasten(tx: &mut Tx, subjects: &[[u8; 16]], now: Timestamp) -> Result<usize, StoreError> {
    let mut rows: Vec<(Uuid, String)> = Vec::new();
    on!(&mut *tx, |c| {
        for portion in portions(subjects) {
            let mut query = sqlx::query_as(multi_or(sql!("outbox/hasten.sql"), 1, portion.len())).bind(now.micros());
            for subject in portion {
                query = query.bind(key(*subject));
            }
            rows.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let alarms = rows
        .into_iter()
        .map(|(id, lane)| {
            let lane = Of { table: TABLE, id }.word("lane", &lane)?;
            Ok(Alarm { id: OutboxId::from_bytes(id.into_bytes()), lane, run_at: now })
        })
        .collect::<Result<Vec<Alarm>, StoreError>>()?;
    wake(tx, &alarms, now).await?;
    Ok(alarms.len())
}

/// Takes a row that is due, under a new epoch. `None` when it is not due, done, or somebody else's.
pub async fn claim(
    conn: impl Into<Conn<'_>>,
    id: OutboxId,
    worker: &str,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<Option<Claim>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, ClaimRow>(sql!("outbox/claim.sql"))
        .bind(key(id.bytes()))
        .bind(worker)
        .bind(now.micros())
        .bind(lease_until.micros())
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: TABLE, id: key(id.bytes()) };
    rows.into_iter()
        .next()
        .map(|row| {
            Ok(Claim {
                id,
                kind: of.word("kind", &row.kind)?,
                subject: row.subject_id.into_bytes(),
                epoch: row.claim_epoch,
                attempts: of.count("attempts", row.attempts)?,
                created_at: Timestamp::from_micros(row.created_at),
            })
        })
        .transpose()
}

/// Still ours, and for longer. First statement of every transaction that writes for a claim without ending it.
///
/// Errors: [`StoreError::Conflict`] when the lease ran out or the row was claimed again.
pub async fn hold(
    conn: impl Into<Conn<'_>>,
    claim: &Claim,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("outbox/hold.sql"))
        .bind(key(claim.id.bytes()))
        .bind(claim.epoch)
        .bind(now.micros())
        .bind(lease_until.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "claim")
}

/// Done. First statement of the transaction that writes the outcome.
///
/// Errors: [`StoreError::Conflict`] when the row was claimed again or given back.
pub async fn finish(
    conn: impl Into<Conn<'_>>,
    claim: &Claim,
    code: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("outbox/finish.sql"))
        .bind(key(claim.id.bytes()))
        .bind(claim.epoch)
        .bind(now.micros())
        .bind(code)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "claim")
}

/// Again at `when`, and sets the alarm. `planned` says that this try ended as it may, so that the count of fruitless
/// claims starts anew.
///
/// Errors: [`StoreError::Conflict`] when the row was claimed again or given back.
pub async fn retry_at(
    tx: &mut Tx,
    claim: &Claim,
    when: Timestamp,
    code: &str,
    planned: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(&mut *tx, |c| sqlx::query(sql!("outbox/retry_at.sql"))
        .bind(key(claim.id.bytes()))
        .bind(claim.epoch)
        .bind(when.micros())
        .bind(code)
        .bind(planned)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "claim")?;
    wake(tx, &[Alarm { id: claim.id, lane: claim.kind.lane(), run_at: when }], now).await
}

/// A person must look.
///
/// Errors: [`StoreError::Conflict`] when the row was claimed again or given back.
pub async fn review(conn: impl Into<Conn<'_>>, claim: &Claim, code: &str, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("outbox/review.sql"))
        .bind(key(claim.id.bytes()))
        .bind(claim.epoch)
        .bind(now.micros())
        .bind(code)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "claim")
}

/// Rows that are due: of each lane at most `limit`, the longest waiting first. One lane's backlog hides no other's.
pub async fn due(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<Vec<(OutboxId, Lane)>, StoreError> {
    let mut due = Vec::new();
    on!(conn, |c| for lane in Lane::ALL {
        let rows = sqlx::query_scalar::<_, Uuid>(sql!("outbox/due.sql"))
            .bind(lane.as_str())
            .bind(now.micros())
            .bind(i64::from(limit))
            .fetch_all(&mut *c)
            .await?;
        due.extend(rows.into_iter().map(|id| (OutboxId::from_bytes(id.into_bytes()), *lane)));
    });
    Ok(due)
}

/// Gives rows whose lease ran out back to everybody, with a new alarm each, and says how many there were.
pub async fn free_expired(tx: &mut Tx, now: Timestamp) -> Result<usize, StoreError> {
    let freed = on!(&mut *tx, |c| sqlx::query_as::<_, (Uuid, String)>(sql!("outbox/free_expired.sql"))
        .bind(now.micros())
        .fetch_all(&mut *c)
        .await?);
    let alarm = |(id, lane): &(Uuid, String)| {
        let lane = Of { table: TABLE, id: *id }.word("lane", lane)?;
        Ok(Alarm { id: OutboxId::from_bytes(id.into_bytes()), lane, run_at: now })
    };
    let alarms = freed.iter().map(alarm).collect::<Result<Vec<_>, StoreError>>()?;
    wake(tx, &alarms, now).await?;
    Ok(freed.len())
}

/// The row, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("outbox/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(OutboxRow::try_from).transpose()
}

/// All work about one thing, oldest first.
pub async fn of_subject(conn: impl Into<Conn<'_>>, subject: [u8; 16]) -> Result<Vec<OutboxRow>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("outbox/of_subject.sql"))
        .bind(key(subject))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(OutboxRow::try_from).collect()
}

/// How much is open, by lane and state, and since when the oldest is due.
pub async fn ages(conn: impl Into<Conn<'_>>) -> Result<Vec<(Lane, OutboxState, u32, Timestamp)>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (String, String, i64, i64)>(sql!("outbox/ages.sql"))
        .fetch_all(&mut *c)
        .await?);
    let of = Of { table: TABLE, id: Uuid::nil() };
    rows.into_iter()
        .map(|(lane, state, works, oldest)| {
            let works = of.count("works", works)?;
            Ok((of.word("lane", &lane)?, of.word("state", &state)?, works, Timestamp::from_micros(oldest)))
        })
        .collect()
}

/// Removes at most `limit` rows that were done before `before`, and says how many it removed.
pub async fn delete_done(conn: impl Into<Conn<'_>>, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("outbox/delete_done.sql"))
        .bind(before.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
