//! The audit log.

use crate::Timestamp;
use crate::wire::FieldError;
use serde::{Deserialize, Serialize};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLineView {
    pub id: String,
    pub at: Timestamp,
    /// `change`, `view`, `export` or `sign_in`.
    pub kind: String,
    /// A colleague's name and login, or what acted.
    pub who: String,
    /// What was done, in words, and by its name in the log.
    pub what: String,
    pub action: String,
    /// `order:ord_…`
    pub target: String,
    pub reason: String,
    pub address: String,
    /// What else the line says, as JSON; empty for nothing.
    pub meta: String,
    /// Number and hash of its link, when it has one.
    pub link: Option<(i64, String)>,
}

/// A walk along the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheckView {
    pub by_clock: bool,
    /// `running`, `sound`, `broken` or `failed`.
    pub state: String,
    pub checked: i64,
    /// So long was the chain when it began.
    pub of: i64,
    /// In words, the first first.
    pub faults: Vec<String>,
    pub began_at: Timestamp,
    pub heard_at: Timestamp,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// What of the filter can't be read; then nothing is shown.
    pub problems: Vec<FieldError>,
    pub lines: Vec<AuditLineView>,
    /// Where the next page begins.
    pub next: Option<String>,
    pub head_seq: i64,
    pub head_hash: String,
    pub waiting: i64,
    pub oldest_waiting: Option<Timestamp>,
    pub late: bool,
    pub shrunk: bool,
    pub checks: Vec<AuditCheckView>,
    pub now: Timestamp,
}
