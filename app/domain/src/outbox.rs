//! Work that must happen: its lanes, kinds and states.

use crate::state::{Refused, words};
use crate::{Span, wire::Speed};
use serde::{Deserialize, Serialize};

/// A lane has its own workers, client and limits, so that one kind of work can't starve another. The words are those
/// of `outbox.lane`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Asking issuers.
    Verify,
    /// Redeeming at issuers.
    Lock,
    /// Fixing payables.
    Settle,
    /// Paying.
    Payout,
    /// Texting.
    Message,
    /// Tidying.
    Housekeeping,
}

words!(Lane, "lane", {
    Verify => "verify",
    Lock => "lock",
    Settle => "settle",
    Payout => "payout",
    Message => "message",
    Housekeeping => "housekeeping",
});

/// One kind of work; its word is stored in `outbox.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxKind {
    /// Start an order: one verification per voucher.
    BeginOrder,
    /// Ask the issuer about an item.
    VerifyItem,
    /// Redeem an item.
    LockItem,
    /// Ask what became of an unclear redemption.
    InquireLock,
    /// Fix an order's payable and make its payout.
    SettleOrder,
    /// Send a payout to the bank.
    SendPayout,
    /// Ask what became of an unclear transfer.
    InquirePayout,
    /// Hand a message to the agent.
    SendMessage,
    /// Ask what became of a message.
    PollMessage,
    /// Remove what is past its time.
    Sweep,
}

words!(OutboxKind, "outbox kind", {
    BeginOrder => "begin_order",
    VerifyItem => "verify_item",
    LockItem => "lock_item",
    InquireLock => "inquire_lock",
    SettleOrder => "settle_order",
    SendPayout => "send_payout",
    InquirePayout => "inquire_payout",
    SendMessage => "send_message",
    PollMessage => "poll_message",
    Sweep => "sweep",
});

impl OutboxKind {
    /// The lane it runs in.
    pub const fn lane(self) -> Lane {
        match self {
            Self::BeginOrder | Self::VerifyItem => Lane::Verify,
            Self::LockItem | Self::InquireLock => Lane::Lock,
            Self::SettleOrder => Lane::Settle,
            Self::SendPayout | Self::InquirePayout => Lane::Payout,
            Self::SendMessage | Self::PollMessage => Lane::Message,
            Self::Sweep => Lane::Housekeeping,
        }
    }

    /// How long a claim holds before a sweeper may give the work to another worker. Longer than the partner's total
    /// time-out, so that a slow call isn't made twice.
    pub const fn lease(self) -> Span {
        match self {
            Self::BeginOrder | Self::VerifyItem | Self::SettleOrder | Self::SendMessage | Self::PollMessage => {
                Span::seconds(60)
            }
            Self::LockItem | Self::InquireLock | Self::SendPayout | Self::InquirePayout => Span::seconds(120),
            Self::Sweep => Span::minutes(10),
        }
    }
}

/// Where a piece of work stands. The words are those of `outbox.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// To be done when its time comes.
    Ready,
    /// A worker has it, until the lease ends.
    Claimed,
    /// Done. An end.
    Done,
    /// A person must look.
    Review,
}

words!(OutboxState, "outbox state", {
    Ready => "ready",
    Claimed => "claimed",
    Done => "done",
    Review => "review",
});

/// What happens to a piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxEvent {
    /// A worker takes it.
    Claim,
    /// It is done.
    Finish,
    /// Not done; again at a later time.
    Retry,
    /// The worker's lease ran out.
    LeaseLost,
    /// A person must look.
    GiveUp,
    /// A person puts it back.
    Requeue,
}

impl OutboxEvent {
    /// Every event, in order.
    pub const ALL: &'static [Self] =
        &[Self::Claim, Self::Finish, Self::Retry, Self::LeaseLost, Self::GiveUp, Self::Requeue];

    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Finish => "finish",
            Self::Retry => "retry",
            Self::LeaseLost => "lease_lost",
            Self::GiveUp => "give_up",
            Self::Requeue => "requeue",
        }
    }
}

impl OutboxState {
    /// The one table of legal moves.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: OutboxEvent) -> Result<Self, Refused> {
        use OutboxEvent as E;
        use OutboxState as S;
        Ok(match (self, event) {
            (S::Ready, E::Claim) => S::Claimed,
            (S::Claimed, E::Finish) => S::Done,
            (S::Claimed, E::Retry | E::LeaseLost) | (S::Review, E::Requeue) => S::Ready,
            (S::Claimed, E::GiveUp) => S::Review,
            (state, event) => {
                return Err(Refused { machine: "outbox", state: state.as_str(), event: event.name() });
            }
        })
    }
}

/// The earliest moment a settled order may be paid.
pub fn pay_not_before(speed: Speed, settled_at: crate::Timestamp, holidays: &[crate::KstDate]) -> crate::Timestamp {
    match speed {
        Speed::Instant => settled_at,
        Speed::NextMorning => settled_at.next_business_morning(holidays),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn work_moves_by_the_table_and_not_otherwise() {
        use OutboxEvent as E;
        use OutboxState as S;
        tables::check(
            S::ALL,
            E::ALL,
            &[
                (S::Ready, E::Claim, S::Claimed),
                (S::Claimed, E::Finish, S::Done),
                (S::Claimed, E::Retry, S::Ready),
                (S::Claimed, E::LeaseLost, S::Ready),
                (S::Claimed, E::GiveUp, S::Review),
                (S::Review, E::Requeue, S::Ready),
            ],
            OutboxState::next,
        );
    }

    #[test]
    fn every_word_is_the_stored_one() {
        for kind in OutboxKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
            assert!(Lane::ALL.contains(&kind.lane()));
        }
        for state in OutboxState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
    }
}
