//! The landing's paste box: answers while typing stops, keeps nothing.

use super::post::post;
use crate::components::{Amount, AmountSize, Chip, Glyph, Icon, Tone, Trouble};
use crate::text as t;
use domain::Lang;
use domain::wire::{AppError, GlanceView};
use leptos::ev::InputEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, UrlSearchParams};

/// Quiet for so long, and it's worth asking.
const PAUSE: Duration = Duration::from_millis(350);

/// The box, what was found in it, and the one button. Without scripts the button alone does the work.
#[island]
pub fn Glance(lang: Lang) -> impl IntoView {
    let found = RwSignal::new(None::<Result<GlanceView, AppError>>);
    let asking = RwSignal::new(false);
    // Only the newest question's answer counts.
    let asked = StoredValue::new(0_u32);
    let timer = StoredValue::new(None::<TimeoutHandle>);

    let ask = move |text: String| {
        asked.update_value(|n| *n = n.wrapping_add(1));
        let mine = asked.get_value();
        if text.trim().is_empty() {
            found.set(None);
            return;
        }
        let Ok(params) = UrlSearchParams::new() else { return };
        params.append("text", &text);
        asking.set(true);
        spawn_local(async move {
            let answer = post::<GlanceView>("/fn/sell/glance", &String::from(params.to_string())).await;
            if asked.get_value() == mine {
                asking.set(false);
                found.set(Some(answer));
            }
        });
    };
    let wait_and_ask = move |area: HtmlTextAreaElement| {
        if let Some(handle) = timer.get_value() {
            handle.clear();
        }
        timer.set_value(set_timeout_with_handle(move || ask(area.value()), PAUSE).ok());
    };
    let area =
        move |event: &web_sys::Event| event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    let on_input = move |event: web_sys::Event| {
        // While a syllable is being put together the text isn't what it will be.
        let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
        if let (false, Some(area)) = (composing, area(&event)) {
            wait_and_ask(area);
        }
    };

    view! {
        <form class="hero-card" method="post" action="/fn/sell/paste">
            <label class="hero-label" for="paste">{t::hero_label(lang)}</label>
            <textarea
                class="hero-box"
                id="paste"
                name="text"
                rows="4"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=t::hero_placeholder(lang)
                on:input=on_input
                on:compositionend=move |event| {
                    if let Some(area) = area(&event) {
                        wait_and_ask(area);
                    }
                }
            ></textarea>
            <div class="hero-foot">
                // The sum is announced, not the list: a paste of many vouchers would be read out for a minute.
                <div class="hero-sum" role="status">
                    <span class="small muted">{t::hero_sum_label(lang)}</span>
                    {move || {
                        let word = match found.get() {
                            Some(Ok(GlanceView { net: Some(won), fee, .. })) => {
                                return view! {
                                    <Amount won lang size=AmountSize::Huge/>
                                    {(!fee.is_zero()).then(|| view! { <span class="help">{t::fee_taken_off(fee, lang)}</span> })}
                                }.into_any();
                            }
                            _ if asking.get() => t::working(lang),
                            Some(Ok(glance)) if glance.rows.is_empty() => t::hero_sum_none(lang),
                            _ => t::hero_sum_empty(lang),
                        };
                        view! {
                            <span class="muted only-js">{word}</span>
                            <span class="muted only-plain">{t::hero_sum_plain(lang)}</span>
                        }.into_any()
                    }}
                </div>
                <button class="btn btn-main" type="submit">{t::hero_action(lang)}<Icon glyph=Glyph::Right/></button>
            </div>
            {move || found.get().map(|answer| match answer {
                Ok(glance) => view! { <Found glance lang/> }.into_any(),
                Err(error) => view! { <div class="hero-foot"><Trouble error lang/></div> }.into_any(),
            })}
        </form>
    }
}

/// What the text holds.
#[component]
fn Found(glance: GlanceView, lang: Lang) -> impl IntoView {
    let GlanceView { paste, rows, unpriced, left_out, .. } = glance;
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <li class="found-row">
                    <Icon glyph=Glyph::Receipt class="icon muted"/>
                    <div>
                        <div class="strong">{row.brand_name}</div>
                        <div class="pin-text">
                            {row.face.map(|face| view! { <span>{face.fmt(lang)}</span> })}
                            <span>{row.pin_masked}</span>
                        </div>
                    </div>
                    {row.net.map(|won| view! { <Amount won lang/> })}
                    {row.left_out.then(|| view! { <Chip tone=Tone::Bad label=t::row_left_out(lang)/> })}
                </li>
            }
        })
        .collect_view();
    let none_refused = paste.refused.is_empty();
    let refused = paste.refused.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        <div class="hero-found">
            <ul class="found">{rows}</ul>
            <div class="found-row found-note small muted">
                <Icon glyph=Glyph::Info/>
                <div>
                    <p>{paste.summary}</p>
                    {(!none_refused).then(|| view! { <ul>{refused}</ul> })}
                    {(unpriced > 0).then(|| view! { <p>{t::unpriced(unpriced, lang)}</p> })}
                    {(left_out > 0).then(|| view! { <p>{t::left_out(left_out, lang)}</p> })}
                </div>
            </div>
        </div>
    }
}
