//! The landing's paste box: answers while typing stops, keeps nothing.

use super::post::post;
use crate::components::{Amount, AmountSize, Glyph, Icon};
use crate::text as t;
use domain::Lang;
use domain::wire::GlanceView;
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
    let found = RwSignal::new(None::<GlanceView>);
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
        asking.set(true);
        spawn_local(async move {
            let answer = match UrlSearchParams::new() {
                Ok(params) => {
                    params.append("text", &text);
                    post::<GlanceView>("/fn/sell/glance", &String::from(params.to_string())).await.ok()
                }
                Err(_) => None,
            };
            if asked.get_value() == mine {
                asking.set(false);
                found.set(answer);
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
    let box_ref = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move || {
        // Typed or restored before the island woke.
        if let Some(area) = box_ref.get().filter(|area| !area.value().trim().is_empty()) {
            wait_and_ask(area);
        }
    });

    view! {
        <form class="hero-card" method="post" action="/fn/sell/paste">
            <label class="hero-label" for="paste">{t::hero_label(lang)}</label>
            <textarea
                node_ref=box_ref
                class="hero-box"
                id="paste"
                name="text"
                rows="4"
                maxlength="20000"
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
                <div class="hero-sum">
                    <span class="small muted">{t::hero_sum_label(lang)}</span>
                    {move || match found.get() {
                        Some(glance) if !glance.net.is_zero() => {
                            view! { <Amount won=glance.net lang size=AmountSize::Huge/> }.into_any()
                        }
                        _ if asking.get() => view! { <span class="muted">{t::working(lang)}</span> }.into_any(),
                        _ => view! { <span class="muted">{t::hero_sum_empty(lang)}</span> }.into_any(),
                    }}
                </div>
                <button class="btn btn-main" type="submit">{t::hero_action(lang)}<Icon glyph=Glyph::Right/></button>
            </div>
            <div aria-live="polite">
                {move || found.get().map(|glance| view! { <Found glance lang/> })}
            </div>
        </form>
    }
}

/// What the text holds.
#[component]
fn Found(glance: GlanceView, lang: Lang) -> impl IntoView {
    let GlanceView { paste, rows, unpriced, .. } = glance;
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
                </li>
            }
        })
        .collect_view();
    let refused = paste.refused.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        <div class="hero-found">
            <ul class="found">{rows}</ul>
            <div class="found-row found-note small muted">
                <Icon glyph=Glyph::Info/>
                <div>
                    <p>{paste.summary}</p>
                    <ul>{refused}</ul>
                    {(unpriced > 0).then(|| view! { <p>{t::unpriced(unpriced, lang)}</p> })}
                </div>
            </div>
        </div>
    }
}
