//! The four named steps of selling.

use crate::text as t;
use domain::Lang;
use domain::wire::SellStep;
use leptos::prelude::*;

/// Where one is, and the way back to what was answered.
#[component]
pub fn Steps(current: SellStep, reached: SellStep, lang: Lang) -> impl IntoView {
    let steps = SellStep::ALL
        .into_iter()
        .map(|step| {
            let name = t::step_name(step, lang);
            let inner = if step == current {
                view! { <span aria-current="step">{name}</span> }.into_any()
            } else if step <= reached && step < current {
                view! { <a href=step.path()>{name}</a> }.into_any()
            } else {
                view! { <span>{name}</span> }.into_any()
            };
            view! { <li>{inner}</li> }
        })
        .collect_view();
    view! {
        <nav aria-label=t::steps_label(lang)>
            <ol class="steps">{steps}</ol>
        </nav>
    }
}
