//! What makes an order look risky, and what follows from it. Rules are data ([`RuleBook`]); what is known of an order
//! is data ([`Facts`]); judging is a pure function of the two ([`judge`]), so that a new book can be tried on what was
//! known of the orders of last month.
//!
//! Three lanes. *Auto* goes on by itself. *Review* may be asked after, which changes nothing at an issuer, but is not
//! redeemed and not paid before a person let it go on. *Hold* stops before anybody is asked. Whatever can't be found out
//! is a reason to hold, never to go on.

mod block;
mod book;
mod facts;
mod form;
mod gate;
mod judge;
mod told;
mod words;

pub use block::{BlockProblem, LONGEST_BLOCK, block_end};
pub use book::{BookProblem, Condition, Limit, Period, RiskRule, RuleBook, Thresholds};
pub use facts::{Facts, HolderFact, Outside, Past, Windows};
pub use form::{FormProblem, book_of, bound_of, limit_fields};
pub use gate::{Asked, Gate, Standing};
pub use judge::{Flag, Verdict, judge};
pub use told::{cause_word, hold_word, kept_reason, release_word, stop_word, subject_word};
pub use words::{ReleaseReason, StopReason};

use crate::state::words;
use serde::{Deserialize, Serialize};

/// By what orders of the same person are known. The words are those of `risk_blocks.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The proved phone.
    Phone,
    /// The account to be paid.
    Account,
    /// The browser, by a cookie of its own; not every browser brings one.
    Device,
    /// The network address. Many people may share one, so nothing is counted by it.
    Address,
}

words!(Subject, "subject", {
    Phone => "phone",
    Account => "account",
    Device => "device",
    Address => "address",
});

/// What becomes of an order. The words are those of `order_risk.lane`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskLane {
    /// Goes on by itself.
    Auto,
    /// Is asked after, and then waits for a person.
    Review,
    /// Stops at once.
    Hold,
}

words!(RiskLane, "risk lane", {
    Auto => "auto",
    Review => "review",
    Hold => "hold",
});

/// Why an order was flagged. The words are those of `risk_flags.reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The account's holder is another person than who applies.
    HolderNotApplicant,
    /// The bank knows the account under another name.
    HolderDiffers,
    /// The bank didn't say whose account it is.
    HolderUnknown,
    /// A phone nobody was paid under yet, and a high amount.
    NewPhoneHigh,
    /// Many vouchers within an hour.
    ManyPins,
    /// One account under several phones.
    SharedAccount,
    /// One phone with several accounts.
    ManyAccounts,
    /// One device with several phones.
    SharedDevice,
    /// Many refused vouchers within a day.
    FailedPins,
    /// At night, the first order, a high amount.
    NightFirstHigh,
    /// Reported as a fraud elsewhere.
    CheatHit,
    /// On our block list.
    Blocked,
    /// Over the day's limit.
    LimitDay,
    /// Over the month's limit.
    LimitMonth,
    /// A check could not be made.
    CheckFailed,
}

words!(Cause, "risk cause", {
    HolderNotApplicant => "holder_not_applicant",
    HolderDiffers => "holder_differs",
    HolderUnknown => "holder_unknown",
    NewPhoneHigh => "new_phone_high",
    ManyPins => "many_pins",
    SharedAccount => "shared_account",
    ManyAccounts => "many_accounts",
    SharedDevice => "shared_device",
    FailedPins => "failed_pins",
    NightFirstHigh => "night_first_high",
    CheatHit => "cheat_hit",
    Blocked => "blocked",
    LimitDay => "limit_day",
    LimitMonth => "limit_month",
    CheckFailed => "check_failed",
});

impl Cause {
    /// Holds whatever the points say: a person decided it, a limit is one, or we don't know.
    pub const fn is_hard(self) -> bool {
        matches!(self, Self::Blocked | Self::LimitDay | Self::LimitMonth | Self::CheckFailed)
    }

    /// Letting such an order go on overrules a limit or a colleague: the second factor is asked for again.
    pub const fn needs_step_up(self) -> bool {
        matches!(self, Self::Blocked | Self::LimitDay | Self::LimitMonth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_the_stored_one() {
        for cause in Cause::ALL {
            assert_eq!(cause.as_str().parse(), Ok(*cause));
            assert_eq!(serde_json::to_string(cause).ok(), Some(format!("\"{cause}\"")));
        }
        for lane in RiskLane::ALL {
            assert_eq!(serde_json::to_string(lane).ok(), Some(format!("\"{lane}\"")));
        }
        for subject in Subject::ALL {
            assert_eq!(serde_json::to_string(subject).ok(), Some(format!("\"{subject}\"")));
        }
    }

    #[test]
    fn the_stricter_lane_is_the_greater() {
        assert!(RiskLane::Auto < RiskLane::Review && RiskLane::Review < RiskLane::Hold);
    }
}
