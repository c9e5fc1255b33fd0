//! Cuts the plain form into tokens: runs of letters and digits, masks, names, labels, other words.

use super::names::{self, Mean, Owner, is_hangul};
use super::normalise::{BLOB, Glyph, LIST_MARK};
use super::types::BrandKey;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(pub u32);

impl Gap {
    pub(super) const SPACE: u32 = 1;
    /// Two spaces or more.
    pub(super) const WIDE: u32 = 1 << 1;
    pub(super) const DASH: u32 = 1 << 2;
    pub(super) const DOT: u32 = 1 << 3;
    pub(super) const COMMA: u32 = 1 << 4;
    pub(super) const SLASH: u32 = 1 << 5;
    pub(super) const COLON: u32 = 1 << 6;
    pub(super) const UNDER: u32 = 1 << 7;
    pub(super) const BAR: u32 = 1 << 8;
    pub(super) const TILDE: u32 = 1 << 9;
    pub(super) const BRACKET: u32 = 1 << 10;
    pub(super) const TAB: u32 = 1 << 11;
    pub(super) const NL: u32 = 1 << 12;
    /// A blank line, or the end of the text.
    pub(super) const BLANK: u32 = 1 << 13;
    /// Quotation marks, semicolons, equal signs: fields end there.
    pub(super) const FIELD: u32 = 1 << 14;
    /// Anything that no PIN goes across.
    pub(super) const BREAK: u32 = 1 << 15;
    /// A sentence ends.
    pub(super) const END: u32 = 1 << 16;
    pub(super) const MONEY: u32 = 1 << 17;
    pub(super) const PLUS: u32 = 1 << 18;

    pub(super) const fn has(self, flags: u32) -> bool {
        self.0 & flags != 0
    }

    /// Dash, dot and the like with no space around.
    pub(super) const fn is_tight(self) -> bool {
        !self.has(Self::SPACE | Self::TAB | Self::NL | Self::BREAK | Self::BRACKET | Self::FIELD) && self.0 != 0
    }

    /// How strongly it separates groups.
    pub(super) const fn rank(self) -> Rank {
        if self.has(Self::BREAK) {
            Rank::Break
        } else if self.has(Self::NL) {
            Rank::Line
        } else if self.has(Self::TAB) {
            Rank::Tab
        } else if self.has(Self::BRACKET | Self::FIELD | Self::WIDE)
            || (self.has(Self::SPACE) && self.has(Self::COMMA | Self::SLASH | Self::COLON | Self::BAR))
        {
            Rank::Strong
        } else if self.has(Self::SPACE) {
            Rank::Space
        } else if self.has(Self::COMMA | Self::SLASH | Self::COLON | Self::UNDER | Self::BAR | Self::TILDE) {
            Rank::Field
        } else {
            Rank::Tight
        }
    }
}

/// Gaps by strength.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Rank {
    Tight,
    Field,
    Space,
    Strong,
    Tab,
    Line,
    Break,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Letters and digits.
    Run,
    /// Characters that hide something.
    Mask,
    /// A voucher name.
    Name(Owner),
    Label(Mean),
    Word,
    /// A list mark.
    Mark,
    /// A day, as YYYYMMDD.
    Date(u32),
    /// Phone, time, amount, web address.
    Noise,
}

#[derive(Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub gap: Gap,
    /// Digits in a run.
    pub digits: usize,
    /// Letters that look like digits.
    pub ocr: usize,
    /// Letters x.
    pub xs: usize,
    pub lower: usize,
}

impl Token {
    pub(super) const fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn is_digits(&self) -> bool {
        self.kind == Kind::Run && self.digits == self.len()
    }

    /// May be a group of a PIN of digits.
    pub(super) fn is_numeric(&self) -> bool {
        self.kind == Kind::Run && self.digits + self.ocr == self.len()
    }

    pub(super) fn starts_line(&self) -> bool {
        self.gap.has(Gap::NL)
    }
}

/// The value of a run of at most nine digits.
pub(super) fn number(glyphs: &[Glyph], token: &Token) -> Option<u32> {
    if !token.is_digits() || token.len() > 9 {
        return None;
    }
    glyphs.get(token.start..token.end)?.iter().try_fold(0_u32, |sum, g| Some(sum * 10 + g.c.to_digit(10)?))
}

