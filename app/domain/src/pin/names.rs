//! Finds the words of the dictionary in a text.

use std::sync::OnceLock;

use super::normalise::Glyph;
use super::types::BrandKey;
use super::words;

/// What a word says about the numbers near it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mean {
    /// A voucher of this brand.
    Brand(BrandKey),
    /// A voucher of an issuer that is not bought.
    Foreign,
    /// The first part of a name that needs a second one (롯데 … 상품권).
    Head(Head),
    /// A PIN follows.
    Pin,
    /// Just "number": keeps the meaning of the word before it.
    Number,
    /// Password, verification code.
    Auth,
    /// Security code.
    Security,
    /// Day of issue.
    Issue,
    /// Gift number.
    Gift,
    /// Card number.
    Card,
    /// Another number, wherever it stands in what follows.
    Noise,
    /// Another number, if it follows at once.
    Near,
    /// A bank known by a common word (하나, 우리): only with the look of an account number.
    Bank,
    /// The word 상품권 without a name.
    Voucher,
    /// The line talks of a payment.
    Pay,
    /// The line asks to type a verification code.
    Otp,
    /// A message begins.
    Message,
    /// 위 …: what is named here stands above.
    Above,
}

/// Whose voucher a name means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    Ours(BrandKey),
    /// An issuer that is not bought.
    Other,
}

impl Owner {
    pub(super) const fn brand(self) -> Option<BrandKey> {
        match self {
            Self::Ours(brand) => Some(brand),
            Self::Other => None,
        }
    }
}

/// First parts of composed names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Head {
    Lotte,
    Shinsegae,
    Hyundai,
    Starbucks,
    Google,
    Nexon,
    Other,
}

struct Entry {
    pattern: &'static str,
    mean: Mean,
}

struct Index {
    /// One bit per hashed pair of first characters: most text is let through without a look at the words.
    bloom: [u64; 128],
    /// Sorted by first character, longest pattern first.
    entries: Vec<(char, Entry)>,
}

fn bit(first: char, second: char) -> (usize, u64) {
    let hash = (u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second).wrapping_mul(0x85EB_CA6B)) >> 19;
    (usize::try_from(hash >> 6).unwrap_or(0), 1 << (hash & 63))
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut entries = Vec::new();
        let mut bloom = [0; 128];
        for &(mean, patterns) in words::WORDS {
            for pattern in patterns.split('|') {
                let Some(first) = pattern.chars().next() else { continue };
                let second = pattern.chars().filter(|&c| c != ' ').nth(1).unwrap_or(first);
                let (slot, mask) = bit(first, second);
                if let Some(word) = bloom.get_mut(slot) {
                    *word |= mask;
                }
                entries.push((first, Entry { pattern, mean }));
            }
        }
        let length = |pattern: &str| pattern.chars().filter(|&c| c != ' ').count();
        entries.sort_by(|a, b| a.0.cmp(&b.0).then(length(b.1.pattern).cmp(&length(a.1.pattern))));
        Index { bloom, entries }
    })
}

pub(super) fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

fn is_glue(c: char) -> bool {
    matches!(c, ' ' | '-' | '_' | '.' | '&' | '\'' | '"')
}

/// Reads `pattern` at `at`; answers where it ends.
fn eat(glyphs: &[Glyph], at: usize, pattern: &str) -> Option<usize> {
    let mut i = at;
    for p in pattern.chars() {
        if p == ' ' {
            let mut left = 2;
            while left > 0 && glyphs.get(i).is_some_and(|g| is_glue(g.c)) {
                i += 1;
                left -= 1;
            }
            continue;
        }
        let g = glyphs.get(i)?.c;
        if g != p && (!g.is_ascii_uppercase() || g.to_ascii_lowercase() != p) {
            return None;
        }
        i += 1;
    }
    // A Latin word ends where it ends: "pin" is not in "pinterest".
    let latin_end = pattern.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric);
    if latin_end && glyphs.get(i).is_some_and(|g| g.c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(i)
}

