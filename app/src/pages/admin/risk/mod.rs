//! The risk desk: queue, case, block list, rules.

mod blocks;
mod case;
mod queue;
mod rules;

pub use blocks::RiskBlocksPage;
pub use case::RiskCasePage;
pub use queue::RiskQueuePage;
pub use rules::{RiskRulesPage, RiskRulesVersionPage};

use crate::components::{Chip, Tone};
use crate::text as t;
use domain::risk::RiskLane;
use domain::{Lang, Won};
use leptos::prelude::*;

/// The desk's three pages, beside the title.
#[component]
fn Tabs(lang: Lang) -> impl IntoView {
    view! {
        <a class="btn btn-small" href="/desk/risk">{t::risk_to_queue(lang)}</a>
        <a class="btn btn-small" href="/desk/risk/blocks">{t::risk_to_blocks(lang)}</a>
        <a class="btn btn-small" href="/desk/risk/rules">{t::risk_to_rules(lang)}</a>
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
