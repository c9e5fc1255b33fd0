//! Takes out what is plainly no part of a PIN: list marks, phone numbers, days, times, amounts.

use super::normalise::Glyph;
use super::tokens::{Gap, Kind, Token, number};

pub(super) fn mark_noise(glyphs: &[Glyph], tokens: &mut [Token]) {
    let mut i = 0;
    while i < tokens.len() {
        let step = if tokens.get(i).is_some_and(|t| t.kind == Kind::Run && t.digits > 0) {
            let view = View { glyphs, tokens, i };
            view.find()
        } else {
            None
        };
        match step {
            Some((kind, count)) => {
                for token in tokens.iter_mut().skip(i).take(count) {
                    token.kind = if matches!(kind, Kind::Date(_)) { Kind::Noise } else { kind };
                }
                if let (Kind::Date(_), Some(first)) = (kind, tokens.get_mut(i)) {
                    first.kind = kind;
                }
                i += count.max(1);
            }
            None => i += 1,
        }
    }
}

struct View<'a> {
    glyphs: &'a [Glyph],
    tokens: &'a [Token],
    i: usize,
}

impl View<'_> {
    fn token(&self, k: usize) -> Option<&Token> {
        self.tokens.get(self.i + k)
    }

    fn run(&self, k: usize) -> Option<&Token> {
        self.token(k).filter(|t| t.is_digits())
    }

    fn value(&self, k: usize) -> Option<u32> {
        number(self.glyphs, self.token(k)?)
    }

    fn glyph(&self, at: usize) -> char {
        self.glyphs.get(at).map_or('\0', |g| g.c)
    }

    fn before(&self) -> Option<&Token> {
        self.i.checked_sub(1).and_then(|k| self.tokens.get(k))
    }

    /// The run at the cursor goes on from the group before it.
    fn tight_left(&self) -> bool {
        let Some(token) = self.token(0) else { return false };
        token.gap.is_tight() && self.before().is_some_and(|t| matches!(t.kind, Kind::Run | Kind::Mask))
    }

    /// The `k`-th token goes on from the one before it.
    fn tight(&self, k: usize) -> bool {
        self.token(k).is_some_and(|t| matches!(t.kind, Kind::Run | Kind::Mask) && (t.gap.is_tight() || t.gap.0 == 0))
    }

    fn find(&self) -> Option<(Kind, usize)> {
        let token = self.token(0)?;
        if !token.is_digits() {
            return None;
        }
        self.list_mark(token)
            .or_else(|| self.phone(token))
            .or_else(|| self.date())
            .or_else(|| self.time())
            .or_else(|| self.amount(token))
            .or_else(|| self.unit(token))
    }

    fn list_mark(&self, token: &Token) -> Option<(Kind, usize)> {
        let len = token.len();
        if len > 3 || self.tight_left() {
            return None;
        }
        let next = self.glyph(token.end);
        let after = self.glyph(token.end + 1);
        let fresh = token.starts_line()
            || self.before().is_none_or(|t| !matches!(t.kind, Kind::Run | Kind::Mask))
            || token.gap.has(Gap::COMMA | Gap::BRACKET | Gap::TAB | Gap::SLASH | Gap::WIDE | Gap::BREAK);
        let glued = token.gap.0 == 0 && self.before().is_some();
        let mark = match next {
            ')' | ']' => fresh && !glued,
            '.' if after == ' ' => fresh && len <= 3 && self.date().is_none(),
            '.' => {
                token.starts_line()
                    && len <= 2
                    && (after.is_ascii_alphanumeric() || matches!(after, '*' | '(' | '[' | '"' | '\'' | '<'))
                    && self.date().is_none()
            }
            '번' => fresh || after == ' ' || after == ':',
            _ => glued && len <= 2 && matches!(next, ' ' | ':' | '\n' | '\t'),
        };
        mark.then_some((Kind::Mark, 1))
    }

    /// Groups that look like a phone number; a longer row of groups is none.
    fn phone(&self, token: &Token) -> Option<(Kind, usize)> {
        if token.gap.has(Gap::PLUS) && self.value(0) == Some(82) {
            let count =
                (1..4).take_while(|&k| self.run(k).is_some_and(|t| joins(t.gap) || t.gap.has(Gap::BRACKET))).count();
            return Some((Kind::Noise, count + 1));
        }
        if self.tight_left() || self.glyph(token.start) != '0' {
            return None;
        }
        let second = self.glyph(token.start + 1);
        let third = self.glyph(token.start + 2);
        let mobile = second == '1' && matches!(third, '0' | '1' | '6'..='9');
        let one = token.len();
        let next_len = |k: usize| match self.run(k) {
            Some(t) if joins(t.gap) || t.gap.has(Gap::BRACKET) => t.len(),
            _ => 0,
        };
        let (two, three) = (next_len(1), next_len(2));
        let area = match one {
            2 => second == '2',
            3 => mobile || matches!(second, '3'..='8'),
            4 => second == '5' && third == '0' && two == 3,
            _ => false,
        };
        if area && matches!(two, 3 | 4) && three == 4 && !self.tight(3) {
            return Some((Kind::Noise, 3));
        }
        if one == 3 && mobile && matches!(two, 7 | 8) && !self.tight(2) {
            return Some((Kind::Noise, 2));
        }
        let alone = !self.before().is_some_and(|t| t.kind == Kind::Run && joins(token.gap)) && two == 0;
        let whole = match one {
            10 | 11 if mobile => (alone || !self.tight(1)) && !self.completes(one),
            9 | 10 if second == '2' => alone,
            10 | 11 => alone && matches!(second, '3'..='8'),
            _ => false,
        };
        whole.then_some((Kind::Noise, 1))
    }

    /// With the run before it, it makes a whole PIN.
    fn completes(&self, length: usize) -> bool {
        let joined = |k: usize| self.tokens.get(k).is_some_and(|t| t.kind == Kind::Run && joins(t.gap));
        self.i >= 2
            && joined(self.i)
            && !joined(self.i - 1)
            && self.before().is_some_and(|t| t.kind == Kind::Run && matches!(t.len() + length, 16 | 18 | 20))
    }

    fn date(&self) -> Option<(Kind, usize)> {
        let token = self.token(0)?;
        // A day may hang on a number by an underscore, a slash or a comma, not by a dash or a dot.
        if self.tight_left() && token.gap.has(Gap::DASH | Gap::DOT) {
            return None;
        }
        let (a, len) = (self.value(0)?, token.len());
        let year = match len {
            4 if (1950..2100).contains(&a) => a,
            2 => 2000 + a,
            _ => return self.month_day(a, len),
        };
        let korean = |k: usize, unit: char| self.token(k).is_some_and(|t| self.glyph(t.end) == unit);
        if korean(0, '년') {
            let Some(Kind::Word) = self.token(1).map(|t| t.kind) else {
                return Some((Kind::Noise, 1));
            };
            return match (self.value(2), self.value(4)) {
                (Some(m @ 1..=12), Some(d @ 1..=31)) if korean(2, '월') && korean(4, '일') => {
                    Some((Kind::Date(year * 10_000 + m * 100 + d), 5))
                }
                _ => Some((Kind::Noise, 1)),
            };
        }
        let plain = |k: usize| {
            self.run(k).is_some_and(|t| {
                t.len() <= 2
                    && t.gap.has(Gap::DASH | Gap::DOT | Gap::SLASH)
                    && !t.gap.has(Gap::NL | Gap::BREAK | Gap::TAB | Gap::BRACKET)
            })
        };
        if plain(1) && plain(2) && self.run(1).map(|t| t.gap) == self.run(2).map(|t| t.gap) {
            let (m, d) = (self.value(1)?, self.value(2)?);
            if (1..=12).contains(&m) && (1..=31).contains(&d) && (!self.tight(3) || self.clock_follows(3)) {
                return Some((Kind::Date(year * 10_000 + m * 100 + d), 3));
            }
        }
        self.month_day(a, len)
    }

    fn clock_follows(&self, k: usize) -> bool {
        self.run(k).is_some_and(|t| t.len() <= 2 && self.glyph(t.end) == ':')
    }

    /// 2/24, 12월 21일.
    fn month_day(&self, a: u32, len: usize) -> Option<(Kind, usize)> {
        if len > 2 || !(1..=12).contains(&a) || self.tight_left() {
            return None;
        }
        let next = self.run(1)?;
        let slash = next.gap.0 == Gap::SLASH && next.len() <= 2 && !self.tight(2);
        (slash && self.value(1).is_some_and(|d| (1..=31).contains(&d))).then_some((Kind::Noise, 2))
    }

    /// 7:24, 05:49:09.
    fn time(&self) -> Option<(Kind, usize)> {
        let token = self.token(0)?;
        if token.len() > 2 || self.value(0)? > 24 || (self.tight_left() && token.gap.has(Gap::COLON)) {
            return None;
        }
        let part = |k: usize| {
            self.run(k).is_some_and(|t| t.gap.0 == Gap::COLON && t.len() == 2) && self.value(k).is_some_and(|v| v < 60)
        };
        if !part(1) {
            return None;
        }
        let count = if part(2) { 3 } else { 2 };
        (!self.token(count).is_some_and(|t| t.kind == Kind::Run && t.gap.0 == Gap::COLON))
            .then_some((Kind::Noise, count))
    }

    /// 50,000원; ₩50000.
    fn amount(&self, token: &Token) -> Option<(Kind, usize)> {
        if self.tight_left() && !token.gap.has(Gap::MONEY) {
            return None;
        }
        let groups = (1..5).take_while(|&k| self.run(k).is_some_and(|t| t.len() == 3 && t.gap.0 == Gap::COMMA)).count();
        let money = token.gap.has(Gap::MONEY) || self.won_follows(groups);
        let commas = groups > 0 && token.len() <= 3 && !self.tight(groups + 1) && (money || groups <= 2);
        (commas || (money && groups == 0 && token.len() <= 9 && !self.tight(1))).then_some((Kind::Noise, groups + 1))
    }

    fn won_follows(&self, k: usize) -> bool {
        let Some(token) = self.token(k) else { return false };
        let at = if self.glyph(token.end) == ' ' { token.end + 1 } else { token.end };
        self.glyph(at) == '원'
            || (self.glyph(at).eq_ignore_ascii_case(&'k')
                && self.glyph(at + 1).eq_ignore_ascii_case(&'r')
                && self.glyph(at + 2).eq_ignore_ascii_case(&'w'))
    }

    /// 5만원, 3장, 18핀, 2월.
    fn unit(&self, token: &Token) -> Option<(Kind, usize)> {
        if self.tight_left() {
            return None;
        }
        let most = match self.glyph(token.end) {
            '만' | '천' | '백' | '억' => 5,
            '년' => 4,
            '월' | '일' | '시' | '분' | '초' => 2,
            '장' | '매' | '개' | '권' | '명' | '건' | '회' | '핀' | '층' | '호' | '동' | '점' | '세' | '인' | '차'
            | '위' | '종' | '배' | '통' | '박' | '곳' | '급' | '주' | '쪽' | '줄' | '%' | '대' | '자' | '판' | '캐'
            | '포' | '까' => 3,
            _ => 0,
        };
        (token.len() <= most).then_some((Kind::Noise, 1))
    }
}

/// A dash, a dot or a space, as between the groups of a phone number.
fn joins(gap: Gap) -> bool {
    gap.0 != 0 && gap.0 & !(Gap::DASH | Gap::DOT | Gap::SPACE | Gap::SLASH) == 0
}
