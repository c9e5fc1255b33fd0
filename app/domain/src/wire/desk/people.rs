//! Customers, and who read their data.

use super::risk::BlockView;
use crate::{Timestamp, Won};
use serde::{Deserialize, Serialize};

/// How often somebody read or took what in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewsLine {
    pub who: String,
    pub login: String,
    /// `view` or `export`.
    pub kind: String,
    /// What was done, in words, and by its name in the log.
    pub what: String,
    pub action: String,
    pub lines: i64,
    pub targets: i64,
    /// Without a reason.
    pub bare: i64,
}

/// A month looked over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    pub month: String,
    pub who: String,
    pub note: String,
    pub views: i64,
    pub at: Timestamp,
}

/// A rule of retention and what it would erase now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionLine {
    pub name: String,
    pub source: String,
    pub at_least_days: i64,
    pub by_days: i64,
    /// Would go at the next round.
    pub due: i64,
    /// A legal hold keeps them.
    pub held: i64,
    /// Should be gone already.
    pub late: i64,
}

/// The month's review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyView {
    pub month: String,
    pub before: String,
    pub after: Option<String>,
    pub over: bool,
    pub first_day: String,
    pub last_day: String,
    pub lines: Vec<ViewsLine>,
    pub reviews: Vec<ReviewView>,
    pub retention: Vec<RetentionLine>,
    pub now: Timestamp,
}

/// A person's own wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    pub id: String,
    /// `export` or `erase`.
    pub kind: String,
    /// Masked.
    pub phone: String,
    /// `open`, `done` or `refused`.
    pub state: String,
    pub note: String,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
}

/// Where a person is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDesk {
    pub requests: Vec<RequestView>,
    pub now: Timestamp,
}

/// One order on a person's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerOrder {
    pub code: String,
    pub state: String,
    pub amount: Won,
    pub items: u32,
    pub created_at: Timestamp,
    pub finished: bool,
}

/// A consent as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    pub kind: String,
    pub version: i64,
    pub lang: String,
    pub hash: String,
    pub granted: bool,
    pub order: String,
    pub at: Timestamp,
}

/// A message or an inquiry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidView {
    pub kind: String,
    pub state: String,
    pub at: Timestamp,
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldView {
    pub id: String,
    pub reason: String,
    pub created_at: Timestamp,
    pub ends_at: Timestamp,
    pub holds: bool,
}

/// A person's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    pub token: String,
    pub phone: String,
    pub name: String,
    pub reason: String,
    pub open_orders: usize,
    pub orders: Vec<CustomerOrder>,
    pub consents: Vec<ConsentView>,
    pub messages: Vec<SaidView>,
    pub inquiries: Vec<SaidView>,
    pub held: bool,
    pub holds: Vec<HoldView>,
    pub requests: Vec<RequestView>,
    /// Blocks of the phone and of the accounts that nobody lifted; `None` for who may not read the risk desk.
    pub blocks: Option<Vec<BlockView>>,
    /// What names the person in the audit log, under each look-up key that is given; nothing for who may not read it.
    pub lines: Vec<String>,
    pub now: Timestamp,
}
