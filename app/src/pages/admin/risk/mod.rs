//! The risk desk: queue, case, block list, rules.

mod blocks;
mod case;
mod queue;
mod rules;

pub use blocks::RiskBlocksPage;
pub use case::RiskCasePage;
pub use queue::RiskQueuePage;
pub use rules::{RiskRulesPage, RiskRulesVersionPage};

use super::asked_id;
use crate::components::{Chip, TextField, Tone};
use crate::desk::Flash;
use crate::text as t;
use domain::risk::RiskLane;
use domain::{Lang, Won};
use leptos::prelude::*;

/// The desk's three pages, under the title; `here` is the address of the one that is open.
#[component]
fn Tabs(here: &'static str, lang: Lang) -> impl IntoView {
    let tab = |href: &'static str, name: &'static str| {
        view! { <li><a href=href aria-current=(here == href).then_some("page")>{name}</a></li> }
    };
    view! {
        <nav aria-label=t::place_risk(lang)>
            <ul class="tabs">
                {tab("/desk/risk", t::risk_to_queue(lang))}
                {tab("/desk/risk/blocks", t::risk_to_blocks(lang))}
                {tab("/desk/risk/rules", t::risk_to_rules(lang))}
            </ul>
        </nav>
    }
}

#[component]
fn LaneChip(lane: RiskLane, lang: Lang) -> impl IntoView {
    let tone = match lane {
        RiskLane::Auto => Tone::Good,
        RiskLane::Review => Tone::You,
        RiskLane::Hold => Tone::Bad,
    };
    view! { <Chip tone label=t::risk_lane_word(lane, lang)/> }
}

fn won(amount: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => amount.fmt_ko(),
        Lang::En => amount.fmt_en(),
    }
}

/// The end of a block, as it was typed when its form was refused.
#[component]
pub fn Until(form: &'static str, #[prop(into)] row: String, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let own = flash.is_of(form, &row);
    let id = format!("{}-until", asked_id(form, &row));
    let value = if own { flash.value(form, "until").unwrap_or_default() } else { String::new() };
    let error = flash.wrong(form, "until").filter(|_| own);
    view! { <TextField id name="until" label=t::block_until(lang) value kind="date" error required=true/> }
}
