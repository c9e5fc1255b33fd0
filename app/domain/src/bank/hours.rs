//! When banks take transfers (domain-facts §4.6: Hecto Financial specification, March 2024, p. 12).

use crate::{KstDate, Span, Timestamp, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Minutes in a day: "24:00".
const DAY: u16 = 1440;

/// A bank's service hours, Korean time, in minutes since midnight. Stored as `banks.hours_json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct BankHours {
    open: u16,
    close: u16,
    closed: Vec<ClosedWindow>,
}

/// A regular time of rest within the open hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedWindow {
    /// On which days.
    pub on: ClosedOn,
    /// First closed minute.
    pub from: u16,
    /// First minute open again, at most 1440.
    pub to: u16,
}

/// The days of a regular rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedOn {
    /// Every day.
    Daily,
    /// Every such weekday.
    Weekly(Weekday),
    /// The nth such weekday of the month, from 1.
    Nth(Weekday, u8),
}

/// Why a table of hours makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HoursProblem {
    /// It never opens, or closes before it opens.
    #[error("a bank must open before it closes, by 1440 at the latest")]
    NeverOpen,
    /// A window that is empty, backwards, past midnight, or on a sixth Sunday.
    #[error("a closed window must end after it begins, by 1440 at the latest, on the 1st to 5th weekday")]
    Window,
    /// Nothing is left of the day.
    #[error("the daily windows leave no open minute")]
    AlwaysClosed,
}

/// The stored shape.
#[derive(Serialize, Deserialize)]
struct Plain {
    open: u16,
    close: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    closed: Vec<ClosedWindow>,
}

impl TryFrom<Plain> for BankHours {
    type Error = HoursProblem;
    fn try_from(plain: Plain) -> Result<Self, HoursProblem> {
        Self::new(plain.open, plain.close, plain.closed)
    }
}

impl From<BankHours> for Plain {
    fn from(hours: BankHours) -> Self {
        Self { open: hours.open, close: hours.close, closed: hours.closed }
    }
}

impl ClosedOn {
    fn falls_on(self, day: KstDate) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekly(weekday) => day.weekday() == weekday,
            Self::Nth(weekday, nth) => day.weekday() == weekday && (day.day() - 1) / 7 + 1 == nth,
        }
    }
}

impl BankHours {
    /// From opening and closing minute (1440 is midnight) and the regular rests.
    ///
    /// Errors: [`HoursProblem`].
    pub fn new(open: u16, close: u16, closed: Vec<ClosedWindow>) -> Result<Self, HoursProblem> {
        if open >= close || close > DAY {
            return Err(HoursProblem::NeverOpen);
        }
        let sound = |window: &ClosedWindow| {
            let nth = if let ClosedOn::Nth(_, nth) = window.on { (1..=5).contains(&nth) } else { true };
            window.from < window.to && window.to <= DAY && nth
        };
        if !closed.iter().all(sound) {
            return Err(HoursProblem::Window);
        }
        let hours = Self { open, close, closed };
        let daily = |minute| hours.closed.iter().any(|w| w.on == ClosedOn::Daily && (w.from..w.to).contains(&minute));
        if (hours.open..hours.close).all(daily) {
            return Err(HoursProblem::AlwaysClosed);
        }
        Ok(hours)
    }

    /// Never closed.
    pub const fn always() -> Self {
        Self { open: 0, close: DAY, closed: Vec::new() }
    }

    /// First open minute of a day.
    pub const fn open(&self) -> u16 {
        self.open
    }

    /// First closed minute at a day's end, 1440 for midnight.
    pub const fn close(&self) -> u16 {
        self.close
    }

    /// The regular rests.
    pub fn closed(&self) -> &[ClosedWindow] {
        &self.closed
    }

