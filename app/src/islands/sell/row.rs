//! One voucher: a line that opens to be mended. Changes are saved as they are made.

use super::SellState;
use super::typed::{CompanionFields, FaceField};
use crate::components::{Chip, Choice, Glyph, Icon, SelectField, TextField, Tone, error_of};
use crate::text as t;
use domain::Lang;
use domain::wire::{BrandChoice, BrandStatus, SellRow};
use leptos::prelude::*;

/// The row of this id.
#[component]
pub fn Row(flow: SellState, id: u32, lang: Lang) -> impl IntoView {
    let row = Memo::new(move |_| flow.view.with(|view| view.rows.iter().find(|row| row.id == id).cloned()));
    let place =
        Memo::new(move |_| flow.view.with(|view| view.rows.iter().position(|row| row.id == id).map_or(0, |at| at + 1)));
    move || {
        let place = place.get();
        row.get().map(|row| {
            let choice =
                flow.view.with_untracked(|view| view.brands.iter().find(|brand| brand.brand == row.brand).cloned());
            let brands = flow.view.with_untracked(|view| brand_choices(&view.brands, &row));
            line(row, choice, brands, place, lang)
        })
    }
}

fn brand_choices(brands: &[BrandChoice], row: &SellRow) -> Vec<Choice> {
    brands
        .iter()
        .filter(|brand| brand.status == BrandStatus::Accepting || brand.brand == row.brand)
        .map(|brand| Choice::new(brand.brand.clone(), brand.name.clone()))
        .collect()
}

fn line(row: SellRow, choice: Option<BrandChoice>, brands: Vec<Choice>, place: usize, lang: Lang) -> impl IntoView {
    let ready = row.problems.is_empty();
    let open = !ready || row.guessed && row.face.is_none();
    let field = |name: &str| format!("rows.{}.{name}", row.id);
    let error = |name: &str| error_of(&row.problems, &field(name));
    let form = choice.map(|choice| choice.form);
    let (pin_label, pin_help) = form.as_ref().map_or_else(
        || (t::row_pin(lang).to_owned(), String::new()),
        |form| (form.pin.label(lang).to_owned(), form.pin.help(lang).to_owned()),
    );
    let other: Vec<_> = row
        .problems
        .iter()
        .filter(|problem| problem.field == format!("rows.{}", row.id) || problem.field == "form")
        .map(|problem| view! { <p class="error"><Icon glyph=Glyph::Alert/>{problem.message.clone()}</p> })
        .collect();
    let (tone, word) = match (row.left_out, ready) {
        (true, _) => (Tone::Bad, t::row_left_out(lang)),
        (false, true) => (Tone::Good, t::row_ready(lang)),
        (false, false) => (Tone::You, t::row_wants(lang)),
    };
    let face = row.face.map_or_else(|| t::row_face_none(lang).to_owned(), |face| face.fmt(lang));
    let form_id = format!("row-{}", row.id);
    view! {
        <details class="voucher" id=format!("rows.{}", row.id) open=open>
            <summary>
                <Icon glyph=Glyph::Receipt/>
                <div>
                    <div class="strong">
                        <span class="unseen">{format!("{}: ", t::row_name(place, lang))}</span>
                        {row.brand_name}
                    </div>
                    <div class="pin-text">{row.pin_masked}</div>
                </div>
                <div class="voucher-side">
                    <span class="strong">{face}</span>
                    <Chip tone label=word/>
                </div>
                <Icon glyph=Glyph::Chevron/>
            </summary>
            <div class="voucher-body">
                {other}
                <form class="stack" method="post" action="/fn/sell/edit" id=form_id.clone() data-autosave="">
                    <input type="hidden" name="row" value=row.id.to_string()/>
                    <div class="two">
                        <SelectField
                            id=field("brand")
                            name="brand"
                            label=t::row_brand(lang)
                            value=row.brand
                            choices=brands
                            error=error("brand")
                            warning=row.guessed.then(|| t::row_guessed(lang).to_owned())
                        />
                        <TextField
                            id=field("pin")
                            name="pin"
                            label=pin_label
                            help=pin_help
                            value=row.pin
                            error=error("pin")
                            pin=true
                        />
                    </div>
                    {form.as_ref().map(|form| view! {
                        <CompanionFields form=form.clone() prefix=format!("rows.{}.", row.id) values=row.companion problems=row.problems.clone() lang/>
                        <FaceField form=form.clone() prefix=format!("rows.{}.", row.id) face=row.face error=error("face") lang/>
                    })}
                </form>
                <div class="voucher-acts">
                    <form method="post" action="/fn/sell/remove">
                        <input type="hidden" name="row" value=row.id.to_string()/>
                        <button class="btn btn-small btn-plain" type="submit">
                            {t::row_remove(lang)}
                            <span class="unseen">{format!(" ({})", t::row_name(place, lang))}</span>
                        </button>
                    </form>
                    <button class="btn btn-small" type="submit" form=form_id>{t::row_save(lang)}</button>
                </div>
            </div>
        </details>
    }
}
