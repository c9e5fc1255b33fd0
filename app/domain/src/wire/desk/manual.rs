//! The manual verification desk.

use super::{ClaimView, Pick};
use crate::state::words;
use crate::wire::ItemTone;
use crate::{Reason, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// What a person found out about a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManualResult {
    /// Redeemed by hand at the issuer: it is ours and owed for.
    Redeemed,
    /// Found good; the bridge redeems it.
    Good,
    Used,
    NotFound,
    ZeroBalance,
    Partial,
    Expired,
    BadFormat,
    /// Another face than the customer said, and one we don't buy.
    OtherFace,
    /// We don't want it.
    Declined,
}

words!(ManualResult, "manual result", {
    Redeemed => "redeemed",
    Good => "good",
    Used => "used",
    NotFound => "not_found",
    ZeroBalance => "zero_balance",
    Partial => "partial",
    Expired => "expired",
    BadFormat => "bad_format",
    OtherFace => "other_face",
    Declined => "declined",
});

impl ManualResult {
    /// Why it isn't bought; `None` when it is.
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::Redeemed | Self::Good => None,
            Self::Used => Some(Reason::Used),
            Self::NotFound => Some(Reason::NotFound),
            Self::ZeroBalance => Some(Reason::ZeroBalance),
            Self::Partial => Some(Reason::Partial),
            Self::Expired => Some(Reason::Expired),
            Self::BadFormat => Some(Reason::BadFormat),
            Self::OtherFace => Some(Reason::OtherFace),
            Self::Declined => Some(Reason::Declined),
        }
    }

    /// Is it the issuer's word, which a proof must show? What we judge ourselves needs none.
    pub const fn needs_proof(self) -> bool {
        match self {
            Self::Redeemed
            | Self::Good
            | Self::Used
            | Self::NotFound
            | Self::ZeroBalance
            | Self::Partial
            | Self::Expired
            | Self::OtherFace => true,
            Self::BadFormat | Self::Declined => false,
        }
    }
}

/// A voucher that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualRow {
    pub item: String,
    pub code: String,
    /// From 1.
    pub number: u32,
    pub brand: String,
    pub face: Won,
    pub state: String,
    pub tone: ItemTone,
    /// What the machine couldn't.
    pub why: String,
    pub since: Timestamp,
    pub claim: Option<ClaimView>,
    /// It can be worked on; otherwise only its order's page helps.
    pub workable: bool,
    pub order_held: bool,
}

/// The manual desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualView {
    pub rows: Vec<ManualRow>,
    /// How many wait in all.
    pub waiting: u32,
    pub now: Timestamp,
}

/// A proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub kilobytes: u32,
    pub who: String,
    pub at: Timestamp,
}

/// One voucher's work page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualItemView {
    pub row: ManualRow,
    pub pin: String,
    pub companions: Vec<String>,
    pub claimed_face: Won,
    /// Basis points.
    pub rate: u32,
    pub revision: i64,
    pub results: Vec<Pick>,
    pub proofs: Vec<ProofView>,
    /// Redeeming it would leave the order nothing after the fee.
    pub nothing_left: bool,
    /// What was decided, when it is over.
    pub decided: Option<String>,
    /// The voucher that waits longest after this one.
    pub next: Option<String>,
    pub now: Timestamp,
}
