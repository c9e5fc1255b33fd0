//! Walks over the tokens, line by line, and decides about every number.

use std::collections::BTreeMap;

use super::answer::Refusal;
use super::companions::{Early, Taken, finish_item};
use super::grammar;
use super::names::Mean;
use super::normalise::Glyph;
use super::rows::{Hit, Hits, Reader};
use super::scope::{self, Candidates, Cells, Header, Scopes, Source};
use super::tokens::{Gap, Kind, Token};
use super::types::{BrandKey, Parsed, RejectReason};

/// A label that waits for its number.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    pub mean: Mean,
    /// Other words since.
    words: u8,
}

/// The latest voucher: index, line and the token after it.
#[derive(Clone, Copy)]
pub(super) struct Latest {
    pub item: usize,
    pub line: usize,
    pub after: usize,
}

pub(super) struct Walk<'a> {
    pub(super) glyphs: &'a [Glyph],
    pub(super) tokens: &'a [Token],
    pub(super) scopes: Scopes,
    hint: Option<BrandKey>,
    pub(super) parsed: Parsed,
    pub(super) sources: Vec<Source>,
    pub(super) seen: BTreeMap<String, usize>,
    pub(super) latest: Option<Latest>,
    pub(super) early: Vec<Early>,
    pub(super) waiting: Option<Waiting>,
    header: Header,
    /// The line at hand is a line of column titles.
    titles: bool,
    cells: Option<Cells>,
    pub(super) line: usize,
}

pub(super) fn decide(glyphs: &[Glyph], tokens: &[Token], hint: Option<BrandKey>) -> Parsed {
    let mut walk = Walk {
        glyphs,
        tokens,
        scopes: Scopes::new(tokens, hint),
        hint,
        parsed: Parsed::default(),
        sources: Vec::new(),
        seen: BTreeMap::new(),
        latest: None,
        early: Vec::new(),
        waiting: None,
        header: Header::default(),
        titles: false,
        cells: None,
        line: 0,
    };
    let mut i = 0;
    while i < tokens.len() {
        i = walk.step(i);
    }
    walk.finish()
}

