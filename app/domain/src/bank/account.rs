//! Account numbers: digits, always as text.

use crate::secret::Secret;
use crate::{Lang, mask, text};
use std::fmt;
use thiserror::Error;

/// An account number: 8 to 16 digits, leading zeros kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountNo(Secret<String>);

/// Why a text is no account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AccountProblem {
    /// Nothing was typed.
    #[error("account number is missing")]
    Missing,
    /// Something other than digits, spaces and hyphens.
    #[error("account number contains {0:?}")]
    WrongChar(char),
    /// Fewer than eight digits.
    #[error("account number has {got} digits")]
    TooShort {
        /// How many there are.
        got: usize,
    },
    /// More than sixteen digits.
    #[error("account number has {got} digits")]
    TooLong {
        /// How many there are.
        got: usize,
    },
}

impl AccountProblem {
    /// Stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongChar(_) => "wrong_character",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
        }
    }

    /// What is wrong and what to do.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Missing => text::account_missing(lang).to_owned(),
            Self::WrongChar(c) => text::account_wrong_char(lang, c),
            Self::TooShort { got } => text::account_too_short(lang, got, AccountNo::MIN),
            Self::TooLong { got } => text::account_too_long(lang, got, AccountNo::MAX),
        }
    }
}

impl AccountNo {
    /// Fewest digits.
    pub const MIN: usize = 8;
    /// Most digits; Open Banking takes no more.
    pub const MAX: usize = 16;

    /// Strips hyphens, spaces and dots.
    ///
    /// Errors: [`AccountProblem`], each with its cure.
    pub fn parse(typed: &str) -> Result<Self, AccountProblem> {
        let mut digits = String::new();
        for c in typed.chars().map(crate::form::half_width) {
            match c {
                '0'..='9' => digits.push(c),
                '.' | ',' | '/' | '·' => {}
                c if crate::form::is_dash(c) || c.is_whitespace() || crate::form::is_invisible(c) => {}
                other => return Err(AccountProblem::WrongChar(other)),
            }
        }
        match digits.len() {
            0 => Err(AccountProblem::Missing),
            got if got < Self::MIN => Err(AccountProblem::TooShort { got }),
            got if got > Self::MAX => Err(AccountProblem::TooLong { got }),
            _ => Ok(Self(Secret::new(digits))),
        }
    }

    /// The digits.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Last five digits hidden.
    pub fn masked(&self) -> String {
        mask::account(self.expose())
    }
}

impl fmt::Debug for AccountNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Usual lengths of a bank's account numbers (domain-facts §2.2); empty where none is known.
fn usual_lengths(bank: &str) -> &'static [usize] {
    match bank {
        "004" => &[12, 14],
        "081" | "071" | "002" => &[14],
        "011" | "012" => &[11, 12, 13, 14],
        "003" => &[10, 11, 14],
        "023" => &[11],
        "007" => &[11, 12],
        "020" | "032" | "090" => &[13],
        "031" | "037" | "027" => &[12],
        "035" => &[10],
        "034" | "039" | "088" => &[10, 11, 12, 13, 14],
        "045" | "089" => &[12, 13],
        "092" => &[12, 13, 14],
        _ => &[],
    }
}

/// A soft warning when the number's length isn't usual at this bank. Never a refusal: virtual and lifetime accounts
/// follow other rules, and only the bank's own name inquiry proves an account.
pub fn account_hint(bank: &str, account: &AccountNo, lang: Lang) -> Option<String> {
    let bank = super::bank(bank)?;
    let usual = usual_lengths(bank.code);
    let got = account.expose().len();
    if usual.is_empty() || usual.contains(&got) {
        return None;
    }
    let lengths: Vec<String> = usual.iter().map(usize::to_string).collect();
    let usual = match lang {
        Lang::Ko => lengths.join("·"),
        Lang::En => lengths.join(" or "),
    };
    Some(text::account_unusual(lang, bank.name(lang), &usual, got))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<String, AccountProblem> {
        AccountNo::parse(typed).map(|account| account.expose().to_owned())
    }

    #[test]
    fn an_account_is_its_digits_with_leading_zeros() {
        assert_eq!(read("110-123-456789").as_deref(), Ok("110123456789"));
        assert_eq!(read("０1０ 1234 5678").as_deref(), Ok("01012345678"));
        assert_eq!(read("3333–01–1234567").as_deref(), Ok("3333011234567"));
    }

    #[test]
    fn every_refusal_names_its_figure() {
        assert_eq!(read(""), Err(AccountProblem::Missing));
        assert_eq!(read("1234567"), Err(AccountProblem::TooShort { got: 7 }));
        assert_eq!(read("12345678901234567"), Err(AccountProblem::TooLong { got: 17 }));
        assert_eq!(read("국민 123456789"), Err(AccountProblem::WrongChar('국')));
        assert!(AccountProblem::TooShort { got: 7 }.text(Lang::Ko).contains('7'));
    }

    #[test]
    fn an_unusual_length_is_a_hint_and_not_a_refusal() {
        let account = AccountNo::parse("110123456789").expect("twelve digits");
        assert_eq!(account_hint("088", &account, Lang::Ko), None);
        assert_eq!(account_hint("218", &account, Lang::Ko), None);
        let hint = account_hint("020", &account, Lang::Ko);
        assert!(hint.is_some_and(|hint| hint.contains("13") && hint.contains("12") && hint.contains("우리은행")));
    }

    #[test]
    fn debug_hides_the_last_five() {
        assert_eq!(AccountNo::parse("110123456789").map(|a| format!("{a:?}")), Ok("1101234*****".into()));
    }

    proptest! {
        #[test]
        fn separators_do_not_change_an_account(groups in prop::collection::vec("[0-9]{2,4}", 4)) {
            prop_assert_eq!(read(&groups.join("-")), Ok(groups.concat()));
        }
    }
}
