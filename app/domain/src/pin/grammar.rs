//! What a PIN of each brand looks like, and how groups of characters become one.

use super::normalise::{BLOB, Glyph};
use super::tokens::{Gap, Kind, Rank, Token};
use super::types::{BrandKey, Companions, RejectReason};

/// The longest PIN with its companion.
const LONGEST: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    Digits,
    Alnum,
    Letters,
}

/// The further number that may follow a PIN at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    None,
    /// 4-digit password, also as a fifth group.
    Password,
    /// 8-digit PIN of a card.
    CardPin,
    /// 4-digit security code, never as a fifth group.
    Security,
    /// Day of issue.
    Day,
}

impl Tail {
    pub(super) const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Password | Self::Security => 4,
            Self::CardPin | Self::Day => 8,
        }
    }
}

pub(super) const fn alphabet(brand: BrandKey) -> Alphabet {
    match brand {
        BrandKey::GooglePlay | BrandKey::Teencash | BrandKey::Funnycard => Alphabet::Alnum,
        BrandKey::Nexon => Alphabet::Letters,
        _ => Alphabet::Digits,
    }
}

pub(super) const fn lengths(brand: BrandKey) -> &'static [usize] {
    match brand {
        BrandKey::Munhwa | BrandKey::SmartMunhwa | BrandKey::MunhwaOrSmart => &[18],
        BrandKey::GooglePlay => &[16, 20],
        BrandKey::Teencash | BrandKey::Gifticon => &[12],
        BrandKey::Eggmoney | BrandKey::Nexon => &[20],
        BrandKey::Shinsegae => &[6],
        _ => &[16],
    }
}

pub(super) const fn tail(brand: BrandKey) -> Tail {
    match brand {
        BrandKey::Booknlife => Tail::Password,
        BrandKey::Starbucks => Tail::CardPin,
        BrandKey::Hyundai => Tail::Security,
        BrandKey::Happymoney => Tail::Day,
        _ => Tail::None,
    }
}

/// Starts that exist.
fn possible(brand: BrandKey, pin: &str) -> bool {
    match brand {
        BrandKey::Cultureland => {
            pin.starts_with("416")
                || pin.starts_with("4180")
                || pin.strip_prefix("31").is_some_and(|rest| rest.starts_with(|c| matches!(c, '1'..='9')))
        }
        BrandKey::Munhwa | BrandKey::SmartMunhwa | BrandKey::MunhwaOrSmart => {
            pin.starts_with(['2', '3', '4', '5']) && !pin.starts_with("41")
        }
        _ => true,
    }
}

/// YYYYMMDD of a day on which a voucher can have been issued.
pub(super) fn is_day(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|s| s.parse::<u32>().ok()).unwrap_or(0);
    digits.len() == 8
        && (1990..2100).contains(&part(0, 4))
        && (1..=12).contains(&part(4, 6))
        && (1..=31).contains(&part(6, 8))
}

/// A PIN put together from its groups.
pub(super) struct Reading {
    pub brand: BrandKey,
    pub pin: String,
    pub tail: Option<String>,
    pub ocr: bool,
    /// The number as groups of the usual size.
    pub canonical: bool,
    /// Tokens of the PIN without its tail, with the decoration before it.
    pub groups: usize,
}

