//! Time: UTC microseconds inside, Korean time for people and partners.
//!
//! Korea keeps UTC+9 all year, so the conversion is a shift and civil-calendar arithmetic; no zone data is needed.

mod date;

pub use date::{KstDate, Weekday};

use crate::Lang;
use serde::{Deserialize, Serialize};

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;
/// Microseconds in a minute.
const MINUTE: i64 = 60 * SECOND;
/// Microseconds in a day.
const DAY: i64 = 24 * 60 * MINUTE;
/// Korean time is this much ahead of UTC.
const KST: i64 = 9 * 60 * MINUTE;

/// A length of time in microseconds; may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

impl Span {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// From microseconds.
    pub const fn micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From milliseconds, at most what fits.
    pub const fn millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// From seconds, at most what fits.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    /// From minutes, at most what fits.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(MINUTE))
    }

    /// From hours, at most what fits.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(60 * MINUTE))
    }

    /// From days of 24 hours, at most what fits.
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(DAY))
    }

    /// In microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Whole seconds, rounded up and never negative: what a person is told to wait.
    pub fn wait_seconds(self) -> u32 {
        let up = self.0.saturating_add(SECOND - 1).div_euclid(SECOND).max(0);
        u32::try_from(up).unwrap_or(u32::MAX)
    }
}

