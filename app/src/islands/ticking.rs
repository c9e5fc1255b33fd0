//! A count-down that starts where the server's clock stood.

use crate::text as t;
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use std::time::Duration;

/// Seconds left until `until`, counted from the server's `now`; a new `now` starts over. Quiet on the server.
pub fn seconds_left(until: Signal<Option<Timestamp>>, now: Signal<Timestamp>) -> Signal<i64> {
    let elapsed = RwSignal::new(0_i64);
    Effect::new(move || {
        let from = (until.get(), now.get());
        elapsed.set(0);
        if from.0.is_none() {
            return;
        }
        let started = js_sys::Date::now();
        let handle = set_interval_with_handle(
            move || {
                #[expect(clippy::cast_possible_truncation, reason = "whole seconds since the page was shown")]
                elapsed.set(((js_sys::Date::now() - started) / 1000.0) as i64);
            },
            Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(handle) = handle {
                handle.clear();
            }
        });
    });
    Signal::derive(move || until.get().map_or(0, |until| until.since(now.get()).as_seconds() - elapsed.get()))
}

/// Until when a code may be typed; once that is over, what to do instead.
#[component]
pub fn CodeValidity(until: Timestamp, left: Signal<i64>, lang: Lang) -> impl IntoView {
    let over = Memo::new(move |_| left.get() <= 0);
    view! {
        <p class="validity">
            {move || if over.get() {
                view! { <span class="warning" role="alert">{t::code_over(lang)}</span> }.into_any()
            } else {
                view! { <span>{t::code_until(&until.kst_clock(), lang)}</span> }.into_any()
            }}
            <Ticking seconds=left lang/>
        </p>
    }
}

/// Asks for another code; waits its minute where scripts can end the wait. Without them it can always be pressed, and
/// the server says how long to wait.
#[component]
pub fn Resend(wait: Signal<i64>, lang: Lang) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    let held = move || if awake.get() { wait.get().max(0) } else { 0 };
    view! {
        <button class="btn" type="submit" disabled=move || held().is_positive()>
            {move || match held() {
                0 => t::you_resend(lang).to_owned(),
                seconds => format!("{} ({}:{:02})", t::you_resend(lang), seconds / 60, seconds % 60),
            }}
        </button>
    }
}

/// "남은 시간 09:12"; not read out every second.
#[component]
pub fn Ticking(seconds: Signal<i64>, lang: Lang) -> impl IntoView {
    view! { <span class="only-js" role="timer" aria-live="off">{move || t::left(&t::remaining(seconds.get()), lang)}</span> }
}
