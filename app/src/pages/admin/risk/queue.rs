//! `/desk/risk`: flagged orders that wait for a person.

use super::{LaneChip, Tabs};
use crate::components::{Chip, Empty, Glyph, Tone};
use crate::pages::admin::orders::tone;
use crate::pages::admin::{Desk, DeskTime, Place, desk};
use crate::pages::query;
use crate::text as t;
use domain::desk::orders::words;
use domain::wire::AppError;
use domain::wire::desk::{RiskQueueView, RiskRowView};
use domain::{Lang, OrderState, Timestamp};
use leptos::prelude::*;
use services::desk::risk;

/// One order as a line; also of the linked orders.
#[component]
pub(super) fn OrderRow(row: RiskRowView, now: Timestamp, lang: Lang) -> impl IntoView {
    let href = format!("/desk/risk/cases/{}", row.code);
    let held = row.state == OrderState::Held;
    let state = if held {
        let why = row.hold_reason.as_deref().map(|why| t::kept_reason(why, lang)).unwrap_or_default();
        let label =
            if why.is_empty() { t::risk_held(lang).to_owned() } else { format!("{}: {why}", t::risk_held(lang)) };
        view! { <Chip tone=Tone::You label/> }.into_any()
    } else {
        view! { <Chip tone=tone(row.state) label=words::state(row.state, lang)/> }.into_any()
    };
    view! {
        <tr>
            <td data-label=t::risk_col_order(lang)><a class="row-link" href=href>{row.code.clone()}</a></td>
            <td data-label=t::risk_col_lane(lang)>{row.lane.map(|lane| view! { <LaneChip lane lang/> })}</td>
            <td class="num" data-label=t::risk_col_score(lang)>{row.score}</td>
            <td class="num" data-label=t::risk_col_amount(lang)>{row.amount.fmt(lang)}</td>
            <td class="num" data-label=t::risk_col_items(lang)>{row.items}</td>
            <td data-label=t::risk_col_state(lang)>{state}</td>
            <td data-label=t::risk_col_sent(lang)><DeskTime at=row.created_at now lang/></td>
        </tr>
    }
}

/// The head over such lines.
#[component]
pub(super) fn OrderHead(lang: Lang) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">{t::risk_col_order(lang)}</th>
                <th scope="col">{t::risk_col_lane(lang)}</th>
                <th scope="col" class="num">{t::risk_col_score(lang)}</th>
                <th scope="col" class="num">{t::risk_col_amount(lang)}</th>
                <th scope="col" class="num">{t::risk_col_items(lang)}</th>
                <th scope="col">{t::risk_col_state(lang)}</th>
                <th scope="col">{t::risk_col_sent(lang)}</th>
            </tr>
        </thead>
    }
}

#[component]
pub fn RiskQueuePage() -> impl IntoView {
    let after = query("after");
    desk(
        move |cx| async move {
            let found = risk::queue(&cx.services, &cx.actor, after.as_deref()).await;
            let view = found.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.services.clock.now(), cx.lang()))
        },
        |(view, now, lang): (RiskQueueView, Timestamp, Lang)| {
            let counts = view
                .counts
                .iter()
                .map(|count| {
                    let label = t::risk_count(lang, t::risk_lane_word(count.lane, lang), count.orders);
                    view! { <span>{label}" · "<DeskTime at=count.oldest now lang/></span> }
                })
                .collect_view();
            let empty = view.rows.is_empty();
            let rows = view.rows.into_iter().map(|row| view! { <OrderRow row now lang/> }).collect_view();
            let next = view.next.map(|next| {
                view! { <p class="pager"><a class="btn" href=format!("/desk/risk?after={next}")>{t::risk_more(lang)}</a></p> }
            });
            let list = if empty {
                view! { <Empty glyph=Glyph::Check title=t::risk_empty(lang) help=t::risk_empty_help(lang)/> }.into_any()
            } else {
                view! {
                    <div class="table-wrap">
                        <table class="table cards" data-rows="">
                            <OrderHead lang/>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {next}
                }
                .into_any()
            };
            view! {
                <Desk title=t::risk_title(lang) here=Place::Risk wide=true>
                    <Tabs here="/desk/risk" lang/>
                    <div data-live="" id="risk-list">
                        <p class="lead">{t::risk_lead(lang)}</p>
                        <p class="picks small">{counts}</p>
                        {list}
                    </div>
                </Desk>
            }
        },
    )
}
