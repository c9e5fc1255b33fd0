//! Work that must happen: its lanes, kinds and states.

use crate::state::words;
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
    /// Ask others whether an order's phone or account is reported.
    CheckRisk,
    /// Stop the living orders of somebody who was put on the block list.
    HoldBlocked,
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
    /// Write a table into a file.
    WriteExport,
    /// Pass everything to the active keys.
    RotateKeys,
    /// Remove what is past its time.
    Sweep,
}

words!(OutboxKind, "outbox kind", {
    BeginOrder => "begin_order",
    CheckRisk => "check_risk",
    HoldBlocked => "hold_blocked",
    VerifyItem => "verify_item",
    LockItem => "lock_item",
    InquireLock => "inquire_lock",
    SettleOrder => "settle_order",
    SendPayout => "send_payout",
    InquirePayout => "inquire_payout",
    SendMessage => "send_message",
    PollMessage => "poll_message",
    WriteExport => "write_export",
    RotateKeys => "rotate_keys",
    Sweep => "sweep",
});

impl OutboxKind {
    /// The lane it runs in.
    pub const fn lane(self) -> Lane {
        match self {
            Self::BeginOrder | Self::CheckRisk | Self::HoldBlocked | Self::VerifyItem => Lane::Verify,
            Self::LockItem | Self::InquireLock => Lane::Lock,
            Self::SettleOrder => Lane::Settle,
            Self::SendPayout | Self::InquirePayout => Lane::Payout,
            Self::SendMessage | Self::PollMessage => Lane::Message,
            Self::WriteExport | Self::RotateKeys | Self::Sweep => Lane::Housekeeping,
        }
    }

    /// How long a claim holds before a sweeper may give the work to another worker. Work that moves money gets twice
    /// the usual time: half of it to get the request out, half for the answer to come.
    pub const fn lease(self, usual: Span) -> Span {
        match self {
            Self::BeginOrder
            | Self::CheckRisk
            | Self::HoldBlocked
            | Self::VerifyItem
            | Self::SettleOrder
            | Self::SendMessage
            | Self::PollMessage
            | Self::WriteExport
            | Self::RotateKeys
            | Self::Sweep => usual,
            Self::LockItem | Self::InquireLock | Self::SendPayout | Self::InquirePayout => {
                Span::micros(usual.as_micros().saturating_mul(2))
            }
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

    #[test]
    fn work_that_moves_money_is_held_twice_as_long() {
        let usual = Span::seconds(60);
        for kind in OutboxKind::ALL {
            let money = matches!(kind.lane(), Lane::Lock | Lane::Payout);
            assert_eq!(kind.lease(usual), if money { Span::seconds(120) } else { usual }, "{kind}");
        }
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
