//! What all state machines share: their stored words and the way they say no.

use thiserror::Error;

/// A move the machine doesn't allow. Nothing may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{machine} in state {state} refuses {event}")]
pub struct Refused {
    /// Which machine: `item`, `order`, `payout`…
    pub machine: &'static str,
    /// The stored word of the state it was in.
    pub state: &'static str,
    /// The name of the refused event.
    pub event: &'static str,
}

/// A stored word that names nothing we know: a row from a newer version, or nonsense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown {what} {word:?}")]
pub struct UnknownWord {
    /// What was being read.
    pub what: &'static str,
    /// The word that was found, cut to forty characters.
    pub word: String,
}

impl UnknownWord {
    pub(crate) fn new(what: &'static str, word: &str) -> Self {
        Self { what, word: word.chars().take(40).collect() }
    }
}

/// Gives a field-less enum its stored words: `ALL`, `as_str`, `Display`, `FromStr`. The words are those of the
/// migration's CHECKs.
macro_rules! words {
    ($type:ident, $what:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::core::str::FromStr for $type {
            type Err = $crate::state::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::state::UnknownWord::new($what, other)),
                }
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
pub(crate) mod tables {
    use super::Refused;
    use std::fmt::Debug;

    /// Walks every (state × event) pair: the moves listed are made, every other pair is refused by name.
    pub fn check<S: Copy + PartialEq + Debug, E: Copy + PartialEq + Debug>(
        states: &[S],
        events: &[E],
        moves: &[(S, E, S)],
        next: impl Fn(S, E) -> Result<S, Refused>,
    ) {
        for &(from, event, _) in moves {
            assert!(states.contains(&from) && events.contains(&event), "table names {from:?} × {event:?}");
        }
        for &state in states {
            for &event in events {
                let mut told = moves.iter().filter(|(from, on, _)| *from == state && *on == event);
                let wanted = told.next().map(|(_, _, to)| *to);
                assert!(told.next().is_none(), "{state:?} × {event:?} stands twice in the table");
                match (next(state, event), wanted) {
                    (Ok(got), Some(to)) => assert_eq!(got, to, "{state:?} × {event:?}"),
                    (Err(_), None) => {}
                    (got, wanted) => panic!("{state:?} × {event:?}: {got:?}, table says {wanted:?}"),
                }
            }
        }
    }
}
