//! Rates by brand, their drafts with the effect.

use super::bits::{DraftPanel, Mistakes, for_input, refused, told};
use super::brands::StatusChip;
use super::param;
use crate::components::{Chip, TextField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::bits::kept;
use crate::pages::admin::{Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::rate::percent;
use domain::rate_plan::{Band, MOST_BANDS};
use domain::wire::FieldError;
use domain::{Lang, Timestamp, Won};
use leptos::prelude::*;
use services::desk::rates::{self, Effect, RatesLine, RatesLook, Volume};
use services::rights::Act;

fn band_text(band: &Band, lang: Lang) -> String {
    if band.min == band.max { band.min.fmt(lang) } else { format!("{} – {}", band.min.fmt(lang), band.max.fmt(lang)) }
}

/// From when something is in force; the first ones have been there from the beginning.
pub(super) fn since(at: Timestamp, lang: Lang) -> String {
    if at.micros() <= 0 { t::sd_from_first(lang).to_owned() } else { at.kst_date_time(lang) }
}

#[component]
fn Bands(bands: Vec<Band>, lang: Lang) -> impl IntoView {
    if bands.is_empty() {
        return view! { <span class="muted">{t::sd_no_rate(lang)}</span> }.into_any();
    }
    let rows = bands
        .into_iter()
        .map(|band| view! { <li><span>{band_text(&band, lang)}</span><strong>{percent(band.basis_points)}</strong></li> })
        .collect_view();
    view! { <ul class="bands">{rows}</ul> }.into_any()
}

fn line(line: RatesLine, now: Timestamp, lang: Lang) -> impl IntoView {
    view! {
        <tr>
            <td data-label=t::sd_brand(lang)><a class="row-link" href=format!("/desk/rates/{}", line.brand)>{line.name}</a></td>
            <td data-label=t::sd_status(lang)><StatusChip status=line.status lang/></td>
            <td data-label=t::sd_bands(lang)><Bands bands=line.bands lang/></td>
            <td data-label=t::sd_since(lang)>{line.since.map(|at| view! { <DeskTime at now lang/> })}</td>
            <td data-label=t::sd_next(lang)>
                {line.next.map(|at| view! { <DeskTime at now lang/> })}
                {(line.drafts > 0).then(|| view! { " " <Chip tone=Tone::You label=t::sd_drafts(lang, line.drafts)/> })}
            </td>
        </tr>
    }
}

/// `/desk/rates`.
#[component]
pub fn RatesPage() -> impl IntoView {
    desk(
        |cx| async move {
            let lines = rates::list(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((lines, cx.services.clock.now(), cx.lang()))
        },
        |(lines, now, lang)| {
            let rows = lines.into_iter().map(|one| line(one, now, lang)).collect_view();
            view! {
                <Desk
                    title=t::place_rates(lang)
                    here=Place::Rates
                    wide=true
                    aside=Box::new(move || view! { <a class="btn" href="/desk/fees">{t::sd_fees(lang)}</a> }.into_any())
                >
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <thead>
                                <tr>
                                    <th scope="col">{t::sd_brand(lang)}</th>
                                    <th scope="col">{t::sd_status(lang)}</th>
                                    <th scope="col">{t::sd_bands(lang)}</th>
                                    <th scope="col">{t::sd_since(lang)}</th>
                                    <th scope="col">{t::sd_next(lang)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </Desk>
            }
        },
    )
}

fn volume(volume: Volume, lang: Lang) -> impl IntoView {
    if volume.count == 0 {
        return view! { <p class="small muted">{t::sd_volume_none(lang)}</p> }.into_any();
    }
    let more = volume.new.saturating_sub_zero(volume.old);
    let less = volume.old.saturating_sub_zero(volume.new);
    let by = match (more.is_zero(), less.is_zero()) {
        (false, _) => t::sd_volume_more(lang, &more.fmt(lang)),
        (true, false) => t::sd_volume_less(lang, &less.fmt(lang)),
        (true, true) => t::sd_volume_same(lang).to_owned(),
    };
    view! {
        <p>{t::sd_volume(lang, volume.count, &volume.old.fmt(lang), &volume.new.fmt(lang))}" · "<strong>{by}</strong></p>
        {(volume.left_out > 0).then(|| view! { <p class="warning">{t::sd_left_out(lang, volume.left_out)}</p> })}
    }
    .into_any()
}

/// What a plan changes, band by band and over thirty days.
#[component]
fn EffectTable(brand: String, effect: Effect, lang: Lang) -> impl IntoView {
    let ten = |bp: u32| Won::whole(10_000).at_rate(bp).unwrap_or_default();
    let rows = effect
        .rows
        .into_iter()
        .map(|row| {
            let old = match row.old {
                Some((low, high)) if low == high => percent(low),
                Some((low, high)) => format!("{}–{}", percent(low), percent(high)),
                None => t::sd_no_rate(lang).to_owned(),
            };
            let tone = match row.old {
                Some((low, _)) if row.band.basis_points < low => "rate-down",
                Some((_, high)) if row.band.basis_points > high => "rate-up",
                _ => "",
            };
            let was = row.old_pay.map_or_else(String::new, |pay| format!("{} → ", pay.fmt(lang)));
            view! {
                <tr>
                    <td data-label=t::sd_bands(lang)>{band_text(&row.band, lang)}</td>
                    <td data-label=t::sd_old(lang) class="num">{old}</td>
                    <td data-label=t::sd_new(lang) class=format!("num {tone}")><strong>{percent(row.band.basis_points)}</strong></td>
                    <td data-label=t::sd_per_ten(lang) class="num">{ten(row.band.basis_points).fmt(lang)}</td>
                    <td data-label=t::sd_typical(lang) class="num">{format!("{}: {was}{}", row.face.fmt(lang), row.new_pay.fmt(lang))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {effect.jumps.then(|| view! { <p class="warning">{t::sd_jumps(lang, &brand)}</p> })}
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <thead>
                    <tr>
                        <th scope="col">{t::sd_bands(lang)}</th>
                        <th scope="col" class="num">{t::sd_old(lang)}</th>
                        <th scope="col" class="num">{t::sd_new(lang)}</th>
                        <th scope="col" class="num">{t::sd_per_ten(lang)}</th>
                        <th scope="col" class="num">{t::sd_typical(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {volume(effect.volume, lang)}
    }
}

/// The shares a plan pays, as the question before it is published repeats them.
fn amounts(effect: &Effect, lang: Lang) -> String {
    let each: Vec<String> = effect
        .rows
        .iter()
        .map(|row| format!("{} {}", band_text(&row.band, lang), percent(row.band.basis_points)))
        .collect();
    each.join(" · ")
}

/// What the editor's preview shows.
#[component]
pub fn RatesPreview(brand: String, look: RatesLook, lang: Lang) -> impl IntoView {
    let mistakes = look.errors.iter().map(|error| error.message.clone()).collect();
    view! {
        <Mistakes told=mistakes lang/>
        {look.effect.map(|effect| view! { <EffectTable brand effect lang/> })}
    }
}

#[component]
fn Editor(
    brand: String,
    start: Vec<Band>,
    revision: Option<i64>,
    reason: String,
    at: Option<Timestamp>,
    lang: Lang,
) -> impl IntoView {
    let flash = Flash::here();
    let form = "rates/save";
    let errors: Vec<FieldError> = refused(&flash, form);
    let wrong = |field: &str| told(&errors, field).into_iter().next();
    let rows = (0..MOST_BANDS)
        .map(|row| {
            let band = start.get(row);
            let field = |name: &str, label: &'static str, stored: String| {
                let name = format!("{name}_{row}");
                let value = flash.value(form, &name).unwrap_or(stored);
                let error = wrong(&name);
                let label = format!("{}: {label}", t::sd_band_no(lang, row + 1));
                let invalid = error.is_some();
                view! {
                    <div class="band-cell">
                        <input class="input" id=name.clone() name=name value=value inputmode="decimal" autocomplete="off" aria-label=label aria-invalid=invalid.then_some("true") maxlength="12"/>
                        {error.map(|error| view! { <p class="error">{error}</p> })}
                    </div>
                }
            };
            let min = field("min", t::sd_min(lang), band.map(|band| band.min.to_string()).unwrap_or_default());
            let max = field("max", t::sd_max(lang), band.map(|band| band.max.to_string()).unwrap_or_default());
            let rate = field("rate", t::sd_percent(lang), band.map(|band| percent(band.basis_points).trim_end_matches('%').to_owned()).unwrap_or_default());
            view! { <div class="band-row">{min}{max}{rate}</div> }
        })
        .collect_view();
    view! {
        <form method="post" action="/desk/fn/rates/save" class="stack" data-preview="/desk/fn/rates/preview" data-preview-target="#preview">
            <input type="hidden" name="brand" value=brand/>
            {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision.to_string()/> })}
            <div class="band-rows">
                <div class="band-row band-head" aria-hidden="true"><span>{t::sd_min(lang)}</span><span>{t::sd_max(lang)}</span><span>{t::sd_percent(lang)}</span></div>
                {rows}
            </div>
            <TextField id="at" name="at" kind="datetime-local" label=t::sd_at_label(lang) value=flash.value(form, "at").unwrap_or_else(|| for_input(at)) error=wrong("at")/>
            <TextField id="reason" name="reason" label=t::desk_reason(lang) value=flash.value(form, "reason").unwrap_or(reason) error=wrong("reason") maxlength=500/>
            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_save(lang)}</button></p>
        </form>
    }
}

/// `/desk/rates/{brand}`.
#[component]
pub fn RatePage() -> impl IntoView {
    let key = param("brand");
    desk(
        move |cx| async move {
            let page = rates::page(&cx.services, &cx.actor, &key).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let back = format!("/desk/rates/{}", page.brand);
            let none = page.drafts.is_empty();
            let drafts = page
                .drafts
                .into_iter()
                .map(|one| {
                    let brand = page.brand.clone();
                    let confirm = one.effect.jumps.then(|| brand.clone());
                    let amounts = amounts(&one.effect, lang);
                    view! {
                        <DraftPanel draft=one.draft name=page.name.clone() back=back.clone() amounts confirm now lang>
                            <EffectTable brand effect=one.effect lang/>
                        </DraftPanel>
                    }
                })
                .collect_view();
            let history = page
                .history
                .into_iter()
                .map(|set| {
                    view! {
                        <tr>
                            <td data-label=t::sd_from(lang) class="nowrap">{since(set.from, lang)}</td>
                            <td data-label=t::sd_bands(lang)><Bands bands=set.bands lang/></td>
                            <td data-label=t::sd_author(lang)>{set.author}</td>
                            <td data-label=t::sd_reason(lang)>{kept(&set.reason, lang)}</td>
                        </tr>
                    }
                })
                .collect_view();
            let (own, revision, reason, at) = match page.own {
                Some((_, revision, reason, at)) => (true, Some(revision), reason, at),
                None => (false, None, String::new(), None),
            };
            let edit = may(Act::CatalogueDraft).then(|| {
                view! {
                    <div class="panes">
                        <section class="panel" id="edit">
                            <h2>{if own { t::sd_edit_own(lang) } else { t::sd_edit(lang) }}</h2>
                            <Editor brand=page.brand.clone() start=page.start revision reason at lang/>
                        </section>
                        <section class="panel stack">
                            <h2>{t::sd_effect(lang)}</h2>
                            <div id="preview" class="stack"><p class="small muted only-js">{t::sd_effect_help(lang)}</p></div>
                        </section>
                    </div>
                }
            });
            view! {
                <Desk title=format!("{} · {}", page.name, t::place_rates(lang)) here=Place::Rates wide=true>
                    <div class="panel">
                        <p class="draft-head"><StatusChip status=page.status lang/>{page.since.map(|at| view! { <span class="small muted">{t::sd_since(lang)}": "<DeskTime at now lang/></span> })}</p>
                        <Bands bands=page.bands lang/>
                    </div>
                    <section class="section">
                        <h2>{t::sd_open_drafts(lang)}</h2>
                        {none.then(|| view! { <p class="small muted">{t::sd_no_drafts(lang)}</p> })}
                        {drafts}
                    </section>
                    {edit}
                    <section class="section">
                        <h2>{t::sd_history(lang)}</h2>
                        <div class="table-wrap">
                            <table class="table cards" data-rows="">
                                <thead>
                                    <tr>
                                        <th scope="col">{t::sd_from(lang)}</th>
                                        <th scope="col">{t::sd_bands(lang)}</th>
                                        <th scope="col">{t::sd_author(lang)}</th>
                                        <th scope="col">{t::sd_reason(lang)}</th>
                                    </tr>
                                </thead>
                                <tbody>{history}</tbody>
                            </table>
                        </div>
                    </section>
                </Desk>
            }
        },
    )
}
