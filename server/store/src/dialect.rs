//! The closed list of what may differ between the engines. Nothing else in this crate asks which engine it is on.

use crate::db::{Conn, Tx};
use crate::error::StoreError;
use apalis_core::task::builder::TaskBuilder;
use sqlx::{AssertSqlSafe, PgConnection, SqlSafeStr, SqlStr, SqliteConnection};

/// Expands one body per engine: `on!(conn, |c| sqlx::query(sql!("…")).bind(…).execute(&mut *c).await?)`.
///
/// `conn` is anything that is `Into<Conn>`; inside the body `c` is `&mut SqliteConnection` or `&mut PgConnection`.
#[macro_export]
macro_rules! on {
    ($conn:expr, |$c:ident| $body:expr) => {
        match ::core::convert::Into::<$crate::db::Conn<'_>>::into($conn) {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Postgres($c) => $body,
        }
    };
}

/// The text of `server/store/sql/<noun>/<verb>.sql`.
#[macro_export]
macro_rules! sql {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path))
    };
}

/// How a transaction begins on SQLite: a deferred one that later writes fails at once with SQLITE_BUSY.
pub(crate) const SQLITE_BEGIN: &str = "BEGIN IMMEDIATE";

mod sealed {
    /// The two connections, and no third.
    pub trait Engine {
        /// Row locks exist and are needed.
        const ROW_LOCKS: bool;
        /// Parameters are written `?` where there are many: to SQLite `$1` is a name, and it looks for each of n names
        /// among all n, whenever a value is bound.
        const NAMELESS: bool;
    }
    impl Engine for super::SqliteConnection {
        const ROW_LOCKS: bool = false;
        const NAMELESS: bool = true;
    }
    impl Engine for super::PgConnection {
        const ROW_LOCKS: bool = true;
        const NAMELESS: bool = false;
    }
}

/// Turns the markers `/*for update*/` and `/*skip locked*/` of a text into row locks where the engine has them.
/// SQLite needs none: `BEGIN IMMEDIATE` already excludes every other writer.
///
/// ```ignore
/// sqlx::query_as::<_, Row>(dialect::locking(c, sql!("orders/lock.sql"))).bind(id).fetch_optional(&mut *c).await?
/// ```
pub fn locking<C: sealed::Engine>(_connection: &C, text: &'static str) -> SqlStr {
    if C::ROW_LOCKS {
        let locked = text.replace("/*for update*/", "FOR UPDATE").replace("/*skip locked*/", "FOR UPDATE SKIP LOCKED");
        AssertSqlSafe(locked).into_sql_str()
    } else {
        text.into_sql_str()
    }
}

/// Repeats the one `VALUES ($1, …, $n)` group of an insert for `rows` rows. At least one row; the group must hold nothing
/// but parameters, each once and in order. PostgreSQL takes 65,535 parameters, SQLite 32,766.
///
/// Bind row by row, column by column.
pub fn multi_row<C: sealed::Engine>(_connection: &C, text: &'static str, rows: usize) -> SqlStr {
    let Some((head, rest)) = text.split_once("VALUES (") else {
        return text.into_sql_str();
    };
    let Some((group, tail)) = rest.split_once(')') else {
        return text.into_sql_str();
    };
    let columns = group.split(',').count();
    let mut built = String::with_capacity(text.len() + rows * columns * 7);
    built.push_str(head);
    built.push_str("VALUES ");
    for row in 0..rows.max(1) {
        built.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                built.push_str(", ");
            }
            if C::NAMELESS {
                built.push('?');
            } else {
                built.push('$');
                built.push_str(&(row * columns + column + 1).to_string());
            }
        }
        built.push(')');
    }
    built.push_str(tail);
    AssertSqlSafe(built).into_sql_str()
}

/// The sizes of an insert's statements above [`SMALL`].
const PORTIONS: [usize; 4] = [128, 64, 32, SMALL];
/// Up to so many rows go into one statement as they are.
const SMALL: usize = 16;

/// Cuts rows into portions for [`multi_row`], [`multi_or`] and [`multi_all`]. A statement is parsed and planned once for each number of rows it is
/// written for, and kept; so there are nineteen numbers and not hundreds.
pub fn portions<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size =
            if rows.len() <= SMALL { rows.len() } else { PORTIONS.into_iter().find(|size| *size <= rows.len())? };
        let (portion, rest) = rows.split_at_checked(size).filter(|(portion, _)| !portion.is_empty())?;
        rows = rest;
        Some(portion)
    })
}

