//! Which voucher a number belongs to: the name in its line, above it, over its column, around it, or the hint.

use super::names::{Mean, Owner};
use super::normalise::Glyph;
use super::tokens::{Gap, Kind, Token};
use super::types::BrandKey;

/// Where the brand of a number was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    Line,
    Column,
    Heading,
    Around,
    Hint,
    Shape,
}

/// A name found in the text.
#[derive(Clone, Copy)]
struct Name {
    token: usize,
    line: usize,
    owner: Owner,
}

#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "marks that have nothing to do with each other")]
pub(super) struct Line {
    pub first: usize,
    pub end: usize,
    /// First and last run of four characters or more.
    runs: Option<(usize, usize)>,
    names: (usize, usize),
    pub pay: bool,
    pub otp: bool,
    above: bool,
    /// After a blank line.
    fresh: bool,
    /// The number of the message this line belongs to.
    pub message: usize,
    /// Nothing but labels.
    pub only_labels: bool,
}

pub(super) struct Scopes {
    pub lines: Vec<Line>,
    names: Vec<Name>,
    /// Lines that say "the above are …", in order, each with the first line it speaks of.
    above: Vec<(usize, usize)>,
    hint: Option<BrandKey>,
}

/// Whose voucher a number may be, best first.
pub(super) struct Candidates {
    pub owners: [Option<Owner>; 4],
    pub source: Source,
    /// If none of them fits, the hint or the shape may speak.
    pub loose: bool,
}

impl Scopes {
    pub(super) fn new(tokens: &[Token], hint: Option<BrandKey>) -> Self {
        let mut scopes = Self { lines: Vec::new(), names: Vec::new(), above: Vec::new(), hint };
        let mut line = Line { only_labels: true, ..Line::default() };
        let mut message = 0;
        for (i, token) in tokens.iter().enumerate() {
            if token.starts_line() && i > 0 {
                scopes.close(&mut line, i);
            }
            match token.kind {
                Kind::Run if token.len() >= 4 => line.runs = Some((line.runs.map_or(i, |(first, _)| first), i)),
                Kind::Name(owner) => scopes.names.push(Name { token: i, line: scopes.lines.len(), owner }),
                Kind::Label(Mean::Pay) => line.pay = true,
                Kind::Label(Mean::Otp) => line.otp = true,
                Kind::Label(Mean::Above) => line.above = true,
                Kind::Label(Mean::Message) => message += 1,
                _ => {}
            }
            line.message = message;
            line.fresh |= token.starts_line() && token.gap.has(Gap::BLANK);
            line.only_labels &= matches!(token.kind, Kind::Label(_) | Kind::Mark);
        }
        scopes.close(&mut line, tokens.len());
        scopes
    }

    fn close(&mut self, line: &mut Line, end: usize) {
        line.end = end;
        line.names.1 = self.names.len();
        let named = self.names.get(line.names.0).map(|name| name.token);
        if line.above && named.is_some_and(|name| line.runs.is_none_or(|(first, _)| name < first)) {
            let at = self.lines.len();
            // The block of lines right above it, up to a blank line or a name.
            let mut from = at;
            while let Some(above) = from.checked_sub(1).and_then(|k| self.lines.get(k)) {
                if above.names.0 < above.names.1 {
                    break;
                }
                from -= 1;
                if above.fresh {
                    break;
                }
            }
            self.above.push((at, from));
        }
        let message = line.message;
        self.lines.push(*line);
        *line = Line {
            first: end,
            names: (self.names.len(), self.names.len()),
            message,
            only_labels: true,
            ..Line::default()
        };
    }

    fn names_of(&self, line: usize) -> &[Name] {
        self.lines.get(line).and_then(|l| self.names.get(l.names.0..l.names.1)).unwrap_or_default()
    }

    fn message_of(&self, line: usize) -> usize {
        self.lines.get(line).map_or(0, |l| l.message)
    }

    /// The brands to try for the number at `token` in `line`; `column` is what its column title names.
    pub(super) fn candidates(&self, token: usize, line: usize, column: Option<Owner>) -> Candidates {
        let one = |owner: Owner, source| Candidates { owners: [Some(owner), None, None, None], source, loose: false };
        if let Some(owner) = self.in_line(token, line) {
            return one(owner, Source::Line);
        }
        if let Some(owner) = column {
            return one(owner, Source::Column);
        }
        let before = self.names.partition_point(|name| name.token < token);
        let above = self.names.get(..before).and_then(<[Name]>::last);
        let below = self.names.get(before..).unwrap_or_default().iter().find(|name| name.line > line);
        let footer = self.above.get(self.above.partition_point(|&(at, _)| at <= line)).copied();
        if let (Some((at, first)), Some(below)) = (footer, below)
            && below.line == at
            && line >= first
        {
            return one(below.owner, Source::Around);
        }
        let message = self.message_of(line);
        let same = |name: &&Name| self.message_of(name.line) == message;
        if let Some(name) = above.filter(same) {
            return self.all_of(name.line, Source::Heading, false);
        }
        if let Some(name) = below.filter(same) {
            return one(name.owner, Source::Around);
        }
        if let Some(name) = above.or(below) {
            return self.all_of(name.line, Source::Around, true);
        }
        self.without_name()
    }

