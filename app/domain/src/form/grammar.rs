//! Rules of single issuers, beyond length and characters.

use crate::KstDate;
use serde::{Deserialize, Serialize};

/// A named rule a field may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grammar {
    /// 컬쳐랜드, 16 digits: starts 416, 4180, or 31 and a digit 1–9 (domain-facts §1.1).
    Cultureland,
    /// 문화상품권 and 스마트문화상품권, 18 digits: starts 2, 3, 4 or 5, but not 41 (domain-facts §1.1).
    Munhwa,
    /// A day, YYYYMMDD; other ways to write one are read too.
    Date,
}

/// Can a 컬쳐랜드 number begin so?
pub fn cultureland_start(number: &str) -> bool {
    let third = number.as_bytes().get(2).copied();
    number.starts_with("416")
        || number.starts_with("4180")
        || (number.starts_with("31") && third.is_some_and(|digit| (b'1'..=b'9').contains(&digit)))
}

/// Can an 18-digit 문화상품권 number begin so?
pub fn munhwa_start(number: &str) -> bool {
    number.starts_with(['2', '3', '4', '5']) && !number.starts_with("41")
}

impl Grammar {
    /// Does a number of the right length and characters keep the rule?
    pub fn holds(self, number: &str) -> bool {
        match self {
            Self::Cultureland => cultureland_start(number),
            Self::Munhwa => munhwa_start(number),
            Self::Date => {
                let real = KstDate::parse_yyyymmdd(number);
                real.is_some_and(|date| (1990..=2099).contains(&date.year()))
            }
        }
    }
}

/// A day however it is written (`2022.07.01`, `2022년 7월 1일`, `2022-7-1`) as `20220701`; what has not three runs of
/// digits is given back as typed.
pub(super) fn rewrite_date(typed: &str) -> String {
    let plain: String = typed.chars().map(super::half_width).collect();
    let runs: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    match runs.as_slice() {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            format!("{year}{month:0>2}{day:0>2}")
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cultureland_begins_with_its_own_digits() {
        for (number, holds) in [
            ("4160123412341234", true),
            ("4169123412341234", true),
            ("4180123412341234", true),
            ("4181123412341234", false),
            ("4170123412341234", false),
            ("3110123412341234", true),
            ("3190123412341234", true),
            ("3100123412341234", false),
            ("3210123412341234", false),
            ("2110123412341234", false),
        ] {
            assert_eq!(Grammar::Cultureland.holds(number), holds, "{number}");
        }
    }

    #[test]
    fn munhwa_begins_with_2_to_5_but_not_41() {
        for (number, holds) in [
            ("212345678901234567", true),
            ("312345678901234567", true),
            ("402345678901234567", true),
            ("412345678901234567", false),
            ("512345678901234567", true),
            ("612345678901234567", false),
            ("112345678901234567", false),
        ] {
            assert_eq!(Grammar::Munhwa.holds(number), holds, "{number}");
        }
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for typed in ["20220701", "2022.07.01", "2022-7-1", "2022년 7월 1일", "２０２２/07/01"] {
            assert_eq!(rewrite_date(typed), "20220701", "{typed}");
        }
        assert!(Grammar::Date.holds("20240229"));
        for wrong in ["20230229", "20221301", "00000000", "18991231"] {
            assert!(!Grammar::Date.holds(wrong), "{wrong}");
        }
    }
}
