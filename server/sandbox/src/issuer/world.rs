//! What the issuer remembers.

use crate::State;
use crate::hash::last4;
use crate::journal::Entry;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

const FACES: [i64; 6] = [5_000, 10_000, 30_000, 50_000, 100_000, 200_000];

/// What a number's last four characters mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Good,
    Used,
    NotFound,
    Zero,
    Half,
    Locked,
    /// Not now, twice; then good.
    Temporary,
    /// Good, but the redemption's answer never comes.
    Late,
    /// Good, but the first redemption is lost before anything is done.
    Early,
    /// Worth 10,000 won less than claimed.
    Less,
    /// This bridge can't do this one.
    NotSupported,
}

impl Ending {
    pub fn of(pin: &str) -> Self {
        match last4(pin).to_ascii_uppercase().as_str() {
            "9901" | "USED" => Self::Used,
            "9902" | "NONE" => Self::NotFound,
            "9903" | "ZERO" => Self::Zero,
            "9904" | "HALF" => Self::Half,
            "9905" | "LOCK" => Self::Locked,
            "9906" | "TEMP" => Self::Temporary,
            "9907" | "LATE" => Self::Late,
            "9908" | "EARL" => Self::Early,
            "9909" | "DESK" => Self::NotSupported,
            "9910" | "LESS" => Self::Less,
            _ => Self::Good,
        }
    }
}

/// A redemption request we have answered for good.
#[derive(Clone)]
pub struct Made {
    pub pin_hash: String,
    pub expected_face: i64,
    pub answer: Value,
}

/// Everything the issuer remembers.
#[derive(Default)]
pub struct World {
    pub made: HashMap<String, Made>,
    pub redeemed: HashSet<String>,
    pub faces: HashMap<String, i64>,
    /// How often a temporary number was looked at.
    pub looks: HashMap<String, u32>,
    /// Numbers whose first redemption was lost.
    pub lost: HashSet<String>,
    /// References that inquiries don't find yet, and how often more.
    pub hidden: HashMap<String, u32>,
}

impl World {
    /// The same world again, from its journal.
    pub fn rebuilt(entries: &[Entry]) -> Self {
        let mut world = Self::default();
        for entry in entries {
            let Some(pin_hash) = &entry.pin_hash else { continue };
            if let Some(amount) = entry.amount {
                world.faces.insert(pin_hash.clone(), amount);
            }
            match entry.decision.as_str() {
                "temporary" => *world.looks.entry(pin_hash.clone()).or_default() += 1,
                "lost" => {
                    world.lost.insert(pin_hash.clone());
                }
                "redeemed" => {
                    world.redeemed.insert(pin_hash.clone());
                }
                _ => {}
            }
            if let Some(kept) = &entry.kept {
                let expected_face = kept.get("expected_face").and_then(Value::as_i64).unwrap_or(0);
                let answer = kept.get("answer").cloned().unwrap_or(Value::Null);
                let made = Made { pin_hash: pin_hash.clone(), expected_face, answer };
                world.made.entry(entry.reference.clone()).or_insert(made);
            }
        }
        world
    }

    /// What a number is worth: decided when it is first seen.
    pub fn face(&mut self, state: &State, pin_hash: &str, ending: Ending, said: Option<i64>) -> i64 {
        *self.faces.entry(pin_hash.to_owned()).or_insert_with(|| {
            let drawn = state.hasher.number("face", &[pin_hash.as_bytes()]) % 6;
            let usual = usize::try_from(drawn).ok().and_then(|at| FACES.get(at)).copied().unwrap_or(50_000);
            let face = said.filter(|face| *face > 0).unwrap_or(usual);
            match ending {
                Ending::Less if face > 10_000 => face - 10_000,
                Ending::Less => (face / 2).max(1),
                _ => face,
            }
        })
    }
}
