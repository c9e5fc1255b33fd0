//! What is done with the list as a whole: its columns, a view that is kept, a file of it.

use super::filters::select;
use crate::components::TextField;
use crate::desk::Flash;
use crate::pages::admin::ConfirmForm;
use crate::text as t;
use domain::Lang;
use domain::desk::orders::{Column, words};
use domain::wire::desk::OrderListView;
use leptos::prelude::*;

pub(super) fn columns(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
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

pub(super) fn save(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
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

pub(super) fn export_form(view: &OrderListView, lang: Lang) -> impl IntoView + use<> {
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
