//! The order's name for people: short enough to read out on the phone.

use crate::UnknownWord;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS: usize = 8;
const PREFIX: &str = "PD";

/// An order's code, `PD-7K3M-9QXT`: forty random bits.
///
/// It names an order and proves nothing; whoever asks by code must also own the order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderCode(String);

impl OrderCode {
    /// From the low forty bits of a random number.
    pub fn from_random(random: u64) -> Self {
        let mut text = String::from(PREFIX);
        for place in 0..LETTERS {
            if place % 4 == 0 {
                text.push('-');
            }
            let shift = 5 * (LETTERS - 1 - place);
            let index = usize::try_from((random >> shift) & 31).unwrap_or(0);
            text.push(ALPHABET.get(index).copied().map_or('0', char::from));
        }
        Self(text)
    }

    /// `PD-7K3M-9QXT`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrderCode {
    type Err = UnknownWord;

    /// Forgives case, spaces, dashes, full-width letters, a missing `PD`, and O, I, L written for 0 and 1.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let refuse = || UnknownWord::new("order code", text);
        let plain: String = text
            .chars()
            .map(crate::form::half_width)
            .filter(|c| !c.is_whitespace() && !crate::form::is_dash(*c))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let body = match plain.strip_prefix(PREFIX) {
            Some(rest) if rest.len() == LETTERS => rest,
            _ => plain.as_str(),
        };
        if body.chars().count() != LETTERS {
            return Err(refuse());
        }
        let mut number: u64 = 0;
        for c in body.chars() {
            let c = match c {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|letter| char::from(*letter) == c).ok_or_else(refuse)?;
            number = number << 5 | u64::try_from(value).map_err(|_| refuse())?;
        }
        Ok(Self::from_random(number))
    }
}

impl fmt::Display for OrderCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrderCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<OrderCode> for String {
    fn from(code: OrderCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for OrderCode {
    type Error = UnknownWord;
    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_said() {
        let code = OrderCode::from_str("PD-7K3M-9QXT");
        assert!(code.is_ok());
        for said in
            ["pd-7k3m-9qxt", "PD7K3M9QXT", " 7k3m 9qxt ", "7K3M-9QXT", "ＰＤ－７Ｋ３Ｍ－９ＱＸＴ", "pd 7k3m–9qxt"]
        {
            assert_eq!(said.parse::<OrderCode>(), code, "{said}");
        }
        assert_eq!("PD-OIL0-0000".parse::<OrderCode>(), "PD-0110-0000".parse());
        for wrong in ["", "PD-", "PD-7K3M-9QX", "PD-7K3M-9QXTT", "PD-UUUU-UUUU", "PD-7K3M-9Q한글"] {
            assert!(wrong.parse::<OrderCode>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(random in any::<u64>()) {
            let code = OrderCode::from_random(random);
            prop_assert_eq!(code.as_str().len(), 12);
            prop_assert!(!code.as_str()[3..].contains(['I', 'L', 'O', 'U']));
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }

        #[test]
        fn no_text_makes_the_reader_stumble(text in ".*") {
            let _ = text.parse::<OrderCode>().is_ok();
        }
    }
}