    /// Hint or shape.
    pub(super) fn without_name(&self) -> Candidates {
        let source = if self.hint.is_some() { Source::Hint } else { Source::Shape };
        Candidates { owners: [self.hint.map(Owner::Ours), None, None, None], source, loose: false }
    }

    /// All names of a heading, the last one first.
    fn all_of(&self, line: usize, source: Source, loose: bool) -> Candidates {
        let mut owners = [None; 4];
        let mut count = 0;
        for name in self.names_of(line).iter().rev() {
            if count < owners.len() && !owners.contains(&Some(name.owner)) {
                if let Some(slot) = owners.get_mut(count) {
                    *slot = Some(name.owner);
                }
                count += 1;
            }
        }
        Candidates { owners, source, loose }
    }

    fn in_line(&self, token: usize, line: usize) -> Option<Owner> {
        let names = self.names_of(line);
        let (first, last) = (names.first()?, names.last()?);
        let (first_run, last_run) = self.lines.get(line)?.runs.unwrap_or((token, token));
        let at = names.partition_point(|name| name.token < token);
        let (before, after) = (at.checked_sub(1).and_then(|k| names.get(k)), names.get(at));
        // 4180-… 컬쳐랜드, 3304-… 문상: every name follows its number.
        let postfix = first_run < first.token && last_run < last.token;
        if postfix {
            return after.or(before).map(|name| name.owner);
        }
        if let Some(name) = before {
            return Some(name.owner);
        }
        // The name after it belongs to another number.
        after.filter(|name| last_run < name.token).map(|name| name.owner)
    }
}

/// What the columns of a table mean.
#[derive(Default)]
pub(super) struct Header {
    /// The separator of the cells; 0 without a table.
    separator: Option<char>,
    columns: Vec<(Option<Mean>, Option<Owner>)>,
}

impl Header {
    pub(super) const fn separator_flag(&self) -> u32 {
        match self.separator {
            Some('\t') => Gap::TAB,
            Some('|') => Gap::BAR,
            Some(',') => Gap::COMMA,
            _ => 0,
        }
    }

    /// A line of titles begins a new table. Answers whether this line is one.
    pub(super) fn begin(&mut self, glyphs: &[Glyph], row: &[Token]) -> bool {
        let titles = row.iter().filter(|t| is_title(t.kind)).count();
        if titles < 2 || row.len() > 64 || row.iter().any(|t| matches!(t.kind, Kind::Run | Kind::Mask) && t.len() > 3) {
            return false;
        }
        let gaps = |flag: u32| row.iter().skip(1).filter(|t| t.gap.has(flag)).count();
        let separator = match (gaps(Gap::TAB), gaps(Gap::BAR), gaps(Gap::COMMA)) {
            (1.., _, _) => '\t',
            (0, 1.., _) => '|',
            (0, 0, 2..) => ',',
            _ => return false,
        };
        let mut columns = Vec::new();
        let mut cells = Cells::new(row.first().map_or(0, |t| line_start(glyphs, t.start)), separator);
        for token in row {
            let cell = cells.of(glyphs, token.start);
            if cell >= 64 {
                break;
            }
            if columns.len() <= cell {
                columns.resize(cell + 1, (None, None));
            }
            let Some(column) = columns.get_mut(cell) else { continue };
            match token.kind {
                Kind::Name(owner) => column.1 = Some(owner),
                // 주문 번호: the first word says more.
                Kind::Label(Mean::Number) if column.0.is_some() => {}
                Kind::Label(mean) => column.0 = Some(mean),
                _ => {}
            }
        }
        // Two names in one cell are no titles.
        if columns.iter().filter(|column| **column != (None, None)).count() < 2 {
            return false;
        }
        self.separator = Some(separator);
        self.columns = columns;
        true
    }

    pub(super) fn cells(&self, start: usize) -> Option<Cells> {
        self.separator.map(|separator| Cells::new(start, separator))
    }

    pub(super) fn column(&self, cell: usize) -> (Option<Mean>, Option<Owner>) {
        self.columns.get(cell).copied().unwrap_or_default()
    }
}

const fn is_title(kind: Kind) -> bool {
    match kind {
        Kind::Name(_) => true,
        Kind::Label(mean) => !matches!(mean, Mean::Bank | Mean::Otp | Mean::Message | Mean::Above),
        _ => false,
    }
}

/// Counts the cells of a row while walking along it.
pub(super) struct Cells {
    at: usize,
    cell: usize,
    separator: char,
}

impl Cells {
    const fn new(at: usize, separator: char) -> Self {
        Self { at, cell: 0, separator }
    }

    /// The cell of the glyph at `to`; asked in rising order.
    pub(super) fn of(&mut self, glyphs: &[Glyph], to: usize) -> usize {
        super::tick(to.saturating_sub(self.at));
        let passed = glyphs.get(self.at..to).unwrap_or_default();
        self.cell += passed.iter().filter(|g| g.c == self.separator).count();
        self.at = self.at.max(to);
        self.cell
    }
}

/// The first glyph of the line of the glyph at `at`.
pub(super) fn line_start(glyphs: &[Glyph], at: usize) -> usize {
    let before = glyphs.get(..at).unwrap_or_default();
    let start = at - before.iter().rev().take_while(|g| g.c != '\n').count();
    super::tick(at - start);
    start
}
