//! One voucher's way: `submitted → verifying → verified → locking → locked → settled → paid`.
//!
//! Verifying changes nothing at the issuer and may be repeated. Locking redeems and is done once: an unclear lock
//! goes to [`ItemState::UnknownLock`] and is asked after, never sent again until it is proved that nothing happened.

use crate::state::{Refused, words};
use crate::wire::ItemTone;
use crate::{Lang, Reason, text};
use serde::{Deserialize, Serialize};

/// Where a voucher stands. The words are those of `order_items.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Taken, nothing asked yet.
    Submitted,
    /// Being asked after.
    Verifying,
    /// Good; not touched yet.
    Verified,
    /// Being redeemed.
    Locking,
    /// Redeemed: ours, and owed for.
    Locked,
    /// Counted into the order's payable.
    Settled,
    /// Paid for. An end.
    Paid,
    /// Not bought; the reason stands beside it. An end.
    Rejected,
    /// The issuer didn't say; asked again later.
    UnknownVerify,
    /// Perhaps redeemed, perhaps not.
    UnknownLock,
    /// A person decides, with proof.
    Manual,
    /// Withdrawn by the customer before anything began. An end.
    Cancelled,
}

words!(ItemState, "item state", {
    Submitted => "submitted",
    Verifying => "verifying",
    Verified => "verified",
    Locking => "locking",
    Locked => "locked",
    Settled => "settled",
    Paid => "paid",
    Rejected => "rejected",
    UnknownVerify => "unknown_verify",
    UnknownLock => "unknown_lock",
    Manual => "manual",
    Cancelled => "cancelled",
});

/// What happens to a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemEvent {
    /// We begin to ask, for the first time or again.
    StartVerify,
    /// Good; or nothing to ask, its form being right.
    VerifyPassed,
    /// No clear answer; nothing changed at the issuer.
    VerifyUnclear,
    /// A person has to look.
    SentToDesk(Reason),
    /// The issuer, or a person with proof, says no; nothing was taken.
    Refused(Reason),
    /// We don't want it; only where nothing is under way.
    Declined,
    /// We begin to redeem.
    StartLock,
    /// Redeemed.
    LockAccepted,
    /// The request certainly never left.
    LockNotSent,
    /// No clear answer; it may be redeemed.
    LockUnclear,
    /// Proved that the issuer never got it (two "not found" after the settling delay, or two people).
    LockProvedUnsent,
    /// Counted into the payable.
    Settled,
    /// The order's payout was paid.
    Paid,
    /// The bank gave the payout back.
    PayoutReturned,
    /// The customer withdrew.
    Cancelled,
}

impl ItemEvent {
    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartVerify => "start_verify",
            Self::VerifyPassed => "verify_passed",
            Self::VerifyUnclear => "verify_unclear",
            Self::SentToDesk(_) => "sent_to_desk",
            Self::Refused(_) => "refused",
            Self::Declined => "declined",
            Self::StartLock => "start_lock",
            Self::LockAccepted => "lock_accepted",
            Self::LockNotSent => "lock_not_sent",
            Self::LockUnclear => "lock_unclear",
            Self::LockProvedUnsent => "lock_proved_unsent",
            Self::Settled => "settled",
            Self::Paid => "paid",
            Self::PayoutReturned => "payout_returned",
            Self::Cancelled => "cancelled",
        }
    }

    /// What is stored in `order_items.reason` with the new state; `None` clears it.
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::SentToDesk(reason) | Self::Refused(reason) => Some(reason),
            Self::Declined => Some(Reason::Declined),
            Self::VerifyUnclear | Self::LockUnclear => Some(Reason::NoAnswer),
            Self::StartVerify
            | Self::VerifyPassed
            | Self::StartLock
            | Self::LockAccepted
            | Self::LockNotSent
            | Self::LockProvedUnsent
            | Self::Settled
            | Self::Paid
            | Self::PayoutReturned
            | Self::Cancelled => None,
        }
    }
}

