//! Jobs, health, keys, settings.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneView {
    pub lane: String,
    pub ready: u32,
    pub claimed: u32,
    pub review: u32,
    /// Since when the oldest is due, when one is.
    pub oldest_due: Option<Timestamp>,
    /// Why and since when it stands.
    pub paused: Option<(String, Timestamp)>,
}

/// Rows that stand with one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureLine {
    pub lane: String,
    pub in_review: bool,
    pub code: String,
    pub works: u32,
    pub oldest: Timestamp,
}

/// A row a person must look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    pub id: String,
    pub lane: String,
    pub kind: String,
    pub code: String,
    pub created_at: Timestamp,
    pub since: Option<Timestamp>,
}

/// The lanes' page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobsView {
    pub lanes: Vec<LaneView>,
    pub failures: Vec<FailureLine>,
    pub review: Vec<ReviewRow>,
    pub now: Timestamp,
}

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerView {
    pub party: String,
    pub last_good: Option<Timestamp>,
    pub last_bad: Option<Timestamp>,
    /// Of the last hour.
    pub calls: usize,
    pub median_ms: Option<i64>,
    /// 95 of 100 are faster.
    pub slow_ms: Option<i64>,
    /// No breaker for the message agent's tables.
    pub breaker_open: Option<bool>,
}

/// A lane's backlog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueAge {
    pub lane: String,
    pub works: u32,
    pub age_s: i64,
}

/// How we are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthView {
    pub version: String,
    pub engine: String,
    pub database_ok: bool,
    pub private: bool,
    pub sandbox: bool,
    pub partners: Vec<PartnerView>,
    pub queues: Vec<QueueAge>,
    pub chain_ok: bool,
    pub chain_head: i64,
    pub chain_waiting: i64,
    pub now: Timestamp,
}
