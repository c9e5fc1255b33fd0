//! The two languages every screen and message speaks.

use crate::state::words;
use serde::{Deserialize, Serialize};

/// The reader's language. Korean is the house language and the answer to every doubt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

words!(Lang, "language", { Ko => "ko", En => "en" });

impl Lang {
    /// Reads an `Accept-Language` header (RFC 9110 §12.5.4): the best-weighted of Korean and English.
    ///
    /// Among equals the first named wins. A header that names neither, or only with `q=0`, gives Korean.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let primary = tag.split(['-', '_']).next().unwrap_or_default();
            let lang = if primary.eq_ignore_ascii_case("ko") {
                Self::Ko
            } else if primary.eq_ignore_ascii_case("en") {
                Self::En
            } else {
                continue;
            };
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=").map(thousandths)).unwrap_or(1000);
            if weight > 0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, lang));
            }
        }
        best.map_or(Self::Ko, |(_, lang)| lang)
    }

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, ko: T, en: T) -> T {
        match self {
            Self::Ko => ko,
            Self::En => en,
        }
    }
}

/// `0.8` → 800. What can't be read weighs nothing.
fn thousandths(weight: &str) -> u32 {
    let weight = weight.trim();
    let (whole, rest) = weight.split_once('.').unwrap_or((weight, ""));
    let Ok(whole) = whole.parse::<u32>() else { return 0 };
    if rest.len() > 3 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let fraction = format!("{rest:0<3}").parse::<u32>().unwrap_or(0);
    whole.saturating_mul(1000).saturating_add(fraction).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_weighted_language_wins() {
        for (header, lang) in [
            ("", Lang::Ko),
            ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", Lang::Ko),
            ("en-US,en;q=0.9,ko;q=0.8", Lang::En),
            ("ko;q=0.3, en;q=0.31", Lang::En),
            ("fr-FR, ja;q=0.5", Lang::Ko),
            ("fr, en;q=0.1", Lang::En),
            ("en;q=0", Lang::Ko),
            ("EN_gb", Lang::En),
            ("en;q=abc", Lang::Ko),
            ("*", Lang::Ko),
        ] {
            assert_eq!(Lang::from_accept_language(header), lang, "{header}");
        }
    }

    #[test]
    fn the_wire_word_is_lowercase() {
        assert_eq!(serde_json::to_string(&Lang::En).ok().as_deref(), Some("\"en\""));
        assert_eq!("ko".parse::<Lang>(), Ok(Lang::Ko));
    }
}
