//! Korean mobile numbers, however they are written.

use crate::secret::Secret;
use crate::{Lang, mask, text};
use std::fmt;
use thiserror::Error;

/// A Korean mobile number, digits only: `01012345678`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(Secret<String>);

/// Why a text is no mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PhoneProblem {
    /// Nothing was typed.
    #[error("phone number is missing")]
    Missing,
    /// Something other than digits and the usual signs.
    #[error("phone number contains {0:?}")]
    WrongChar(char),
    /// Too few digits.
    #[error("phone number has {got} digits")]
    TooShort {
        /// How many there are.
        got: usize,
    },
    /// Too many digits.
    #[error("phone number has {got} digits")]
    TooLong {
        /// How many there are.
        got: usize,
    },
    /// 050x: a number that forwards; it proves nobody.
    #[error("forwarding number")]
    SafeNumber,
    /// 070: Internet telephony; takes no picture messages.
    #[error("internet telephone number")]
    InternetPhone,
    /// 02, 031…: a house or office.
    #[error("landline number")]
    Landline,
    /// 15xx, 16xx, 18xx: a company's service line.
    #[error("company number")]
    Company,
    /// Another country's code.
    #[error("foreign number")]
    Foreign,
    /// Begins like nothing a mobile begins with.
    #[error("not a mobile prefix")]
    NotMobile,
}

impl PhoneProblem {
    /// Stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongChar(_) => "wrong_character",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::SafeNumber => "safe_number",
            Self::InternetPhone => "internet_phone",
            Self::Landline => "landline",
            Self::Company => "company_number",
            Self::Foreign => "foreign",
            Self::NotMobile => "not_mobile",
        }
    }

    /// What is wrong and what to do.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Missing => text::phone_missing(lang).to_owned(),
            Self::WrongChar(c) => text::phone_wrong_char(lang, c),
            Self::TooShort { got } => text::phone_too_short(lang, got),
            Self::TooLong { got } => text::phone_too_long(lang, got),
            Self::SafeNumber => text::phone_safe_number(lang).to_owned(),
            Self::InternetPhone => text::phone_internet(lang).to_owned(),
            Self::Landline => text::phone_landline(lang).to_owned(),
            Self::Company => text::phone_company(lang).to_owned(),
            Self::Foreign => text::phone_foreign(lang).to_owned(),
            Self::NotMobile => text::phone_not_mobile(lang).to_owned(),
        }
    }
}

impl Phone {
    /// Reads hyphens, spaces, dots, brackets, full-width digits, `+82 10…`, `8210…`, `+82 (0)10…`.
    ///
    /// Errors: [`PhoneProblem`], each with its cure. Prefixes 010, 011 and 016 to 019 are mobile numbers.
    pub fn parse(typed: &str) -> Result<Self, PhoneProblem> {
        let (digits, international) = plain_digits(typed)?;
        if digits.is_empty() {
            return Err(PhoneProblem::Missing);
        }
        let domestic = match digits.strip_prefix("82") {
            Some(rest) if international || rest.len() >= 9 => format!("0{}", rest.trim_start_matches('0')),
            _ if international => return Err(PhoneProblem::Foreign),
            _ => digits,
        };
        check(&domestic)?;
        Ok(Self(Secret::new(domestic)))
    }

    /// Ten or eleven digits, `01012345678`.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The same as [`Phone::expose`]: ten or eleven digits.
    pub fn digits(&self) -> &str {
        self.expose()
    }

    /// `010-1234-5678`, for the owner's own eyes.
    pub fn hyphenated(&self) -> String {
        mask::hyphenate_phone(self.expose())
    }

