//! Days of the Korean calendar.

use super::{DAY, KST, Timestamp};
use crate::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the seven days")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// Saturday or Sunday.
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Sat | Self::Sun)
    }

    /// `금` or `Fri`.
    pub const fn short(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Ko, Self::Mon) => "월",
            (Lang::Ko, Self::Tue) => "화",
            (Lang::Ko, Self::Wed) => "수",
            (Lang::Ko, Self::Thu) => "목",
            (Lang::Ko, Self::Fri) => "금",
            (Lang::Ko, Self::Sat) => "토",
            (Lang::Ko, Self::Sun) => "일",
            (Lang::En, Self::Mon) => "Mon",
            (Lang::En, Self::Tue) => "Tue",
            (Lang::En, Self::Wed) => "Wed",
            (Lang::En, Self::Thu) => "Thu",
            (Lang::En, Self::Fri) => "Fri",
            (Lang::En, Self::Sat) => "Sat",
            (Lang::En, Self::Sun) => "Sun",
        }
    }
}

/// A day of the Korean calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KstDate {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl KstDate {
    /// `Nov`.
    pub(super) fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month.saturating_sub(1))).copied().unwrap_or_default()
    }

    /// `None` when the calendar has no such day; years 1 to 9999.
    pub fn from_ymd(year: i64, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let plausible = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        (plausible && Self::from_days(date.days()) == date).then_some(date)
    }

    /// Reads `20261120`; `None` when that is no day.
    pub fn parse_yyyymmdd(text: &str) -> Option<Self> {
        if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::from_ymd(text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?)
    }

    /// Year of the common era.
    pub const fn year(self) -> i64 {
        self.year
    }

    /// 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, three days after a Monday.
        let index = (self.days() + 3).rem_euclid(7);
        usize::try_from(index).ok().and_then(|index| Weekday::ALL.get(index)).copied().unwrap_or(Weekday::Mon)
    }

    /// So many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days().saturating_add(days))
    }

    /// Midnight in Korea, when this day begins.
    pub fn start(self) -> Timestamp {
        Timestamp(self.days().saturating_mul(DAY).saturating_sub(KST))
    }

    /// `20261120`.
    pub fn yyyymmdd(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    pub(super) fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    pub(super) fn from_days(days: i64) -> Self {
        let days = days.saturating_add(719_468);
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self { year, month: u8::try_from(month).unwrap_or(1), day: u8::try_from(day).unwrap_or(1) }
    }
}

impl fmt::Display for KstDate {
    /// `2026-11-20`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<KstDate> for String {
    fn from(date: KstDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for KstDate {
    type Error = crate::UnknownWord;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let dashed =
            text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7));
        let date = dashed.then(|| text.replace('-', "")).and_then(|digits| Self::parse_yyyymmdd(&digits));
        date.ok_or_else(|| crate::UnknownWord::new("date", &text))
    }
}
