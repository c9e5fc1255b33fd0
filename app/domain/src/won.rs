//! Money: whole won.

use crate::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// An amount in whole won, never negative. Arithmetic is checked; on the wire it is a plain integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Won(i64);

/// Why a number is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WonProblem {
    /// Money here is never negative.
    #[error("an amount of money can't be negative")]
    Negative,
}

/// One hundred per cent in basis points.
pub const FULL_RATE: u32 = 10_000;

impl Won {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Errors: [`WonProblem::Negative`].
    pub const fn new(won: i64) -> Result<Self, WonProblem> {
        if won < 0 { Err(WonProblem::Negative) } else { Ok(Self(won)) }
    }

    /// For amounts written in the source.
    pub const fn whole(won: u32) -> Self {
        // The widening is lossless; `From` isn't const.
        let mut value: i64 = 0;
        let mut bit = 0;
        while bit < 32 {
            if won & (1 << bit) != 0 {
                value |= 1 << bit;
            }
            bit += 1;
        }
        Self(value)
    }

    /// Won as an integer, never negative.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Is it nothing?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// `None` on overflow.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// `None` when `other` is more.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) if rest >= 0 => Some(Self(rest)),
            _ => None,
        }
    }

    /// So many times; `None` on overflow.
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(times)).map(Self)
    }

    /// What is left, or nothing when `other` is more.
    #[must_use]
    pub const fn saturating_sub_zero(self, other: Self) -> Self {
        match self.checked_sub(other) {
            Some(rest) => rest,
            None => Self::ZERO,
        }
    }

    /// `None` on overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `floor(self × basis points / 10,000)`; `None` on overflow.
    pub fn at_rate(self, basis_points: u32) -> Option<Self> {
        let exact = i128::from(self.0) * i128::from(basis_points) / i128::from(FULL_RATE);
        i64::try_from(exact).ok().map(Self)
    }

    /// Rounded down to a multiple of `step`; unchanged when `step` is nothing.
    #[must_use]
    pub const fn round_down_to(self, step: Self) -> Self {
        match self.0.checked_rem(step.0) {
            Some(rest) => Self(self.0 - rest),
            None => self,
        }
    }

    /// Is it a whole number of `step`s? Never of nothing.
    pub const fn is_multiple_of(self, step: Self) -> bool {
        matches!(self.0.checked_rem(step.0), Some(0))
    }

    /// `12,300원`.
    pub fn fmt_ko(self) -> String {
        format!("{self}원")
    }

    /// `₩12,300`.
    pub fn fmt_en(self) -> String {
        format!("₩{self}")
    }

    /// With its unit, in the reader's language.
    pub fn fmt(self, lang: Lang) -> String {
        match lang {
            Lang::Ko => self.fmt_ko(),
            Lang::En => self.fmt_en(),
        }
    }
}

impl fmt::Display for Won {
    /// `12,300`, without a unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&grouped(&self.0.to_string()))
    }
}

/// Commas between groups of three digits.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl TryFrom<i64> for Won {
    type Error = WonProblem;
    fn try_from(won: i64) -> Result<Self, WonProblem> {
        Self::new(won)
    }
}

impl From<Won> for i64 {
    fn from(won: Won) -> Self {
        won.0
    }
}

impl From<u32> for Won {
    fn from(won: u32) -> Self {
        Self(i64::from(won))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_written_with_commas_and_its_unit() {
        for (won, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_300, "12,300"), (1_234_567, "1,234,567")] {
            assert_eq!(Won::whole(won).to_string(), text);
        }
        assert_eq!(Won::whole(12_300).fmt(Lang::Ko), "12,300원");
        assert_eq!(Won::whole(12_300).fmt(Lang::En), "₩12,300");
        assert_eq!(format!("{:>8}", Won::whole(12_300)), "  12,300");
    }

    #[test]
    fn negative_money_does_not_exist() {
        assert_eq!(Won::new(-1), Err(WonProblem::Negative));
        assert!(serde_json::from_str::<Won>("-1").is_err());
        assert!(serde_json::from_str::<Won>("\"5\"").is_err());
        assert!(serde_json::from_str::<Won>("1.5").is_err());
        assert_eq!(serde_json::from_str::<Won>("500").ok(), Some(Won::whole(500)));
        assert_eq!(Won::whole(3).checked_sub(Won::whole(4)), None);
        assert_eq!(Won::whole(3).saturating_sub_zero(Won::whole(4)), Won::ZERO);
    }

    #[test]
    fn a_rate_rounds_down() {
        assert_eq!(Won::whole(9_999).at_rate(9_001), Some(Won::whole(9_000)));
        assert_eq!(Won::whole(1).at_rate(9_999), Some(Won::ZERO));
        assert_eq!(Won::new(i64::MAX).ok().and_then(|all| all.at_rate(10_000)).map(Won::get), Some(i64::MAX));
        assert_eq!(Won::new(i64::MAX).ok().and_then(|all| all.at_rate(10_001)), None);
    }

    #[test]
    fn whole_won_keep_every_bit() {
        for won in [0, 1, 500, 50_000, 0x8000_0000, u32::MAX] {
            assert_eq!(Won::whole(won), Won::from(won));
        }
    }

    proptest! {
        #[test]
        fn a_sum_minus_a_part_is_the_rest(a in 0..=i64::MAX / 2, b in 0..=i64::MAX / 2) {
            let (a, b) = (Won(a), Won(b));
            prop_assert_eq!(a.checked_add(b).and_then(|sum| sum.checked_sub(b)), Some(a));
        }

        #[test]
        fn nothing_overflows_in_silence(a in 0..=i64::MAX, b in 0..=i64::MAX, times in any::<u32>()) {
            prop_assert_eq!(Won(a).checked_add(Won(b)).map(Won::get), a.checked_add(b));
            prop_assert_eq!(Won(a).checked_mul(times).map(Won::get), a.checked_mul(i64::from(times)));
        }

        #[test]
        fn a_rate_of_at_most_all_never_pays_more_than_the_face(face in 0..=i64::MAX, rate in 0..=FULL_RATE) {
            let paid = Won(face).at_rate(rate);
            prop_assert!(paid.is_some_and(|paid| paid <= Won(face)));
        }

        #[test]
        fn rounding_down_gives_the_nearest_lower_step(won in 0..=i64::MAX, step in 1_i64..=1_000_000) {
            let rounded = Won(won).round_down_to(Won(step));
            prop_assert!(rounded.is_multiple_of(Won(step)) && rounded <= Won(won) && won - rounded.get() < step);
        }

        #[test]
        fn commas_do_not_change_the_number(won in 0..=i64::MAX) {
            prop_assert_eq!(Won(won).to_string().replace(',', ""), won.to_string());
        }
    }
}
