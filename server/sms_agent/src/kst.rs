use domain::{KstDate, Timestamp};
use std::fmt;

/// Korean wall clock, `YYYY-MM-DD HH:MM:SS`, as the agent reads it. Sorts as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KstTime(String);

impl KstTime {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Timestamp> for KstTime {
    fn from(moment: Timestamp) -> Self {
        let digits = moment.kst_yyyymmddhhmmss();
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        Self(format!("{}-{}-{} {}:{}:{}", part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14)))
    }
}

impl fmt::Display for KstTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `YYYYMM` of this month, the previous and the next, in the order they are worth looking at.
pub(crate) fn months(now: Timestamp) -> [String; 3] {
    let name = |day: KstDate| format!("{:04}{:02}", day.year(), day.month());
    let today = now.kst_day();
    let first = today.plus_days(1 - i64::from(today.day()));
    [name(today), name(first.plus_days(-1)), name(first.plus_days(32))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Span;

    /// 2026-01-01 00:00 in Korea.
    const NEW_YEAR: Timestamp = Timestamp::from_micros(1_767_193_200_000_000);

    #[test]
    fn the_wall_clock_is_korean() {
        assert_eq!(KstTime::from(NEW_YEAR.minus(Span::micros(1))).as_str(), "2025-12-31 23:59:59");
        assert_eq!(KstTime::from(NEW_YEAR).as_str(), "2026-01-01 00:00:00");
    }

    #[test]
    fn months_are_neighbours_on_every_day_of_years() {
        assert_eq!(months(NEW_YEAR), ["202601", "202512", "202602"].map(str::to_owned));
        for day in 0..1500_i64 {
            let [this, previous, next] = months(NEW_YEAR.plus(Span::days(day)));
            let number =
                |text: &str| text[..4].parse::<i32>().unwrap_or(0) * 12 + text[4..].parse::<i32>().unwrap_or(0);
            assert_eq!(number(&this) - number(&previous), 1);
            assert_eq!(number(&next) - number(&this), 1);
        }
    }
}
