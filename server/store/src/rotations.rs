//! How far a rotation of keys has come: one row per rotation, and one per table in it. A step forward is written in the
//! transaction that did it, so that a process killed in the middle goes on where it was.

use crate::db::{Conn, Tx};
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::Timestamp;
use uuid::Uuid;

const TABLE: &str = "key_rotations";

/// Where a rotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationState {
    /// Rows are sealed anew.
    Running,
    /// Somebody stopped it.
    Paused,
    /// A whole round found nothing more to do.
    Done,
    /// Another began before this one was done.
    Replaced,
}

impl RotationState {
    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Replaced => "replaced",
        }
    }
}

impl std::str::FromStr for RotationState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Running, Self::Paused, Self::Done, Self::Replaced].into_iter().find(|s| s.as_str() == word).ok_or(())
    }
}

/// A rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Its key.
    pub id: [u8; 16],
    /// To this data key.
    pub data_key: u16,
    /// To this lookup key.
    pub lookup_key: u16,
    /// Where it stands.
    pub state: RotationState,
    /// How often the tables are gone through; the last round finds nothing to do.
    pub round: u32,
    /// Changed by whoever stops it or lets it go on.
    pub revision: i64,
    /// Who began it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// When.
    pub began_at: Timestamp,
    /// When it last did something.
    pub updated_at: Timestamp,
    /// When it was done.
    pub finished_at: Option<Timestamp>,
}

/// How far it is in one table, in this round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The table.
    pub part: String,
    /// Key of the last row seen.
    pub position: Option<Vec<u8>>,
    /// Rows when it began.
    pub total: Option<i64>,
    /// Rows looked at.
    pub seen: i64,
    /// Rows written anew.
    pub changed: i64,
    /// Rows somebody else held or changed at that moment; the next round has them.
    pub skipped: i64,
    /// Rows that do not open, or whose new hash is another row's.
    pub stuck: i64,
    /// Is it through?
    pub done: bool,
    /// Has it begun?
    pub begun: bool,
}

/// A step through a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Rows looked at.
    pub seen: i64,
    /// Rows written anew.
    pub changed: i64,
    /// Rows somebody else held.
    pub skipped: i64,
    /// Rows that can't pass.
    pub stuck: i64,
}

type Row = (Uuid, i64, i64, String, i64, i64, String, String, i64, i64, Option<i64>);

fn rotation(row: Row) -> Result<Rotation, StoreError> {
    let (id, data_key, lookup_key, state, round, revision, actor, reason, began_at, updated_at, finished_at) = row;
    let of = Of { table: TABLE, id };
    let number = |column: &str, number: i64| {
        u16::try_from(number).map_err(|_| StoreError::corrupt(TABLE, id, format!("{column} is {number}")))
    };
    Ok(Rotation {
        id: id.into_bytes(),
        data_key: number("data_key", data_key)?,
        lookup_key: number("lookup_key", lookup_key)?,
        state: of.word("state", &state)?,
        round: of.count("round", round)?,
        revision,
        actor,
        reason,
        began_at: Timestamp::from_micros(began_at),
        updated_at: Timestamp::from_micros(updated_at),
        finished_at: moment(finished_at),
    })
}

/// The last one begun.
pub async fn newest(conn: impl Into<Conn<'_>>) -> Result<Option<Rotation>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("rotations/newest.sql")).fetch_optional(&mut *c).await?);
    row.map(rotation).transpose()
}

/// One of them.
pub async fn find(conn: impl Into<Conn<'_>>, id: [u8; 16]) -> Result<Option<Rotation>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("rotations/find.sql"))
        .bind(key(id))
        .fetch_optional(&mut *c)
        .await?);
    row.map(rotation).transpose()
}

/// Begins one and ends the one before, if that wasn't done.
pub async fn begin(tx: &mut Tx, new: &Rotation, parts: &[&str]) -> Result<(), StoreError> {
    let now = new.began_at.micros();
    on!(&mut *tx, |c| {
        sqlx::query(sql!("rotations/end_open.sql")).bind(now).execute(&mut *c).await?;
        sqlx::query(sql!("rotations/insert.sql"))
            .bind(key(new.id))
            .bind(i64::from(new.data_key))
            .bind(i64::from(new.lookup_key))
            .bind(new.actor.as_str())
            .bind(new.reason.as_str())
            .bind(now)
            .execute(&mut *c)
            .await?;
        for (place, part) in (0_i64..).zip(parts) {
            sqlx::query(sql!("rotations/insert_walk.sql"))
                .bind(key(new.id))
                .bind(*part)
                .bind(place)
                .bind(now)
                .execute(&mut *c)
                .await?;
        }
    });
    Ok(())
}

/// Stops it, or lets it go on.
///
/// Errors: [`StoreError::Conflict`] when somebody changed it meanwhile, or it is over.
pub async fn set_state(
    conn: impl Into<Conn<'_>>,
    (id, revision): ([u8; 16], i64),
    to: RotationState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("rotations/set_state.sql"))
        .bind(key(id))
        .bind(revision)
        .bind(to.as_str())
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "rotation")
}

/// How far it is, table by table.
pub async fn walks(conn: impl Into<Conn<'_>>, id: [u8; 16]) -> Result<Vec<Walk>, StoreError> {
    type Found = (String, i64, Option<Vec<u8>>, Option<i64>, i64, i64, i64, i64, String, i64);
    let rows =
        on!(conn, |c| sqlx::query_as::<_, Found>(sql!("rotations/walks.sql")).bind(key(id)).fetch_all(&mut *c).await?);
    Ok(rows
        .into_iter()
        .map(|(part, _, position, total, seen, changed, skipped, stuck, state, _)| Walk {
            part,
            position,
            total,
            seen,
            changed,
            skipped,
            stuck,
            done: state == "done",
            begun: state != "waiting",
        })
        .collect())
}

/// Begins with a table of so many rows.
pub async fn begin_walk(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    part: &str,
    total: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("rotations/begin_walk.sql"))
        .bind(key(id))
        .bind(part)
        .bind(total)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "walk")
}

/// Says that the rotation does something; `false` when it was stopped or is over.
pub async fn touch(conn: impl Into<Conn<'_>>, id: [u8; 16], now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("rotations/touch.sql"))
        .bind(key(id))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected())
        == 1)
}

/// Moves on in a table, from one position to the next; without one the table is through.
///
/// Errors: [`StoreError::Conflict`] when somebody else moved it.
pub async fn move_walk(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    part: &str,
    (from, to): (Option<&[u8]>, Option<&[u8]>),
    step: Step,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("rotations/move_walk.sql"))
        .bind(key(id))
        .bind(part)
        .bind(to.or(from))
        .bind(step.seen)
        .bind(step.changed)
        .bind(step.skipped)
        .bind(step.stuck)
        .bind(if to.is_some() { "walking" } else { "done" })
        .bind(now.micros())
        .bind(from)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "walk")
}

/// Goes through everything once more.
pub async fn next_round(tx: &mut Tx, id: [u8; 16], now: Timestamp) -> Result<(), StoreError> {
    let done = on!(&mut *tx, |c| {
        sqlx::query(sql!("rotations/again.sql")).bind(key(id)).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query(sql!("rotations/next_round.sql"))
            .bind(key(id))
            .bind(now.micros())
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    exactly_one(done, "rotation")
}

/// Nothing more to do.
pub async fn finish(conn: impl Into<Conn<'_>>, id: [u8; 16], now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("rotations/finish.sql"))
        .bind(key(id))
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "rotation")
}
