//! Jobs, health, keys, settings.

use crate::Timestamp;
use crate::setting::Setting;
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
    /// What people call it: its work in words and the end of its key.
    pub name: String,
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
    /// When people were last told of something, and how the last try failed, if it did; `None` when nobody is told.
    pub alerts: Option<AlertsView>,
    pub now: Timestamp,
}

/// How telling people goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertsView {
    pub last_good: Option<Timestamp>,
    /// Tries in a row that went wrong, and how the last one ended.
    pub failing: Option<(u32, String)>,
    /// What is wrong now.
    pub matters: Vec<String>,
}

/// One key, by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    /// `data` or `lookup`.
    pub purpose: String,
    pub number: u16,
    /// `active`, `retiring` or `retired`.
    pub state: String,
    pub given_at: Timestamp,
    pub retired_at: Option<Timestamp>,
    /// Does this process hold it?
    pub given: bool,
    /// Nothing needs it any more.
    pub free: bool,
    /// What still needs it, in words.
    pub needed_by: Vec<String>,
}

/// One table of a rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationLine {
    pub table: String,
    /// Once it has begun.
    pub total: Option<i64>,
    pub seen: i64,
    pub changed: i64,
    pub stuck: i64,
    pub done: bool,
}

/// A rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationView {
    pub id: String,
    pub revision: i64,
    pub data_key: u16,
    pub lookup_key: u16,
    /// `running`, `paused`, `done` or `replaced`.
    pub state: String,
    pub round: u32,
    pub by: String,
    pub reason: String,
    pub began_at: Timestamp,
    pub updated_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Of the tables of this round, in percent.
    pub percent: u8,
    pub stuck: i64,
    pub lines: Vec<RotationLine>,
}

/// The keys' page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysView {
    pub keys: Vec<KeyView>,
    pub rotation: Option<RotationView>,
    /// There is an old key and nothing under way.
    pub may_begin: bool,
    pub now: Timestamp,
}

/// A number of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingLine {
    pub setting: Setting,
    pub value: u32,
    pub least: u32,
    pub most: u32,
    /// What holds when nobody sets it.
    pub before: u32,
    pub revision: i64,
    pub changed_at: Option<Timestamp>,
    pub changed_by: Option<String>,
}

/// What only the configuration file changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedLine {
    pub name: String,
    /// Its key in `Leptos.toml`.
    pub key: String,
    pub value: String,
}

/// The settings' page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    pub lines: Vec<SettingLine>,
    pub fixed: Vec<FixedLine>,
    pub now: Timestamp,
}
