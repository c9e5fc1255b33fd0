//! The fees per order, and their drafts.

use super::bits::{DraftPanel, for_input};
use super::rates::since;
use crate::components::TextField;
use crate::desk::{Flash, may};
use crate::pages::admin::{Desk, Place, desk};
use crate::text as t;
use domain::{Lang, Speed};
use leptos::prelude::*;
use services::desk::fees::{self, FeesBody};
use services::rights::Act;

#[component]
fn FeesShown(fees: FeesBody, lang: Lang) -> impl IntoView {
    view! {
        <dl class="facts">
            <div><dt>{t::sd_fee_instant(lang)}</dt><dd>{fees.instant.fmt(lang)}</dd></div>
            <div><dt>{t::sd_fee_morning(lang)}</dt><dd>{fees.next_morning.fmt(lang)}</dd></div>
        </dl>
    }
}

/// `/desk/fees`.
#[component]
pub fn FeesPage() -> impl IntoView {
    desk(
        |cx| async move {
            let page = fees::page(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok((page, cx.services.clock.now(), cx.lang()))
        },
        |(page, now, lang)| {
            let flash = Flash::here();
            let form = "fees/save";
            let none = page.drafts.is_empty();
            let drafts = page
                .drafts
                .into_iter()
                .map(|(draft, body)| {
                    let amounts = format!(
                        "{} {} · {} {}",
                        t::sd_fee_instant(lang),
                        body.instant.fmt(lang),
                        t::sd_fee_morning(lang),
                        body.next_morning.fmt(lang),
                    );
                    view! {
                        <DraftPanel draft name=t::sd_fees(lang) back="/desk/fees" amounts now lang><FeesShown fees=body lang/></DraftPanel>
                    }
                })
                .collect_view();
            let history = page
                .history
                .into_iter()
                .map(|line| {
                    let speed = match line.speed {
                        Speed::Instant => t::sd_fee_instant(lang),
                        Speed::NextMorning => t::sd_fee_morning(lang),
                    };
                    view! {
                        <tr>
                            <td data-label=t::sd_from(lang) class="nowrap">{since(line.from, lang)}</td>
                            <td data-label=t::sd_fees(lang)>{speed}</td>
                            <td data-label=t::sd_new(lang) class="num">{line.fee.fmt(lang)}</td>
                            <td data-label=t::sd_author(lang)>{line.author}</td>
                        </tr>
                    }
                })
                .collect_view();
            let (revision, reason, at) =
                page.own.map_or((None, String::new(), None), |(_, revision, reason, at)| (Some(revision), reason, at));
            let start = page.start;
            let value = |field: &str, stored: String| flash.value(form, field).unwrap_or(stored);
            let edit = may(Act::CatalogueDraft).then(|| {
                view! {
                    <section class="panel desk-form" id="edit">
                        <h2>{if revision.is_some() { t::sd_edit_own(lang) } else { t::sd_edit(lang) }}</h2>
                        <form method="post" action="/desk/fn/fees/save" class="stack">
                            {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision.to_string()/> })}
                            <TextField id="instant" name="instant" label=t::sd_fee_instant(lang) value=value("instant", start.instant.to_string()) error=flash.wrong(form, "instant") inputmode="numeric"/>
                            <TextField id="next_morning" name="next_morning" label=t::sd_fee_morning(lang) value=value("next_morning", start.next_morning.to_string()) error=flash.wrong(form, "next_morning") inputmode="numeric"/>
                            <TextField id="at" name="at" kind="datetime-local" label=t::sd_at_label(lang) value=value("at", for_input(at)) error=flash.wrong(form, "at")/>
                            <TextField id="reason" name="reason" label=t::desk_reason(lang) value=value("reason", reason.clone()) error=flash.wrong(form, "reason") maxlength=500/>
                            <p class="picks"><button class="btn btn-main" type="submit">{t::sd_save(lang)}</button></p>
                        </form>
                    </section>
                }
            });
            view! {
                <Desk title=t::sd_fees(lang) here=Place::Rates>
                    <div class="panel"><FeesShown fees=page.now lang/></div>
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
                                        <th scope="col">{t::sd_fees(lang)}</th>
                                        <th scope="col" class="num">{t::sd_new(lang)}</th>
                                        <th scope="col">{t::sd_author(lang)}</th>
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
