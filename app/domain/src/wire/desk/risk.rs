//! The risk desk: queue, case, block list, book of rules.

use crate::risk::{Asked, Cause, Facts, RiskLane, RuleBook, Subject};
use crate::{BlockId, OrderState, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// Flagged orders that wait for a person, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskQueueView {
    pub rows: Vec<RiskRowView>,
    pub counts: Vec<RiskCountView>,
    /// Give it back for the rows after these.
    pub next: Option<String>,
}

/// How many of a lane wait, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskCountView {
    pub lane: RiskLane,
    pub orders: i64,
    pub oldest: Timestamp,
}

/// One order in the queue, or linked to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskRowView {
    pub code: String,
    pub state: OrderState,
    pub score: i64,
    pub amount: Won,
    pub items: u32,
    pub created_at: Timestamp,
    /// Of the queue only.
    pub lane: Option<RiskLane>,
    pub asked: Option<Asked>,
    pub hold_reason: Option<String>,
}

/// One order with what makes it risky. People are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskCaseView {
    pub code: String,
    pub state: OrderState,
    pub revision: i64,
    pub hold_reason: Option<String>,
    pub amount: Won,
    pub items: u32,
    pub created_at: Timestamp,
    pub name: String,
    pub phone: String,
    pub bank_code: String,
    pub account: String,
    pub holder: String,
    pub lane: RiskLane,
    pub asked: Asked,
    pub score: u32,
    pub book_version: Option<i64>,
    pub flags: Vec<FlagView>,
    /// What it was judged by; `None` for an order older than the rules.
    pub facts: Option<Facts>,
    /// No rules ever looked at it: a program from before them wrote it beside this one.
    pub unjudged: bool,
    pub cleared: Option<ClearedView>,
    /// May the reader let it go on or stop it, as it stands?
    pub can_release: bool,
    pub can_hold: bool,
    pub can_block: bool,
    /// What of it stands on the block list: nobody lets it go on before these are lifted.
    pub blocks: Vec<BlockView>,
    /// Other orders by what they share with it.
    pub links: Vec<LinksView>,
    /// What was decided before, oldest first.
    pub decisions: Vec<DecisionView>,
}

/// A rule that hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagView {
    pub cause: Cause,
    pub points: i64,
    pub subject: Option<Subject>,
    pub seen: Option<i64>,
    pub bound: Option<i64>,
}

/// Who let it go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearedView {
    pub at: Timestamp,
    pub by: String,
    pub reason: String,
}

/// Orders of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksView {
    pub by: Subject,
    pub orders: Vec<RiskRowView>,
    /// There are more than these.
    pub more: bool,
}

/// Something that was decided about the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    pub at: Timestamp,
    /// `order_hold`, `order_release`, `risk_cleared`, `risk_checked`.
    pub kind: String,
    pub reason: Option<String>,
    /// Who, where it was a person.
    pub by: Option<String>,
    pub note: Option<String>,
}

/// A line of the block list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockView {
    pub id: BlockId,
    pub kind: Subject,
    pub masked: String,
    pub reason: String,
    pub until: Timestamp,
    /// What it was of is erased: it stops nobody and can't be changed.
    pub erased: bool,
    pub in_force: bool,
    pub revision: i64,
    pub author: String,
    pub created_at: Timestamp,
    pub lifted_at: Option<Timestamp>,
    pub lifted_by: Option<String>,
    pub lift_reason: Option<String>,
}

/// A page of the block list, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlocksView {
    pub rows: Vec<BlockView>,
    pub next: Option<String>,
    pub can_write: bool,
}

/// One version of the book of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookView {
    pub version: i64,
    /// `draft`, `in_force`, `retired`, `withdrawn`.
    pub state: String,
    pub based_on: Option<i64>,
    pub book: RuleBook,
    pub author: String,
    pub reason: String,
    pub created_at: Timestamp,
    pub decided_by: Option<String>,
    pub decided_at: Option<Timestamp>,
    /// Another person's draft, made from the book in force, before somebody who may.
    pub can_publish: bool,
}

/// What a book would have done to the orders of the last month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRunView {
    /// Orders looked at.
    pub orders: u32,
    /// The oldest of them.
    pub since: Option<Timestamp>,
    /// All of the last month were; otherwise time ran out and the newest were.
    pub complete: bool,
    pub held: TriedView,
    pub reviewed: TriedView,
    /// How it was in fact.
    pub held_then: u32,
    pub reviewed_then: u32,
    /// How often each rule would have hit, the most often first.
    pub causes: Vec<(Cause, u32)>,
}

/// How many would have ended in a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedView {
    pub orders: u32,
    /// Of these, paid without trouble.
    pub paid: u32,
    /// Of these, wholly refused.
    pub rejected: u32,
}
