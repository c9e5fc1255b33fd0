//! One order's way, and what its vouchers say about it.

use crate::ItemState;
use crate::state::{Refused, words};
use serde::{Deserialize, Serialize};

/// Where an order stands. The words are those of `orders.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Taken; may still be withdrawn.
    Submitted,
    /// Its vouchers are being asked after.
    Verifying,
    /// Its vouchers are being redeemed.
    Locking,
    /// Payable is fixed.
    Settled,
    /// A payout exists.
    Paying,
    /// Paid.
    Paid,
    /// No voucher was good. An end.
    Rejected,
    /// Withdrawn by the customer. An end.
    Cancelled,
    /// Stopped by us; `held_from` says where it goes on.
    Held,
}

words!(OrderState, "order state", {
    Submitted => "submitted",
    Verifying => "verifying",
    Locking => "locking",
    Settled => "settled",
    Paying => "paying",
    Paid => "paid",
    Rejected => "rejected",
    Cancelled => "cancelled",
    Held => "held",
});

/// Where a held order was stopped. The words are those of `orders.held_from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the states of the same name")]
pub enum HeldFrom {
    Submitted,
    Verifying,
    Locking,
    Settled,
    Paying,
}

words!(HeldFrom, "held-from state", {
    Submitted => "submitted",
    Verifying => "verifying",
    Locking => "locking",
    Settled => "settled",
    Paying => "paying",
});

impl HeldFrom {
    /// The state to go on in.
    pub const fn state(self) -> OrderState {
        match self {
            Self::Submitted => OrderState::Submitted,
            Self::Verifying => OrderState::Verifying,
            Self::Locking => OrderState::Locking,
            Self::Settled => OrderState::Settled,
            Self::Paying => OrderState::Paying,
        }
    }
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderEvent {
    /// Verification begins.
    StartVerify,
    /// The first lock begins; every live voucher is verified.
    StartLock,
    /// Every live voucher is locked and the payable is in the ledger.
    Settle,
    /// The payout is made.
    StartPay,
    /// The payout is paid.
    Paid,
    /// The bank gave a paid payout back.
    PayoutReturned,
    /// Not one voucher was good.
    AllRejected,
    /// The customer withdraws.
    Cancel,
    /// We stop it.
    Hold,
    /// We let it go on where it was stopped.
    Release(HeldFrom),
    /// We decline it before anything was redeemed.
    Decline,
}

impl OrderEvent {
    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartVerify => "start_verify",
            Self::StartLock => "start_lock",
            Self::Settle => "settle",
            Self::StartPay => "start_pay",
            Self::Paid => "paid",
            Self::PayoutReturned => "payout_returned",
            Self::AllRejected => "all_rejected",
            Self::Cancel => "cancel",
            Self::Hold => "hold",
            Self::Release(_) => "release",
            Self::Decline => "decline",
        }
    }
}

impl OrderState {
    /// The one table of legal moves. To decline a held order, release it first, in the same transaction.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: OrderEvent) -> Result<Self, Refused> {
        use OrderEvent as E;
        use OrderState as S;
        Ok(match (self, event) {
            (S::Submitted, E::StartVerify) => S::Verifying,
            (S::Verifying, E::StartLock) => S::Locking,
            // From verifying when a person keyed every result by hand, redemption included.
            (S::Verifying | S::Locking, E::Settle) => S::Settled,
            (S::Settled, E::StartPay) | (S::Paid, E::PayoutReturned) => S::Paying,
            (S::Paying, E::Paid) => S::Paid,
            (S::Verifying | S::Locking, E::AllRejected) | (S::Submitted | S::Verifying, E::Decline) => S::Rejected,
            (S::Submitted, E::Cancel) => S::Cancelled,
            (S::Submitted | S::Verifying | S::Locking | S::Settled | S::Paying, E::Hold) => S::Held,
            (S::Held, E::Release(from)) => from.state(),
            (state, event) => {
                return Err(Refused { machine: "order", state: state.as_str(), event: event.name() });
            }
        })
    }

    /// What goes into `held_from` when it is held now; `None` where it can't be held.
    pub const fn held_from(self) -> Option<HeldFrom> {
        match self {
            Self::Submitted => Some(HeldFrom::Submitted),
            Self::Verifying => Some(HeldFrom::Verifying),
            Self::Locking => Some(HeldFrom::Locking),
            Self::Settled => Some(HeldFrom::Settled),
            Self::Paying => Some(HeldFrom::Paying),
            Self::Paid | Self::Rejected | Self::Cancelled | Self::Held => None,
        }
    }

    /// May the customer withdraw? Only until verification starts.
    pub const fn can_cancel(self) -> bool {
        matches!(self, Self::Submitted)
    }

    /// Is all said? A paid order ends here too, though the bank may still give the money back.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Paid | Self::Rejected | Self::Cancelled)
    }
}

/// What an order's vouchers, taken together, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemsStand {
    /// None has begun.
    Waiting,
    /// At least one isn't decided: being asked after, unknown, or with a person.
    Undecided,
    /// Every live one is verified or further, and at least one waits for its lock.
    ReadyToLock,
    /// Every live one is verified or further; some locks are under way or unknown, none is left to start.
    Locking,
    /// At least one is locked and every other is locked or out: the payable can be fixed.
    ReadyToSettle,
    /// Counted; not paid yet.
    Settled,
    /// All good ones are paid.
    Paid,
    /// None was good.
    AllRejected,
    /// Withdrawn.
    AllCancelled,
}

