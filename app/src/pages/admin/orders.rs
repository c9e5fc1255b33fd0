//! The orders list.

use super::bits::{ConfirmForm, DeskTime};
use super::desk;
use super::frame::{Desk, Place};
use crate::components::{Banner, Chip, Empty, Glyph, Icon, TextField, Tone};
use crate::desk::Flash;
use crate::ssr::redirect;
use crate::text as t;
use domain::bank::BANKS;
use domain::desk::orders::{Column, OrderFilter, words};
use domain::wire::AppError;
use domain::wire::desk::{OrderListView, OrderRow};
use domain::{Lang, OrderState, Speed};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use services::desk::orders;

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
    let table = if view.rows.is_empty() && view.looked_until.is_none() {
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

fn search(lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let wrong = flash.wrong("orders/find", "q");
    let said = wrong.clone().map(|wrong| view! { <span class="error" id="q-wrong">{wrong}</span> });
    view! {
        <form method="post" action="/desk/fn/orders/find" class="filters" role="search">
            <div class="field">
                <label for="q">{t::orders_search(lang)}</label>
                <input
                    class="input"
                    id="q"
                    name="q"
                    autocomplete="off"
                    maxlength="60"
                    value=flash.value("orders/find", "q").unwrap_or_default()
                    aria-invalid=wrong.is_some().then_some("true")
                    aria-describedby=wrong.is_some().then_some("q-wrong")
                    data-search=""
                />
                {said}
            </div>
            <button class="btn" type="submit">{t::orders_search_do(lang)}</button>
        </form>
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

/// One field of the filter's form.
fn text(name: &'static str, kind: &'static str, label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input class="input" id=name name=name type=kind value=value autocomplete="off" maxlength="40"/>
        </div>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    any: Option<&'static str>,
    chosen: String,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="select">
                <select class="input" id=name name=name>
                    {any.map(|any| view! { <option value="">{any}</option> })}
                    {options}
                </select>
                <Icon glyph=Glyph::Chevron/>
            </div>
        </div>
    }
}

fn filters(view: &OrderListView, filter: &OrderFilter, lang: Lang) -> impl IntoView + use<> {
    let of = |name: &str| {
        filter.pairs().into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
    };
    let states = OrderState::ALL
        .iter()
        .map(|state| {
            let checked = filter.states.contains(state);
            view! {
                <label class="filter-chip">
                    <input type="checkbox" name="state" value=state.as_str() checked=checked/>
                    {words::state(*state, lang)}
                </label>
            }
        })
        .collect_view();
    let any = Some(t::filter_any(lang));
    let banks =
        BANKS.iter().map(|bank| (bank.code.to_owned(), lang.pick(bank.name_ko, bank.name_en).to_owned())).collect();
    let speeds = [("instant", Speed::Instant), ("next_morning", Speed::NextMorning)]
        .map(|(word, speed)| (word.to_owned(), words::speed(speed, lang).to_owned()))
        .to_vec();
    let sorts = [
        ("newest", t::sort_newest(lang)),
        ("oldest", t::sort_oldest(lang)),
        ("amount", t::sort_amount(lang)),
        ("risk", t::sort_risk(lang)),
    ]
    .map(|(word, words)| (word.to_owned(), words.to_owned()))
    .to_vec();
    let more = ["bank", "speed", "held", "min", "max", "risk", "open"].iter().any(|name| !of(name).is_empty());
    view! {
        <form method="get" action="/desk/orders" class="filter-form">
            <fieldset class="filter-chips">
                <legend class="unseen">{t::filter_states(lang)}</legend>
                {states}
            </fieldset>
            <div class="filters">
                {text("from", "date", t::filter_from(lang), of("from"))}
                {text("to", "date", t::filter_to(lang), of("to"))}
                {select("brand", t::filter_brand(lang), any, of("brand"), view.brands.clone())}
                {select("sort", t::filter_sort(lang), None, filter.sort.to_string(), sorts)}
                <button class="btn btn-main" type="submit">{t::orders_filter_do(lang)}</button>
                <a class="btn btn-quiet" href=all()>{t::orders_clear(lang)}</a>
            </div>
            <details open=more>
                <summary>{t::filter_more(lang)}</summary>
                <div class="filters">
                    {select("bank", t::filter_bank(lang), any, of("bank"), banks)}
                    {select("speed", t::filter_speed(lang), any, of("speed"), speeds)}
                    {text("held", "text", t::filter_held(lang), of("held"))}
                    {text("min", "text", t::filter_min(lang), of("min"))}
                    {text("max", "text", t::filter_max(lang), of("max"))}
                    {text("risk", "number", t::filter_risk(lang), of("risk"))}
                    <label class="filter-chip">
                        <input type="checkbox" name="open" value="1" checked=filter.open/>
                        {t::filter_open(lang)}
                    </label>
                </div>
            </details>
        </form>
    }
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

fn columns(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
    let boxes = Column::ALL
        .iter()
        .filter(|column| **column != Column::Code)
        .map(|column| {
            let checked = view.columns.contains(column);
            view! {
                <label class="filter-chip">
                    <input type="checkbox" name="columns[]" value=column.as_str() checked=checked/>
                    {words::head(*column, lang)}
                </label>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary class="btn btn-small">{t::columns_title(lang)}</summary>
            <form method="post" action="/desk/fn/orders/columns" class="panel">
                <input type="hidden" name="query" value=view.query.clone()/>
                <div class="filter-chips">{boxes}</div>
                <button class="btn" type="submit">{t::desk_save(lang)}</button>
            </form>
        </details>
    }
}

fn save(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
    let flash = Flash::here();
    let wrong = flash.wrong("orders/save_view", "name");
    let open = wrong.is_some();
    let dropped = view
        .views
        .iter()
        .map(|saved| {
            view! {
                <form method="post" action="/desk/fn/orders/drop_view">
                    <input type="hidden" name="id" value=saved.id.clone()/>
                    <button class="btn btn-small btn-quiet" type="submit">{t::view_drop(lang, &saved.name)}</button>
                </form>
            }
        })
        .collect_view();
    view! {
        <details open=open>
            <summary class="btn btn-small">{t::view_save(lang)}</summary>
            <div class="panel">
                <form method="post" action="/desk/fn/orders/save_view" class="filters">
                    <input type="hidden" name="query" value=view.query.clone()/>
                    <TextField
                        id="view-name"
                        name="name"
                        label=t::view_name(lang)
                        value=flash.value("orders/save_view", "name").unwrap_or_default()
                        error=wrong
                        maxlength=40
                    />
                    <label class="filter-chip">
                        <input type="checkbox" name="is_default" value="1"/>
                        {t::view_default(lang)}
                    </label>
                    <button class="btn" type="submit">{t::view_save(lang)}</button>
                </form>
                {dropped}
            </div>
        </details>
    }
}

fn export_form(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
    let flash = Flash::here();
    let wrong = flash.wrong("exports/request", "reason");
    let refused = flash.form == "exports/request" && flash.error.is_some();
    let reason = flash.value("exports/request", "reason").unwrap_or_default();
    let formats = vec![("xlsx".to_owned(), "XLSX".to_owned()), ("csv".to_owned(), "CSV".to_owned())];
    let clear = view.may_export_clear.then(|| {
        view! {
            <label class="filter-chip">
                <input type="checkbox" name="unmasked" value="1"/>
                {t::export_unmasked(lang)}
            </label>
        }
    });
    view! {
        <ConfirmForm
            id="export"
            action="/desk/fn/exports/request"
            label=t::export_title(lang)
            question=t::export_lead(lang)
            confirm=t::export_do(lang)
            confirm_class="btn btn-main"
            class="btn btn-small"
            fields=vec![("query", view.query.clone())]
            open=refused
            lang
        >
            {select("format", t::export_format(lang), None, "xlsx".to_owned(), formats)}
            <TextField
                id="export-reason"
                name="reason"
                label=t::desk_reason(lang)
                help=t::desk_reason_help(lang)
                value=reason
                error=wrong
                maxlength=500
                required=true
            />
            {clear}
        </ConfirmForm>
    }
}
