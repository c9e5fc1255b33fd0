//! What waits for somebody.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts by the address of their desk, and a mark that differs as soon as anything happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub counts: BTreeMap<String, i64>,
    pub mark: String,
}
