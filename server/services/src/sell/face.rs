//! Which face a pasted text says a voucher has. A guess for the form only: the issuer's word is what is paid by.
//!
//! The amount nearest to the number in its own line counts. Otherwise texts have one of two habits: headings
//! (`컬쳐랜드 5만원권` and numbers under it) or labels (`핀번호 …`, `금액: 50,000원` under it). Which one it is shows in
//! whether an amount stands above the first number.

use domain::Won;

/// One found number: where it stands in the text (bytes) and which brand it is taken for.
pub(crate) struct Place<'a> {
    pub span: (usize, usize),
    pub brand: &'a str,
}

/// An amount somewhere in the text.
#[derive(Clone, Copy)]
struct Mention {
    at: usize,
    end: usize,
    line: usize,
    amount: Won,
}

/// Amounts looked at on each side of a number: a text made of nothing else must not take long.
const REACH: usize = 20;
/// Lines under a number that may hold its labels.
const LABELS_UNDER: usize = 6;

/// Words of amounts that aren't a voucher's face.
const NOT_A_FACE: &[&str] =
    &["결제", "합계", "총", "할인", "배송", "수수료", "잔액", "이상", "판매가", "입금", "total", "fee", "balance"];

/// The face said for each place, in order; `fits` tells whether an amount is one of the place's brand's faces.
pub(crate) fn faces(text: &str, places: &[Place<'_>], fits: &dyn Fn(&Place<'_>, Won) -> bool) -> Vec<Option<Won>> {
    let lines = lines(text);
    let line_of = |at: usize| lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    let mentions = mentions(text, &lines, places);
    let first = places.iter().map(|place| line_of(place.span.0)).min().unwrap_or(0);
    let headed = mentions.iter().any(|mention| mention.line < first);
    places
        .iter()
        .map(|place| {
            let here = line_of(place.span.0);
            let last = line_of(place.span.1.saturating_sub(1).max(place.span.0));
            let fitting = |mention: &&Mention| fits(place, mention.amount);
            // The mentions stand in the text's order; those before and after the number, the nearest first.
            let (before, after) = mentions.split_at(mentions.partition_point(|mention| mention.at < place.span.0));
            let left = before.iter().rev().take(REACH).take_while(|mention| mention.line == here).find(fitting);
            let right = after.iter().take(REACH).take_while(|mention| mention.line <= last).find(fitting);
            let near = left.into_iter().chain(right).min_by_key(|mention| distance(mention, place.span));
            let far = || {
                if headed {
                    let above = before.iter().rev().filter(|mention| mention.line < here);
                    above.take(REACH).find(fitting).filter(|mention| !crosses_other_brand(places, place, mention.at))
                } else {
                    let next = places.iter().map(|other| other.span.0).filter(|at| *at > place.span.0).min();
                    let below = after.iter().take_while(|mention| {
                        mention.line <= last + LABELS_UNDER && next.is_none_or(|next| mention.at < next)
                    });
                    below.take(REACH).filter(|mention| mention.line > last).find(fitting)
                }
            };
            near.or_else(far).map(|mention| mention.amount)
        })
        .collect()
}

fn distance(mention: &Mention, span: (usize, usize)) -> usize {
    if mention.at >= span.1 { mention.at - span.1 } else { span.0.saturating_sub(mention.end) }
}

/// Does a number of another brand stand between the heading and this one?
fn crosses_other_brand(places: &[Place<'_>], place: &Place<'_>, heading: usize) -> bool {
    places.iter().any(|other| other.span.0 > heading && other.span.0 < place.span.0 && other.brand != place.brand)
}

/// Start and end of every line, in bytes.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        lines.push((start, start + line.len()));
        start += line.len() + 1;
    }
    lines
}

fn mentions(text: &str, lines: &[(usize, usize)], places: &[Place<'_>]) -> Vec<Mention> {
    let mut found = Vec::new();
    for (index, (start, end)) in lines.iter().enumerate() {
        let Some(line) = text.get(*start..*end) else { continue };
        if NOT_A_FACE.iter().any(|word| line.contains(word)) {
            continue;
        }
        for (at, end, amount) in amounts(line) {
            let (at, end) = (start + at, start + end);
            if !places.iter().any(|place| at < place.span.1 && end > place.span.0) {
                found.push(Mention { at, end, line: index, amount });
            }
        }
    }
    found
}

/// A plain digit, full-width ones too.
fn digit(c: char) -> Option<i64> {
    let plain = match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0'))?,
        other => other,
    };
    plain.to_digit(10).map(i64::from)
}

/// Every `50,000원`, `50000원`, `5만원`, `5만`, `5천원`, `1만5천원`, `50,000` of a line: from, to (bytes), won.
fn amounts(line: &str) -> Vec<(usize, usize, Won)> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if digit(chars[i].1).is_none() {
            i += 1;
            continue;
        }
        let before = i.checked_sub(1).map(|at| chars[at].1);
        let start = i;
        let (amount, next) = number(&chars, i);
        i = next.max(i + 1);
        // 5만원권: what follows the figure belongs to it.
        for word in ['원', '권'] {
            if amount.is_some() && chars.get(i).is_some_and(|(_, c)| *c == word) {
                i += 1;
            }
        }
        // A tail of a longer number, a date or a decimal is no amount.
        if before.is_some_and(|c| matches!(c, '-' | '.' | '/' | ':' | '_' | ',') || c.is_ascii_alphabetic()) {
            continue;
        }
        let Some(won) = amount.and_then(|amount| Won::new(amount).ok()).filter(|won| !won.is_zero()) else { continue };
        let end = chars.get(i).map_or(line.len(), |(at, _)| *at);
        found.push((chars[start].0, end, won));
    }
    found
}