fn eat_any(glyphs: &[Glyph], at: usize, patterns: &str) -> Option<usize> {
    let at = skip_glue(glyphs, at);
    patterns.split('|').filter_map(|pattern| eat(glyphs, at, pattern)).max()
}

fn skip_glue(glyphs: &[Glyph], at: usize) -> usize {
    let mut i = at;
    while i < at + 2 && glyphs.get(i).is_some_and(|g| is_glue(g.c)) {
        i += 1;
    }
    i
}

/// The word of the dictionary that begins at `at`, and where it ends. `word_start` is where the Hangul run began.
pub(super) fn lookup(glyphs: &[Glyph], at: usize, word_start: usize) -> Option<(Mean, usize)> {
    let first = glyphs.get(at)?.c;
    let first = first.to_ascii_lowercase();
    // One syllable, so it must stand alone: 핀 2949… but not 핀란드.
    let next = glyphs.get(at + 1).map_or(' ', |g| g.c);
    if first == '핀' && at == word_start && (!is_hangul(next) && next != ' ' || matches!(next, '은' | '이' | '을'))
    {
        return Some((Mean::Pin, at + 1));
    }
    let index = index();
    if !is_glue(next) && first != '위' {
        let (slot, mask) = bit(first, next.to_ascii_lowercase());
        if index.bloom.get(slot).is_some_and(|word| word & mask == 0) {
            return None;
        }
    }
    let from = index.entries.partition_point(|(c, _)| *c < first);
    for (c, entry) in index.entries.get(from..)? {
        if *c != first {
            break;
        }
        super::tick(1);
        let Some(end) = eat(glyphs, at, entry.pattern) else {
            continue;
        };
        match entry.mean {
            Mean::Head(head) => {
                if let Some((mean, end)) = compose(glyphs, head, end) {
                    return Some((mean, end));
                }
            }
            // Common syllables count only as words of their own.
            Mean::Above | Mean::Bank | Mean::Near if at != word_start || runs_on(glyphs, end, entry.mean) => {}
            Mean::Voucher => {
                let prefix = glyphs.get(word_start..at).unwrap_or_default();
                let mean = if is_plain(prefix) { Mean::Voucher } else { Mean::Foreign };
                return Some((mean, end));
            }
            Mean::Number if is_hangul(first) => {
                let prefix = glyphs.get(word_start..at).unwrap_or_default();
                let mean = if is_plain(prefix) { Mean::Number } else { Mean::Noise };
                return Some((mean, end));
            }
            mean => return Some((mean, end)),
        }
    }
    if first == '핀' && at == word_start && next == ' ' {
        return Some((Mean::Pin, at + 1));
    }
    None
}

/// Whether a bank's or a label's short word is only the beginning of another one (우리는, 하나만, 부산에서).
fn runs_on(glyphs: &[Glyph], end: usize, mean: Mean) -> bool {
    let next = glyphs.get(end).map_or(' ', |g| g.c);
    match mean {
        Mean::Above => next != ' ' && !next.is_ascii_digit(),
        Mean::Bank => is_hangul(next),
        _ => false,
    }
}

fn is_plain(prefix: &[Glyph]) -> bool {
    if prefix.len() <= 1 {
        return true;
    }
    words::PLAIN.split('|').any(|word| {
        let length = word.chars().count();
        prefix.len() >= length
            && prefix.iter().skip(prefix.len() - length).map(|g| g.c).eq(word.chars())
            && (length > 1 || prefix.len() <= 2)
    })
}

fn compose(glyphs: &[Glyph], head: Head, at: usize) -> Option<(Mean, usize)> {
    let (owner, tails) = words::tails(head);
    let name = owner.brand().map_or(Mean::Foreign, Mean::Brand);
    let mut end = at;
    for _ in 0..4 {
        // A tail first: 스타벅스 e카드 begins like a modifier.
        if let Some(done) = eat_any(glyphs, end, tails) {
            return Some((name, done));
        }
        end = eat_any(glyphs, end, words::MODIFIERS)?;
    }
    None
}
