//! The vouchers of a draft: normal form, what is wrong with each, and which of them count.

use super::draft::{Draft, Row};
use super::keep::Ctx;
use crate::catalogue::Shelf;
use crate::text;
use domain::form::{FormSchema, Typed};
use domain::quote::PriceLine;
use domain::rate::rate_for;
use domain::text::particle;
use domain::wire::FieldError;
use domain::{BrandStatus, Lang, Reason, Won};
use std::collections::HashSet;

/// Most characters kept of a typed number or companion.
pub(crate) const LONGEST_FIELD: usize = 80;

/// Reads `50,000`, `50000원`, `5만`, `5만원`; `None` when it is no amount above nothing.
pub(crate) fn read_face(typed: &str) -> Option<Won> {
    let plain: String = typed
        .chars()
        .map(domain::form::half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '₩' | '원' | '권'))
        .collect();
    let (digits, unit) = match (plain.strip_suffix('만'), plain.strip_suffix('천')) {
        (Some(digits), _) => (digits, 10_000),
        (None, Some(digits)) => (digits, 1_000),
        (None, None) => (plain.as_str(), 1),
    };
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Won::new(digits.parse::<i64>().ok()?).ok()?.checked_mul(unit).filter(|won| !won.is_zero())
}

/// What was typed for a row, as the form wants it.
fn typed(row: &Row, face: Option<Won>) -> Typed {
    Typed { pin: row.pin.clone(), companions: row.companion.clone(), face }
}

/// Brings what is right into its normal form; what isn't stays as typed.
pub(crate) fn normalise(row: &mut Row, form: &FormSchema) {
    // The face is judged apart: a number is whole without it.
    let any_face = form.faces.first().copied().or(form.free.map(|free| free.min));
    if let Ok(clean) = form.validate(&typed(row, any_face)) {
        clean.pin.expose().clone_into(&mut row.pin);
        let given = clean.companions.into_iter().map(|(name, value)| (name, value.into_exposed()));
        row.companion = given.collect();
        return;
    }
    if let Ok(Some(pin)) = form.pin.check(&row.pin) {
        row.pin = pin;
    }
    for (name, value) in &mut row.companion {
        let checked = form.field(name).filter(|field| field.name != "pin").map(|field| field.check(value));
        if let Some(Ok(Some(number))) = checked {
            *value = number;
        }
    }
}

/// What makes two rows the same voucher: the brand's family and the number in its normal form.
pub(crate) fn voucher_key(row: &Row, shelf: &Shelf) -> (String, String) {
    let family = shelf.brand(&row.brand).map_or(row.brand.as_str(), |brand| brand.family.as_str());
    let number = row.pin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    (family.to_owned(), number)
}

/// A row with what is wrong with it.
pub(crate) struct Judged<'a> {
    pub row: &'a Row,
    pub problems: Vec<FieldError>,
    /// Its brand isn't bought now: it stays in sight and doesn't count.
    pub left_out: bool,
}

/// Judges every row, in order.
pub(crate) fn judge<'a>(draft: &'a Draft, ctx: &Ctx) -> Vec<Judged<'a>> {
    let mut seen = HashSet::new();
    draft
        .rows
        .iter()
        .map(|row| {
            let again = !seen.insert(voucher_key(row, &ctx.shelf));
            let (problems, left_out) = judge_row(row, again, &ctx.shelf, ctx.lang);
            Judged { row, problems, left_out }
        })
        .collect()
}

fn judge_row(row: &Row, again: bool, shelf: &Shelf, lang: Lang) -> (Vec<FieldError>, bool) {
    let wrong = |field: &str, code: &str, message: &str| FieldError {
        field: format!("rows.{}.{field}", row.id),
        code: code.to_owned(),
        message: message.to_owned(),
    };
    let Some(brand) = shelf.brand(&row.brand) else {
        return (vec![wrong("brand", "brand_missing", text::brand_missing(lang))], false);
    };
    let name = brand.info.name(lang);
    let topic = particle(name, "은", "는");
    match brand.status {
        BrandStatus::Accepting => {}
        BrandStatus::Paused => {
            return (vec![wrong("brand", "brand_paused", &text::brand_paused(lang, name, topic))], true);
        }
        BrandStatus::Stopped => {
            return (vec![wrong("brand", "brand_stopped", &text::brand_stopped(lang, name, topic))], true);
        }
    }
    let mut problems = Vec::new();
    if again {
        problems.push(wrong("pin", "duplicate", text::row_duplicate(lang)));
    } else if row.taken {
        problems.push(wrong("pin", "duplicate_pin", Reason::Duplicate.detail(lang)));
    }
    let prefix = format!("rows.{}.", row.id);
    match brand.form.validate(&typed(row, row.face)) {
        Ok(clean) if rate_for(&shelf.rates, &row.brand, clean.face).is_none() => {
            let message = domain::text::quote_not_bought(lang, &clean.face.fmt(lang));
            problems.push(wrong("face", "not_bought", &message));
        }
        Ok(_) => {}
        Err(found) => {
            let unreadable = row.bad_face.is_some();
            problems
                .extend(found.iter().filter(|p| !(unreadable && p.field == "face")).map(|p| p.to_error(&prefix, lang)));
        }
    }
    if row.bad_face.is_some() {
        problems.push(wrong("face", "face_unreadable", text::face_unreadable(lang)));
    }
    (problems, false)
}

/// The rows that count, when there is at least one and nothing is wrong with any of them.
///
/// Errors: how many have something to mend; 0 when there is no row that counts.
pub(crate) fn ready(draft: &Draft, ctx: &Ctx) -> Result<Vec<PriceLine>, usize> {
    let judged = judge(draft, ctx);
    let unready = judged.iter().filter(|row| !row.left_out && !row.problems.is_empty()).count();
    if unready > 0 {
        return Err(unready);
    }
    let lines: Vec<PriceLine> = judged
        .iter()
        .filter(|row| !row.left_out)
        .filter_map(|row| Some(PriceLine { row: row.row.id, brand: row.row.brand.clone(), face: row.row.face? }))
        .collect();
    if lines.is_empty() { Err(0) } else { Ok(lines) }
}

/// Puts a new row in. `false` when the same voucher is there already; what the new one knows more is taken over.
pub(crate) fn push_or_merge(draft: &mut Draft, mut row: Row, shelf: &Shelf) -> bool {
    if let Some(form) = shelf.form(&row.brand) {
        normalise(&mut row, form);
    }
    let key = voucher_key(&row, shelf);
    let Some(known) = draft.rows.iter_mut().find(|known| voucher_key(known, shelf) == key) else {
        row.id = draft.new_row_id();
        draft.rows.push(row);
        return true;
    };
    if known.face.is_none() {
        known.face = row.face;
    }
    for (name, value) in row.companion {
        match known.companion.iter_mut().find(|(had, _)| *had == name) {
            Some((_, had)) if had.trim().is_empty() => *had = value,
            Some(_) => {}
            None => known.companion.push((name, value)),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::read_face;

    #[test]
    fn a_face_is_read_however_it_is_written() {
        for (typed, won) in [
            ("50000", Some(50_000)),
            ("50,000원", Some(50_000)),
            ("5만원권", Some(50_000)),
            (" ５만 ", Some(50_000)),
            ("5천원", Some(5_000)),
            ("₩1,000", Some(1_000)),
            ("0", None),
            ("", None),
            ("오만원", None),
            ("-5000", None),
            ("5000.5", None),
            ("99999999999", None),
        ] {
            assert_eq!(read_face(typed).map(domain::Won::get), won, "{typed:?}");
        }
    }
}
