//! The further numbers of a voucher: told by their label, their length and their place.

use super::decide::Walk;
use super::grammar::{self, Tail};
use super::names::{Mean, Owner};
use super::rows::{Hits, Reader};
use super::scope::{Candidates, Line, Source};
use super::tokens::{Gap, Kind, Rank, Token};
use super::types::{BrandKey, Companions, Found, Problem};

/// A further number that was read before its PIN.
pub(super) struct Early {
    pub slot: Slot,
    pub value: String,
    pub line: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Auth,
    Issue,
    Security,
    Gift,
}

impl Slot {
    pub(super) fn of(self, companions: &mut Companions) -> &mut Option<String> {
        match self {
            Self::Auth => &mut companions.auth_code,
            Self::Issue => &mut companions.issue_date,
            Self::Security => &mut companions.security_code,
            Self::Gift => &mut companions.gift_number,
        }
    }

    pub(super) const fn fits(self, brand: BrandKey) -> bool {
        matches!(
            (self, brand),
            (Self::Auth, BrandKey::Booknlife | BrandKey::Starbucks)
                | (Self::Issue, BrandKey::Happymoney)
                | (Self::Security, BrandKey::Hyundai | BrandKey::Shinsegae)
                | (Self::Gift, BrandKey::Shinsegae)
        )
    }
}

/// What a label took of a row.
pub(super) enum Taken {
    Nothing,
    Tokens(usize),
    Line,
}

