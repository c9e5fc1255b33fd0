//! One voucher typed, changed or taken out.

use super::draft::{Draft, Row};
use super::keep::{Ctx, Without, update};
use super::rows::{LONGEST_FIELD, normalise, push_or_merge, read_face, voucher_key};
use super::{AddRow, DraftToken, EditRow, SellAnswer};
use crate::catalogue::shelf;
use crate::shop::kept;
use crate::{Actor, ServiceError, Services, text};
use domain::quote::MAX_ITEMS;

/// Companion fields taken for one row; no form has more.
const COMPANIONS: usize = 6;

/// Adds one voucher typed by form. What is wrong with it is told at its row, so that nothing typed is lost.
pub async fn add(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    input: AddRow,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let kept = update(services, &ctx, token, Without::Begin, |draft| {
        add_row(draft, &input, &ctx);
        None
    });
    Ok(kept.await?.answer(&ctx))
}

fn add_row(draft: &mut Draft, input: &AddRow, ctx: &Ctx) {
    let lang = ctx.lang;
    let Some(form) = ctx.shelf.form(&input.brand) else {
        return draft.wrong("brand", "brand_missing", text::brand_missing(lang));
    };
    if input.pin.trim().is_empty() {
        if let Err(problem) = form.pin.check("") {
            draft.wrong("pin", problem.code(), problem.text(lang));
        }
        return;
    }
    let mut row = Row {
        brand: input.brand.clone(),
        pin: kept(&input.pin, LONGEST_FIELD),
        companion: companions(&input.companion),
        ..Row::default()
    };
    set_face(&mut row, &input.face);
    let full = draft.rows.len() >= MAX_ITEMS;
    if !push_or_merge(draft, row, &ctx.shelf) {
        draft.wrong("pin", "duplicate", text::row_duplicate(lang));
    } else if full {
        draft.rows.pop();
        draft.wrong("form", "too_many", text::rows_full(lang, MAX_ITEMS));
    }
    draft.rows_changed();
}

/// Changes brand, number, companions or face of one row; a new brand judges the row by its own form.
pub async fn edit(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    input: EditRow,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        edit_row(draft, &input, &ctx);
        None
    });
    Ok(kept.await?.answer(&ctx))
}

fn edit_row(draft: &mut Draft, input: &EditRow, ctx: &Ctx) {
    let Some(row) = draft.rows.iter_mut().find(|row| row.id == input.row) else {
        return draft.wrong("form", "row_gone", text::row_gone(ctx.lang));
    };
    let before = voucher_key(row, &ctx.shelf);
    if let Some(brand) = &input.brand {
        if ctx.shelf.brand(brand).is_none() {
            let field = format!("rows.{}.brand", input.row);
            return draft.wrong(field, "brand_missing", text::brand_missing(ctx.lang));
        }
        // A form sends what it shows, changed or not; only a change is the customer's word.
        if row.brand != *brand {
            row.brand.clone_from(brand);
            row.guessed = false;
        }
    }
    if let Some(pin) = &input.pin {
        row.pin = kept(pin, LONGEST_FIELD);
    }
    for (name, value) in companions(&input.companion) {
        if let Some((_, had)) = row.companion.iter_mut().find(|(had, _)| *had == name) {
            *had = value;
        } else if row.companion.len() < COMPANIONS {
            row.companion.push((name, value));
        }
    }
    if let Some(face) = &input.face {
        set_face(row, face);
    }
    if let Some(form) = ctx.shelf.form(&row.brand) {
        normalise(row, form);
    }
    row.taken &= voucher_key(row, &ctx.shelf) == before;
    draft.rows_changed();
}

/// Takes one row out. Taking it out twice is no mistake.
pub async fn remove(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    row: u32,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        draft.rows.retain(|known| known.id != row);
        draft.rows_changed();
        None
    });
    Ok(kept.await?.answer(&ctx))
}

fn companions(typed: &[(String, String)]) -> Vec<(String, String)> {
    let named = typed.iter().filter(|(name, _)| !name.is_empty() && name.len() <= 40);
    named.take(COMPANIONS).map(|(name, value)| (name.clone(), kept(value, LONGEST_FIELD))).collect()
}

fn set_face(row: &mut Row, typed: &str) {
    row.face = read_face(typed);
    row.bad_face = (row.face.is_none() && !typed.trim().is_empty()).then(|| kept(typed, LONGEST_FIELD));
}