/// A moment: microseconds since 1970-01-01T00:00:00Z. On the wire a plain integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From UTC microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// UTC microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// That much later; stays at the last moment there is.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// That much earlier; stays at the first moment there is.
    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// From `earlier` until now; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The Korean day it falls on.
    pub fn kst_day(self) -> KstDate {
        KstDate::from_days(self.0.saturating_add(KST).div_euclid(DAY))
    }

    /// Midnight in Korea of the day it falls on.
    #[must_use]
    pub fn kst_day_start(self) -> Self {
        self.kst_day().start()
    }

    /// Hour, minute, second in Korea.
    fn kst_time(self) -> (i64, i64, i64) {
        let seconds = self.0.saturating_add(KST).rem_euclid(DAY) / SECOND;
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// Minutes since midnight in Korea, 0 to 1439.
    pub fn kst_minute(self) -> u16 {
        let (hour, minute, _) = self.kst_time();
        u16::try_from(hour * 60 + minute).unwrap_or(0)
    }

    /// `14:05`.
    pub fn kst_clock(self) -> String {
        let (hour, minute, _) = self.kst_time();
        format!("{hour:02}:{minute:02}")
    }

    /// `11월 20일(금)` or `Fri 20 Nov`.
    pub fn kst_date(self, lang: Lang) -> String {
        let date = self.kst_day();
        let weekday = date.weekday().short(lang);
        match lang {
            Lang::Ko => format!("{}월 {}일({weekday})", date.month, date.day),
            Lang::En => {
                format!("{weekday} {} {}", date.day, date.month_name())
            }
        }
    }

    /// `11월 20일(금) 14:05` or `Fri 20 Nov, 14:05 KST`.
    pub fn kst_date_time(self, lang: Lang) -> String {
        match lang {
            Lang::Ko => format!("{} {}", self.kst_date(lang), self.kst_clock()),
            Lang::En => format!("{}, {} KST", self.kst_date(lang), self.kst_clock()),
        }
    }

    /// The same, saying in either language that it is Korea's time.
    pub fn kst_stamp(self, lang: Lang) -> String {
        let text = self.kst_date_time(lang);
        if text.ends_with("KST") { text } else { format!("{text} KST") }
    }

    /// `2026년 11월 20일` or `20 Nov 2026`: for what is still read years later.
    pub fn kst_full_date(self, lang: Lang) -> String {
        let date = self.kst_day();
        match lang {
            Lang::Ko => format!("{}년 {}월 {}일", date.year, date.month, date.day),
            Lang::En => format!("{} {} {}", date.day, date.month_name(), date.year),
        }
    }

    /// [`Self::kst_date_time`] as read at `now`: with the year once that is another one.
    pub fn kst_date_time_at(self, now: Self, lang: Lang) -> String {
        if self.kst_day().year == now.kst_day().year {
            return self.kst_date_time(lang);
        }
        match lang {
            Lang::Ko => format!("{} {}", self.kst_full_date(lang), self.kst_clock()),
            Lang::En => format!("{}, {} KST", self.kst_full_date(lang), self.kst_clock()),
        }
    }

    /// `20261120`, Korean time: for partners.
    pub fn kst_yyyymmdd(self) -> String {
        self.kst_day().yyyymmdd()
    }

    /// `20261120140530`, Korean time: for partners.
    pub fn kst_yyyymmddhhmmss(self) -> String {
        let (hour, minute, second) = self.kst_time();
        format!("{}{hour:02}{minute:02}{second:02}", self.kst_yyyymmdd())
    }

    /// Reads `20261120140530`, Korean time; `None` when that is no moment.
    pub fn from_kst_yyyymmddhhmmss(text: &str) -> Option<Self> {
        let (date, clock) = text.split_at_checked(8)?;
        if clock.len() != 6 || !clock.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let hour: i64 = clock.get(..2)?.parse().ok()?;
        let minute: i64 = clock.get(2..4)?.parse().ok()?;
        let second: i64 = clock.get(4..)?.parse().ok()?;
        let real = hour < 24 && minute < 60 && second < 60;
        let day = KstDate::parse_yyyymmdd(date)?.start();
        real.then(|| day.plus(Span::seconds((hour * 60 + minute) * 60 + second)))
    }

    /// `2026-11-20T14:05:30+09:00`; with microseconds when there are any.
    pub fn rfc3339(self) -> String {
        let (hour, minute, second) = self.kst_time();
        let micros = self.0.rem_euclid(SECOND);
        let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
        format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}+09:00", self.kst_day())
    }

    /// 09:00 in Korea of the next day that is neither weekend nor in `holidays`; never today.
    #[must_use]
    pub fn next_business_morning(self, holidays: &[KstDate]) -> Self {
        let mut day = self.kst_day().plus_days(1);
        while day.weekday().is_weekend() || holidays.contains(&day) {
            day = day.plus_days(1);
        }
        day.start().plus(Span::hours(9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kst(text: &str) -> Timestamp {
        Timestamp::from_kst_yyyymmddhhmmss(text).expect("a moment")
    }

    #[test]
    fn a_moment_is_told_in_korean_time() {
        // 2026-11-20T05:05:30Z
        let at = Timestamp::from_micros(1_795_151_130_000_000);
        assert_eq!(at.kst_date_time(Lang::Ko), "11월 20일(금) 14:05");
        assert_eq!(at.kst_date_time(Lang::En), "Fri 20 Nov, 14:05 KST");
        assert_eq!(
            (at.kst_full_date(Lang::Ko), at.kst_full_date(Lang::En)),
            ("2026년 11월 20일".into(), "20 Nov 2026".into())
        );
        assert_eq!(at.kst_date_time_at(at, Lang::Ko), "11월 20일(금) 14:05");
        let later = at.plus(Span::days(60));
        assert_eq!(at.kst_date_time_at(later, Lang::Ko), "2026년 11월 20일 14:05");
        assert_eq!(at.kst_date_time_at(later, Lang::En), "20 Nov 2026, 14:05 KST");
        assert_eq!(at.kst_clock(), "14:05");
        assert_eq!(at.kst_yyyymmdd(), "20261120");
        assert_eq!(at.kst_yyyymmddhhmmss(), "20261120140530");
        assert_eq!(at.rfc3339(), "2026-11-20T14:05:30+09:00");
        assert_eq!(at.plus(Span::micros(5)).rfc3339(), "2026-11-20T14:05:30.000005+09:00");
        assert_eq!(kst("20261120140530"), at);
        assert_eq!(at.kst_minute(), 14 * 60 + 5);
    }

    #[test]
    fn the_korean_day_begins_at_fifteen_hours_utc() {
        let midnight = kst("20261121000000");
        assert_eq!(midnight.minus(Span::micros(1)).kst_yyyymmdd(), "20261120");
        assert_eq!(midnight.kst_day_start(), midnight);
        assert_eq!(midnight.plus(Span::hours(23)).kst_day_start(), midnight);
        assert_eq!(Timestamp::default().kst_day_start(), kst("19700101000000"));
        assert_eq!(Timestamp::default().micros() - kst("19700101000000").micros(), KST);
    }

    #[test]
    fn the_next_business_morning_skips_weekends_and_holidays() {
        let new_year = [KstDate::from_ymd(2027, 1, 1).expect("a day")];
        for (now, morning) in [
            ("20261119235959", "20261120090000"),
            ("20261120080000", "20261123090000"),
            ("20261121120000", "20261123090000"),
            ("20261122120000", "20261123090000"),
            ("20261123000000", "20261124090000"),
            ("20261231100000", "20270104090000"),
        ] {
            assert_eq!(kst(now).next_business_morning(&new_year), kst(morning), "{now}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert!(KstDate::from_ymd(2024, 2, 29).is_some());
        for (year, month, day) in [(2023, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (0, 1, 1)] {
            assert_eq!(KstDate::from_ymd(year, month, day), None);
        }
        for wrong in ["20261120240000", "20261120006000", "2026112000000", "20261120 00000", "한글이에요"] {
            assert_eq!(Timestamp::from_kst_yyyymmddhhmmss(wrong), None, "{wrong}");
        }
        assert!(serde_json::from_str::<KstDate>("\"2026-1-120\"").is_err());
        assert_eq!(
            serde_json::from_str::<KstDate>("\"2026-11-20\"").ok().map(KstDate::yyyymmdd),
            Some("20261120".into())
        );
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_rounded_up() {
        assert_eq!(Span::micros(1).wait_seconds(), 1);
        assert_eq!(Span::seconds(60).wait_seconds(), 60);
        assert_eq!(Span::seconds(-5).wait_seconds(), 0);
        assert_eq!(Span::days(i64::MAX).wait_seconds(), u32::MAX);
    }

    proptest! {
        #[test]
        fn every_moment_survives_its_partner_form(seconds in 0_i64..=253_000_000_000) {
            let at = Timestamp::from_micros(seconds * SECOND);
            prop_assert_eq!(Timestamp::from_kst_yyyymmddhhmmss(&at.kst_yyyymmddhhmmss()), Some(at));
        }

        #[test]
        fn days_and_dates_agree(days in -700_000_i64..=2_900_000) {
            let date = KstDate::from_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(date.plus_days(1).days(), days + 1);
            prop_assert!(date < date.plus_days(1));
        }

        #[test]
        fn no_moment_makes_the_calendar_stumble(micros in any::<i64>()) {
            let at = Timestamp::from_micros(micros);
            prop_assert!(!at.kst_date_time(Lang::Ko).is_empty() && !at.rfc3339().is_empty());
            prop_assert!(at.kst_minute() < 1440);
        }
    }
}
