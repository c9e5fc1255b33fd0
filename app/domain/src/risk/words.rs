//! Why a person holds an order or lets it go on. The words are kept with the decision.

use crate::state::words;
use serde::{Deserialize, Serialize};

/// Why a person lets an order go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// The customer was called back and known again.
    CalledBack,
    /// Proof of purchase or of the account was seen.
    ProofSeen,
    /// The limit was lifted for this once.
    LimitAgreed,
    /// The rule hit the wrong one.
    FalseAlarm,
    /// Something else; the note says what.
    Other,
}

words!(ReleaseReason, "release reason", {
    CalledBack => "called_back",
    ProofSeen => "proof_seen",
    LimitAgreed => "limit_agreed",
    FalseAlarm => "false_alarm",
    Other => "other",
});

/// Why a person holds an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// It looks like fraud.
    Suspicion,
    /// Somebody says that the vouchers are theirs.
    Claimed,
    /// The police or a bank asked for it.
    Authority,
    /// The customer asked for it.
    Customer,
    /// Something else; the note says what.
    Other,
}

words!(StopReason, "hold reason", {
    Suspicion => "suspicion",
    Claimed => "claimed",
    Authority => "authority",
    Customer => "customer",
    Other => "other",
});