/// Repeats the one `/*or*/(…)/*or*/` group of a condition `times` times with `OR` between, numbering on. The group's
/// parameters stand last in the text and in order; `fixed` come before them.
pub fn multi_or(text: &'static str, fixed: usize, times: usize) -> SqlStr {
    let mut parts = text.split("/*or*/");
    let (Some(head), Some(group), Some(tail)) = (parts.next(), parts.next(), parts.next()) else {
        return text.into_sql_str();
    };
    AssertSqlSafe(format!("{head}{}{tail}", repeated(group, " OR ", fixed, times, false))).into_sql_str()
}

/// Repeats the one `/*all*/SELECT …/*all*/` of a look-up by key `times` times with `UNION ALL` between. The first `fixed`
/// parameters are the same in each; the others come last, in order, each once.
///
/// Many arms of one `OR` look dearer than a walk to a planner that believes the table small, and a plan that was made when it
/// was small is kept; a look-up by one key never does.
pub fn multi_all<C: sealed::Engine>(_connection: &C, text: &'static str, fixed: usize, times: usize) -> SqlStr {
    let mut parts = text.split("/*all*/");
    let (Some(head), Some(group), Some(tail)) = (parts.next(), parts.next(), parts.next()) else {
        return text.into_sql_str();
    };
    let nameless = C::NAMELESS && fixed == 0;
    AssertSqlSafe(format!("{head}{}{tail}", repeated(group, " UNION ALL ", fixed, times, nameless))).into_sql_str()
}

/// The group `times` times: parameters after the `fixed` number on, or have no numbers.
fn repeated(group: &str, joint: &str, fixed: usize, times: usize, nameless: bool) -> String {
    let mut pieces = group.split('$');
    let head = pieces.next().unwrap_or_default();
    // Each parameter's number, and what stands behind it.
    let pieces: Vec<(usize, &str)> = pieces
        .map(|piece| {
            let rest = piece.trim_start_matches(|digit: char| digit.is_ascii_digit());
            (piece.strip_suffix(rest).and_then(|number| number.parse().ok()).unwrap_or_default(), rest)
        })
        .collect();
    let own = pieces.iter().filter(|(number, _)| *number > fixed).count();
    let group_of = |time: usize| {
        let mut built = head.to_owned();
        for (number, rest) in &pieces {
            if nameless {
                built.push('?');
            } else {
                let number = if *number > fixed { number + time * own } else { *number };
                built.push('$');
                built.push_str(&number.to_string());
            }
            built.push_str(rest);
        }
        built
    };
    (0..times.max(1)).map(group_of).collect::<Vec<String>>().join(joint)
}

/// Holds every other transaction that asks for the same key back until this one ends. For "count, then insert"
/// rules that no unique index can carry, such as limits per phone and day.
pub async fn advisory_lock(tx: &mut Tx, key: i64) -> Result<(), StoreError> {
    match tx.into() {
        // BEGIN IMMEDIATE: there is no other writer.
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(c) => {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(&mut *c).await?;
            Ok(())
        }
    }
}

/// Waits for whoever holds this key alone, and keeps others from it until the end of the transaction; any number may keep it
/// together.
pub async fn advisory_lock_shared(tx: &mut Tx, key: i64) -> Result<(), StoreError> {
    match tx.into() {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(c) => {
            sqlx::query("SELECT pg_advisory_xact_lock_shared($1)").bind(key).execute(&mut *c).await?;
            Ok(())
        }
    }
}

/// Puts apalis tasks, each a payload and its second, into `queue` inside the caller's transaction. A task is only an
/// alarm clock: it carries an outbox row's id, runs at most once (`max_attempts(1)`) and has no key of its own, for a
/// duplicate key would end the transaction on PostgreSQL. Push only when the outbox row was new.
pub async fn push_tasks(tx: &mut Tx, queue: &str, tasks: Vec<(Vec<u8>, i64)>) -> Result<(), StoreError> {
    let run_at = |seconds| u64::try_from(seconds).unwrap_or(0);
    macro_rules! built {
        () => {
            tasks
                .into_iter()
                .map(|(payload, at)| TaskBuilder::new(payload).max_attempts(1).run_at_timestamp(run_at(at)).build())
                .collect::<Vec<_>>()
        };
    }
    match tx.into() {
        Conn::Sqlite(c) => apalis_sqlite::queries::push_tasks(c, queue, &built!()).await.map_err(|e| pushed(&e)),
        Conn::Postgres(c) => apalis_postgres::queries::push_tasks(c, queue, built!()).await.map_err(|e| pushed(&e)),
    }
}