    /// If this minute of this day is closed: the first minute that might not be (1440 is the next day's first).
    fn shut_until(&self, day: KstDate, minute: u16) -> Option<u16> {
        if minute < self.open {
            return Some(self.open);
        }
        if minute >= self.close {
            return Some(DAY);
        }
        let resting = |window: &&ClosedWindow| window.on.falls_on(day) && (window.from..window.to).contains(&minute);
        self.closed.iter().filter(resting).map(|window| window.to).max()
    }
}

/// Until when the bank is closed now; `None` when it is open.
pub fn closed_until(hours: &BankHours, now: Timestamp) -> Option<Timestamp> {
    let mut day = now.kst_day();
    let mut minute = now.kst_minute();
    hours.shut_until(day, minute)?;
    // Each step leaves a window or a day behind, and no bank rests for a fortnight; the bound only guards nonsense.
    for _ in 0..64 {
        if minute >= DAY {
            day = day.plus_days(1);
            minute = 0;
        }
        match hours.shut_until(day, minute) {
            Some(next) => minute = next,
            None => break,
        }
    }
    Some(day.start().plus(Span::minutes(i64::from(minute))))
}

/// The rail's own rest around midnight in Korea. A transfer is known by its key *of that day*, so none is begun when it
/// might arrive on another day than it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RailRest {
    /// Nothing is sent from so long before midnight …
    pub before: Span,
    /// … until so long after it.
    pub after: Span,
}

impl RailRest {
    /// 23:50 to 00:05.
    pub const USUAL: Self = Self { before: Span::minutes(10), after: Span::minutes(5) };
    /// None at all: for tests that run at any hour.
    pub const NONE: Self = Self { before: Span::ZERO, after: Span::ZERO };

    /// The end of the rest this moment falls into.
    fn until(self, now: Timestamp) -> Option<Timestamp> {
        let (midnight, next) = (now.kst_day_start(), now.kst_day().plus_days(1).start());
        if now < midnight.plus(self.after) {
            Some(midnight.plus(self.after))
        } else if now >= next.minus(self.before) {
            Some(next.plus(self.after))
        } else {
            None
        }
    }
}

