//! May an order be redeemed and paid? Asked under its row's lock right before each of the two.

use super::RiskLane;
use crate::Timestamp;
use crate::state::words;
use serde::{Deserialize, Serialize};

/// Where the question to others stands. The words are those of `order_risk.asked`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Nobody is asked.
    Off,
    /// Not answered yet.
    Due,
    /// Answered.
    Done,
    /// No answer; the order is held.
    Failed,
}

words!(Asked, "look-up state", {
    Off => "off",
    Due => "due",
    Done => "done",
    Failed => "failed",
});

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing.
    Open,
    /// An answer that is on its way.
    Wait,
    /// A person must let it go on.
    Shut,
}

/// What the gate looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The last judgement.
    pub lane: RiskLane,
    /// The question to others.
    pub asked: Asked,
    /// When a person let it go on.
    pub cleared_at: Option<Timestamp>,
    /// When something of it was put on the block list last, of what is in force.
    pub blocked_at: Option<Timestamp>,
}

impl Standing {
    /// A person's word stands until something newer speaks against it.
    pub fn gate(self) -> Gate {
        if let Some(cleared) = self.cleared_at {
            return if self.blocked_at.is_some_and(|blocked| blocked > cleared) { Gate::Shut } else { Gate::Open };
        }
        match (self.lane, self.asked) {
            _ if self.blocked_at.is_some() => Gate::Shut,
            (RiskLane::Review | RiskLane::Hold, _) | (_, Asked::Failed) => Gate::Shut,
            (RiskLane::Auto, Asked::Due) => Gate::Wait,
            (RiskLane::Auto, Asked::Off | Asked::Done) => Gate::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARLY: Timestamp = Timestamp::from_micros(1);
    const LATE: Timestamp = Timestamp::from_micros(2);

    #[test]
    fn the_gate_is_open_only_for_what_was_found_good() {
        for lane in RiskLane::ALL {
            for asked in Asked::ALL {
                for blocked_at in [None, Some(EARLY)] {
                    let gate = Standing { lane: *lane, asked: *asked, cleared_at: None, blocked_at }.gate();
                    let good = *lane == RiskLane::Auto && blocked_at.is_none();
                    let wanted = match asked {
                        Asked::Off | Asked::Done if good => Gate::Open,
                        Asked::Due if good => Gate::Wait,
                        _ => Gate::Shut,
                    };
                    assert_eq!(gate, wanted, "{lane} {asked} {blocked_at:?}");
                }
            }
        }
    }

    #[test]
    fn a_persons_word_stands_until_a_newer_block() {
        let cleared = |blocked_at| {
            Standing { lane: RiskLane::Hold, asked: Asked::Failed, cleared_at: Some(EARLY), blocked_at }.gate()
        };
        assert_eq!(cleared(None), Gate::Open);
        assert_eq!(cleared(Some(EARLY)), Gate::Open);
        assert_eq!(cleared(Some(LATE)), Gate::Shut);
    }
}
