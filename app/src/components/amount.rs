//! Money, the loudest thing on every step.

use domain::{Lang, Won};
use leptos::prelude::*;

/// How loud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountSize {
    /// In a row or a bar.
    #[default]
    Normal,
    /// A page's second figure.
    Large,
    /// The one figure of a view.
    Huge,
}

/// An amount in tabular figures with its unit.
#[component]
pub fn Amount(won: Won, lang: Lang, #[prop(optional)] size: AmountSize) -> impl IntoView {
    let class = match size {
        AmountSize::Normal => "amount",
        AmountSize::Large => "amount amount-l",
        AmountSize::Huge => "amount amount-xl",
    };
    match lang {
        Lang::Ko => view! { <span class=class>{won.to_string()}<span class="unit">"원"</span></span> }.into_any(),
        Lang::En => view! { <span class=class><span class="unit">"₩"</span>{won.to_string()}</span> }.into_any(),
    }
}
