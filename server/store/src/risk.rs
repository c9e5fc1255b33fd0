//! Why an order looks risky: one flag per rule that hit, with its points and what made it hit; the judgement with the
//! facts it was made from; and what is known of other orders of the same phone, account, device or address.

pub use crate::risk_links::{
    Judged, LinkedOrder, Queued, Subjects, judged_page, linked, living, queue, queue_count, subjects,
};
pub use crate::risk_pasts::{PastRow, paid_before, pasts};

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::risk::{Asked, Facts, RiskLane, Subject};
use domain::{FlagId, OrderId, Timestamp, UserId};
use sqlx::types::Json;
use uuid::Uuid;

/// The judgements' table, for errors.
const TABLE: &str = "order_risk";

/// One rule that hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskFlag {
    /// Its key.
    pub id: FlagId,
    /// The rule.
    pub reason: String,
    /// Its points.
    pub score: i64,
    /// By which of the order's subjects.
    pub subject: Option<Subject>,
    /// What was found.
    pub seen: Option<i64>,
    /// The rule's bound.
    pub bound: Option<i64>,
    /// When it was found.
    pub created_at: Timestamp,
}

/// Writes flags of orders; a rule that hit before keeps its first points.
pub async fn insert_many(conn: impl Into<Conn<'_>>, flags: &[(OrderId, &RiskFlag)]) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(flags) {
            let mut query = sqlx::query(multi_row(c, sql!("risk/insert_many.sql"), portion.len()));
            for (order, flag) in portion {
                query = query
                    .bind(key(flag.id.bytes()))
                    .bind(key(order.bytes()))
                    .bind(flag.reason.as_str())
                    .bind(flag.score)
                    .bind(flag.subject.map(Subject::as_str))
                    .bind(flag.seen)
                    .bind(flag.bound)
                    .bind(flag.created_at.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

#[derive(sqlx::FromRow)]
struct FlagRow {
    id: Uuid,
    reason: String,
    score: i64,
    subject: Option<String>,
    seen: Option<i64>,
    bound: Option<i64>,
    created_at: i64,
}

/// An order's flags, oldest first.
pub async fn of_order(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Vec<RiskFlag>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, FlagRow>(sql!("risk/of_order.sql"))
        .bind(key(order.bytes()))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter()
        .map(|row| {
            let of = Of { table: "risk_flags", id: row.id };
            Ok(RiskFlag {
                id: FlagId::from_bytes(row.id.into_bytes()),
                subject: of.word_opt("subject", row.subject.as_deref())?,
                reason: row.reason,
                score: row.score,
                seen: row.seen,
                bound: row.bound,
                created_at: Timestamp::from_micros(row.created_at),
            })
        })
        .collect()
}

/// A judgement as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What follows.
    pub lane: RiskLane,
    /// The question to others.
    pub asked: Asked,
    /// The flags' points together.
    pub score: u32,
    /// By which book; `None` when none could be read, and then the lane is hold.
    pub book_version: Option<i64>,
    /// What it was made from. `None`: the order is older than the rules.
    pub facts: Option<Facts>,
    /// When.
    pub judged_at: Timestamp,
}

/// A judgement as stored, with what a person said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The judgement.
    pub judgement: Judgement,
    /// When a person let the order go on.
    pub cleared_at: Option<Timestamp>,
    /// Who.
    pub cleared_by: Option<String>,
    /// Why.
    pub cleared_reason: Option<String>,
}

/// Writes the first judgement of new orders.
pub async fn judge_many(
    conn: impl Into<Conn<'_>>,
    judgements: &[(OrderId, Timestamp, &Judgement)],
) -> Result<(), StoreError> {
    on!(conn, |c| {
        for portion in portions(judgements) {
            let mut query = sqlx::query(multi_row(c, sql!("risk/judge_many.sql"), portion.len()));
            for (order, created_at, judgement) in portion {
                query = query
                    .bind(key(order.bytes()))
                    .bind(judgement.lane.as_str())
                    .bind(judgement.asked.as_str())
                    .bind(i64::from(judgement.score))
                    .bind(judgement.book_version)
                    .bind(Json(&judgement.facts))
                    .bind(created_at.micros())
                    .bind(judgement.judged_at.micros());
            }
            query.execute(&mut *c).await?;
        }
    });
    Ok(())
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    lane: String,
    asked: String,
    score: i64,
    book_version: Option<i64>,
    facts_json: Json<serde_json::Value>,
    judged_at: i64,
    cleared_at: Option<i64>,
    cleared_by: Option<String>,
    cleared_reason: Option<String>,
}

/// The order's judgement, if it was judged.
pub async fn standing(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Option<Standing>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, StandingRow>(sql!("risk/standing.sql"))
        .bind(key(order.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(|row| {
        let of = Of { table: TABLE, id: key(order.bytes()) };
        Ok(Standing {
            judgement: Judgement {
                lane: of.word("lane", &row.lane)?,
                asked: of.word("asked", &row.asked)?,
                score: of.count("score", row.score)?,
                book_version: row.book_version,
                facts: facts_of(order, row.facts_json.0)?,
                judged_at: Timestamp::from_micros(row.judged_at),
            },
            cleared_at: moment(row.cleared_at),
            cleared_by: row.cleared_by,
            cleared_reason: row.cleared_reason,
        })
    })
    .transpose()
}

pub(crate) fn facts_of(order: OrderId, json: serde_json::Value) -> Result<Option<Facts>, StoreError> {
    serde_json::from_value(json).map_err(|error| StoreError::corrupt(TABLE, order, format!("facts_json: {error}")))
}

/// Writes a later judgement; the order's row must be locked. `overrules`: what a person said of the one before falls.
pub async fn judge_again(
    conn: impl Into<Conn<'_>>,
    order: OrderId,
    judgement: &Judgement,
    overrules: bool,
) -> Result<(), StoreError> {
    let mut conn = conn.into();
    let done = on!(&mut conn, |c| sqlx::query(sql!("risk/judge_again.sql"))
        .bind(key(order.bytes()))
        .bind(judgement.lane.as_str())
        .bind(judgement.asked.as_str())
        .bind(i64::from(judgement.score))
        .bind(judgement.book_version)
        .bind(Json(&judgement.facts))
        .bind(judgement.judged_at.micros())
        .bind(overrules)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "judgement")?;
    set_score(conn, order, judgement.score).await
}

/// Who let an order go on, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearance {
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub by: String,
    /// Who.
    pub user: Option<UserId>,
    /// Why.
    pub reason: String,
}

/// A person lets the order go on; its row must be locked.
pub async fn clear(conn: impl Into<Conn<'_>>, order: OrderId, clearance: &Clearance) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("risk/clear.sql"))
        .bind(key(order.bytes()))
        .bind(clearance.at.micros())
        .bind(clearance.by.as_str())
        .bind(clearance.user.map(|user| key(user.bytes())))
        .bind(clearance.reason.as_str())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "judgement")
}

/// Writes an order's points into its own row; the row must be locked, or new in this transaction.
pub async fn set_score(conn: impl Into<Conn<'_>>, order: OrderId, score: u32) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("risk/score.sql"))
        .bind(key(order.bytes()))
        .bind(i64::from(score))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "order")
}

/// Holds an order of this very transaction.
pub async fn stop_new(conn: impl Into<Conn<'_>>, order: OrderId, reason: &str) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("risk/stop_new.sql"))
        .bind(key(order.bytes()))
        .bind(reason)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "order")
}