    /// `010-1234-****`.
    pub fn masked(&self) -> String {
        mask::phone(self.expose())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The digits, and whether a `+` or `00` in front says that a country code follows.
fn plain_digits(typed: &str) -> Result<(String, bool), PhoneProblem> {
    let mut digits = String::new();
    let mut plus = false;
    for c in typed.chars().map(crate::form::half_width) {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            '(' | ')' | '.' | ',' | '/' | '·' => {}
            c if crate::form::is_dash(c) || c.is_whitespace() || crate::form::is_invisible(c) => {}
            other => return Err(PhoneProblem::WrongChar(other)),
        }
    }
    match digits.strip_prefix("00") {
        Some(rest) if !plus => Ok((rest.to_owned(), true)),
        _ => Ok((digits, plus)),
    }
}

fn check(digits: &str) -> Result<(), PhoneProblem> {
    let got = digits.len();
    if digits.starts_with("050") {
        return Err(PhoneProblem::SafeNumber);
    }
    if digits.starts_with("070") {
        return Err(PhoneProblem::InternetPhone);
    }
    let landline = digits.starts_with("02")
        || ["03", "04", "05", "06"].iter().any(|area| digits.starts_with(area) && !digits.starts_with("060"));
    if landline {
        return Err(PhoneProblem::Landline);
    }
    if got == 8 && ["15", "16", "18"].iter().any(|start| digits.starts_with(start)) {
        return Err(PhoneProblem::Company);
    }
    let long = match digits.get(..3) {
        Some("010") => 11..=11,
        Some("011" | "016" | "017" | "018" | "019") => 10..=11,
        Some(_) => return Err(PhoneProblem::NotMobile),
        None => return Err(PhoneProblem::TooShort { got }),
    };
    if got < *long.start() {
        Err(PhoneProblem::TooShort { got })
    } else if got > *long.end() {
        Err(PhoneProblem::TooLong { got })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<String, PhoneProblem> {
        Phone::parse(typed).map(|phone| phone.expose().to_owned())
    }

    #[test]
    fn every_spelling_gives_the_same_digits() {
        for typed in [
            "01012345678",
            "010-1234-5678",
            "010 1234 5678",
            "010.1234.5678",
            "(010) 1234-5678",
            "+82 10-1234-5678",
            "+821012345678",
            "+82 (0)10 1234 5678",
            "+82-010-1234-5678",
            "82 10 1234 5678",
            "8201012345678",
            "0082-10-1234-5678",
            "０１０－１２３４－５６７８",
            "010–1234—5678",
            "010ㅡ1234ㅡ5678",
            " 010\u{00a0}1234\u{200b}5678\n",
        ] {
            assert_eq!(read(typed).as_deref(), Ok("01012345678"), "{typed}");
        }
        assert_eq!(read("011-123-4567").as_deref(), Ok("0111234567"));
        assert_eq!(read("+82 19 1234 5678").as_deref(), Ok("01912345678"));
    }

    #[test]
    fn every_refusal_has_its_own_reason() {
        for (typed, problem) in [
            ("", PhoneProblem::Missing),
            (" - ", PhoneProblem::Missing),
            ("010-1234-567", PhoneProblem::TooShort { got: 10 }),
            ("01", PhoneProblem::TooShort { got: 2 }),
            ("010-1234-56789", PhoneProblem::TooLong { got: 12 }),
            ("0507-1234-5678", PhoneProblem::SafeNumber),
            ("050-1234-5678", PhoneProblem::SafeNumber),
            ("070-1234-5678", PhoneProblem::InternetPhone),
            ("02-123-4567", PhoneProblem::Landline),
            ("031-123-4567", PhoneProblem::Landline),
            ("+82 2 123 4567", PhoneProblem::Landline),
            ("1588-1234", PhoneProblem::Company),
            ("+1 415 555 2671", PhoneProblem::Foreign),
            ("012-1234-5678", PhoneProblem::NotMobile),
            ("015-1234-5678", PhoneProblem::NotMobile),
            ("010-1234-****", PhoneProblem::WrongChar('*')),
            ("공일공", PhoneProblem::WrongChar('공')),
        ] {
            assert_eq!(read(typed), Err(problem), "{typed}");
            assert!(!problem.text(Lang::Ko).is_empty() && !problem.text(Lang::En).is_empty());
        }
    }

    #[test]
    fn debug_hides_the_last_four() {
        assert_eq!(Phone::parse("01012345678").map(|phone| format!("{phone:?}")), Ok("010-1234-****".into()));
    }

    proptest! {
        #[test]
        fn a_mobile_survives_any_separators(tail in "[0-9]{8}", sign in "[-. ]?") {
            let typed = format!("010{sign}{}{sign}{}", &tail[..4], &tail[4..]);
            prop_assert_eq!(read(&typed), Ok(format!("010{tail}")));
            prop_assert_eq!(read(&format!("+82{sign}10{tail}")), Ok(format!("010{tail}")));
        }

        #[test]
        fn whatever_is_accepted_is_ten_or_eleven_digits(typed in "[0-9+() .-]{0,20}") {
            if let Ok(digits) = read(&typed) {
                prop_assert!(matches!(digits.len(), 10 | 11) && digits.starts_with("01"));
                prop_assert_eq!(read(&digits), Ok(digits.clone()));
            }
        }

        #[test]
        fn no_text_makes_the_reader_stumble(typed in ".*") {
            let _ = read(&typed).is_ok();
        }
    }
}
