//! The bar at the foot of the screen: the amount and the next action.

use super::Amount;
use domain::{Lang, Won};
use leptos::prelude::*;

/// Stays in sight while the page scrolls.
#[component]
pub fn StickyBar(
    #[prop(into)] label: String,
    /// `None` while nothing can be said.
    won: Option<Won>,
    #[prop(optional, into)] note: String,
    lang: Lang,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="bar">
            <div class="col">
                <p class="bar-sum" aria-live="polite">
                    {(!label.is_empty()).then(|| view! { <span class="small muted">{label}</span> })}
                    {match won {
                        Some(won) => view! { <Amount won lang/> }.into_any(),
                        None => view! { <span class="amount muted">{note}</span> }.into_any(),
                    }}
                </p>
                {children()}
            </div>
        </div>
    }
}