/// Reads one number with its unit from `at`; the amount if it has one, and where it ends.
fn number(chars: &[(usize, char)], at: usize) -> (Option<i64>, usize) {
    let (value, grouped, mut i) = digits(chars, at);
    let Some(value) = value else { return (None, i) };
    let skip_blank = |mut i: usize| {
        while chars.get(i).is_some_and(|(_, c)| *c == ' ' || *c == '\u{a0}') {
            i += 1;
        }
        i
    };
    let unit_at = skip_blank(i);
    match chars.get(unit_at).map(|(_, c)| *c) {
        Some('만') => {
            i = unit_at + 1;
            let mut amount = value.checked_mul(10_000);
            let (more, _, after) = digits(chars, skip_blank(i));
            if let (Some(more), Some((_, '천'))) = (more, chars.get(after)) {
                amount = amount.and_then(|amount| amount.checked_add(more.checked_mul(1_000)?));
                i = after + 1;
            }
            (amount, i)
        }
        Some('천') => (value.checked_mul(1_000), unit_at + 1),
        Some('원') => (Some(value), unit_at + 1),
        _ => (grouped.then_some(value), i),
    }
}

/// A run of digits, in groups of three behind commas or plain; `None` when it is too long to be an amount.
fn digits(chars: &[(usize, char)], at: usize) -> (Option<i64>, bool, usize) {
    let mut i = at;
    let mut value: Option<i64> = None;
    let mut count = 0_usize;
    let mut grouped = false;
    loop {
        match chars.get(i).map(|(_, c)| *c) {
            Some(c) if digit(c).is_some() => {
                let d = digit(c).unwrap_or(0);
                value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(d));
                count += 1;
                i += 1;
            }
            Some(',' | '，') if value.is_some() && group_follows(chars, i) => {
                grouped = true;
                i += 1;
            }
            _ => break,
        }
    }
    // A plain run followed by a joint is the head of a longer number.
    let joined = matches!(chars.get(i).map(|(_, c)| *c), Some('-' | '_'))
        && chars.get(i + 1).is_some_and(|(_, c)| digit(*c).is_some());
    (value.filter(|_| count <= 9 && !joined), grouped, i)
}

fn group_follows(chars: &[(usize, char)], comma: usize) -> bool {
    (1..=3).all(|step| chars.get(comma + step).is_some_and(|(_, c)| digit(*c).is_some()))
        && chars.get(comma + 4).is_none_or(|(_, c)| digit(*c).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PINS: [&str; 3] = ["4180-1111-2222-3333", "4180-4444-5555-6666", "4180-7777-8888-9999"];

    fn said(text: &str) -> Vec<Option<i64>> {
        let places: Vec<Place<'_>> = PINS
            .iter()
            .filter_map(|pin| text.find(pin).map(|at| Place { span: (at, at + pin.len()), brand: "cultureland" }))
            .collect();
        let fits = |_: &Place<'_>, won: Won| [5_000, 10_000, 15_000, 30_000, 50_000].contains(&won.get());
        faces(text, &places, &fits).into_iter().map(|won| won.map(Won::get)).collect()
    }

    #[test]
    fn the_amount_in_the_same_line_counts() {
        assert_eq!(said("컬쳐랜드 50,000원 4180-1111-2222-3333"), [Some(50_000)]);
        assert_eq!(said("4180-1111-2222-3333 (5만원권)"), [Some(50_000)]);
        assert_eq!(said("4180-1111-2222-3333 1만5천원"), [Some(15_000)]);
        assert_eq!(said("4180-1111-2222-3333 ５천원"), [Some(5_000)]);
        assert_eq!(said("4180-1111-2222-3333 5만, 4180-4444-5555-6666 1만"), [Some(50_000), Some(10_000)]);
        assert_eq!(said("5만원권 4180-1111-2222-3333 / 1만원권 4180-4444-5555-6666"), [Some(50_000), Some(10_000)]);
    }

    #[test]
    fn a_heading_counts_for_all_under_it() {
        let text = "컬쳐랜드 5만원권\n4180-1111-2222-3333\n4180-4444-5555-6666\n컬쳐랜드 1만원\n4180-7777-8888-9999";
        assert_eq!(said(text), [Some(50_000), Some(50_000), Some(10_000)]);
    }

    #[test]
    fn a_label_under_the_number_counts_for_that_number() {
        let text = "핀번호: 4180-1111-2222-3333\n금액: 50,000원\n핀번호: 4180-4444-5555-6666\n금액: 10,000원\n\n4180-7777-8888-9999";
        assert_eq!(said(text), [Some(50_000), Some(10_000), None]);
    }

    #[test]
    fn what_is_no_face_is_left_alone() {
        assert_eq!(said("총 결제금액 50,000원\n4180-1111-2222-3333"), [None]);
        assert_eq!(said("4180-1111-2222-3333 7만원"), [None]);
        assert_eq!(said("유효기간 2026.11.30\n4180-1111-2222-3333"), [None]);
        assert_eq!(said("계좌 110-50,000\n4180-1111-2222-3333"), [None]);
        assert_eq!(said("4180-1111-2222-3333"), [None]);
    }
}