impl ItemState {
    /// The one table of legal moves.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: ItemEvent) -> Result<Self, Refused> {
        use ItemEvent as E;
        use ItemState as S;
        Ok(match (self, event) {
            (S::Submitted | S::UnknownVerify, E::StartVerify) => S::Verifying,
            (S::Verifying | S::UnknownVerify | S::Manual, E::VerifyPassed) | (S::Locking, E::LockNotSent) => {
                S::Verified
            }
            (S::Verifying, E::VerifyUnclear) => S::UnknownVerify,
            (S::Submitted | S::Verifying | S::UnknownVerify | S::Verified | S::Locking, E::SentToDesk(_)) => S::Manual,
            (S::Verifying | S::UnknownVerify | S::Locking | S::UnknownLock | S::Manual, E::Refused(_))
            | (S::Submitted | S::UnknownVerify | S::Verified | S::Manual, E::Declined) => S::Rejected,
            (S::Verified, E::StartLock) => S::Locking,
            (S::Locking | S::UnknownLock | S::Manual, E::LockAccepted) => S::Locked,
            (S::Locking, E::LockUnclear) => S::UnknownLock,
            (S::UnknownLock, E::LockProvedUnsent) => S::Verified,
            (S::Locked, E::Settled) | (S::Paid, E::PayoutReturned) => S::Settled,
            (S::Settled, E::Paid) => S::Paid,
            (S::Submitted, E::Cancelled) => S::Cancelled,
            (state, event) => {
                return Err(Refused { machine: "item", state: state.as_str(), event: event.name() });
            }
        })
    }

    /// The chip's colour and shape.
    pub const fn tone(self) -> ItemTone {
        match self {
            Self::Submitted => ItemTone::Waiting,
            Self::Verifying | Self::Locking => ItemTone::Busy,
            Self::Verified | Self::Locked | Self::Settled | Self::Paid => ItemTone::Good,
            Self::Rejected | Self::Cancelled => ItemTone::Bad,
            Self::UnknownVerify | Self::UnknownLock | Self::Manual => ItemTone::Unknown,
        }
    }

    /// The chip's word; for a rejected voucher, its reason's word.
    pub fn word(self, reason: Option<Reason>, lang: Lang) -> &'static str {
        match self {
            Self::Submitted => text::step_submitted(lang),
            Self::Verifying => text::step_verifying(lang),
            Self::Locking => text::step_locking(lang),
            Self::Verified | Self::Locked | Self::Settled => text::result_good(lang),
            Self::Paid => text::step_paid(lang),
            Self::Rejected => reason.map_or_else(|| text::result_not_bought(lang), |reason| reason.word(lang)),
            Self::UnknownVerify | Self::UnknownLock | Self::Manual => text::result_unknown(lang),
            Self::Cancelled => text::item_cancelled(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    const ALL: [ItemEvent; 15] = [
        ItemEvent::StartVerify,
        ItemEvent::VerifyPassed,
        ItemEvent::VerifyUnclear,
        ItemEvent::SentToDesk(Reason::NotSupported),
        ItemEvent::Refused(Reason::Used),
        ItemEvent::Declined,
        ItemEvent::StartLock,
        ItemEvent::LockAccepted,
        ItemEvent::LockNotSent,
        ItemEvent::LockUnclear,
        ItemEvent::LockProvedUnsent,
        ItemEvent::Settled,
        ItemEvent::Paid,
        ItemEvent::PayoutReturned,
        ItemEvent::Cancelled,
    ];

    #[test]
    fn an_item_moves_by_the_table_and_not_otherwise() {
        use ItemEvent as E;
        use ItemState as S;
        let desk = E::SentToDesk(Reason::NotSupported);
        let no = E::Refused(Reason::Used);
        tables::check(
            S::ALL,
            &ALL,
            &[
                (S::Submitted, E::StartVerify, S::Verifying),
                (S::Submitted, desk, S::Manual),
                (S::Submitted, E::Declined, S::Rejected),
                (S::Submitted, E::Cancelled, S::Cancelled),
                (S::Verifying, E::VerifyPassed, S::Verified),
                (S::Verifying, E::VerifyUnclear, S::UnknownVerify),
                (S::Verifying, desk, S::Manual),
                (S::Verifying, no, S::Rejected),
                (S::UnknownVerify, E::StartVerify, S::Verifying),
                (S::UnknownVerify, E::VerifyPassed, S::Verified),
                (S::UnknownVerify, desk, S::Manual),
                (S::UnknownVerify, no, S::Rejected),
                (S::UnknownVerify, E::Declined, S::Rejected),
                (S::Verified, E::StartLock, S::Locking),
                (S::Verified, desk, S::Manual),
                (S::Verified, E::Declined, S::Rejected),
                (S::Locking, E::LockAccepted, S::Locked),
                (S::Locking, E::LockNotSent, S::Verified),
                (S::Locking, E::LockUnclear, S::UnknownLock),
                (S::Locking, desk, S::Manual),
                (S::Locking, no, S::Rejected),
                (S::UnknownLock, E::LockAccepted, S::Locked),
                (S::UnknownLock, E::LockProvedUnsent, S::Verified),
                (S::UnknownLock, no, S::Rejected),
                (S::Manual, E::VerifyPassed, S::Verified),
                (S::Manual, E::LockAccepted, S::Locked),
                (S::Manual, no, S::Rejected),
                (S::Manual, E::Declined, S::Rejected),
                (S::Locked, E::Settled, S::Settled),
                (S::Settled, E::Paid, S::Paid),
                (S::Paid, E::PayoutReturned, S::Settled),
            ],
            ItemState::next,
        );
    }

    #[test]
    fn a_voucher_perhaps_redeemed_is_never_locked_again_unproved() {
        assert!(ItemState::UnknownLock.next(ItemEvent::StartLock).is_err());
        assert!(ItemState::UnknownLock.next(ItemEvent::StartVerify).is_err());
        assert!(ItemState::UnknownLock.next(ItemEvent::SentToDesk(Reason::NoAnswer)).is_err());
        assert!(ItemState::UnknownLock.next(ItemEvent::Declined).is_err());
    }

    #[test]
    fn a_refusal_names_machine_state_and_event() {
        let refused = ItemState::Paid.next(ItemEvent::Paid).map_err(|refused| refused.to_string());
        assert_eq!(refused, Err("item in state paid refuses paid".into()));
    }

    #[test]
    fn every_state_has_its_stored_word_and_a_word_for_people() {
        for state in ItemState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
            assert_eq!(serde_json::to_string(state).ok(), Some(format!("\"{state}\"")));
            assert!(!state.word(Some(Reason::Used), Lang::Ko).is_empty());
        }
        assert_eq!(ItemState::Rejected.word(Some(Reason::Used), Lang::Ko), "사용됨");
        assert!("Paid".parse::<ItemState>().is_err());
    }
}
