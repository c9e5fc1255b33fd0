//! The orders list.

mod filters;
mod tools;

use super::bits::DeskTime;
use super::desk;
use super::frame::{Desk, Place};
use crate::components::{Banner, Chip, Empty, Glyph, Tone};
use crate::ssr::redirect;
use crate::text as t;
use domain::desk::orders::{Column, OrderFilter, words};
use domain::wire::AppError;
use domain::wire::desk::{OrderListView, OrderRow};
use domain::{Lang, OrderState};
use filters::{filters, search};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use services::desk::orders;
use tools::{columns, export_form, save};

/// Like a chip everywhere at the desk: what is under way is blue, what waits for a person amber.
pub(super) const fn tone(state: OrderState) -> Tone {
    match state {
        OrderState::Submitted => Tone::Plain,
        OrderState::Verifying | OrderState::Locking | OrderState::Settled | OrderState::Paying => Tone::Busy,
        OrderState::Paid => Tone::Good,
        OrderState::Rejected | OrderState::Cancelled => Tone::Bad,
        OrderState::Held => Tone::You,
    }
}

/// `/desk/orders`.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let asked: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    let bare = asked.is_empty();
    desk(
        move |cx| async move {
            let view = orders::list(&cx.services, &cx.actor, &asked).await.map_err(|error| cx.refuse(error))?;
            Ok::<_, AppError>((view, cx.lang()))
        },
        move |(view, lang): (OrderListView, Lang)| {
            // Whoever just opens the list begins with their own view of it.
            let own = view.views.iter().find(|own| bare && own.is_default && !own.query.is_empty());
            if let Some(own) = own {
                redirect(&format!("/desk/orders?{}", own.query));
            }
            list(view, lang)
        },
    )
}

fn list(view: OrderListView, lang: Lang) -> impl IntoView {
    let filter = OrderFilter::parse_query(&view.query, lang).unwrap_or_default();
    let wrong = (!view.problems.is_empty()).then(|| {
        let problems = view.problems.iter().map(|problem| view! { <li>{problem.message.clone()}</li> }).collect_view();
        view! {
            <Banner tone=Tone::You title=t::orders_problems(lang) live=true>
                <ul class="bullets">{problems}</ul>
            </Banner>
        }
    });
    let export = view.may_export.then(|| export_form(&view, lang));
    let table = if view.rows.is_empty() && view.query.is_empty() && view.problems.is_empty() {
        view! {
            <Empty glyph=Glyph::Question title=t::orders_begin(lang) help=t::orders_begin_help(lang)>
                <a class="btn" href="/sell">{t::orders_begin_go(lang)}</a>
            </Empty>
        }
        .into_any()
    } else if view.rows.is_empty() && view.looked_until.is_none() {
        view! {
            <Empty glyph=Glyph::Question title=t::orders_none(lang) help=t::orders_none_help(lang)>
                <a class="btn" href="/desk/orders?all=1">{t::orders_clear(lang)}</a>
            </Empty>
        }
        .into_any()
    } else {
        table(&view, lang).into_any()
    };
    view! {
        <Desk title=t::place_orders(lang) here=Place::Orders wide=true>
            {search(lang)}
            {views(&view, lang)}
            {wrong}
            {filters(&view, &filter, lang)}
            {table}
            {pager(&view, &filter, lang)}
            <div class="list-tools">{columns(&view, lang)} {save(&view, lang)} {export}</div>
            <p class="small muted">{t::desk_kst(lang)}</p>
        </Desk>
    }
}

fn views(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
    let chip = |name: String, href: String, here: bool| {
        view! { <li><a class="filter-chip" href=href aria-current=here.then_some("true")>{name}</a></li> }
    };
    let saved = view
        .views
        .iter()
        .map(|saved| {
            let href = if saved.query.is_empty() { all() } else { format!("/desk/orders?{}", saved.query) };
            chip(saved.name.clone(), href, saved.query == view.query)
        })
        .collect_view();
    view! {
        <nav aria-label=t::views_title(lang)>
            <ul class="filter-chips">{chip(t::views_all(lang).to_owned(), all(), view.query.is_empty())} {saved}</ul>
        </nav>
    }
}