/// Reads a whole row of groups as one PIN of a brand; without a brand only the two shapes that speak for themselves.
pub(super) fn read(brand: Option<BrandKey>, glyphs: &[Glyph], row: &[Token]) -> Result<Reading, RejectReason> {
    super::tick(row.len());
    let around = row;
    let row = unwrap_masks(glyphs, row)?;
    // Stars before the number are tokens too: what comes after it begins behind all of them.
    let before = around.iter().take_while(|t| t.kind == Kind::Mask).count();
    let total: usize = row.iter().map(Token::len).sum();
    if total > LONGEST {
        return Err(RejectReason::Overlong);
    }
    if row.len() > total / 3 + 1 || is_decimal(row) {
        return Err(RejectReason::Impossible);
    }
    let letters = brand.map_or(Alphabet::Digits, alphabet);
    let mut ocr = false;
    let mut text = String::with_capacity(LONGEST);
    for token in row {
        if letters == Alphabet::Digits && !token.is_numeric() {
            return Err(if token.digits + token.ocr + token.xs == token.len() {
                RejectReason::Masked
            } else {
                RejectReason::Impossible
            });
        }
        for g in glyphs.get(token.start..token.end).unwrap_or_default() {
            text.push(match (letters, g.c) {
                (Alphabet::Digits, 'O' | 'o') => '0',
                (Alphabet::Digits, 'I' | 'i' | 'l') => '1',
                (_, c) => c.to_ascii_uppercase(),
            });
        }
        ocr |= letters == Alphabet::Digits && token.ocr > 0;
    }
    if letters == Alphabet::Digits && row.iter().all(|t| t.digits == 0) {
        return Err(RejectReason::Impossible);
    }
    let Some(brand) = brand.map_or_else(|| guess(&text, row), |brand| Some(called_munhwa(brand, &text))) else {
        return Err(by_length(total, 16, 18));
    };
    let fitting = lengths(brand).iter().copied().find(|&length| length == total);
    let (length, rest) = if let Some(length) = fitting {
        (length, None)
    } else {
        let length = lengths(brand).first().copied().unwrap_or(16);
        let longest = lengths(brand).last().copied().unwrap_or(length);
        match text.get(length..).filter(|rest| total > length && tail_may_follow(brand, row, length, rest)) {
            Some(rest) => (length, Some(rest.to_owned())),
            None => return Err(by_length(total, length, longest)),
        }
    };
    text.truncate(length);
    if !possible(brand, &text) || !spelled(letters, glyphs, row) {
        return Err(RejectReason::Impossible);
    }
    let groups = before + groups_of(row, length);
    Ok(Reading { brand, canonical: is_canonical(row), pin: text, tail: rest, ocr, groups })
}

/// 126.9779690000000 is a measure.
fn is_decimal(row: &[Token]) -> bool {
    matches!(row, [whole, part] if whole.len() <= 3 && part.len() >= 9 && part.gap.0 == Gap::DOT)
}

const fn by_length(total: usize, shortest: usize, longest: usize) -> RejectReason {
    if total < shortest {
        RejectReason::Truncated
    } else if total > longest {
        RejectReason::Overlong
    } else {
        RejectReason::Impossible
    }
}

/// 16 digits with a Cultureland start that are called just 문화상품권 are Cultureland's.
fn called_munhwa(brand: BrandKey, text: &str) -> BrandKey {
    let other = brand == BrandKey::Munhwa && text.len() == 16 && possible(BrandKey::Cultureland, text);
    if other { BrandKey::Cultureland } else { brand }
}

/// Without name and hint.
fn guess(text: &str, row: &[Token]) -> Option<BrandKey> {
    match text.len() {
        16 if possible(BrandKey::Cultureland, text) => Some(BrandKey::Cultureland),
        // A long run that begins with a day is an order number rather than a PIN.
        18 if possible(BrandKey::MunhwaOrSmart, text) && !(row.len() == 1 && text.get(..8).is_some_and(is_day)) => {
            Some(BrandKey::MunhwaOrSmart)
        }
        _ => None,
    }
}

fn tail_may_follow(brand: BrandKey, row: &[Token], length: usize, rest: &str) -> bool {
    let tail = tail(brand);
    if rest.len() != tail.len() {
        return false;
    }
    match tail {
        Tail::None => false,
        Tail::Password | Tail::CardPin => true,
        Tail::Day => is_day(rest) && (row.len() == 1 || boundary(row, length).is_some()),
        // A fifth group of the same kind would be a longer number; another separator says it is another number.
        Tail::Security => boundary(row, length).is_some_and(|at| {
            let gap = row.get(at).map(|t| t.gap);
            at == 1 || row.iter().take(at).skip(1).all(|t| Some(t.gap) != gap)
        }),
    }
}

/// The token with which the PIN of `length` characters is over.
fn boundary(row: &[Token], length: usize) -> Option<usize> {
    let mut sum = 0;
    for (at, token) in row.iter().enumerate() {
        if sum == length {
            return Some(at);
        }
        sum += token.len();
    }
    (sum == length).then_some(row.len())
}

fn groups_of(row: &[Token], length: usize) -> usize {
    boundary(row, length).unwrap_or(row.len())
}

fn is_canonical(row: &[Token]) -> bool {
    let Some((last, groups)) = row.split_last() else {
        return false;
    };
    let size = groups.first().unwrap_or(last).len();
    matches!(size, 4 | 5) && groups.iter().all(|t| t.len() == size) && (last.len() == size || last.len() == 6)
}

