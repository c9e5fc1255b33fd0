//! Brand, face, count → payout. Without scripts the form asks the page itself.

use crate::components::{Amount, AmountSize, Choice, Glyph, Icon, SelectField};
use crate::text as t;
use domain::wire::{FeeTable, RateBand, RateRow};
use domain::{Lang, Won};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One brand that can be reckoned with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalcBrand {
    pub rates: RateRow,
    pub faces: Vec<Won>,
}

/// What is asked; from the address when scripts are off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalcAsk {
    pub brand: String,
    pub face: i64,
    pub count: u32,
}

/// The most that fits one order.
const MOST: u32 = 100;

fn rate_of(brand: &CalcBrand, face: Won) -> Option<u32> {
    let covers = |band: &&RateBand| band.face_min <= face && face <= band.face_max;
    let narrow = |band: &&RateBand| (band.face_max.saturating_sub_zero(band.face_min), band.basis_points);
    brand.rates.bands.iter().filter(covers).min_by_key(narrow).map(|band| band.basis_points)
}

/// The face asked for, else 50,000 won, else the largest.
fn face_of(brand: &CalcBrand, asked: Won) -> Won {
    let usual = Won::whole(50_000);
    let known = [asked, usual].into_iter().find(|face| brand.faces.contains(face));
    known.or(brand.faces.last().copied()).unwrap_or_default()
}

/// `floor(face × rate)` each, then the fee once.
fn payout(brand: &CalcBrand, face: Won, count: u32, fee: Won) -> Option<Won> {
    let gross = face.at_rate(rate_of(brand, face)?)?.checked_mul(count)?;
    Some(gross.saturating_sub_zero(fee))
}

/// The calculator.
#[island]
pub fn Calculator(brands: Vec<CalcBrand>, fees: FeeTable, ask: CalcAsk, lang: Lang) -> impl IntoView {
    let at = brands.iter().position(|brand| brand.rates.brand == ask.brand).unwrap_or(0);
    let start = brands.get(at).cloned();
    let asked = Won::new(ask.face).unwrap_or_default();
    let face = RwSignal::new(start.as_ref().map(|brand| face_of(brand, asked)).unwrap_or_default());
    let count = RwSignal::new(ask.count.clamp(1, MOST));
    let choices =
        brands.iter().map(|one| Choice::new(one.rates.brand.clone(), one.rates.name.clone())).collect::<Vec<_>>();
    let value = start.as_ref().map(|brand| brand.rates.brand.clone()).unwrap_or_default();
    let brand = RwSignal::new(start);
    let net = move || brand.with(|brand| payout(brand.as_ref()?, face.get(), count.get(), fees.instant));
    let choose = move |key: &str| {
        if let Some(found) = brands.iter().find(|one| one.rates.brand == key) {
            face.update(|face| *face = face_of(found, *face));
            brand.set(Some(found.clone()));
        }
    };
    let step = move |by: i32| count.update(|n| *n = n.saturating_add_signed(by).clamp(1, MOST));

    view! {
        <form class="card stack" method="get" action="/#calc">
            <div on:change=move |event| choose(&event_target_value(&event))>
                <SelectField id="calc-brand" name="brand" label=t::calc_brand(lang) value choices/>
            </div>
            <fieldset class="field">
                <legend class="legend">{t::calc_face(lang)}</legend>
                <div class="picks">{move || brand.get().map(|brand| faces(&brand, face, lang))}</div>
            </fieldset>
            <div class="field">
                <label for="calc-count">{t::calc_count(lang)}</label>
                <div class="count">
                    <button class="only-js" type="button" aria-label=t::calc_less(lang) on:click=move |_| step(-1)>
                        <Icon glyph=Glyph::Minus/>
                    </button>
                    <input
                        class="input"
                        id="calc-count"
                        name="count"
                        type="number"
                        min="1"
                        max=MOST.to_string()
                        inputmode="numeric"
                        value=count.get_untracked().to_string()
                        prop:value=move || count.get().to_string()
                        on:input=move |event| {
                            if let Ok(n) = event_target_value(&event).parse::<u32>() {
                                count.set(n.clamp(1, MOST));
                            }
                        }
                    />
                    <button class="only-js" type="button" aria-label=t::calc_more(lang) on:click=move |_| step(1)>
                        <Icon glyph=Glyph::Plus/>
                    </button>
                </div>
            </div>
            <button class="btn only-plain" type="submit">{t::calc_show(lang)}</button>
            <div class="sum" aria-live="polite">
                <span class="small muted">{t::calc_result(lang)}</span>
                {move || match net() {
                    Some(won) => view! { <Amount won lang size=AmountSize::Large/> }.into_any(),
                    None => view! { <span class="muted">{t::calc_none(lang)}</span> }.into_any(),
                }}
                <span class="help">{t::after_fee(fees.instant, lang)}</span>
            </div>
        </form>
    }
}

/// The faces to choose from.
fn faces(brand: &CalcBrand, face: RwSignal<Won>, lang: Lang) -> impl IntoView + use<> {
    brand
        .faces
        .iter()
        .map(|&one| {
            view! {
                <label class="pick">
                    <input
                        class="unseen"
                        type="radio"
                        name="face"
                        value=one.get().to_string()
                        checked=face.get_untracked() == one
                        prop:checked=move || face.get() == one
                        on:change=move |_| face.set(one)
                    />
                    {one.fmt(lang)}
                </label>
            }
        })
        .collect_view()
}