fn all() -> String {
    "/desk/orders?all=1".to_owned()
}

fn table(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
    let heads = view
        .columns
        .iter()
        .map(|column| view! { <th scope="col" class=class(*column)>{words::head(*column, lang)}</th> })
        .collect_view();
    let rows = view
        .rows
        .iter()
        .map(|row| {
            let cells = view
                .columns
                .iter()
                .map(|column| {
                    view! {
                        <td class=class(*column) data-label=words::head(*column, lang)>
                            {cell(*column, row, view, lang)}
                        </td>
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table cards" data-rows="">
                <caption class="unseen">{t::orders_table(lang)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

const fn class(column: Column) -> &'static str {
    match column {
        Column::Items | Column::Face | Column::Payable | Column::Risk => "num",
        Column::Brands | Column::Account => "cell-long",
        _ => "nowrap",
    }
}

fn cell(column: Column, row: &OrderRow, view: &OrderListView, lang: Lang) -> AnyView {
    let now = view.now;
    match column {
        Column::Code => {
            let href = format!("/desk/orders/{}", row.code);
            view! { <a class="row-link" href=href>{row.code.clone()}</a> }.into_any()
        }
        Column::Created => view! { <DeskTime at=row.created_at now lang/> }.into_any(),
        Column::State => view! { <Chip tone=tone(row.state) label=words::state(row.state, lang)/> }.into_any(),
        Column::Flags => flags(row, lang).into_any(),
        Column::Age => view! { <DeskTime at=row.since now lang/> }.into_any(),
        Column::Brands => {
            let each: Vec<String> = row.brands.iter().map(|(name, items)| format!("{name} × {items}")).collect();
            each.join(", ").into_any()
        }
        Column::Items => row.items.to_string().into_any(),
        Column::Face => t::grouped(row.face.get()).into_any(),
        Column::Payable => t::grouped(row.payable.get()).into_any(),
        Column::Name => row.name.clone().into_any(),
        Column::Phone => row.phone.clone().into_any(),
        Column::Account => row.account.clone().into_any(),
        Column::Speed => words::speed(row.speed, lang).into_any(),
        Column::Risk => row.risk.to_string().into_any(),
        Column::Paid => row.paid_at.map(|at| view! { <DeskTime at now lang/> }).into_any(),
    }
}

fn flags(row: &OrderRow, lang: Lang) -> impl IntoView + use<> {
    let manual = (row.manual > 0).then(|| format!("{} {}", words::flag_manual(lang), row.manual));
    let unknown = (row.unknown > 0).then(|| format!("{} {}", words::flag_unknown(lang), row.unknown));
    view! {
        {manual.map(|label| view! { <Chip tone=Tone::You label/> })}
        {unknown.map(|label| view! { <Chip tone=Tone::Unknown label/> })}
        {row.hold_reason
            .as_deref()
            .map(|why| view! { <span class="small muted">{t::kept_reason(why, lang)}</span> })}
    }
}

fn pager(view: &OrderListView, filter: &OrderFilter, lang: Lang) -> impl IntoView + use<> {
    let looked = view.looked_until.map(|until| t::orders_looked(lang, &until.kst_date_time_at(view.now, lang)));
    let go_on = if looked.is_some() { t::orders_look_on(lang) } else { t::orders_next(lang) };
    let next = view.next.clone().map(|next| format!("/desk/orders?{next}"));
    let first = filter
        .after
        .is_some()
        .then(|| if view.query.is_empty() { all() } else { format!("/desk/orders?{}", view.query) });
    view! {
        <nav class="pager" aria-label=t::orders_next(lang)>
            {looked.map(|looked| view! { <p role="status">{looked}</p> })}
            {next.map(|next| view! { <a class="btn" href=next rel="next">{go_on}</a> })}
            {first.map(|first| view! { <a class="btn btn-quiet" href=first>{t::orders_first(lang)}</a> })}
        </nav>
    }
}
