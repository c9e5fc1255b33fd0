//! Sessions, accounts and roles.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Names it in the form that ends it; no cookie can be made from it.
    pub id: String,
    /// It is the one that asks.
    pub here: bool,
    pub address: String,
    pub agent: String,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
}
