//! Messages to customers: what is sent, through which channel, and how far it got.

use crate::state::{Refused, words};
use serde::{Deserialize, Serialize};

/// What a message is about. The words are those of `messages.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A code for the phone.
    Otp,
    /// The order is taken.
    Accepted,
    /// A voucher wasn't good.
    ItemProblem,
    /// Paid.
    Paid,
    /// Stopped by us.
    Held,
}

words!(MessageKind, "message kind", {
    Otp => "otp",
    Accepted => "accepted",
    ItemProblem => "item_problem",
    Paid => "paid",
    Held => "held",
});

/// How it is sent. The words are those of `messages.channel` and the agent's `REQ_CH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// Up to 90 bytes of EUC-KR.
    #[serde(rename = "SMS")]
    Sms,
    /// Up to 2,000 bytes, with a title.
    #[serde(rename = "LMS")]
    Lms,
    /// With pictures.
    #[serde(rename = "MMS")]
    Mms,
}

words!(Channel, "channel", { Sms => "SMS", Lms => "LMS", Mms => "MMS" });

/// Longest SMS, in bytes of EUC-KR.
pub const SMS_BYTES: usize = 90;
/// Longest LMS or MMS body, in bytes of EUC-KR.
pub const LMS_BYTES: usize = 2000;

impl Channel {
    /// SMS where it fits, LMS otherwise; `None` when it is too long for both.
    pub fn for_text(body: &str) -> Option<Self> {
        match euc_kr_len(body) {
            bytes if bytes <= SMS_BYTES => Some(Self::Sms),
            bytes if bytes <= LMS_BYTES => Some(Self::Lms),
            _ => None,
        }
    }
}

/// Bytes of a text in EUC-KR as the agent counts them: plain ASCII one, everything else two.
pub fn euc_kr_len(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Where a message stands. The words are those of `messages.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// To be handed to the agent.
    Ready,
    /// The hand-over is committed and may be under way.
    Handing,
    /// The agent has it.
    Handed,
    /// On the phone. An end.
    Delivered,
    /// Certainly not delivered. An end.
    Failed,
    /// Nobody knows: an unclear hand-over, or no result within 72 hours.
    Unknown,
    /// Not worth sending any more, as an expired code. An end.
    Dropped,
}

words!(MessageState, "message state", {
    Ready => "ready",
    Handing => "handing",
    Handed => "handed",
    Delivered => "delivered",
    Failed => "failed",
    Unknown => "unknown",
    Dropped => "dropped",
});

/// What happens to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageEvent {
    /// The hand-over is committed.
    StartHand,
    /// The agent's row is there.
    Handed,
    /// The insert certainly didn't happen.
    NotSent,
    /// The insert was answered by an error or a cut line.
    Unclear,
    /// Looked for in every table twice and not there.
    ProvedAbsent,
    /// The agent says delivered.
    Delivered,
    /// The agent, or the table, says no.
    Failed,
    /// No result within the time.
    Overdue,
    /// Not worth sending any more.
    Drop,
}

impl MessageEvent {
    /// Every event, in order.
    pub const ALL: &'static [Self] = &[
        Self::StartHand,
        Self::Handed,
        Self::NotSent,
        Self::Unclear,
        Self::ProvedAbsent,
        Self::Delivered,
        Self::Failed,
        Self::Overdue,
        Self::Drop,
    ];

    /// Its name in history and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartHand => "start_hand",
            Self::Handed => "handed",
            Self::NotSent => "not_sent",
            Self::Unclear => "unclear",
            Self::ProvedAbsent => "proved_absent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Overdue => "overdue",
            Self::Drop => "drop",
        }
    }
}

impl MessageState {
    /// The one table of legal moves.
    ///
    /// Errors: [`Refused`] for every pair that isn't in it.
    pub const fn next(self, event: MessageEvent) -> Result<Self, Refused> {
        use MessageEvent as E;
        use MessageState as S;
        Ok(match (self, event) {
            (S::Ready, E::StartHand) => S::Handing,
            (S::Handing | S::Unknown, E::Handed) => S::Handed,
            (S::Handing, E::NotSent) | (S::Unknown, E::ProvedAbsent) => S::Ready,
            (S::Handing, E::Unclear) | (S::Handed, E::Overdue) => S::Unknown,
            (S::Handed | S::Unknown, E::Delivered) => S::Delivered,
            (S::Ready | S::Handing | S::Handed | S::Unknown, E::Failed) => S::Failed,
            (S::Ready, E::Drop) => S::Dropped,
            (state, event) => {
                return Err(Refused { machine: "message", state: state.as_str(), event: event.name() });
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tables;

    #[test]
    fn a_message_moves_by_the_table_and_not_otherwise() {
        use MessageEvent as E;
        use MessageState as S;
        tables::check(
            S::ALL,
            E::ALL,
            &[
                (S::Ready, E::StartHand, S::Handing),
                (S::Ready, E::Failed, S::Failed),
                (S::Ready, E::Drop, S::Dropped),
                (S::Handing, E::Handed, S::Handed),
                (S::Handing, E::NotSent, S::Ready),
                (S::Handing, E::Unclear, S::Unknown),
                (S::Handing, E::Failed, S::Failed),
                (S::Handed, E::Delivered, S::Delivered),
                (S::Handed, E::Failed, S::Failed),
                (S::Handed, E::Overdue, S::Unknown),
                (S::Unknown, E::Handed, S::Handed),
                (S::Unknown, E::ProvedAbsent, S::Ready),
                (S::Unknown, E::Delivered, S::Delivered),
                (S::Unknown, E::Failed, S::Failed),
            ],
            MessageState::next,
        );
    }

    #[test]
    fn hangul_counts_two_bytes() {
        assert_eq!(euc_kr_len("abc 가나"), 8);
        assert_eq!(Channel::for_text(&"가".repeat(45)), Some(Channel::Sms));
        assert_eq!(Channel::for_text(&"가".repeat(46)), Some(Channel::Lms));
        assert_eq!(Channel::for_text(&"가".repeat(1001)), None);
    }

    #[test]
    fn every_word_is_the_stored_one() {
        for state in MessageState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for channel in Channel::ALL {
            assert_eq!(serde_json::to_string(channel).ok(), Some(format!("\"{channel}\"")));
        }
        for kind in MessageKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
    }
}
