//! One's own files.

use super::bits::{DeskTime, DoButton};
use super::desk;
use super::frame::{Desk, Place};
use crate::components::{Chip, Empty, Glyph, Tone};
use crate::text as t;
use domain::desk::export::ExportState;
use domain::desk::orders::{OrderFilter, words};
use domain::wire::AppError;
use domain::wire::desk::ExportRow;
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use services::desk::exports;

const fn tone(state: ExportState) -> Tone {
    match state {
        ExportState::Queued | ExportState::Cancelled | ExportState::Expired => Tone::Plain,
        ExportState::Running => Tone::Busy,
        ExportState::Done => Tone::Good,
        ExportState::Failed => Tone::Bad,
    }
}

/// `/desk/exports`.
#[component]
pub fn ExportsPage() -> impl IntoView {
    desk(
        |cx| async move {
            let rows = exports::list(&cx.services, &cx.actor).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((rows, cx.services.clock.now(), cx.lang()))
        },
        |(rows, now, lang): (Vec<ExportRow>, Timestamp, Lang)| {
            let content = if rows.is_empty() {
                view! {
                    <Empty glyph=Glyph::Question title=t::exports_none(lang) help=t::exports_none_help(lang)>
                        <a class="btn" href="/desk/orders">{t::place_orders(lang)}</a>
                    </Empty>
                }
                .into_any()
            } else {
                table(rows, now, lang).into_any()
            };
            view! {
                <Desk title=t::place_exports(lang) here=Place::Exports wide=true>
                    <p class="lead">{t::exports_lead(lang)}</p>
                    <div data-live="" id="exports">{content}</div>
                </Desk>
            }
        },
    )
}

fn table(rows: Vec<ExportRow>, now: Timestamp, lang: Lang) -> impl IntoView {
    let rows = rows.into_iter().map(|row| line(row, now, lang)).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <caption class="unseen">{t::place_exports(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::export_asked_at(lang)}</th>
                        <th scope="col">{t::export_what(lang)}</th>
                        <th scope="col">{t::desk_reason(lang)}</th>
                        <th scope="col">{t::export_state(lang)}</th>
                        <th scope="col" class="num">{t::export_rows(lang)}</th>
                        <th scope="col"><span class="unseen">{t::export_fetch(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The filter in words: what each part is called in the orders list's form.
fn asked_for(query: &str, lang: Lang) -> String {
    let filter = OrderFilter::parse_query(query, lang).unwrap_or_default();
    let parts: Vec<String> = filter
        .pairs()
        .into_iter()
        .map(|(name, value)| match name {
            "state" => value.parse().map_or(value, |state| words::state(state, lang).to_owned()),
            "from" => format!("{} {value}", t::filter_from(lang)),
            "to" => format!("{} {value}", t::filter_to(lang)),
            "brand" => format!("{} {value}", t::filter_brand(lang)),
            "bank" => format!("{} {value}", t::filter_bank(lang)),
            "held" => format!("{} {}", t::filter_held(lang), t::kept_reason(&value, lang)),
            "min" => format!("{} {value}", t::filter_min(lang)),
            "max" => format!("{} {value}", t::filter_max(lang)),
            "risk" => format!("{} {value}", t::filter_risk(lang)),
            "open" => t::filter_open(lang).to_owned(),
            "sort" => match value.as_str() {
                "oldest" => t::sort_oldest(lang).to_owned(),
                "amount" => t::sort_amount(lang).to_owned(),
                "risk" => t::sort_risk(lang).to_owned(),
                _ => t::sort_newest(lang).to_owned(),
            },
            _ => String::new(),
        })
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { t::views_all(lang).to_owned() } else { parts.join(" · ") }
}

fn line(row: ExportRow, now: Timestamp, lang: Lang) -> impl IntoView {
    let mark = if row.unmasked { t::export_clear_mark(lang) } else { t::export_masked_mark(lang) };
    let what = format!("{} · {mark} · {}", row.format.as_str().to_uppercase(), asked_for(&row.query, lang));
    let counted = match row.total_rows {
        Some(total) if row.state == ExportState::Running => {
            t::export_progress(lang, &t::grouped(row.done_rows), &t::grouped(total))
        }
        _ => t::grouped(row.done_rows),
    };
    let bar = row.total_rows.filter(|_| row.state == ExportState::Running).map(|total| {
        let label = t::export_rows(lang);
        view! { <progress class="progress" max=total value=row.done_rows aria-label=label></progress> }
    });
    let act = match row.state {
        ExportState::Done => {
            let href = format!("/desk/exports/{}/file", row.id);
            view! { <a class="btn btn-small row-link" href=href rel="external">{t::export_fetch(lang)}</a> }.into_any()
        }
        ExportState::Queued | ExportState::Running => view! {
            <DoButton
                action="/desk/fn/exports/give_up"
                label=t::export_give_up(lang)
                fields=vec![("id", row.id.clone())]
                class="btn btn-small"
            />
        }
        .into_any(),
        ExportState::Failed | ExportState::Cancelled | ExportState::Expired => ().into_any(),
    };
    view! {
        <tr>
            <td data-label=t::export_asked_at(lang)><DeskTime at=row.created_at now lang/></td>
            <td class="cell-two" data-label=t::export_what(lang)>{what}</td>
            <td class="cell-long" data-label=t::desk_reason(lang)>{row.reason}</td>
            <td data-label=t::export_state(lang)>
                <Chip tone=tone(row.state) label=t::export_state_word(row.state, lang)/>
                {row.error.map(|error| view! { <span class="small muted">{error}</span> })}
            </td>
            <td class="num" data-label=t::export_rows(lang)>{counted} {bar}</td>
            <td>{act}</td>
        </tr>
    }
}