/// Until when no transfer may be begun, by the bank's hours and the rail's rest together; `None` when one may.
pub fn sending_closed_until(hours: Option<&BankHours>, rest: RailRest, now: Timestamp) -> Option<Timestamp> {
    let mut at = now;
    // The end of one rest may lie in another; the bound only guards nonsense.
    for _ in 0..64 {
        match rest.until(at).or_else(|| closed_until(hours?, at)) {
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    (at > now).then_some(at)
}

/// Clocks may differ and requests may linger by this much.
const BOOKING_MARGIN: Span = Span::minutes(15);

/// The Korean days under which a transfer sent at this moment may be booked: its own first, then the neighbour it may
/// have slipped into.
pub fn booking_days(sent_at: Timestamp) -> Vec<KstDate> {
    let mut days = vec![sent_at.kst_day()];
    for edge in [sent_at.minus(BOOKING_MARGIN), sent_at.plus(BOOKING_MARGIN)] {
        if !days.contains(&edge.kst_day()) {
            days.push(edge.kst_day());
        }
    }
    days
}

/// The hours of every institution the source lists, by code; the others are held to the rail's common
/// 00:30 to 23:30, within which the source recommends to trade.
pub fn seed_hours(code: &str) -> BankHours {
    let at = |hour: u16, minute: u16| hour * 60 + minute;
    let window = |on, from, to| ClosedWindow { on, from, to };
    let sun = |nth| ClosedOn::Nth(Weekday::Sun, nth);
    let (open, close, closed) = match code {
        "002" => (at(0, 10), at(23, 59), vec![]),
        "003" => (at(0, 0), at(23, 50), vec![window(ClosedOn::Weekly(Weekday::Sun), 0, 30)]),
        // Works in part between 00:30 and 05:00 of the third Sunday; closed for us, to be sure.
        "004" => (at(0, 30), DAY, vec![window(sun(3), 0, at(6, 0))]),
        "007" | "020" | "045" | "266" | "267" => {
            let rest = if code == "020" { vec![window(sun(2), at(2, 0), at(6, 0))] } else { vec![] };
            (at(0, 30), at(23, 50), rest)
        }
        "011" | "012" => (at(0, 30), DAY, vec![window(ClosedOn::Nth(Weekday::Mon, 3), 0, at(4, 0))]),
        "027" => (at(0, 30), at(23, 40), vec![window(ClosedOn::Daily, at(0, 30), at(4, 30))]),
        "031" | "048" => (at(0, 30), at(23, 40), vec![]),
        "034" => (at(0, 30), at(23, 40), vec![window(sun(2), at(2, 0), at(6, 0))]),
        "035" => (at(0, 30), at(23, 40), vec![window(ClosedOn::Weekly(Weekday::Sun), at(4, 30), at(5, 0))]),
        "037" => (at(0, 30), DAY, vec![window(ClosedOn::Nth(Weekday::Sat, 2), 0, at(4, 0))]),
        "039" => (at(0, 30), at(23, 40), vec![window(sun(2), 0, at(7, 0))]),
        "050" | "090" | "209" => (at(0, 10), at(23, 50), vec![]),
        "064" => (at(0, 5), at(23, 30), vec![]),
        "071" => (at(0, 5), at(23, 59), vec![]),
        "081" | "103" => (at(0, 10), at(23, 55), vec![]),
        "088" => (at(0, 30), at(23, 40), vec![window(ClosedOn::Weekly(Weekday::Fri), 3, 10)]),
        "089" => (at(0, 2), at(23, 57), vec![]),
        "092" => (at(0, 5), at(23, 55), vec![]),
        "238" => (at(0, 20), at(23, 30), vec![window(ClosedOn::Weekly(Weekday::Sat), at(8, 0), at(8, 30))]),
        "240" => (at(0, 10), at(23, 30), vec![]),
        "243" => (at(0, 10), at(23, 40), vec![]),
        "247" => (at(0, 15), at(23, 50), vec![]),
        "278" => (at(0, 10), at(23, 30), vec![window(ClosedOn::Daily, at(3, 0), at(3, 10))]),
        "287" => (at(0, 20), at(23, 50), vec![]),
        // 023, 032 and 280 are these hours by the source.
        _ => (at(0, 30), at(23, 30), vec![]),
    };
    BankHours { open, close, closed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::BANKS;
    use proptest::prelude::*;

    fn kst(text: &str) -> Timestamp {
        Timestamp::from_kst_yyyymmddhhmmss(text).expect("a moment")
    }

    #[test]
    fn a_bank_rests_over_midnight() {
        let hours = seed_hours("020");
        assert_eq!(closed_until(&hours, kst("20261120234959")), None);
        assert_eq!(closed_until(&hours, kst("20261120235000")), Some(kst("20261121003000")));
        assert_eq!(closed_until(&hours, kst("20261121002959")), Some(kst("20261121003000")));
        assert_eq!(closed_until(&hours, kst("20261121003000")), None);
    }

    #[test]
    fn the_second_sunday_is_found_in_the_month() {
        let hours = seed_hours("020");
        assert_eq!(closed_until(&hours, kst("20261108030000")), Some(kst("20261108060000")));
        assert_eq!(closed_until(&hours, kst("20261101030000")), None);
        assert_eq!(closed_until(&hours, kst("20261115030000")), None);
    }

    #[test]
    fn rests_that_touch_are_one() {
        let night = kst("20261107235500");
        assert_eq!(closed_until(&seed_hours("039"), night), Some(kst("20261108070000")));
        assert_eq!(closed_until(&seed_hours("027"), kst("20261120234000")), Some(kst("20261121043000")));
        assert_eq!(closed_until(&seed_hours("004"), kst("20261115000500")), Some(kst("20261115060000")));
    }

    #[test]
    fn a_bank_open_to_midnight_opens_at_its_hour() {
        let hours = seed_hours("004");
        assert_eq!(closed_until(&hours, kst("20261120235959")), None);
        assert_eq!(closed_until(&hours, kst("20261121000000")), Some(kst("20261121003000")));
    }

    #[test]
    fn nothing_is_sent_around_midnight_even_by_a_bank_that_never_rests() {
        let closed = |at: &str| sending_closed_until(Some(&BankHours::always()), RailRest::USUAL, kst(at));
        let opens = Some(kst("20261121000500"));
        assert_eq!(closed("20261120234959"), None);
        for at in ["20261120235000", "20261120235959", "20261121000000", "20261121000459"] {
            assert_eq!(closed(at), opens, "{at}");
        }
        assert_eq!(closed("20261121000500"), None);
        assert_eq!(sending_closed_until(None, RailRest::USUAL, kst("20261120235500")), opens);
        assert_eq!(sending_closed_until(None, RailRest::NONE, kst("20261120235959")), None);
    }

    #[test]
    fn the_rails_rest_and_the_banks_are_waited_out_together() {
        // Open to 23:59 and again from 00:10.
        let closed = |at: &str| sending_closed_until(Some(&seed_hours("002")), RailRest::USUAL, kst(at));
        assert_eq!(closed("20261120235030"), Some(kst("20261121001000")));
        assert_eq!(closed("20261120235900"), Some(kst("20261121001000")));
        assert_eq!(closed("20261121000700"), Some(kst("20261121001000")));
    }

    #[test]
    fn a_transfer_near_midnight_may_be_booked_on_either_day() {
        let days = |at: &str| booking_days(kst(at)).iter().map(|day| day.yyyymmdd()).collect::<Vec<_>>();
        assert_eq!(days("20261120120000"), ["20261120"]);
        assert_eq!(days("20261120234459"), ["20261120"]);
        assert_eq!(days("20261120234500"), ["20261120", "20261121"]);
        assert_eq!(days("20261121001459"), ["20261121", "20261120"]);
        assert_eq!(days("20261121001500"), ["20261121"]);
    }

    #[test]
    fn nonsense_hours_are_refused() {
        assert_eq!(BankHours::new(30, 30, vec![]), Err(HoursProblem::NeverOpen));
        assert_eq!(BankHours::new(0, 1441, vec![]), Err(HoursProblem::NeverOpen));
        let window = |on, from, to| vec![ClosedWindow { on, from, to }];
        assert_eq!(BankHours::new(0, 1440, window(ClosedOn::Daily, 10, 10)), Err(HoursProblem::Window));
        let sixth = ClosedOn::Nth(Weekday::Sun, 6);
        assert_eq!(BankHours::new(0, 1440, window(sixth, 10, 20)), Err(HoursProblem::Window));
        assert_eq!(BankHours::new(10, 20, window(ClosedOn::Daily, 0, 30)), Err(HoursProblem::AlwaysClosed));
        assert!(serde_json::from_str::<BankHours>(r#"{"open":5,"close":5}"#).is_err());
    }

    #[test]
    fn every_bank_has_sound_hours_that_survive_storing() {
        for bank in BANKS {
            let hours = seed_hours(bank.code);
            assert!(BankHours::new(hours.open, hours.close, hours.closed.clone()).is_ok(), "{}", bank.code);
            let stored = serde_json::to_string(&hours).expect("stored");
            assert_eq!(serde_json::from_str::<BankHours>(&stored).ok(), Some(hours), "{stored}");
        }
    }

    proptest! {
        #[test]
        fn when_a_closed_bank_opens_it_is_open(minutes in 0_i64..=525_600, which in 0..BANKS.len()) {
            let hours = seed_hours(BANKS[which].code);
            let now = kst("20260101000000").plus(Span::minutes(minutes));
            if let Some(end) = closed_until(&hours, now) {
                prop_assert!(end > now && end.since(now) < Span::days(1));
                prop_assert_eq!(closed_until(&hours, end), None);
                prop_assert!(closed_until(&hours, end.minus(Span::micros(1))).is_some());
            }
        }
    }
}