/// Removes at most `limit` apalis tasks that ended before `before_unix_seconds`, and workers long gone; says how many
/// tasks it removed. apalis' own clearing locks the whole SQLite file.
pub async fn forget_tasks(tx: &mut Tx, before_unix_seconds: i64, limit: i64) -> Result<u64, StoreError> {
    let (tasks, workers) = match tx {
        Tx::Sqlite(_) => (
            "DELETE FROM Jobs WHERE id IN (SELECT id FROM Jobs WHERE status IN ('Done', 'Failed', 'Killed') AND done_at < $1 LIMIT $2)",
            "DELETE FROM Workers WHERE last_seen < $1 - 86400 AND NOT EXISTS (SELECT 1 FROM Jobs WHERE lock_by = Workers.id)",
        ),
        Tx::Postgres(_) => (
            "DELETE FROM apalis.jobs WHERE id IN (SELECT id FROM apalis.jobs WHERE status IN ('Done', 'Failed', 'Killed') AND done_at < to_timestamp($1) LIMIT $2)",
            "DELETE FROM apalis.workers AS w WHERE last_seen < to_timestamp($1 - 86400) AND NOT EXISTS (SELECT 1 FROM apalis.jobs WHERE lock_by = w.id)",
        ),
    };
    let gone = crate::on!(&mut *tx, |c| sqlx::query(tasks)
        .bind(before_unix_seconds)
        .bind(limit)
        .execute(&mut *c)
        .await?
        .rows_affected());
    crate::on!(&mut *tx, |c| {
        sqlx::query(workers).bind(before_unix_seconds).execute(&mut *c).await?;
    });
    Ok(gone)
}

/// [`advisory_lock`] for several keys in one round trip, in the order they are given. Give them sorted, always: then two
/// transactions can't wait for each other.
pub async fn advisory_locks(tx: &mut Tx, keys: &[i64]) -> Result<(), StoreError> {
    match tx.into() {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(c) => {
            sqlx::query("SELECT pg_advisory_xact_lock(key) FROM unnest($1) AS key").bind(keys).execute(&mut *c).await?;
            Ok(())
        }
    }
}

fn pushed(error: &dyn std::error::Error) -> StoreError {
    StoreError::Db { code: None, message: format!("task not pushed: {error}") }
}

#[cfg(test)]
mod tests {
    use super::{multi_or, portions, repeated};

    #[test]
    fn a_condition_is_repeated_with_numbers_that_go_on() {
        let text = "UPDATE t SET a = $1 WHERE b = $2 AND (/*or*/(c = $3 AND d IN ($4, $5))/*or*/)";
        assert_eq!(
            multi_or(text, 2, 2).as_str(),
            "UPDATE t SET a = $1 WHERE b = $2 AND ((c = $3 AND d IN ($4, $5)) OR (c = $6 AND d IN ($7, $8)))"
        );
    }

    #[test]
    fn a_look_up_is_repeated_and_what_is_the_same_for_all_keeps_its_number() {
        assert_eq!(
            repeated("SELECT a FROM t WHERE b >= $1 AND c = $2 AND d = $3", " UNION ALL ", 1, 2, false),
            "SELECT a FROM t WHERE b >= $1 AND c = $2 AND d = $3 UNION ALL SELECT a FROM t WHERE b >= $1 AND c = $4 AND d = $5"
        );
        assert_eq!(repeated("(c = $1 AND d = $2)", " OR ", 0, 2, true), "(c = ? AND d = ?) OR (c = ? AND d = ?)");
    }

    #[test]
    fn portions_hold_every_row_once_in_order_and_come_in_few_sizes() {
        let mut sizes = std::collections::BTreeSet::new();
        for count in 0..2_000 {
            let rows: Vec<usize> = (0..count).collect();
            let portions: Vec<&[usize]> = portions(&rows).collect();
            sizes.extend(portions.iter().map(|portion| portion.len()));
            assert_eq!(portions.concat(), rows);
        }
        assert_eq!(sizes.len(), 19);
    }
}
