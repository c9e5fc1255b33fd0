//! Writes the answer: vouchers, each once, and the numbers that were not taken.

use super::MAX_ITEMS;
use super::decide::{Latest, Walk};
use super::normalise::Glyph;
use super::rows::Hit;
use super::scope::Source;
use super::tokens::Kind;
use super::types::{BrandKey, Companions, Found, Problem, RejectReason, Rejected, Span};

/// First token, token after the last one, and why they are no PIN.
pub(super) type Refusal = (usize, usize, RejectReason);

impl Walk<'_> {
    pub(super) fn take(&mut self, hits: Vec<Hit>, source: Source) {
        for hit in hits {
            let companions = hit.reading.companions();
            let mut after = hit.last;
            if hit.reading.tail.is_some() {
                after += 1;
            }
            let line = self.line_of(hit.first);
            let confidence = if hit.reading.ocr { 94 } else { 99 };
            self.add(hit.reading.brand, hit.reading.pin, companions, (hit.first, hit.last), confidence, source);
            let line = line.max(self.line_of_last(hit.last));
            if let Some(latest) = self.latest.as_mut() {
                latest.line = line;
                latest.after = after;
            }
            self.use_early();
        }
    }

    pub(super) fn line_of(&self, token: usize) -> usize {
        self.scopes.lines.partition_point(|l| l.end <= token)
    }

    fn line_of_last(&self, after: usize) -> usize {
        self.scopes.lines.partition_point(|l| l.end < after)
    }

    fn span(&self, (from, to): (usize, usize)) -> Span {
        let row = self.row(from, to);
        // Masks around a PIN are decoration.
        let mut runs = row.iter().filter(|t| t.kind == Kind::Run);
        let first = runs.next();
        let last = runs.next_back().or(first);
        let place =
            |glyph: Option<&Glyph>, of: fn(&Glyph) -> u32| glyph.and_then(|g| usize::try_from(of(g)).ok()).unwrap_or(0);
        let start = place(first.and_then(|t| self.glyphs.get(t.start)), |g| g.at);
        let end = place(last.and_then(|t| self.glyphs.get(t.end.saturating_sub(1))), |g| g.to);
        Span { start, end: end.max(start) }
    }

    pub(super) fn add(
        &mut self,
        brand: BrandKey,
        pin: String,
        companion: Companions,
        at: (usize, usize),
        confidence: u8,
        source: Source,
    ) {
        // Six digits repeat; with the gift number they are one voucher.
        let key = match (&companion.gift_number, brand) {
            (Some(gift), BrandKey::Shinsegae) => format!("{gift}/{pin}"),
            _ => pin.clone(),
        };
        if let Some(&item) = self.seen.get(&key) {
            self.parsed.duplicates += 1;
            let better = self.sources.get(item).is_some_and(|&s| rank(source) < rank(s));
            if let (Some(old), Some(old_source)) = (self.parsed.items.get_mut(item), self.sources.get_mut(item)) {
                if better {
                    old.brand = brand;
                    *old_source = source;
                }
                if old.brand == brand {
                    old.companion.fill_from(&companion);
                }
            }
            self.latest = Some(Latest { item, line: self.line, after: at.1 });
            return;
        }
        if self.parsed.items.len() >= MAX_ITEMS {
            self.parsed.truncated = true;
            return;
        }
        let span = self.span(at);
        let problems = if confidence < 99 { vec![Problem::OcrCorrected] } else { Vec::new() };
        self.seen.insert(key, self.parsed.items.len());
        if brand == BrandKey::Shinsegae {
            self.seen.entry(pin.clone()).or_insert(self.parsed.items.len());
        }
        self.latest = Some(Latest { item: self.parsed.items.len(), line: self.line, after: at.1 });
        self.parsed.items.push(Found { brand, pin, companion, span, confidence, problems });
        self.sources.push(source);
    }

    pub(super) fn foreign(&mut self, from: usize, end: usize) {
        let digits: usize = self.row(from, end).iter().map(|t| t.digits).sum();
        if digits >= 8 {
            self.reject(vec![(from, self.line_end(from, end), RejectReason::OtherIssuer)]);
        }
    }

    pub(super) fn reject(&mut self, refused: Vec<Refusal>) {
        for (from, to, reason) in refused {
            if self.parsed.rejected.len() >= MAX_ITEMS {
                return;
            }
            let span = self.span((from, to));
            if span.end > span.start {
                self.parsed.rejected.push(Rejected { span, reason });
            }
        }
    }
}

const fn rank(source: Source) -> u8 {
    match source {
        Source::Line => 0,
        Source::Column => 1,
        Source::Heading => 2,
        Source::Around => 3,
        Source::Hint => 4,
        Source::Shape => 5,
    }
}
