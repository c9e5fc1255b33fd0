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
    /// Something of it stands on the block list.
    pub blocked: bool,
}

impl Standing {
    /// A block stops whatever a person said of the order, until it is lifted or ends: which of the two came first, and
    /// whether the one knew of the other, then doesn't matter. A question that is on its way is waited for also when a
    /// person let the order go on: a report would take that word back.
    pub const fn gate(self) -> Gate {
        match (self.lane, self.asked) {
            _ if self.blocked => Gate::Shut,
            (_, Asked::Due) if self.cleared_at.is_some() => Gate::Wait,
            _ if self.cleared_at.is_some() => Gate::Open,
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

    #[test]
    fn the_gate_is_open_only_for_what_was_found_good() {
        for lane in RiskLane::ALL {
            for asked in Asked::ALL {
                for blocked in [false, true] {
                    let gate = Standing { lane: *lane, asked: *asked, cleared_at: None, blocked }.gate();
                    let good = *lane == RiskLane::Auto && !blocked;
                    let wanted = match asked {
                        Asked::Off | Asked::Done if good => Gate::Open,
                        Asked::Due if good => Gate::Wait,
                        _ => Gate::Shut,
                    };
                    assert_eq!(gate, wanted, "{lane} {asked} {blocked}");
                }
            }
        }
    }

    #[test]
    fn a_persons_word_opens_it_but_for_a_block_and_for_a_question_on_its_way() {
        for asked in Asked::ALL {
            for blocked in [false, true] {
                let gate = Standing { lane: RiskLane::Hold, asked: *asked, cleared_at: Some(EARLY), blocked }.gate();
                let wanted = match asked {
                    _ if blocked => Gate::Shut,
                    Asked::Due => Gate::Wait,
                    _ => Gate::Open,
                };
                assert_eq!(gate, wanted, "{asked} {blocked}");
            }
        }
    }
}
