//! The risk desk's rules in the money path: judged when an order is taken, asked again before it is redeemed and paid.
//!
//! See `docs/adr/0013-risk-lanes.md` for what the lanes mean and why the judgement is made inside the till's transaction.

mod assess;
mod check;
mod gate;
mod hold;
mod hold_blocked;
mod people;

pub(crate) use assess::{Assessed, BookInForce, Candidate, assess, book_in_force, lock_subjects};
pub(crate) use check::check;
pub(crate) use gate::{blocked, gate, gate_wait, standing_of, stop};
pub(crate) use hold::{Stop, hold};
pub(crate) use hold_blocked::hold_blocked;
pub(crate) use people::hashes_of as subject_hashes;

use crate::Services;
use domain::risk::{Cause, Flag};
use domain::{FlagId, Timestamp};
use store::risk::RiskFlag;

/// What stands before the cause in `orders.hold_reason` when the rules or the risk desk hold an order.
pub(crate) const HOLD_PREFIX: &str = "risk_";

/// The hold reason of a cause.
pub(crate) fn hold_reason(cause: Option<Cause>) -> String {
    format!("{HOLD_PREFIX}{}", cause.map_or("score", Cause::as_str))
}

/// What weighs most: what a person decided or nobody knows first, then by points.
pub(crate) fn main_cause(flags: &[Flag]) -> Option<Cause> {
    flags.iter().max_by_key(|flag| (flag.cause.is_hard(), flag.points)).map(|flag| flag.cause)
}

/// Flags as they are written.
pub(crate) fn rows(services: &Services, flags: &[Flag], now: Timestamp) -> Vec<RiskFlag> {
    flags
        .iter()
        .map(|flag| RiskFlag {
            id: FlagId::from_bytes(services.chance.id(now)),
            reason: flag.cause.as_str().to_owned(),
            score: i64::from(flag.points),
            subject: flag.subject,
            seen: flag.seen,
            bound: flag.bound,
            created_at: now,
        })
        .collect()
}
