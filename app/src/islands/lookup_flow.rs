//! Finding one's orders: phone, code, list.

use super::flow::{Flow, focus};
use super::sell::order_path;
use super::ticking::{CodeValidity, Resend, seconds_left};
use crate::components::{Amount, Empty, ErrorList, Glyph, TextField, Trouble, error_of};
use crate::text as t;
use domain::wire::{LookupView, OrderLine};
use domain::{Lang, Timestamp};
use leptos::prelude::*;

/// The page's living part.
#[island]
pub fn LookupFlow(view: LookupView, trouble: Option<String>, lang: Lang) -> impl IntoView {
    let flow = Flow::new(view, trouble.as_deref());
    let on_submit = move |event| {
        flow.submit(&event, move |_| {
            let (errors, proved, sent) =
                flow.view.with_untracked(|view| (!view.errors.is_empty(), view.proved, view.code_until.is_some()));
            let target = match (errors, proved, sent) {
                (true, _, _) => "errors",
                (false, true, _) => "list-title",
                (false, false, true) => "code",
                (false, false, false) => "phone",
            };
            _ = focus(target);
        });
    };
    view! {
        <div class="stack" on:submit=on_submit>
            <div id="trouble" tabindex="-1">
                {move || flow.trouble.get().map(|error| view! { <Trouble error lang/> })}
            </div>
            {move || view! { <ErrorList errors=flow.view.with(|view| view.errors.clone()) lang/> }}
            {move || {
                if flow.view.with(|view| view.proved) {
                    view! {
                        <List orders=flow.view.with(|view| view.orders.clone()) now=flow.view.with(|view| view.now) lang/>
                        <Leave flow lang/>
                    }.into_any()
                } else {
                    view! { <Ask flow lang/> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Ask(flow: Flow<LookupView>, lang: Lang) -> impl IntoView {
    let now = Signal::derive(move || flow.view.with(|view| view.now));
    let until = Signal::derive(move || flow.view.with(|view| view.code_until));
    let resend = Signal::derive(move || flow.view.with(|view| view.resend_after));
    let left = seconds_left(until, now);
    let wait = seconds_left(resend, now);
    let error = move |field: &str| flow.view.with(|view| error_of(&view.errors, field));
    let busy = move |action| flow.is_busy(action).then_some("true");
    view! {
        <form class="card stack" method="post" action="/fn/lookup/send_code">
            {move || view! {
                <TextField
                    id="phone" name="phone" label=t::you_phone(lang) value=flow.view.with(|view| view.phone.clone())
                    error=error("phone") kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=20
                />
            }}
            {move || if until.get().is_some() {
                view! { <Resend wait lang/> }.into_any()
            } else {
                view! {
                    <button class="btn btn-main" type="submit" aria-busy=busy("/fn/lookup/send_code")>{t::you_send(lang)}</button>
                }.into_any()
            }}
        </form>
        {move || until.get().map(|until| view! {
            <form class="card stack" method="post" action="/fn/lookup/check_code">
                <TextField
                    id="code" name="code" label=t::you_code(lang) value="" error=error("code")
                    inputmode="numeric" autocomplete="one-time-code" maxlength=6 code=true
                />
                <CodeValidity until left lang/>
                <button class="btn btn-main" type="submit" aria-busy=busy("/fn/lookup/check_code")>{t::lookup_find(lang)}</button>
            </form>
        })}
    }
}

/// The ways on: another phone, or an end.
#[component]
fn Leave(flow: Flow<LookupView>, lang: Lang) -> impl IntoView {
    let busy = move |action| flow.is_busy(action).then_some("true");
    view! {
        <details class="cancel no-print">
            <summary class="btn btn-plain">{t::lookup_other(lang)}</summary>
            <form class="card stack" method="post" action="/fn/lookup/send_code">
                <TextField
                    id="phone" name="phone" label=t::you_phone(lang) value="" kind="tel" inputmode="tel"
                    autocomplete="off" maxlength=20
                />
                <button class="btn btn-main" type="submit" aria-busy=move || busy("/fn/lookup/send_code")>{t::you_send(lang)}</button>
            </form>
        </details>
        <form class="stack-s no-print" method="post" action="/fn/lookup/leave">
            <button class="btn" type="submit" aria-busy=move || busy("/fn/lookup/leave")>{t::lookup_leave(lang)}</button>
            <p class="help">{t::lookup_leave_help(lang)}</p>
        </form>
    }
}

#[component]
fn List(orders: Vec<OrderLine>, now: Timestamp, lang: Lang) -> impl IntoView {
    let none = orders.is_empty();
    let lines = orders
        .into_iter()
        .map(|order| {
            let href = order_path(&order.code);
            view! {
                <li>
                    <a class="list-link" href=href>
                        <span class="strong">{order.headline}</span>
                        {order.amount.map(|won| view! { <Amount won lang/> })}
                        <span class="small muted">
                            {format!("{} · {} · ", order.created_at.kst_date_time_at(now, lang), t::count(order.items, lang))}
                            <span class="whitespace-nowrap">{order.code}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="page-title" id="list-title" tabindex="-1">{t::lookup_list(lang)}</h2>
        {none.then(|| view! {
            <Empty glyph=Glyph::Receipt title=t::lookup_none(lang) help=t::lookup_none_help(lang)/>
        })}
        {(!none).then(|| view! { <ul class="card card-tight">{lines}</ul> })}
    }
}