pub(super) fn tokenise(glyphs: &[Glyph]) -> Vec<Token> {
    let mut cutter =
        Cutter { glyphs, tokens: Vec::with_capacity(glyphs.len() / 4 + 8), gap: Gap(Gap::NL), no_host_until: 0 };
    let mut i = 0;
    while let Some(g) = glyphs.get(i) {
        i = cutter.step(i, g.c);
    }
    cutter.tokens
}

/// As [`tokenise`], for a field that holds nothing but a PIN: no words are looked for.
pub(super) fn tokenise_field(glyphs: &[Glyph]) -> Vec<Token> {
    let mut cutter = Cutter { glyphs, tokens: Vec::new(), gap: Gap(Gap::NL), no_host_until: usize::MAX };
    let mut i = 0;
    while let Some(g) = glyphs.get(i) {
        i = if g.c.is_ascii_alphanumeric() { cutter.run(i) } else { cutter.step(i, g.c) };
    }
    cutter.tokens
}

pub(super) struct Cutter<'a> {
    pub(super) glyphs: &'a [Glyph],
    tokens: Vec<Token>,
    gap: Gap,
    /// No web address begins before this glyph; keeps the look ahead linear.
    pub(super) no_host_until: usize,
}

impl Cutter<'_> {
    pub(super) fn at(&self, i: usize) -> char {
        self.glyphs.get(i).map_or('\0', |g| g.c)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let gap = std::mem::take(&mut self.gap);
        self.tokens.push(Token { kind, start, end, gap, digits: 0, ocr: 0, xs: 0, lower: 0 });
    }

    fn step(&mut self, i: usize, c: char) -> usize {
        super::tick(1);
        let flags = match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => return self.latin(i, c),
            ' ' if self.gap.has(Gap::SPACE) && i > 0 && self.at(i - 1) == ' ' => Gap::WIDE,
            ' ' => Gap::SPACE,
            '\n' if self.gap.has(Gap::NL) => Gap::BLANK,
            '\n' => Gap::NL,
            '\t' => Gap::TAB,
            '-' => Gap::DASH,
            '.' if self.gap.has(Gap::DOT) => Gap::BREAK | Gap::END,
            '.' => Gap::DOT,
            ',' => Gap::COMMA,
            '/' => Gap::SLASH,
            ':' => Gap::COLON,
            '_' if self.at(i + 1) == '_' && self.at(i + 2) == '_' => return self.mask(i, c),
            '_' => Gap::UNDER,
            '|' => Gap::BAR,
            '~' => Gap::TILDE,
            '>' if self.gap.has(Gap::NL) || (self.tokens.is_empty() && !self.gap.has(Gap::BREAK)) => 0,
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' => Gap::BRACKET,
            '"' | '\'' | '`' | ';' | '=' => Gap::FIELD,
            '!' | '…' => Gap::BREAK | Gap::END,
            '*' | '#' | '?' | BLOB => return self.mask(i, c),
            '₩' | '$' => Gap::MONEY,
            '+' => Gap::PLUS,
            LIST_MARK => {
                self.push(Kind::Mark, i, i + 1);
                return i + 1;
            }
            'ㅇ' | 'ㅁ' if self.at(i + 1) == c && self.at(i + 2) == c => return self.mask(i, c),
            c if is_hangul(c) || c.is_alphabetic() => return self.word(i),
            _ => Gap::BREAK,
        };
        self.gap.0 |= flags;
        i + 1
    }

    fn mask(&mut self, i: usize, c: char) -> usize {
        let mut end = i + 1;
        while self.at(end) == c {
            end += 1;
        }
        let alone = end == i + 1;
        let next = self.at(end);
        let after_group = self.gap.0 == 0 || self.gap.is_tight();
        let bullet = match c {
            '?' => !after_group || !matches!(next, '0'..='9' | 'a'..='z' | 'A'..='Z' | '-'),
            '#' | '*' => self.gap.has(Gap::NL) || (c == '#' && next.is_ascii_digit()),
            BLOB => !after_group || self.gap.has(Gap::NL),
            _ => false,
        };
        if alone && bullet {
            self.gap.0 |= Gap::BREAK | if c == '?' { Gap::END } else { 0 };
        } else {
            self.push(Kind::Mask, i, end);
        }
        end
    }

    fn word(&mut self, from: usize) -> usize {
        let mut start = from;
        let mut i = from;
        loop {
            let c = self.at(i);
            if !(is_hangul(c) || (!c.is_ascii() && c.is_alphabetic() && c != LIST_MARK)) {
                break;
            }
            if let Some((mean, end)) = names::lookup(self.glyphs, i, start) {
                if i > start {
                    self.push(Kind::Word, start, i);
                }
                self.meaning(mean, i, end);
                i = end;
                start = end;
            } else {
                i += 1;
            }
        }
        if i > start {
            self.push(Kind::Word, start, i);
        }
        i
    }

    fn meaning(&mut self, mean: Mean, start: usize, end: usize) {
        let kind = match mean {
            Mean::Brand(brand) => Kind::Name(Owner::Ours(self.merged(brand))),
            Mean::Foreign => Kind::Name(Owner::Other),
            Mean::Voucher => Kind::Word,
            label => Kind::Label(label),
        };
        self.push(kind, start, end);
    }

    /// 컬쳐랜드 문화상품권 is one name, not two.
    fn merged(&self, brand: BrandKey) -> BrandKey {
        match self.tokens.last().map(|last| last.kind) {
            Some(Kind::Name(Owner::Ours(before)))
                if brand == BrandKey::Munhwa && (self.gap.0 & !(Gap::SPACE | Gap::BRACKET)) == 0 =>
            {
                before
            }
            _ => brand,
        }
    }

    fn latin(&mut self, i: usize, c: char) -> usize {
        if let Some(end) = self.address(i) {
            self.push(Kind::Noise, i, end);
            return end;
        }
        if c.is_ascii_alphabetic() {
            if let Some((mean, end)) = names::lookup(self.glyphs, i, i) {
                self.meaning(mean, i, end);
                return end;
            }
            if let Some(end) = self.glued_label(i) {
                self.push(Kind::Label(Mean::Pin), i, end);
                return end;
            }
        } else if let Some((mean, end)) = (c == '1').then(|| names::lookup(self.glyphs, i, i)).flatten() {
            self.meaning(mean, i, end);
            return end;
        }
        self.run(i)
    }

    fn run(&mut self, i: usize) -> usize {
        let mut token = Token {
            kind: Kind::Run,
            start: i,
            end: i,
            gap: std::mem::take(&mut self.gap),
            digits: 0,
            ocr: 0,
            xs: 0,
            lower: 0,
        };
        while let Some(g) = self.glyphs.get(token.end) {
            match g.c {
                '0'..='9' => token.digits += 1,
                'O' | 'I' => token.ocr += 1,
                'o' | 'i' | 'l' => {
                    token.ocr += 1;
                    token.lower += 1;
                }
                'X' => token.xs += 1,
                'x' => {
                    token.xs += 1;
                    token.lower += 1;
                }
                'a'..='z' => token.lower += 1,
                'A'..='Z' => {}
                _ => break,
            }
            token.end += 1;
        }
        let end = token.end;
        // Groups that only hide: XXXX, OOOO.
        let len = token.len();
        let hides = len >= 3 && (token.xs == len || (token.digits == 0 && token.ocr == len && self.all_o(&token)));
        if hides {
            token.kind = Kind::Mask;
        }
        self.tokens.push(token);
        if self.at(end) == '@' {
            // The name of a mail address.
            if let Some(last) = self.tokens.last_mut() {
                last.kind = Kind::Noise;
            }
        }
        end
    }

    fn all_o(&self, token: &Token) -> bool {
        self.glyphs.get(token.start..token.end).is_some_and(|run| run.iter().all(|g| matches!(g.c, 'O' | 'o')))
    }

    /// `PIN4180…`, `No4180…`: a label without a gap.
    fn glued_label(&self, i: usize) -> Option<usize> {
        let is = |word: &str| word.chars().enumerate().all(|(k, w)| self.at(i + k).eq_ignore_ascii_case(&w));
        let end = if is("pin") {
            i + 3
        } else if is("no") {
            i + 2
        } else {
            return None;
        };
        let digits =
            (end..end + 4).all(|k| self.at(k).is_ascii_digit() || (end == i + 3 && self.at(k).is_ascii_alphanumeric()));
        (self.at(end).is_ascii_digit() && digits).then_some(end)
    }
}