/// Reads an order's standing from its vouchers. An order without vouchers waits.
pub fn order_after_items(items: &[ItemState]) -> ItemsStand {
    use ItemState as S;
    let any = |wanted: &[S]| items.iter().any(|state| wanted.contains(state));
    let all = |wanted: &[S]| items.iter().all(|state| wanted.contains(state));
    if all(&[S::Submitted]) {
        ItemsStand::Waiting
    } else if all(&[S::Cancelled]) {
        ItemsStand::AllCancelled
    } else if all(&[S::Rejected, S::Cancelled]) {
        ItemsStand::AllRejected
    } else if any(&[S::Submitted, S::Verifying, S::UnknownVerify, S::Manual]) {
        ItemsStand::Undecided
    } else if any(&[S::Verified]) {
        ItemsStand::ReadyToLock
    } else if any(&[S::Locking, S::UnknownLock]) {
        ItemsStand::Locking
    } else if any(&[S::Locked]) {
        ItemsStand::ReadyToSettle
    } else if any(&[S::Settled]) {
        ItemsStand::Settled
    } else {
        ItemsStand::Paid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn an_order_moves_by_the_table_and_not_otherwise() {
        use OrderEvent as E;
        use OrderState as S;
        let mut events = vec![
            E::StartVerify,
            E::StartLock,
            E::Settle,
            E::StartPay,
            E::Paid,
            E::PayoutReturned,
            E::AllRejected,
            E::Cancel,
            E::Hold,
            E::Decline,
        ];
        events.extend(HeldFrom::ALL.iter().map(|from| E::Release(*from)));
        let mut moves = vec![
            (S::Submitted, E::StartVerify, S::Verifying),
            (S::Submitted, E::Cancel, S::Cancelled),
            (S::Submitted, E::Decline, S::Rejected),
            (S::Submitted, E::Hold, S::Held),
            (S::Verifying, E::StartLock, S::Locking),
            (S::Verifying, E::Settle, S::Settled),
            (S::Verifying, E::AllRejected, S::Rejected),
            (S::Verifying, E::Decline, S::Rejected),
            (S::Verifying, E::Hold, S::Held),
            (S::Locking, E::Settle, S::Settled),
            (S::Locking, E::AllRejected, S::Rejected),
            (S::Locking, E::Hold, S::Held),
            (S::Settled, E::StartPay, S::Paying),
            (S::Settled, E::Hold, S::Held),
            (S::Paying, E::Paid, S::Paid),
            (S::Paying, E::Hold, S::Held),
            (S::Paid, E::PayoutReturned, S::Paying),
        ];
        moves.extend(HeldFrom::ALL.iter().map(|from| (S::Held, E::Release(*from), from.state())));
        tables::check(S::ALL, &events, &moves, OrderState::next);
    }

    #[test]
    fn a_held_order_goes_on_where_it_was_stopped() {
        for state in OrderState::ALL {
            match state.held_from() {
                Some(from) => {
                    assert_eq!(state.next(OrderEvent::Hold), Ok(OrderState::Held));
                    assert_eq!(OrderState::Held.next(OrderEvent::Release(from)), Ok(*state));
                    assert_eq!(from.as_str(), state.as_str());
                }
                None => assert!(state.next(OrderEvent::Hold).is_err()),
            }
        }
    }

    #[test]
    fn a_customer_withdraws_only_before_verification() {
        for state in OrderState::ALL {
            assert_eq!(state.can_cancel(), state.next(OrderEvent::Cancel).is_ok());
        }
    }

    #[test]
    fn the_vouchers_say_where_the_order_stands() {
        use ItemState as S;
        use ItemsStand as O;
        for (items, stand) in [
            (vec![], O::Waiting),
            (vec![S::Submitted, S::Submitted], O::Waiting),
            (vec![S::Submitted, S::Verified], O::Undecided),
            (vec![S::Submitted, S::Rejected], O::Undecided),
            (vec![S::Verified, S::Manual], O::Undecided),
            (vec![S::Verified, S::UnknownVerify], O::Undecided),
            (vec![S::Verified, S::Rejected], O::ReadyToLock),
            (vec![S::Verified, S::Locked, S::Locking], O::ReadyToLock),
            (vec![S::Locking, S::Locked], O::Locking),
            (vec![S::UnknownLock, S::Locked], O::Locking),
            (vec![S::Locked, S::Rejected, S::Locked], O::ReadyToSettle),
            (vec![S::Settled, S::Rejected], O::Settled),
            (vec![S::Paid, S::Rejected], O::Paid),
            (vec![S::Rejected, S::Rejected], O::AllRejected),
            (vec![S::Rejected, S::Cancelled], O::AllRejected),
            (vec![S::Cancelled], O::AllCancelled),
        ] {
            assert_eq!(order_after_items(&items), stand, "{items:?}");
        }
    }

    #[test]
    fn an_order_is_never_settled_over_an_undecided_voucher() {
        for state in ItemState::ALL {
            let stand = order_after_items(&[ItemState::Locked, *state]);
            let decided = matches!(
                state,
                ItemState::Locked | ItemState::Settled | ItemState::Paid | ItemState::Rejected | ItemState::Cancelled
            );
            assert_eq!(stand == ItemsStand::ReadyToSettle, decided, "{state}");
        }
    }

    #[test]
    fn every_state_has_its_stored_word() {
        for state in OrderState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
    }
}
