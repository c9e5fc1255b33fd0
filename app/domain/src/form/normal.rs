//! From what was typed to the normal form.

use super::Charset;
#[cfg(not(target_arch = "wasm32"))]
use unicode_normalization::UnicodeNormalization;

/// A character that has no place in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// `*`, `●`, `○`…: part of the number is hidden.
    Mask,
    /// Anything else.
    Char(char),
}

/// Full-width forms made plain; every other character stays.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '￦' => '₩',
        other => other,
    }
}

/// A dash of any kind, the Hangul letter ㅡ and drawn lines among them.
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30fc}'
                | '\u{3161}'
                | '\u{1173}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// A character nobody sees: zero-width, direction marks, fillers, controls other than white space.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{034f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// What may stand between the groups of a number and means nothing.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_dash(c) || is_invisible(c) || "./,:;~_|()[]{}<>·'\"`\\".contains(c)
}

/// What hides digits.
const fn is_mask(c: char) -> bool {
    matches!(c, '*' | '●' | '○' | '•' | '■' | '□' | '◆' | '◇' | '★' | '☆' | '※' | '?' | '#')
}

#[cfg(not(target_arch = "wasm32"))]
fn composed(typed: &str) -> impl Iterator<Item = char> {
    typed.nfc()
}

/// A browser composes by itself, before it asks: the tables for it are a fifth of what a customer may download.
#[cfg(target_arch = "wasm32")]
fn composed(typed: &str) -> impl Iterator<Item = char> {
    typed.chars()
}

/// The normal form of one typed number.
///
/// Errors: the first [`Stray`] character.
pub fn normalise(typed: &str, charset: Charset) -> Result<String, Stray> {
    let mut out = String::new();
    for c in composed(typed).map(half_width) {
        if is_separator(c) {
            continue;
        }
        if is_mask(c) {
            return Err(Stray::Mask);
        }
        let c = match (charset, c) {
            (Charset::Digits, 'O' | 'o') => '0',
            (Charset::Digits, 'l' | 'I') => '1',
            (_, c) => c.to_ascii_uppercase(),
        };
        let fits = match charset {
            Charset::Digits => c.is_ascii_digit(),
            Charset::Letters => c.is_ascii_uppercase(),
            Charset::Alnum => c.is_ascii_digit() || c.is_ascii_uppercase(),
        };
        if !fits {
            // A run of X is how some shops hide digits.
            let hidden = charset == Charset::Digits && c == 'X';
            return Err(if hidden { Stray::Mask } else { Stray::Char(c) });
        }
        out.push(c);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_notation_has_one_normal_form() {
        for typed in [
            "4180123412341234",
            "4180-1234-1234-1234",
            "4180 1234 1234 1234",
            "4180.1234.1234.1234",
            "4180_1234_1234_1234",
            "4180/1234/1234/1234",
            "4180–1234—1234−1234",
            "4180ㅡ1234ㅡ1234ㅡ1234",
            "４１８０－１２３４－１２３４－１２３４",
            "4180\u{00a0}1234\u{200b}1234\u{feff}1234",
            "41801234 12341234",
            " 4180 - 1234\n1234 - 1234 ",
            "418O-l234-I234-1234",
            "[4180-1234-1234-1234]",
        ] {
            assert_eq!(normalise(typed, Charset::Digits).as_deref(), Ok("4180123412341234"), "{typed}");
        }
    }

    #[test]
    fn letters_are_taken_as_written_where_letters_count() {
        assert_eq!(normalise("abO1-lI", Charset::Alnum).as_deref(), Ok("ABO1LI"));
        assert_eq!(normalise("abcde", Charset::Letters).as_deref(), Ok("ABCDE"));
        assert_eq!(normalise("abc1", Charset::Letters), Err(Stray::Char('1')));
    }

    #[test]
    fn hidden_digits_are_told_from_strange_ones() {
        assert_eq!(normalise("4180-****-****-1234", Charset::Digits), Err(Stray::Mask));
        assert_eq!(normalise("4180-XXXX", Charset::Digits), Err(Stray::Mask));
        assert_eq!(normalise("4180가", Charset::Digits), Err(Stray::Char('가')));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(typed in ".*") {
            for charset in [Charset::Digits, Charset::Letters, Charset::Alnum] {
                if let Ok(normal) = normalise(&typed, charset) {
                    prop_assert_eq!(normalise(&normal, charset), Ok(normal.clone()));
                    prop_assert!(normal.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()));
                }
            }
        }
    }
}
