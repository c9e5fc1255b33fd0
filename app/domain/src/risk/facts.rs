//! What is known of an order when it is judged. Kept with the order as JSON: it explains a flag later, and a new book of
//! rules is tried on it.

use super::Subject;
use crate::{KstDate, Span, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// What was known of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When it was judged.
    pub at: Timestamp,
    /// What it pays, as quoted.
    pub amount: Won,
    /// How many vouchers.
    pub pins: u32,
    /// Does the holder's name equal the applicant's?
    pub same_name: bool,
    /// What the bank said about the holder.
    pub holder: HolderFact,
    /// The phone's other orders.
    pub phone: Past,
    /// The account's other orders.
    pub account: Past,
    /// The device's other orders; `None` when the browser brought no cookie.
    pub device: Option<Past>,
    /// What of it is on the block list.
    pub blocked: Vec<Subject>,
    /// What others say.
    pub outside: Outside,
    /// Something could not be found out, by the name of what.
    pub missing: Option<String>,
}

/// What the bank said about the account's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderFact {
    /// The same name.
    Matched,
    /// Another name.
    Differs,
    /// Nothing.
    Unknown,
}

/// What others say of phone and account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// Nobody is asked.
    Off,
    /// Not answered yet.
    Due,
    /// Nothing is reported.
    Clean,
    /// Reported.
    Hit(Vec<Subject>),
    /// No answer that could be believed.
    Failed,
}

/// Other orders of the same phone, account or device, this one not among them. Withdrawn and wholly refused orders
/// count for the vouchers that failed, not for the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Was one of its orders ever paid?
    pub paid_before: bool,
    /// Orders of this day in Korea.
    pub orders_day: u32,
    /// What they pay.
    pub amount_day: Won,
    /// Orders of this month in Korea.
    pub orders_month: u32,
    /// What they pay.
    pub amount_month: Won,
    /// Vouchers of the last hour.
    pub pins_hour: u32,
    /// Refused vouchers of the last 24 hours.
    pub failed_day: u32,
    /// Of the last 31 days: other accounts of a phone, other phones of an account or a device.
    pub others: u32,
}

impl Past {
    /// Both together: the same subject under two lookup keys, or with an order that stands in line before this one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let won = |a: Won, b: Won| a.checked_add(b).unwrap_or(a.max(b));
        Self {
            paid_before: self.paid_before || other.paid_before,
            orders_day: self.orders_day.saturating_add(other.orders_day),
            amount_day: won(self.amount_day, other.amount_day),
            orders_month: self.orders_month.saturating_add(other.orders_month),
            amount_month: won(self.amount_month, other.amount_month),
            pins_hour: self.pins_hour.saturating_add(other.pins_hour),
            failed_day: self.failed_day.saturating_add(other.failed_day),
            others: self.others.saturating_add(other.others),
        }
    }
}

impl Facts {
    /// The pasts that are counted, by their subject.
    pub fn pasts(&self) -> impl Iterator<Item = (Subject, &Past)> {
        [
            (Subject::Phone, Some(&self.phone)),
            (Subject::Account, Some(&self.account)),
            (Subject::Device, self.device.as_ref()),
        ]
        .into_iter()
        .filter_map(|(subject, past)| Some((subject, past?)))
    }
}

/// From when on orders are counted, as seen from one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// 31 days: never less than the month.
    pub since: Timestamp,
    /// The first of the month in Korea.
    pub month: Timestamp,
    /// Midnight in Korea.
    pub day: Timestamp,
    /// 24 hours.
    pub last_day: Timestamp,
    /// An hour.
    pub last_hour: Timestamp,
}

impl Windows {
    /// The windows of `now`.
    pub fn at(now: Timestamp) -> Self {
        let today = now.kst_day();
        let first = KstDate::from_ymd(today.year(), today.month(), 1).unwrap_or(today);
        Self {
            since: now.minus(Span::days(31)),
            month: first.start(),
            day: now.kst_day_start(),
            last_day: now.minus(Span::hours(24)),
            last_hour: now.minus(Span::hours(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_begin_in_korea() {
        // 2026-12-01 00:30 in Korea is the 30th of November in London.
        let now = Timestamp::from_kst_yyyymmddhhmmss("20261201003000");
        let windows = now.map(Windows::at);
        let start = Timestamp::from_kst_yyyymmddhhmmss("20261201000000");
        assert_eq!(windows.map(|w| w.month), start);
        assert_eq!(windows.map(|w| w.day), start);
    }

    #[test]
    fn the_longest_window_covers_every_month() {
        for day in ["20260131235959", "20260301000000", "20261231235959", "20280229120000"] {
            let windows = Timestamp::from_kst_yyyymmddhhmmss(day).map(Windows::at);
            assert!(windows.is_some_and(|w| w.since <= w.month && w.month <= w.day), "{day}");
        }
    }
}
