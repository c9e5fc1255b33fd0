//! Where the next page of the orders list begins.

use super::Sort;
use crate::state::UnknownWord;
use crate::{OrderId, Timestamp};
use std::fmt;
use std::str::FromStr;

/// A row's place under every sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The order.
    pub id: OrderId,
    /// When it was taken.
    pub created_at: Timestamp,
    /// What is paid for it, won.
    pub payable: i64,
    /// Its risk points.
    pub risk: i64,
}

impl Spot {
    /// The place under a sort: what is compared first, then the moment, then the key.
    pub const fn place(&self, sort: Sort) -> (i64, i64, [u8; 16]) {
        let first = match sort {
            Sort::Newest | Sort::Oldest => 0,
            Sort::Amount => self.payable,
            Sort::Risk => self.risk,
        };
        (first, self.created_at.micros(), self.id.bytes())
    }
}

/// The last place a page looked at, with the sort it belongs to. People see it as a run of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort it was made under; it fits no other.
    pub sort: Sort,
    /// The amount or the points; 0 where time sorts.
    pub first: i64,
    /// The moment.
    pub created_at: Timestamp,
    /// The order; all zeros or all ones between two moments.
    pub id: [u8; 16],
}

impl Cursor {
    /// After this row.
    pub fn after(sort: Sort, spot: &Spot) -> Self {
        let (first, created_at, id) = spot.place(sort);
        Self { sort, first, created_at: Timestamp::from_micros(created_at), id }
    }

    /// The place itself.
    pub const fn place(&self) -> (i64, i64, [u8; 16]) {
        (self.first, self.created_at.micros(), self.id)
    }
}

/// The sign bit turned, so that the digits sort as the numbers do and a sign needs none of its own.
const SIGN: u64 = 1 << 63;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |n: i64| u64::from_be_bytes(n.to_be_bytes()) ^ SIGN;
        let id = u128::from_be_bytes(self.id);
        write!(f, "{}{:016x}{:016x}{id:032x}", self.sort.letter(), digits(self.first), digits(self.created_at.micros()))
    }
}

impl FromStr for Cursor {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let refuse = || UnknownWord::new("cursor", text);
        let plain = text.len() == 65 && text.is_ascii();
        let (letter, digits) = text.split_at_checked(1).filter(|_| plain).ok_or_else(refuse)?;
        let sort = Sort::ALL.iter().copied().find(|sort| sort.letter() == letter).ok_or_else(refuse)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let number = |from: usize| -> Result<i64, UnknownWord> {
            let word = digits.get(from..from + 16).ok_or_else(refuse)?;
            let bits = u64::from_str_radix(word, 16).map_err(|_| refuse())? ^ SIGN;
            Ok(i64::from_be_bytes(bits.to_be_bytes()))
        };
        let id = digits.get(32..).and_then(|word| u128::from_str_radix(word, 16).ok()).ok_or_else(refuse)?;
        let created_at = Timestamp::from_micros(number(16)?);
        Ok(Self { sort, first: number(0)?, created_at, id: id.to_be_bytes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_cursor_reads_back(at in 0..Sort::ALL.len(), first in any::<i64>(), created in any::<i64>(), id in any::<[u8; 16]>()) {
            let cursor = Cursor { sort: Sort::ALL[at], first, created_at: Timestamp::from_micros(created), id };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }

        #[test]
        fn no_text_makes_the_reader_stumble(text in ".*") {
            let _ = text.parse::<Cursor>().is_ok();
        }

        #[test]
        fn what_was_bent_is_refused(cut in 0_usize..65) {
            let cursor = Cursor { sort: Sort::Newest, first: 0, created_at: Timestamp::from_micros(1), id: [7; 16] };
            let text = cursor.to_string();
            prop_assert!(text[..cut].parse::<Cursor>().is_err());
            let longer = text + "0";
            prop_assert!(longer.parse::<Cursor>().is_err());
        }
    }
}
