//! A brand: two letters on its hue instead of somebody's logo.

use crate::text as t;
use domain::Lang;
use domain::wire::{BrandStatus, BrandTile};
use leptos::prelude::*;

/// The class of the nearest of 24 hues; inline styles are forbidden by the content policy.
fn hue_class(hue: u16) -> String {
    format!("hue-{}", (hue % 360) / 15)
}

/// The mark.
#[component]
pub fn Mark(#[prop(into)] initials: String, hue: u16, #[prop(optional)] off: bool) -> impl IntoView {
    let class = if off { "mark mark-off".to_owned() } else { format!("mark {}", hue_class(hue)) };
    view! { <span class=class aria-hidden="true">{initials}</span> }
}

/// A brand on the landing: mark, name, best rate; a link when it is bought.
#[component]
pub fn Tile(tile: BrandTile, lang: Lang) -> impl IntoView {
    let off = tile.status != BrandStatus::Accepting;
    let line = match (tile.status, tile.best_rate_bp) {
        (BrandStatus::Accepting, Some(rate)) => view! {
            <span class="tile-best">
                <span class="tile-up-to">{t::rates_best(lang)}</span>
                " "
                <span class="tile-rate">{t::percent(rate)}</span>
            </span>
        }
        .into_any(),
        (BrandStatus::Stopped, _) => view! { <span class="small">{t::brand_stopped(lang)}</span> }.into_any(),
        (BrandStatus::Paused | BrandStatus::Accepting, _) => {
            view! { <span class="small">{t::brand_paused(lang)}</span> }.into_any()
        }
    };
    let inner = view! {
        <Mark initials=tile.initials hue=tile.hue off=off/>
        {line}
        <span class="tile-name">{tile.name}</span>
    };
    if off {
        view! { <div class="tile tile-off">{inner}</div> }.into_any()
    } else {
        view! { <a class="tile" href=format!("/sell?brand={}#add", tile.brand)>{inner}</a> }.into_any()
    }
}
