//! Selling in four steps. The whole flow is one island; each step has its own address, and the back button works.
//!
//! Links within the flow and forms are the same with and without scripts; with them, links change the step in place
//! and forms are sent by fetch.

mod confirm;
mod nav;
mod quote;
mod row;
mod typed;
mod vouchers;
mod you;

use super::flow::{Flow, focus};
use crate::components::{Steps, Trouble};
use crate::text as t;
use confirm::Confirm;
use domain::Lang;
use domain::wire::{FeeTable, SellRow, SellStep, SellView};
use leptos::prelude::*;
use nav::{Asked, Nav};
use quote::Quote;
pub use typed::{CompanionFields, FaceField, PinField};
use vouchers::Vouchers;
use you::You;

/// Where an order's page is.
pub(super) fn order_path(code: &str) -> String {
    format!("/orders/{code}")
}

/// The flow. `brand` and `edit` come from the address: a form to open, an answer to change.
#[island]
pub fn SellFlow(
    view: SellView,
    step: SellStep,
    fees: FeeTable,
    brand: Option<String>,
    edit: Option<String>,
    trouble: Option<String>,
    lang: Lang,
) -> impl IntoView {
    let flow = Flow::new(view, trouble.as_deref());
    let nav = Nav::new(step, Asked { brand, edit });
    nav.follow_history();
    Effect::new(move || document().set_title(&t::page_title(&t::sell_page(nav.step.get(), lang), lang)));

    let on_submit = move |event| {
        flow.submit(&event, move |to| {
            let (errors, reached, order) =
                flow.view.with_untracked(|view| (!view.errors.is_empty(), view.reached, view.order_code.clone()));
            if let Some(code) = order {
                _ = window().location().assign(&order_path(&code));
            } else if errors {
                _ = focus("errors");
            } else if let Some(step) = to.as_deref().and_then(nav::step_named) {
                nav.go(step.min(reached));
            } else {
                nav.settle();
                // On to the next question of the step: the code when one was sent, else its title.
                _ = focus("code") || focus("part-title");
            }
        });
    };

    view! {
        <div class="flow" on:submit=on_submit on:change=move |event| flow.changed(&event) on:click=move |event| nav.clicked(&event, flow.view)>
            <div class="col">
                {move || {
                    let reached = flow.view.with(|view| view.reached);
                    view! { <Steps current=nav.step.get() reached lang/> }
                }}
                <div id="trouble" tabindex="-1">
                    {move || flow.trouble.get().map(|error| view! { <Trouble error lang/> })}
                </div>
            </div>
            {move || match nav.step.get() {
                SellStep::Vouchers => view! { <Vouchers flow nav lang/> }.into_any(),
                SellStep::Quote => view! { <Quote flow fees lang/> }.into_any(),
                SellStep::You => view! { <You flow nav lang/> }.into_any(),
                SellStep::Confirm => view! { <Confirm flow lang/> }.into_any(),
            }}
        </div>
    }
}

/// The state every step shares.
type SellState = Flow<SellView>;

/// The rows that are being sold; those of brands we don't buy now stay in sight and count nowhere.
fn counted(view: &SellView) -> impl Iterator<Item = &SellRow> {
    view.rows.iter().filter(|row| !row.left_out)
}

/// "3장".
fn count_of(view: &SellView, lang: Lang) -> String {
    t::count(u32::try_from(counted(view).count()).unwrap_or(u32::MAX), lang)
}

/// The faces together.
fn face_of(view: &SellView) -> domain::Won {
    domain::Won::sum(counted(view).filter_map(|row| row.face)).unwrap_or_default()
}

/// "3장 · 150,000원", the line of the first answer.
fn rows_line(view: &SellView, lang: Lang) -> String {
    format!("{} · {}", count_of(view, lang), face_of(view).fmt(lang))
}
