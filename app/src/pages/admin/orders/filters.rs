//! What the list is narrowed by: one search for a person or a code, and the filter that stands in the address.

use super::all;
use crate::components::{Glyph, Icon};
use crate::desk::Flash;
use crate::text as t;
use domain::bank::BANKS;
use domain::desk::orders::{OrderFilter, words};
use domain::wire::desk::OrderListView;
use domain::{Lang, OrderState, Speed};
use leptos::prelude::*;

pub(super) fn search(lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let wrong = flash.wrong("orders/find", "q");
    let said = wrong.clone().map(|wrong| view! { <span class="error" id="q-wrong">{wrong}</span> });
    view! {
        <form method="post" action="/desk/fn/orders/find" class="filters" role="search">
            <div class="field">
                <label for="q">{t::orders_search(lang)}</label>
                <input
                    class="input"
                    id="q"
                    name="q"
                    autocomplete="off"
                    maxlength="60"
                    value=flash.value("orders/find", "q").unwrap_or_default()
                    aria-invalid=wrong.is_some().then_some("true")
                    aria-describedby=wrong.is_some().then_some("q-wrong")
                    data-search=""
                />
                {said}
            </div>
            <button class="btn" type="submit">{t::orders_search_do(lang)}</button>
        </form>
    }
}

/// One field of the filter's form.
fn text(name: &'static str, kind: &'static str, label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input class="input" id=name name=name type=kind value=value autocomplete="off" maxlength="40"/>
        </div>
    }
}

pub(super) fn select(
    name: &'static str,
    label: &'static str,
    any: Option<&'static str>,
    chosen: String,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="select">
                <select class="input" id=name name=name>
                    {any.map(|any| view! { <option value="">{any}</option> })}
                    {options}
                </select>
                <Icon glyph=Glyph::Chevron/>
            </div>
        </div>
    }
}

pub(super) fn filters(view: &OrderListView, filter: &OrderFilter, lang: Lang) -> impl IntoView + use<> {
    let of = |name: &str| {
        filter.pairs().into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
    };
    let states = OrderState::ALL
        .iter()
        .map(|state| {
            let checked = filter.states.contains(state);
            view! {
                <label class="filter-chip">
                    <input type="checkbox" name="state" value=state.as_str() checked=checked/>
                    {words::state(*state, lang)}
                </label>
            }
        })
        .collect_view();
    let any = Some(t::filter_any(lang));
    let banks =
        BANKS.iter().map(|bank| (bank.code.to_owned(), lang.pick(bank.name_ko, bank.name_en).to_owned())).collect();
    let speeds = [("instant", Speed::Instant), ("next_morning", Speed::NextMorning)]
        .map(|(word, speed)| (word.to_owned(), words::speed(speed, lang).to_owned()))
        .to_vec();
    let sorts = [
        ("newest", t::sort_newest(lang)),
        ("oldest", t::sort_oldest(lang)),
        ("amount", t::sort_amount(lang)),
        ("risk", t::sort_risk(lang)),
    ]
    .map(|(word, words)| (word.to_owned(), words.to_owned()))
    .to_vec();
    let more = ["bank", "speed", "held", "min", "max", "risk", "open"].iter().any(|name| !of(name).is_empty());
    view! {
        <form method="get" action="/desk/orders" class="filter-form">
            <fieldset class="filter-chips">
                <legend class="unseen">{t::filter_states(lang)}</legend>
                {states}
            </fieldset>
            <div class="filters">
                {text("from", "date", t::filter_from(lang), of("from"))}
                {text("to", "date", t::filter_to(lang), of("to"))}
                {select("brand", t::filter_brand(lang), any, of("brand"), view.brands.clone())}
                {select("sort", t::filter_sort(lang), None, filter.sort.to_string(), sorts)}
                <button class="btn btn-main" type="submit">{t::orders_filter_do(lang)}</button>
                <a class="btn btn-quiet" href=all()>{t::orders_clear(lang)}</a>
            </div>
            <details open=more>
                <summary>{t::filter_more(lang)}</summary>
                <div class="filters">
                    {select("bank", t::filter_bank(lang), any, of("bank"), banks)}
                    {select("speed", t::filter_speed(lang), any, of("speed"), speeds)}
                    {text("held", "text", t::filter_held(lang), of("held"))}
                    {text("min", "text", t::filter_min(lang), of("min"))}
                    {text("max", "text", t::filter_max(lang), of("max"))}
                    {text("risk", "number", t::filter_risk(lang), of("risk"))}
                    <label class="filter-chip">
                        <input type="checkbox" name="open" value="1" checked=filter.open/>
                        {t::filter_open(lang)}
                    </label>
                </div>
            </details>
        </form>
    }
}
