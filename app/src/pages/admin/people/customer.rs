use super::customers::kind_word;
use super::{ReasonField, refused};
use crate::components::{Chip, TextField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::wire::desk::{CustomerView, HoldView};
use domain::{Lang, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::desk::customer;
use services::rights::Act;

/// `/desk/customers/:token`
#[component]
pub fn CustomerPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    desk(
        move |cx| async move {
            let found = customer::open(&cx.services, &cx.actor, &token).await.map_err(|error| cx.refuse(error))?;
            Ok((found, cx.lang()))
        },
        |(found, lang)| {
            let title = t::customer_title(lang, &found.phone);
            view! {
                <Desk title here=Place::Customers>
                    <p class="small muted">{format!("{}: {}", t::customer_why(lang), found.reason)}</p>
                    <Doings found=found.clone() lang/>
                    <Parts found lang/>
                </Desk>
            }
        },
    )
}

#[component]
fn Doings(found: CustomerView, lang: Lang) -> impl IntoView {
    let flash = Flash::here();
    let token = || vec![("token", found.token.clone())];
    let export = may(Act::CustomerExport).then(|| {
        view! {
            <ConfirmForm
                id="export"
                action="/desk/file/person"
                label=t::customer_export(lang)
                question=t::customer_export_question(lang)
                confirm=t::customer_export(lang)
                confirm_class="btn btn-main"
                fields=token()
                open=refused("file/person")
                lang
            >
                <ReasonField id="export-reason" form="file/person" lang/>
            </ConfirmForm>
        }
    });
    let rest = may(Act::CustomerErase).then(|| {
        view! {
            <ConfirmForm
                id="hold"
                action="/desk/fn/customer/hold"
                label=t::customer_hold(lang)
                question=t::customer_hold_question(lang)
                confirm=t::customer_hold(lang)
                confirm_class="btn btn-main"
                fields=token()
                open=refused("customer/hold")
                lang
            >
                <TextField
                    id="until"
                    name="until"
                    label=t::customer_hold_until(lang)
                    value=flash.value("customer/hold", "until").unwrap_or_default()
                    error=flash.wrong("customer/hold", "until")
                    kind="date"
                    maxlength=10
                    required=true
                />
                <ReasonField id="hold-reason" form="customer/hold" lang/>
            </ConfirmForm>
            <ConfirmForm
                id="erase"
                action="/desk/fn/customer/erase"
                label=t::customer_erase(lang)
                question=t::customer_erase_question(lang, found.orders.len())
                confirm=t::customer_erase(lang)
                class="btn btn-danger"
                fields=token()
                open=refused("customer/erase")
                lang
            >
                <ReasonField id="erase-reason" form="customer/erase" lang/>
            </ConfirmForm>
        }
    });
    view! { <div class="inline-forms">{export}{rest}</div> }
}

fn nothing(lang: Lang) -> AnyView {
    view! { <p class="muted">{t::customer_nothing(lang)}</p> }.into_any()
}

#[component]
fn Parts(found: CustomerView, lang: Lang) -> impl IntoView {
    let (now, token) = (found.now, found.token.clone());
    let orders = if found.orders.is_empty() {
        nothing(lang)
    } else {
        let rows = found
            .orders
            .into_iter()
            .map(|order| {
                let tone = if order.finished { Tone::Plain } else { Tone::Busy };
                let href = format!("/desk/orders/{}", order.code);
                view! {
                    <tr>
                        <td><a class="row-link" href=href>{order.code}</a></td>
                        <td><Chip tone label=order.state/></td>
                        <td class="num">{order.amount.to_string()}</td>
                        <td class="num">{order.items}</td>
                        <td><DeskTime at=order.created_at now lang/></td>
                    </tr>
                }
            })
            .collect_view();
        view! { <div class="table-wrap"><table class="table" data-rows=""><tbody>{rows}</tbody></table></div> }
            .into_any()
    };
    let consents = if found.consents.is_empty() {
        nothing(lang)
    } else {
        let rows = found
            .consents
            .into_iter()
            .map(|consent| {
                let word = if consent.granted { t::customer_granted(lang) } else { t::customer_not_granted(lang) };
                let short: String = consent.hash.chars().take(12).collect();
                view! {
                    <tr>
                        <td><code>{format!("{} v{}", consent.kind, consent.version)}</code></td>
                        <td>{word}</td>
                        <td><code title=consent.hash>{short}</code></td>
                        <td>{consent.order}</td>
                        <td><DeskTime at=consent.at now lang/></td>
                    </tr>
                }
            })
            .collect_view();
        view! { <div class="table-wrap"><table class="table"><tbody>{rows}</tbody></table></div> }.into_any()
    };
    let said = |list: Vec<domain::wire::desk::SaidView>| {
        if list.is_empty() {
            return nothing(lang);
        }
        let rows = list
            .into_iter()
            .map(|said| view! { <li>{said.kind}" "{said.state}" "<DeskTime at=said.at now lang/></li> })
            .collect_view();
        view! { <ul class="bare">{rows}</ul> }.into_any()
    };
    let holds = if found.holds.is_empty() {
        nothing(lang)
    } else {
        let rows = found.holds.into_iter().map(|hold| hold_row(hold, &token, now, lang)).collect_view();
        view! { <ul class="bare stack">{rows}</ul> }.into_any()
    };
    let requests = found
        .requests
        .into_iter()
        .map(|request| {
            view! {
                <li>
                    {kind_word(&request.kind, lang)}
                    " "
                    {request.state}
                    " "
                    <DeskTime at=request.created_at now lang/>
                    " "
                    {request.note}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section"><h2>{t::customer_orders(lang)}</h2>{orders}</section>
        <section class="section"><h2>{t::customer_consents(lang)}</h2>{consents}</section>
        <div class="panes section">
            <section class="panel"><h2>{t::customer_messages(lang)}</h2>{said(found.messages)}</section>
            <section class="panel"><h2>{t::customer_inquiries(lang)}</h2>{said(found.inquiries)}</section>
            <section class="panel"><h2>{t::customer_holds(lang)}</h2>{holds}</section>
            <section class="panel"><h2>{t::customers_requests(lang)}</h2><ul class="bare">{requests}</ul></section>
        </div>
    }
}

fn hold_row(hold: HoldView, token: &str, now: Timestamp, lang: Lang) -> impl IntoView {
    let lift = if hold.holds && may(Act::CustomerErase) {
        view! {
            <ConfirmForm
                id=format!("lift-{}", hold.id)
                action="/desk/fn/customer/lift"
                label=t::customer_lift(lang)
                question=t::customer_lift_question(lang)
                confirm=t::customer_lift(lang)
                class="btn btn-small"
                fields=vec![("token", token.to_owned()), ("id", hold.id.clone())]
                open=refused("customer/lift")
                lang
            >
                <ReasonField id=format!("lift-reason-{}", hold.id) form="customer/lift" lang/>
            </ConfirmForm>
        }
        .into_any()
    } else {
        view! { <span class="muted">{t::customer_hold_over(lang)}</span> }.into_any()
    };
    let until = hold.ends_at.kst_full_date(lang);
    view! { <li>{hold.reason}" · "{until}" · "<DeskTime at=hold.created_at now lang/>" "{lift}</li> }
}