impl Walk<'_> {
    /// What a label makes of the groups after it.
    pub(super) fn labelled(&mut self, label: Option<Mean>, from: usize, end: usize, candidates: &Candidates) -> Taken {
        let Some(label) = label else { return Taken::Nothing };
        let line = self.scopes.lines.get(self.line).copied().unwrap_or_default();
        let to = self.line_end(from, end);
        let brand = candidates.owners.first().copied().flatten().and_then(Owner::brand);
        let row = self.row(from, to);
        let row_has_letters = row.iter().any(|t| !t.is_numeric());
        let total: usize = row.iter().map(Token::len).sum();
        match label {
            Mean::Noise | Mean::Near | Mean::Pay => return Taken::Line,
            Mean::Bank => {
                let account = (8..=14).contains(&total) && row.first().is_some_and(|t| t.digits > 0);
                return if account { Taken::Line } else { Taken::Nothing };
            }
            Mean::Card
                if !(brand == Some(BrandKey::Starbucks)
                    && self.is_voucher_card((from, to, end), line, candidates.source)) =>
            {
                return Taken::Line;
            }
            Mean::Auth if line.otp => return Taken::Line,
            _ => {}
        }
        // Where the text names no voucher near, the one before it speaks.
        let latest = self.latest.and_then(|l| self.parsed.items.get(l.item)).map(|item| item.brand);
        let named = matches!(candidates.source, Source::Line | Source::Column | Source::Heading);
        let brand = match latest {
            Some(latest) if !named || candidates.owners.contains(&Some(Owner::Ours(latest))) => Some(latest),
            _ => brand,
        };
        let expected = match (label, brand) {
            (Mean::Auth | Mean::Security | Mean::Pin | Mean::Number, Some(BrandKey::Booknlife)) => {
                Some((Slot::Auth, 4))
            }
            (Mean::Auth | Mean::Security | Mean::Pin | Mean::Number, Some(BrandKey::Starbucks)) => {
                Some((Slot::Auth, 8))
            }
            (Mean::Auth | Mean::Security | Mean::Pin, Some(BrandKey::Hyundai)) => Some((Slot::Security, 4)),
            (Mean::Security | Mean::Auth, Some(BrandKey::Shinsegae)) => Some((Slot::Security, 3)),
            (Mean::Gift | Mean::Card, Some(BrandKey::Shinsegae)) => Some((Slot::Gift, 13)),
            (Mean::Issue, Some(BrandKey::Happymoney)) => Some((Slot::Issue, 8)),
            _ => None,
        };
        if let Some((slot, length)) = expected
            && let Some((digits, used)) = grammar::digits_ahead(self.glyphs, row, length)
            && (slot != Slot::Issue || grammar::is_day(&digits))
            && (!matches!(label, Mean::Pin | Mean::Number) || self.lacks(slot) && !self.reads(brand, from, to))
        {
            self.attach(slot, digits);
            return Taken::Tokens(used);
        }
        if brand == Some(BrandKey::Shinsegae)
            && matches!(label, Mean::Pin | Mean::Auth | Mean::Number)
            && (label == Mean::Pin || self.early.iter().any(|e| e.slot == Slot::Gift))
            && let Some((pin, used)) = grammar::digits_ahead(self.glyphs, row, 6)
        {
            self.shinsegae(pin, from, from + used, candidates.source);
            return Taken::Tokens(used);
        }
        match label {
            Mean::Security | Mean::Issue => Taken::Line,
            Mean::Auth if total <= 10 || row_has_letters => Taken::Line,
            Mean::Gift if brand == Some(BrandKey::Shinsegae) => Taken::Line,
            _ => Taken::Nothing,
        }
    }

    /// The latest voucher still lacks this number.
    fn lacks(&self, slot: Slot) -> bool {
        self.latest.and_then(|l| self.parsed.items.get(l.item)).is_some_and(|item| {
            let mut companion = item.companion.clone();
            slot.fits(item.brand) && slot.of(&mut companion).is_none()
        })
    }

    /// The row begins with a PIN.
    fn reads(&self, brand: Option<BrandKey>, from: usize, to: usize) -> bool {
        let mut hits = Hits::default();
        let reader = Reader { glyphs: self.glyphs, tokens: self.tokens, brand };
        reader.line(from, to, &mut hits) && hits.hits.first().is_some_and(|hit| hit.first == from)
    }

    /// A card number is a voucher's only if the name stands with it or a card PIN follows; else somebody paid with it.
    fn is_voucher_card(&self, (from, after, end): (usize, usize, usize), line: Line, source: Source) -> bool {
        if line.pay {
            return false;
        }
        let follows = self.row(after, (after + 8).min(self.tokens.len())).windows(2).any(|pair| {
            matches!(pair, [label, pin] if matches!(label.kind, Kind::Label(Mean::Pin | Mean::Auth)) && pin.is_numeric() && pin.len() == 8)
        });
        if source == Source::Line || follows {
            return true;
        }
        let hits = self.lines(from, end, Some(BrandKey::Starbucks)).0;
        hits.first().is_some_and(|hit| hit.first == from && hit.reading.tail.is_some())
    }

    /// A written day: the day of issue, if it is called so or stands right after a PIN that needs one.
    pub(super) fn day(&mut self, i: usize, token: &Token, day: u32) {
        let column = self.column_label(token);
        let waiting = self.waiting.take().map(|w| w.mean).or(column);
        if waiting == Some(Mean::Issue) {
            self.attach(Slot::Issue, day.to_string());
            return;
        }
        if waiting.is_some() {
            return;
        }
        let Some(latest) = self.latest.filter(|l| l.after == i) else {
            return;
        };
        let next = (i + 1..).find_map(|k| match self.token(k) {
            Some(t) if t.kind == Kind::Noise && !t.starts_line() && t.start <= token.end + 8 && t.gap.0 != 0 => None,
            other => Some(other),
        });
        let ends = next
            .flatten()
            .is_none_or(|t| t.starts_line() || t.gap.has(Gap::BRACKET | Gap::TAB | Gap::COMMA | Gap::SLASH));
        let near = latest.line == self.line || (token.starts_line() && latest.line + 1 == self.line);
        if ends && near && !token.gap.has(Gap::BREAK | Gap::BLANK) {
            self.attach(Slot::Issue, day.to_string());
        }
    }

    /// Gives a further number to the voucher before it, or keeps it for the next one.
    pub(super) fn attach(&mut self, slot: Slot, value: String) {
        if let Some(latest) = self.latest
            && self.line.saturating_sub(latest.line) <= 6
            && self.same_message(latest.line)
            && let Some(item) = self.parsed.items.get_mut(latest.item)
            && slot.fits(item.brand)
        {
            let place = slot.of(&mut item.companion);
            if place.is_none() {
                *place = Some(value);
                return;
            }
            // Said again; but a gift number may begin a repeat.
            if slot != Slot::Gift && place.as_deref() == Some(&value) {
                return;
            }
        }
        self.early.retain(|e| e.slot != slot);
        self.early.push(Early { slot, value, line: self.line });
    }

    fn same_message(&self, line: usize) -> bool {
        let message = |line: usize| self.scopes.lines.get(line).map(|l| l.message);
        message(line) == message(self.line)
    }

    pub(super) fn use_early(&mut self) {
        let Some(latest) = self.latest else { return };
        for early in std::mem::take(&mut self.early) {
            if self.line.saturating_sub(early.line) > 4 {
                continue;
            }
            if let Some(item) = self.parsed.items.get_mut(latest.item)
                && early.slot.fits(item.brand)
            {
                let place = early.slot.of(&mut item.companion);
                if place.is_none() {
                    *place = Some(early.value);
                }
            }
        }
    }

    pub(super) fn shinsegae(&mut self, pin: String, from: usize, to: usize, source: Source) {
        let line = self.line;
        let gift = self.early.iter().position(|e| e.slot == Slot::Gift && line.saturating_sub(e.line) <= 4);
        let companion =
            Companions { gift_number: gift.map(|at| self.early.swap_remove(at).value), ..Companions::default() };
        let confidence = if self.row(from, to).iter().any(|t| t.ocr > 0) { 94 } else { 99 };
        self.add(BrandKey::Shinsegae, pin, companion, (from, to), confidence, source);
        self.use_early();
    }

    /// Gift number, PIN and security code told by their lengths and their order.
    pub(super) fn shinsegae_row(&mut self, from: usize, end: usize, source: Source) -> bool {
        let mut at = from;
        let mut any = false;
        while at < end {
            let row = self.tokens.get(at..end).unwrap_or_default();
            let line = self.line_of(at);
            let ahead = |length| grammar::digits_ahead(self.glyphs, row, length);
            let gift_near = self.early.iter().any(|e| e.slot == Slot::Gift && line.saturating_sub(e.line) <= 2);
            if let Some((gift, used)) = ahead(13) {
                self.line = self.line.max(line);
                self.early.retain(|e| e.slot != Slot::Gift);
                self.early.push(Early { slot: Slot::Gift, value: gift, line });
                at += used;
            } else if let Some((pin, used)) = ahead(6).filter(|_| gift_near) {
                self.shinsegae(pin, at, at + used, source);
                any = true;
                at += used;
            } else if let Some((code, used)) = ahead(3).filter(|_| any && self.latest.is_some_and(|l| l.after == at)) {
                self.attach(Slot::Security, code);
                at += used;
            } else {
                at += 1;
                while self.token(at).is_some_and(|t| at < end && t.gap.rank() <= Rank::Field) {
                    at += 1;
                }
            }
        }
        any
    }
}

/// Problems and confidence, when all numbers are in.
pub(super) fn finish_item(item: &mut Found, source: Source, hint: Option<BrandKey>) {
    let needs = match grammar::tail(item.brand) {
        Tail::None => item.brand == BrandKey::Shinsegae && item.companion.gift_number.is_none(),
        Tail::Password | Tail::CardPin => item.companion.auth_code.is_none(),
        Tail::Security => item.companion.security_code.is_none(),
        Tail::Day => item.companion.issue_date.is_none(),
    };
    let less = match source {
        Source::Line | Source::Column => 0,
        Source::Heading => 2,
        Source::Around => 5,
        Source::Hint => 9,
        Source::Shape => 14,
    };
    item.confidence = item.confidence.saturating_sub(less);
    if needs {
        item.problems.push(Problem::MissingCompanion);
    }
    if source == Source::Shape {
        item.problems.push(Problem::BrandGuessed);
    }
    if item.brand == BrandKey::MunhwaOrSmart {
        item.problems.push(Problem::AmbiguousBrand);
    }
    if hint.is_some_and(|hint| hint != item.brand) && source != Source::Shape {
        item.problems.push(Problem::HintIgnored);
    }
}
