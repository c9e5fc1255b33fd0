//! How long a partner has been silent. Counted is the time in which calls were made and came to nothing: an order that
//! was held over a weekend, or workers that were down, say nothing about the partner.

use crate::{Span, Timestamp};

/// After so long without an answer a person looks.
pub const GIVE_UP: Span = Span::hours(24);
/// Two failed calls further apart than this are no one silence: nobody tried in between.
pub const LULL: Span = Span::hours(3);
/// The same for banks, which rest: the longest night of one, with its Sunday, is seven hours and twenty minutes.
pub const BANK_LULL: Span = Span::hours(8);

/// Did this call, by its recorded words, come to nothing, so that it was to be made again? A refusal is an answer,
/// unless it is one at the door.
pub fn came_to_nothing(outcome: &str, code: Option<&str>) -> bool {
    match outcome {
        "not_sent" | "unknown" => true,
        "rejected" => code.is_some_and(super::turned_away),
        // An answer that says "not now".
        "accepted" => code == Some("temporary"),
        _ => false,
    }
}

/// Since when the calls have been coming to nothing without a break; `now` when the last one was long ago, or came to
/// something. `calls`, oldest first: when each began, and whether it came to nothing.
pub fn failing_since(
    lull: Span,
    calls: impl DoubleEndedIterator<Item = (Timestamp, bool)>,
    now: Timestamp,
) -> Timestamp {
    let mut since = now;
    for (began, nothing) in calls.rev() {
        if !nothing || since.since(began) > lull {
            break;
        }
        since = since.min(began);
    }
    since
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hours: i64) -> Timestamp {
        Timestamp::from_micros(0).plus(Span::hours(hours))
    }

    fn failed(hours: impl IntoIterator<Item = i64>) -> Vec<(Timestamp, bool)> {
        hours.into_iter().map(|at| (hour(at), true)).collect()
    }

    fn since(calls: &[(Timestamp, bool)], now: i64) -> Timestamp {
        failing_since(LULL, calls.iter().copied(), hour(now))
    }

    #[test]
    fn a_run_of_failed_calls_began_with_its_oldest() {
        assert_eq!(since(&failed(0..=23), 24), hour(0));
        assert_eq!(since(&failed([0, 3, 6]), 9), hour(0));
    }

    #[test]
    fn without_a_call_nothing_has_failed_yet() {
        assert_eq!(since(&[], 24), hour(24));
    }

    #[test]
    fn a_pause_in_which_nobody_tried_is_not_counted() {
        // A weekend: one call before it, and the first one after it.
        assert_eq!(since(&failed([0]), 60), hour(60));
        assert_eq!(since(&failed([0, 60]), 61), hour(60));
        let almost = hour(3).plus(Span::micros(1));
        assert_eq!(failing_since(LULL, failed([0]).into_iter(), almost), almost);
    }

    #[test]
    fn a_banks_night_is_no_pause() {
        assert_eq!(since(&failed([20, 21, 22, 23, 24 + 1, 24 + 2]), 24 + 3), hour(20));
        let citibank = failed([22, 23, 24 + 5, 24 + 6]);
        assert_eq!(failing_since(BANK_LULL, citibank.into_iter(), hour(24 + 7)), hour(22));
    }

    #[test]
    fn a_call_that_came_to_something_begins_anew() {
        let mut calls = failed(0..=10);
        calls[5].1 = false;
        assert_eq!(since(&calls, 11), hour(6));
        calls[10].1 = false;
        assert_eq!(since(&calls, 11), hour(11));
    }

    #[test]
    fn a_clock_that_was_set_back_breaks_no_run() {
        assert_eq!(since(&failed([2, 1]), 1), hour(1));
    }

    #[test]
    fn an_answer_is_not_nothing() {
        for (outcome, code) in [
            ("not_sent", Some("connect")),
            ("unknown", None),
            ("rejected", Some("unknown_key")),
            ("accepted", Some("temporary")),
        ] {
            assert!(came_to_nothing(outcome, code), "{outcome} {code:?}");
        }
        for (outcome, code) in [
            ("accepted", None),
            ("accepted", Some("ok")),
            ("rejected", Some("used")),
            ("not_found", None),
            ("rejected", None),
        ] {
            assert!(!came_to_nothing(outcome, code), "{outcome} {code:?}");
        }
    }
}
