//! One transfer sent to the bank, or one redemption sent to the issuer, under one key.

use crate::state::{Refused, words};
use serde::{Deserialize, Serialize};

/// Where an attempt stands. The words are those of `payout_attempts.state` and `lock_attempts.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Committed; the call may be under way.
    Attempted,
    /// The partner did it.
    Accepted,
    /// The partner certainly didn't, or took it back.
    Rejected,
    /// Nobody knows yet.
    Unknown,
    /// It never reached the partner.
    NotSent,
}

words!(AttemptState, "attempt state", {
    Attempted => "attempted",
    Accepted => "accepted",
    Rejected => "rejected",
    Unknown => "unknown",
    NotSent => "not_sent",
});

/// What happens to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptEvent {
    /// The partner did it.
    Accepted,
    /// The partner certainly didn't.
    Rejected,
    /// No clear answer, or the process died after committing.
    Unclear,
    /// The request certainly never left.
    NotSent,
    /// Two "not found" after the settling delay, or two people with proof.
    ProvedUnsent,
    /// Done, and later taken back by the partner (a bounced transfer).
    Returned,
}

impl AttemptEvent {
    /// Every event, in order.
    pub const ALL: &'static [Self] =
        &[Self::Accepted, Self::Rejected, Self::Unclear, Self::NotSent, Self::ProvedUnsent, Self::Returned];

    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unclear => "unclear",
            Self::NotSent => "not_sent",
            Self::ProvedUnsent => "proved_unsent",
            Self::Returned => "returned",
        }
    }
}

impl AttemptState {
    /// The one table of legal moves.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: AttemptEvent) -> Result<Self, Refused> {
        use AttemptEvent as E;
        use AttemptState as S;
        Ok(match (self, event) {
            (S::Attempted | S::Unknown, E::Accepted) => S::Accepted,
            (S::Attempted | S::Unknown, E::Rejected) | (S::Accepted, E::Returned) => S::Rejected,
            (S::Attempted, E::Unclear) => S::Unknown,
            (S::Attempted, E::NotSent) | (S::Unknown, E::ProvedUnsent) => S::NotSent,
            (state, event) => {
                return Err(Refused { machine: "attempt", state: state.as_str(), event: event.name() });
            }
        })
    }

    /// Does it keep another attempt from being made? The same rule as the partial unique index.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Attempted | Self::Unknown | Self::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn an_attempt_moves_by_the_table_and_not_otherwise() {
        use AttemptEvent as E;
        use AttemptState as S;
        tables::check(
            S::ALL,
            E::ALL,
            &[
                (S::Attempted, E::Accepted, S::Accepted),
                (S::Attempted, E::Rejected, S::Rejected),
                (S::Attempted, E::Unclear, S::Unknown),
                (S::Attempted, E::NotSent, S::NotSent),
                (S::Unknown, E::Accepted, S::Accepted),
                (S::Unknown, E::Rejected, S::Rejected),
                (S::Unknown, E::ProvedUnsent, S::NotSent),
                (S::Accepted, E::Returned, S::Rejected),
            ],
            AttemptState::next,
        );
    }

    #[test]
    fn only_a_dead_attempt_makes_room_for_another() {
        let dead: Vec<_> = AttemptState::ALL.iter().filter(|state| !state.is_live()).collect();
        assert_eq!(dead, [&AttemptState::Rejected, &AttemptState::NotSent]);
    }

    #[test]
    fn every_state_has_its_stored_word() {
        for state in AttemptState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
    }
}
