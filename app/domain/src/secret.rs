//! Values that must not leak: they can be neither printed nor serialised by accident.
//!
//! Reading one takes the word `expose`, so `grep -rn 'expose()'` lists every place that sees a PIN or a person.

use crate::mask;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A value without `Display`, `Serialize` and `Deserialize`; `Debug` prints the type's name only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Takes the value into hiding.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. The one greppable word.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, moved out.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = std::any::type_name::<T>();
        write!(f, "Secret<{}>", full.rsplit("::").next().unwrap_or(full))
    }
}

/// A voucher's number in its normal form: digits and capital letters only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Pin(Secret<String>);

impl Pin {
    /// Takes what is left of `text` after everything but digits and letters is gone; `None` when nothing is left.
    ///
    /// For numbers that were already checked by [`crate::form`] or the extractor, or that come from our own store.
    pub fn new(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        (!plain.is_empty()).then(|| Self(Secret::new(plain)))
    }

    /// The whole number.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// First and last characters only.
    pub fn masked(&self) -> String {
        mask::pin(self.expose())
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// A person's or account holder's name: composed Hangul, single spaces, no control characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(Secret<String>);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing was typed.
    #[error("name is missing")]
    Missing,
    /// More than [`PersonName::MAX`] characters.
    #[error("name has {got} characters")]
    TooLong {
        /// How many there are.
        got: usize,
    },
    /// A digit or a sign that no name or company name has.
    #[error("name contains an impossible character")]
    Impossible,
}

impl NameProblem {
    /// Stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too_long",
            Self::Impossible => "impossible",
        }
    }

    /// What is wrong and what to do.
    pub fn text(self, lang: crate::Lang) -> String {
        match self {
            Self::Missing => crate::text::name_missing(lang).to_owned(),
            Self::TooLong { got } => crate::text::name_too_long(lang, got, PersonName::MAX),
            Self::Impossible => crate::text::name_impossible(lang).to_owned(),
        }
    }
}

impl PersonName {
    /// Longest name taken, in characters.
    pub const MAX: usize = 40;

    /// Errors: [`NameProblem`].
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let composed: String =
            typed.nfc().map(crate::form::half_width).filter(|c| !crate::form::is_invisible(*c)).collect();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(NameProblem::Missing);
        }
        if name.chars().any(|c| !(c.is_alphabetic() || " -'’.()&·㈜,".contains(c) || c.is_ascii_digit())) {
            return Err(NameProblem::Impossible);
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(NameProblem::Impossible);
        }
        match name.chars().count() {
            got if got > Self::MAX => Err(NameProblem::TooLong { got }),
            _ => Ok(Self(Secret::new(name))),
        }
    }

    /// The whole name.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// `홍*동`.
    pub fn masked(&self) -> String {
        mask::name(self.expose())
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_of_a_secret_never_shows_it() {
        assert_eq!(format!("{:?}", Secret::new(String::from("4180123412341234"))), "Secret<String>");
        let pin = Pin::new("4180-1234-1234-1299");
        assert_eq!(format!("{pin:?}"), "Some(4180••••••••••99)");
        assert_eq!(PersonName::parse("홍길동").map(|name| format!("{name:?}")), Ok("홍*동".into()));
    }

    #[test]
    fn a_name_is_composed_and_single_spaced() {
        let name = |typed: &str| PersonName::parse(typed).map(|name| name.expose().to_owned());
        assert_eq!(name("  홍  길동 "), Ok("홍 길동".into()));
        assert_eq!(name("\u{1112}\u{1169}\u{11bc}길동"), Ok("홍길동".into()));
        assert_eq!(name("(주)핀데스크"), Ok("(주)핀데스크".into()));
        assert_eq!(name("Ｊｏｈｎ O'Neil"), Ok("John O'Neil".into()));
        assert_eq!(name("홍\u{200b}길동"), Ok("홍길동".into()));
        assert_eq!(name(" \u{200b} "), Err(NameProblem::Missing));
        assert_eq!(name("홍길동<script>"), Err(NameProblem::Impossible));
        assert_eq!(name("12345"), Err(NameProblem::Impossible));
        assert_eq!(name(&"가".repeat(41)), Err(NameProblem::TooLong { got: 41 }));
    }

    #[test]
    fn a_pin_keeps_digits_and_capitals_only() {
        assert_eq!(Pin::new("ab-12 한").map(|pin| pin.expose().to_owned()), Some("AB12".into()));
        assert_eq!(Pin::new(" - "), None);
    }
}
