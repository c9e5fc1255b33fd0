//! `/`: the paste box first, then the facts. The same for everybody, so it may be kept and shared.

use super::landing_parts::{Cautions, Contact, Feed, Guide, Hours, Notices, RateTable};
use crate::components::{Glyph, Icon, Section, Tile};
use crate::islands::{CalcAsk, CalcBrand, Calculator, Glance};
use crate::pages::{Frame, load, query};
use crate::text as t;
use domain::Lang;
use domain::wire::{BrandStatus, LandingView};
use leptos::prelude::*;

/// The first page.
#[component]
pub fn LandingPage() -> impl IntoView {
    let ask = CalcAsk {
        brand: query("brand").unwrap_or_default(),
        face: query("face").and_then(|face| face.parse().ok()).unwrap_or_default(),
        count: query("count").and_then(|count| count.parse().ok()).unwrap_or(1),
    };
    load(
        |cx| async move {
            let lang = cx.lang();
            let view = services::catalogue::landing(&cx.services, lang).await.map_err(|error| cx.refuse(error))?;
            Ok((view, lang))
        },
        move |(view, lang)| landing(view, ask, lang),
    )
}

/// The page of a view.
pub fn landing(view: LandingView, ask: CalcAsk, lang: Lang) -> impl IntoView {
    let calc = calc_brands(&view);
    let updated = t::rates_as_of(&view.rates_updated_at.kst_date_time(lang), lang);
    let stamp = view.rates_updated_at.rfc3339();
    view! {
        <Frame>
            <div class="col main">
                <section class="hero" aria-labelledby="hero-title">
                    <h1 id="hero-title">{t::hero_title(lang)}</h1>
                    <Glance lang/>
                    <ul class="facts">
                        <li><Icon glyph=Glyph::Clock/>{updated.clone()}</li>
                        <li><Icon glyph=Glyph::Talk/>{t::open_hours(view.hours.desk, lang)}</li>
                        <li><Icon glyph=Glyph::Lock/>{t::hero_fact_pin(lang)}</li>
                        <li><Icon glyph=Glyph::Check/>{t::hero_fact_kept(lang)}</li>
                    </ul>
                    <Hours resting=view.hours.resting lang/>
                </section>
                <Section id="brands" title=t::brands_title(lang)>
                    <ul class="tiles">
                        {view.brands.into_iter().map(|tile| view! { <li><Tile tile lang/></li> }).collect_view()}
                    </ul>
                </Section>
                {(!calc.is_empty()).then(|| view! {
                    <Section id="calc" title=t::calc_title(lang)>
                        <Calculator brands=calc fees=view.fees ask lang/>
                    </Section>
                })}
                <Section
                    id="rates"
                    title=t::rates_title(lang)
                    aside=view! { <time class="small muted" datetime=stamp>{updated}</time> }.into_any()
                >
                    <RateTable rows=view.rates lang/>
                </Section>
                <Feed rows=view.feed lang/>
                <Guide lang/>
                <Cautions lang/>
                <Notices lines=view.notices lang/>
                <Contact lang/>
            </div>
        </Frame>
    }
}

/// What can be reckoned with: brands bought now that have a rate and a face.
fn calc_brands(view: &LandingView) -> Vec<CalcBrand> {
    view.brands
        .iter()
        .filter(|tile| tile.status == BrandStatus::Accepting && !tile.faces.is_empty())
        .filter_map(|tile| {
            let rates = view.rates.iter().find(|row| row.brand == tile.brand && !row.bands.is_empty())?;
            Some(CalcBrand { rates: rates.clone(), faces: tile.faces.clone() })
        })
        .collect()
}
