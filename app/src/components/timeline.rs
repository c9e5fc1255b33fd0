//! A line of steps with times. The current one breathes.

use super::{Glyph, Icon};
use crate::text as t;
use domain::Lang;
use domain::wire::{StepState, StepView};
use leptos::prelude::*;

/// What happened, is happening and will happen.
#[component]
pub fn Timeline(steps: Vec<StepView>, lang: Lang) -> impl IntoView {
    let lines = steps
        .into_iter()
        .map(|step| {
            let (class, glyph, word) = match step.state {
                StepState::Done => ("line-step is-done", Some(Glyph::Check), t::step_done(lang)),
                StepState::Current => ("line-step is-current", None, t::step_current(lang)),
                StepState::Waiting => ("line-step is-waiting", None, t::step_waiting(lang)),
                StepState::Unknown => ("line-step is-unknown", Some(Glyph::Question), t::step_unknown(lang)),
                StepState::Stopped => ("line-step is-stopped", Some(Glyph::Cross), t::step_stopped(lang)),
            };
            let current = matches!(step.state, StepState::Current | StepState::Unknown | StepState::Stopped);
            view! {
                <li class=class aria-current=current.then_some("step")>
                    <span class="dot">{glyph.map(|glyph| view! { <Icon glyph/> })}</span>
                    <span class="line-label">{step.label}<span class="unseen">{format!(" ({word})")}</span></span>
                    {step
                        .at
                        .map(|at| view! { <time datetime=at.rfc3339()>{format!("{} {}", at.kst_date(lang), at.kst_clock())}</time> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="line">{lines}</ol> }
}
