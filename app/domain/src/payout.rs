//! The right to be paid: one per order, paid at most once.
//!
//! `sending` begins when the attempt is committed. From there only an answer, an inquiry or a proof leads on; nothing
//! is sent again on a guess.

use crate::state::{Refused, words};
use serde::{Deserialize, Serialize};

/// Where a payout stands. The words are those of `payouts.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutState {
    /// May be sent.
    Ready,
    /// An attempt is committed; the bank may have it.
    Sending,
    /// Perhaps paid, perhaps not.
    Unknown,
    /// Paid.
    Paid,
    /// Stopped by us, or by the bank for a reason a person must see.
    Held,
    /// The bank certainly refused; no money moved.
    Failed,
    /// Paid and given back by the bank.
    Returned,
    /// Never to be paid. An end.
    Cancelled,
}

words!(PayoutState, "payout state", {
    Ready => "ready",
    Sending => "sending",
    Unknown => "unknown",
    Paid => "paid",
    Held => "held",
    Failed => "failed",
    Returned => "returned",
    Cancelled => "cancelled",
});

/// What happens to a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutEvent {
    /// An attempt is committed.
    StartSend,
    /// The bank says paid.
    Paid,
    /// No clear answer.
    Unclear,
    /// The bank certainly refused.
    Refused,
    /// The bank certainly refused, for a reason a person must see: a frozen or reported account, our own limits.
    RefusedHold,
    /// We stop it.
    Hold,
    /// The request certainly never left.
    NotSent,
    /// Proved that the bank never got it (two "not found" after the settling delay, or two people).
    ProvedUnsent,
    /// A person lets it go on.
    Release,
    /// The bank gave the money back.
    Returned,
    /// Never to be paid.
    Cancel,
}

impl PayoutEvent {
    /// Every event, in order.
    pub const ALL: &'static [Self] = &[
        Self::StartSend,
        Self::Paid,
        Self::Unclear,
        Self::Refused,
        Self::RefusedHold,
        Self::Hold,
        Self::NotSent,
        Self::ProvedUnsent,
        Self::Release,
        Self::Returned,
        Self::Cancel,
    ];

    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartSend => "start_send",
            Self::Paid => "paid",
            Self::Unclear => "unclear",
            Self::Refused => "refused",
            Self::RefusedHold => "refused_hold",
            Self::Hold => "hold",
            Self::NotSent => "not_sent",
            Self::ProvedUnsent => "proved_unsent",
            Self::Release => "release",
            Self::Returned => "returned",
            Self::Cancel => "cancel",
        }
    }
}

impl PayoutState {
    /// The one table of legal moves.
    ///
    /// A failed or returned payout goes to a person (`Hold`), who mends the account and releases it, or cancels it.
    /// What may be on its way can't be held: a hold could be released and the money sent twice.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: PayoutEvent) -> Result<Self, Refused> {
        use PayoutEvent as E;
        use PayoutState as S;
        Ok(match (self, event) {
            (S::Ready, E::StartSend) => S::Sending,
            (S::Sending | S::Unknown, E::Paid) => S::Paid,
            (S::Sending, E::Unclear) => S::Unknown,
            (S::Sending | S::Unknown, E::Refused) => S::Failed,
            (S::Sending | S::Unknown, E::RefusedHold) | (S::Ready | S::Failed | S::Returned, E::Hold) => S::Held,
            (S::Sending, E::NotSent) | (S::Unknown, E::ProvedUnsent) | (S::Held, E::Release) => S::Ready,
            (S::Paid, E::Returned) => S::Returned,
            (S::Ready | S::Held | S::Failed | S::Returned, E::Cancel) => S::Cancelled,
            (state, event) => {
                return Err(Refused { machine: "payout", state: state.as_str(), event: event.name() });
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn a_payout_moves_by_the_table_and_not_otherwise() {
        use PayoutEvent as E;
        use PayoutState as S;
        tables::check(
            S::ALL,
            E::ALL,
            &[
                (S::Ready, E::StartSend, S::Sending),
                (S::Ready, E::Hold, S::Held),
                (S::Ready, E::Cancel, S::Cancelled),
                (S::Sending, E::Paid, S::Paid),
                (S::Sending, E::Unclear, S::Unknown),
                (S::Sending, E::Refused, S::Failed),
                (S::Sending, E::RefusedHold, S::Held),
                (S::Sending, E::NotSent, S::Ready),
                (S::Unknown, E::Paid, S::Paid),
                (S::Unknown, E::Refused, S::Failed),
                (S::Unknown, E::RefusedHold, S::Held),
                (S::Unknown, E::ProvedUnsent, S::Ready),
                (S::Held, E::Release, S::Ready),
                (S::Held, E::Cancel, S::Cancelled),
                (S::Failed, E::Hold, S::Held),
                (S::Failed, E::Cancel, S::Cancelled),
                (S::Paid, E::Returned, S::Returned),
                (S::Returned, E::Hold, S::Held),
                (S::Returned, E::Cancel, S::Cancelled),
            ],
            PayoutState::next,
        );
    }

    #[test]
    fn a_paid_payout_cannot_be_paid_again() {
        for event in PayoutEvent::ALL {
            let after = PayoutState::Paid.next(*event);
            assert!(after.is_err() || after == Ok(PayoutState::Returned), "{event:?}");
        }
    }

    #[test]
    fn an_unclear_payout_is_never_sent_again_unproved() {
        for event in PayoutEvent::ALL {
            let ready = PayoutState::Unknown.next(*event) == Ok(PayoutState::Ready);
            assert_eq!(ready, *event == PayoutEvent::ProvedUnsent, "{event:?}");
        }
    }

    #[test]
    fn every_state_has_its_stored_word() {
        for state in PayoutState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
    }
}