/// Whether letters and digits look like a code and not like words.
fn spelled(letters: Alphabet, glyphs: &[Glyph], row: &[Token]) -> bool {
    let sum = |of: fn(&Token) -> usize| -> usize { row.iter().map(of).sum() };
    let (total, digits, lower) = (sum(Token::len), sum(|t| t.digits), sum(|t| t.lower));
    let pure_words = row.len() > 1 && !is_canonical(row);
    if letters != Alphabet::Digits && row.iter().any(|t| t.xs >= 3 && ends_hidden(glyphs, t)) {
        return false;
    }
    // Words of a program are no groups of a code.
    let scattered = pure_words && row.iter().skip(1).any(|t| t.gap.rank() >= Rank::Strong && !t.gap.has(Gap::NL));
    if scattered && letters != Alphabet::Digits {
        return false;
    }
    match letters {
        Alphabet::Digits => true,
        Alphabet::Letters => digits == 0 && (lower == 0 || (lower == total && !pure_words)),
        Alphabet::Alnum => {
            let letters_only = digits == 0;
            let even = lower == 0 || lower + digits == total || digits >= 2;
            let plain_words = letters_only && (pure_words || (lower > 0 && row.len() > 1));
            digits < total && even && !plain_words
        }
    }
}

/// A group whose last characters are hidden behind x: `K0XX` may be chance, `KXXX` is not.
fn ends_hidden(glyphs: &[Glyph], token: &Token) -> bool {
    let run = glyphs.get(token.start..token.end).unwrap_or_default();
    let x = |g: &&Glyph| matches!(g.c, 'X' | 'x');
    run.iter().rev().take_while(x).count() >= 3 || run.windows(4).any(|four| four.iter().all(|g| x(&g)))
}

/// Takes decoration off (`**4180-…**`, `★4180…★`); anything else that hides is a refusal.
fn unwrap_masks<'a>(glyphs: &[Glyph], row: &'a [Token]) -> Result<&'a [Token], RejectReason> {
    let mut row = row;
    while let [first, inner @ .., last] = row {
        let close = inner.first().is_some_and(|t| t.gap.0 == 0) && last.gap.0 == 0;
        if first.kind == Kind::Mask
            && last.kind == Kind::Mask
            && close
            && first.len() == last.len()
            && !is_x(glyphs, first)
        {
            row = inner;
        } else {
            break;
        }
    }
    let blob = |t: &Token| t.kind == Kind::Mask && t.len() == 1 && glyphs.get(t.start).is_some_and(|g| g.c == BLOB);
    if let [first, inner @ ..] = row
        && blob(first)
    {
        row = inner;
    }
    if row.iter().any(|t| t.kind == Kind::Mask) { Err(RejectReason::Masked) } else { Ok(row) }
}

fn is_x(glyphs: &[Glyph], token: &Token) -> bool {
    glyphs.get(token.start).is_some_and(|g| g.c.is_ascii_alphabetic())
}

/// Reads a companion from the groups at the beginning of a row: exactly `length` digits. Answers them and the groups used.
pub(super) fn digits_ahead(glyphs: &[Glyph], row: &[Token], length: usize) -> Option<(String, usize)> {
    let mut sum = 0;
    for (at, token) in row.iter().enumerate() {
        super::tick(1);
        if !token.is_numeric() || (at > 0 && token.gap.rank() >= Rank::Strong && !token.gap.has(Gap::NL)) {
            return None;
        }
        sum += token.len();
        if sum >= length {
            let used = at + 1;
            let next_joined = row.get(used).is_some_and(|t| t.gap.is_tight() || t.gap.0 == 0);
            if sum > length || next_joined {
                return None;
            }
            let digits =
                row.iter().take(used).flat_map(|t| glyphs.get(t.start..t.end).unwrap_or_default()).map(|g| match g.c {
                    'O' | 'o' => '0',
                    'I' | 'i' | 'l' => '1',
                    c => c,
                });
            return Some((digits.collect(), used));
        }
    }
    None
}

impl Reading {
    pub(super) fn companions(&self) -> Companions {
        let mut companions = Companions::default();
        match tail(self.brand) {
            Tail::Password | Tail::CardPin => companions.auth_code.clone_from(&self.tail),
            Tail::Security => companions.security_code.clone_from(&self.tail),
            Tail::Day => companions.issue_date.clone_from(&self.tail),
            Tail::None => {}
        }
        companions
    }
}