impl Walk<'_> {
    fn finish(mut self) -> Parsed {
        for (item, source) in self.parsed.items.iter_mut().zip(self.sources) {
            finish_item(item, source, self.hint);
        }
        self.parsed
    }

    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    pub(super) fn row(&self, from: usize, to: usize) -> &[Token] {
        self.tokens.get(from..to).unwrap_or_default()
    }

    fn enter_line(&mut self, i: usize) {
        while self.scopes.lines.get(self.line).is_some_and(|l| l.end <= i) {
            self.line += 1;
        }
        let Some(line) = self.scopes.lines.get(self.line).copied() else {
            return;
        };
        if line.first != i {
            return;
        }
        // A label alone in its line speaks for the next one.
        let before = self.line.checked_sub(1).and_then(|k| self.scopes.lines.get(k));
        let carried = !self.titles
            && before.is_some_and(|l| l.only_labels)
            && self.waiting.is_some_and(|w| !matches!(w.mean, Mean::Near | Mean::Bank | Mean::Pay));
        if !carried {
            self.waiting = None;
        }
        self.titles = self.header.begin(self.glyphs, self.tokens.get(line.first..line.end).unwrap_or_default());
        self.cells = self.header.cells(self.token(i).map_or(0, |t| scope::line_start(self.glyphs, t.start)));
    }

    fn step(&mut self, i: usize) -> usize {
        super::tick(1);
        let Some(token) = self.token(i).copied() else {
            return i + 1;
        };
        if token.starts_line() {
            self.enter_line(i);
        }
        if token.gap.has(Gap::END) && self.waiting.is_some_and(|w| w.words > 0) {
            self.waiting = None;
        }
        match token.kind {
            Kind::Label(mean) => self.label(mean, &token),
            Kind::Name(_) | Kind::Noise => self.waiting = None,
            Kind::Word => self.other_word(&token),
            Kind::Mark => {}
            Kind::Date(day) => self.day(i, &token, day),
            Kind::Run | Kind::Mask => return self.chain(i),
        }
        i + 1
    }

    fn label(&mut self, mean: Mean, token: &Token) {
        let mean = match mean {
            Mean::Otp | Mean::Message | Mean::Above => return,
            Mean::Pay => Mean::Near,
            mean => mean,
        };
        // 계좌 번호, 보안 코드 No.: the first word says what the number is.
        if mean == Mean::Number
            && (token.gap.0 & !(Gap::SPACE | Gap::DOT)) == 0
            && self.waiting.is_some_and(|w| w.words == 0 && w.mean != Mean::Bank)
        {
            if let Some(waiting) = self.waiting.as_mut().filter(|w| w.mean == Mean::Near) {
                waiting.mean = Mean::Noise;
            }
            return;
        }
        // A bank named after 계좌 changes nothing.
        if mean == Mean::Bank && self.waiting.is_some_and(|w| w.mean == Mean::Noise) {
            return;
        }
        self.waiting = Some(Waiting { mean, words: 0 });
    }

    fn other_word(&mut self, token: &Token) {
        let Some(waiting) = self.waiting.as_mut() else { return };
        // Particles hang on the label: 연락처는, 카드번호로.
        if token.gap.0 == 0 && token.len() <= 3 {
            return;
        }
        waiting.words += 1;
        let most = u8::from(!matches!(waiting.mean, Mean::Near | Mean::Bank));
        if waiting.words > most {
            self.waiting = None;
        }
    }

    pub(super) fn column_label(&mut self, token: &Token) -> Option<Mean> {
        let glyphs = self.glyphs;
        let cell = self.cells.as_mut()?.of(glyphs, token.start);
        (cell > 0 || self.has_separator()).then(|| self.header.column(cell).0).flatten()
    }

    /// The line at hand is a row of the table.
    fn has_separator(&self) -> bool {
        let flag = self.header.separator_flag();
        let Some(line) = self.scopes.lines.get(self.line) else {
            return false;
        };
        self.row(line.first + 1, line.end).iter().take(64).any(|t| t.gap.has(flag))
    }

    /// Where the row of groups that begins at `from` ends.
    fn chain_end(&self, from: usize) -> usize {
        // A row of a table ends with its line.
        let row = if self.header.separator_flag() != 0 && self.has_separator() { Gap::NL } else { 0 };
        let stop = row | self.header.separator_flag() | Gap::BREAK | Gap::BLANK | Gap::END | Gap::MONEY | Gap::PLUS;
        let rest = self.tokens.get(from + 1..).unwrap_or_default();
        from + 1 + rest.iter().take_while(|t| matches!(t.kind, Kind::Run | Kind::Mask) && !t.gap.has(stop)).count()
    }

    fn chain(&mut self, from: usize) -> usize {
        let end = self.chain_end(from);
        let Some(first) = self.token(from).copied() else {
            return end;
        };
        let glyphs = self.glyphs;
        let cell = self.cells.as_mut().map(|cells| cells.of(glyphs, first.start));
        let (title, column) = match cell {
            Some(cell) if cell > 0 || self.has_separator() => self.header.column(cell),
            _ => (None, None),
        };
        let label = self.waiting.take().map(|w| w.mean).or(title);
        if self.is_account(from, end) {
            return end;
        }
        let candidates = self.scopes.candidates(from, self.line, column);
        let mut start = from;
        match self.labelled(label, start, end, &candidates) {
            Taken::Nothing => {}
            Taken::Tokens(count) => start += count,
            Taken::Line => start = self.line_end(start, end),
        }
        if start < end {
            self.numbers(start, end, &candidates);
        }
        // The chain may have gone over lines.
        while self.scopes.lines.get(self.line).is_some_and(|l| l.end < end) {
            self.line += 1;
        }
        end
    }

    /// 110-234-567890 신한: groups of an account with a bank right after them.
    fn is_account(&self, from: usize, end: usize) -> bool {
        let row = self.row(from, end);
        let bank = self.token(end).is_some_and(|t| t.kind == Kind::Label(Mean::Bank) && t.gap.0 == Gap::SPACE);
        let even = row.iter().all(|t| t.len() == 4);
        let total: usize = row.iter().map(Token::len).sum();
        bank && (2..=4).contains(&row.len())
            && !even
            && (10..=14).contains(&total)
            && row.iter().skip(1).all(|t| t.gap.0 == Gap::DASH)
    }

    pub(super) fn line_end(&self, from: usize, end: usize) -> usize {
        let rest = self.tokens.get(from + 1..end).unwrap_or_default();
        from + 1 + rest.iter().take_while(|t| !t.starts_line()).count()
    }

    /// Reads the groups `from..end` as numbers of the first brand that fits.
    fn numbers(&mut self, from: usize, end: usize, candidates: &Candidates) {
        let mut refused = Vec::new();
        let mut any = false;
        for owner in candidates.owners.iter().flatten() {
            any = true;
            let Some(brand) = owner.brand() else {
                self.foreign(from, end);
                return;
            };
            if brand == BrandKey::Shinsegae {
                if self.shinsegae_row(from, end, candidates.source) {
                    return;
                }
                continue;
            }
            let (hits, bad) = self.lines(from, end, Some(brand));
            if !hits.is_empty() {
                self.take(hits, candidates.source);
                self.reject(bad);
                return;
            }
            if refused.is_empty() {
                refused = bad;
            }
        }
        if !any {
            let (hits, bad) = self.lines(from, end, None);
            let none = hits.is_empty();
            self.take(hits, Source::Shape);
            if !none {
                self.reject(bad);
            }
            return;
        }
        if candidates.loose {
            let without = self.scopes.without_name();
            self.numbers(from, end, &without);
            return;
        }
        self.reject(refused);
    }

    /// The PINs of one brand in a row of groups that may go over several lines.
    pub(super) fn lines(&self, from: usize, end: usize, brand: Option<BrandKey>) -> (Vec<Hit>, Vec<Refusal>) {
        let reader = Reader { glyphs: self.glyphs, tokens: self.tokens, brand };
        let mut bounds = vec![from];
        bounds.extend((from + 1..end).filter(|&k| self.token(k).is_some_and(Token::starts_line)));
        bounds.push(end);
        let mut out = Hits::default();
        let mut k = 0;
        while let (Some(&a), Some(&b)) = (bounds.get(k), bounds.get(k + 1)) {
            super::tick(b - a);
            let (hits, bad) = (out.hits.len(), out.refused.len());
            if reader.line(a, b, &mut out) {
                k += 1;
                // The last line of a row may go on with other words: then it is no tail.
                let next = bounds.get(k).zip(bounds.get(k + 1));
                if let (Some((&a, &b)), Some(hit)) = (next, out.hits.last_mut())
                    && reader.line_after(hit, a, b, self.token(b).is_none_or(|t| t.starts_line() || t.gap.0 == 0))
                {
                    k += 1;
                }
                continue;
            }
            if let Some(lines) = reader.over_lines(a, bounds.get(k + 1..).unwrap_or_default(), &mut out) {
                out.refused.truncate(bad);
                k += lines;
            } else {
                out.hits.truncate(hits);
                k += 1;
            }
        }
        (out.hits, out.refused)
    }
}

/// A PIN typed into one field.
pub(super) fn typed(brand: BrandKey, glyphs: &[Glyph], tokens: &[Token]) -> Result<String, RejectReason> {
    let row: Vec<Token> = tokens.iter().filter(|t| matches!(t.kind, Kind::Run | Kind::Mask)).copied().collect();
    if row.is_empty() {
        return Err(RejectReason::Truncated);
    }
    let reading = grammar::read(Some(brand), glyphs, &row)?;
    if reading.tail.is_some() {
        return Err(RejectReason::Overlong);
    }
    // A Cultureland PIN where one of 문화상품권 was asked for.
    if reading.brand != brand {
        return Err(RejectReason::Truncated);
    }
    Ok(reading.pin)
}
