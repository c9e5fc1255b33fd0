//! Finds the PINs in a row of groups: whole, cut at the strongest separators, or over a line break.

use super::grammar::{self, Alphabet, Reading, Tail};
use super::normalise::Glyph;
use super::tokens::{Gap, Kind, Rank, Token};
use super::types::{BrandKey, RejectReason};

/// A PIN and the tokens it stands in.
pub(super) struct Hit {
    pub reading: Reading,
    pub first: usize,
    pub last: usize,
}

/// What a row held.
#[derive(Default)]
pub(super) struct Hits {
    pub hits: Vec<Hit>,
    pub refused: Vec<(usize, usize, RejectReason)>,
}

pub(super) struct Reader<'a> {
    pub glyphs: &'a [Glyph],
    pub tokens: &'a [Token],
    pub brand: Option<BrandKey>,
}

impl Reader<'_> {
    fn row(&self, from: usize, to: usize) -> &[Token] {
        self.tokens.get(from..to).unwrap_or_default()
    }

    fn letters(&self) -> Alphabet {
        self.brand.map_or(Alphabet::Digits, grammar::alphabet)
    }

    fn read(&self, from: usize, to: usize) -> Result<Hit, RejectReason> {
        let reading = grammar::read(self.brand, self.glyphs, self.row(from, to))?;
        let last = (from + reading.groups).clamp(from + 1, to);
        Ok(Hit { reading, first: from, last })
    }

    /// Reads the row `from..to`, which stands in one line (or was joined from several).
    pub(super) fn line(&self, from: usize, to: usize, out: &mut Hits) -> bool {
        super::tick(to - from);
        let (from, to) = self.without_words(from, to);
        from < to && self.solve(from, to, 0, out)
    }

    /// Words around a code of letters: "code B4XF-…", "1234-… or".
    fn without_words(&self, from: usize, to: usize) -> (usize, usize) {
        let row = self.row(from, to);
        let letters = self.letters();
        let upper = row.iter().any(|t| t.kind == Kind::Run && t.lower == 0 && t.digits > 0 && t.digits < t.len());
        let word = |t: &&Token| match letters {
            Alphabet::Digits => t.kind == Kind::Run && t.digits == 0 && t.ocr < t.len() && t.xs < t.len(),
            Alphabet::Alnum => upper && t.digits == 0 && t.lower > 0,
            Alphabet::Letters => false,
        };
        let free = |t: Option<&Token>| t.is_none_or(|t| t.gap.rank() >= Rank::Space);
        let mut lead = row.iter().take_while(word).count();
        if !free(row.get(lead)) {
            lead = 0;
        }
        let rest = row.get(lead..).unwrap_or_default();
        let mut trail = rest.iter().rev().take_while(word).count();
        if trail > 0 && !free(rest.get(rest.len() - trail)) {
            trail = 0;
        }
        (from + lead, to - trail)
    }

    fn solve(&self, from: usize, to: usize, depth: u8, out: &mut Hits) -> bool {
        let row = self.row(from, to);
        let strongest = row.iter().skip(1).map(rank_of).max().unwrap_or(Rank::Tight);
        let at_least = |rank: Rank| move |t: &Token| rank_of(t) >= rank;
        if strongest >= Rank::Strong && self.cut(from, to, depth, at_least(Rank::Strong), out) {
            return true;
        }
        let reason = match self.read(from, to) {
            Ok(hit) => {
                out.hits.push(hit);
                return true;
            }
            Err(reason) => reason,
        };
        if row.len() > 1 {
            for rank in [Rank::Tab, Rank::Space, Rank::Field] {
                if strongest >= rank && self.cut(from, to, depth, at_least(rank), out) {
                    return true;
                }
            }
            for rank in [Rank::Strong, Rank::Space, Rank::Field] {
                if self.cut(from, to, depth, |t| rank_of(t) == rank, out) {
                    return true;
                }
            }
            if self.numbered(from, to, out) || self.repeated(from, to, out) {
                return true;
            }
        }
        let total: usize = row.iter().map(Token::len).sum();
        let worth = match self.letters() {
            Alphabet::Digits => row.iter().map(|t| t.digits).sum::<usize>() >= 6 && total >= 8,
            _ => total >= 8 && row.len() <= 8 && row.iter().any(|t| t.digits > 0 && t.lower == 0),
        };
        if worth && depth == 0 {
            out.refused.push((from, to, reason));
        }
        false
    }

    /// Cuts before every token that `cuts`; succeeds if a piece is a PIN by itself.
    fn cut(&self, from: usize, to: usize, depth: u8, cuts: impl Fn(&Token) -> bool, out: &mut Hits) -> bool {
        super::tick(to - from);
        let mut pieces = Vec::new();
        let mut start = from;
        for at in from + 1..to {
            if self.tokens.get(at).is_some_and(&cuts) {
                pieces.push((start, at));
                start = at;
            }
        }
        pieces.push((start, to));
        if pieces.len() < 2 {
            return false;
        }
        let mut readings: Vec<Option<Hit>> = Vec::with_capacity(pieces.len());
        for (k, &(a, b)) in pieces.iter().enumerate() {
            let hit = self.read(a, b).ok();
            readings.push(hit.filter(|_| !pieces.get(k + 1).is_some_and(|&next| self.goes_on(next))));
        }
        if readings.iter().all(Option::is_none) {
            return false;
        }
        let mark = out.hits.len();
        for ((a, b), reading) in pieces.into_iter().zip(readings) {
            if let Some(hit) = reading {
                out.hits.push(hit);
                continue;
            }
            let taken = match out.hits.get_mut(mark..).and_then(<[Hit]>::last_mut) {
                Some(hit) => self.take_tail(hit, a, b),
                None => false,
            };
            if !taken && depth < 3 && b - a > 1 {
                self.solve(a, b, depth + 1, out);
            } else if !taken && self.row(a, b).iter().any(|t| t.digits >= 8 || (t.kind == Kind::Mask && b - a > 1)) {
                let reason = self.read(a, b).err().unwrap_or(RejectReason::Impossible);
                out.refused.push((a, b, reason));
            }
        }
        true
    }

    /// A few digits or a mask after a space belong to the number before them: it is longer than it looks.
    fn goes_on(&self, (from, to): (usize, usize)) -> bool {
        let Some(next) = self.tokens.get(from) else {
            return false;
        };
        let few = to == from + 1 && next.is_numeric() && next.len() <= 3 && next.digits > 0;
        (few || (next.kind == Kind::Mask && next.len() >= 2)) && rank_of(next) <= Rank::Space
    }

    /// The further number right after a PIN.
    fn take_tail(&self, hit: &mut Hit, from: usize, to: usize) -> bool {
        let tail = grammar::tail(hit.reading.brand);
        if hit.reading.tail.is_some() || tail == Tail::None {
            return false;
        }
        let row = self.row(from, to);
        let Some((digits, used)) = grammar::digits_ahead(self.glyphs, row, tail.len()) else {
            return false;
        };
        let day = tail == Tail::Day;
        // 5000 in the next cell is what the voucher is worth.
        let worth = row.first().is_some_and(|t| rank_of(t) >= Rank::Tab) && digits.ends_with("000");
        if used < row.len() || (day && !grammar::is_day(&digits)) || worth {
            return false;
        }
        hit.reading.tail = Some(digits);
        true
    }

    /// The line after a PIN that holds nothing but its further number, or the fifth group of a code that may have
    /// four or five.
    pub(super) fn line_after(&self, hit: &mut Hit, from: usize, to: usize, alone: bool) -> bool {
        if to != from + 1 {
            return false;
        }
        if alone && self.take_tail(hit, from, to) {
            return true;
        }
        let fifth = self.brand == Some(BrandKey::GooglePlay)
            && hit.last == from
            && hit.reading.canonical
            && hit.reading.pin.len() == 16
            && self.row(from, to).first().is_some_and(|t| t.len() == 4 && t.digits < 4)
            && (torn(self.tokens.get(from)) || (alone && !torn(self.tokens.get(to))));
        if fifth && let Ok(whole) = self.read(hit.first, to) {
            *hit = whole;
            return true;
        }
        false
    }

    /// `3 4180 1234 …`: a number of the list without a mark.
    fn numbered(&self, from: usize, to: usize, out: &mut Hits) -> bool {
        let row = self.row(from, to);
        let [first, second, ..] = row else { return false };
        let index = first.is_digits() && first.len() <= 3 && first.starts_line() && rank_of(second) >= Rank::Space;
        if !index {
            return false;
        }
        match self.read(from + 1, to) {
            Ok(hit) if hit.reading.canonical || to - from == 2 => {
                out.hits.push(hit);
                true
            }
            _ => false,
        }
    }

    /// Several PINs of whole groups in a row with the same space between all groups.
    fn repeated(&self, from: usize, to: usize, out: &mut Hits) -> bool {
        let row = self.row(from, to);
        let per = match self.brand {
            Some(brand) if grammar::lengths(brand).len() == 1 && grammar::tail(brand) == Tail::None => {
                match grammar::lengths(brand) {
                    [12] => 3,
                    _ => 4,
                }
            }
            None => 4,
            _ => return false,
        };
        if row.len() < per * 2
            || !row.len().is_multiple_of(per)
            || row.iter().skip(1).any(|t| rank_of(t) != Rank::Space)
        {
            return false;
        }
        let mut hits = Vec::new();
        for at in (from..to).step_by(per) {
            match self.read(at, at + per) {
                Ok(hit) if hit.reading.canonical => hits.push(hit),
                _ => return false,
            }
        }
        out.hits.append(&mut hits);
        true
    }

    /// Joins lines, none of which is a PIN by itself; `ends` are the ends of the lines after `from`. Answers how many
    /// lines the PIN takes.
    pub(super) fn over_lines(&self, from: usize, ends: &[usize], out: &mut Hits) -> Option<usize> {
        let first = *ends.first()?;
        if self.row(from, first).iter().any(|t| t.kind == Kind::Mask) {
            return None;
        }
        let shortest = self.brand.map_or(16, |brand| grammar::lengths(brand).first().copied().unwrap_or(16));
        // A line that a PIN is torn over holds nothing else.
        let size = |row: &[Token]| row.iter().map(Token::len).sum::<usize>();
        for (k, &end) in ends.iter().enumerate().skip(1).take(8) {
            let row = self.row(from, end);
            super::tick(row.len());
            if size(row) > 40 {
                return None;
            }
            if size(row) < shortest {
                continue;
            }
            let mut joined = Hits::default();
            if !self.line(from, end, &mut joined) {
                continue;
            }
            let [hit] = joined.hits.as_slice() else { continue };
            let tail_only = hit.first == from && hit.last > first;
            if !tail_only {
                return None;
            }
            // The next line may be a PIN on its own: then only five whole groups of four outweigh it.
            let alone = ends.windows(2).take(k).any(|w| matches!(w, [a, b] if self.line(*a, *b, &mut Hits::default())));
            if alone && !(hit.reading.canonical && (hit.reading.tail.is_some() || hit.reading.pin.len() == 20)) {
                return None;
            }
            out.hits.append(&mut joined.hits);
            return Some(k + 1);
        }
        None
    }
}

/// Inside a joined row a line break is as good as a dash.
fn rank_of(token: &Token) -> Rank {
    match token.gap.rank() {
        Rank::Line => Rank::Tight,
        rank => rank,
    }
}

/// A dash or a space beside the line break: a number was torn here.
fn torn(token: Option<&Token>) -> bool {
    token.is_some_and(|t| t.gap.has(Gap::NL) && t.gap.has(Gap::SPACE | Gap::DASH | Gap::DOT))
}
