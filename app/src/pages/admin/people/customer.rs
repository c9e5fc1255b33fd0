use super::customers::kind_word;
use super::{ReasonField, refused};
use crate::components::{Chip, Empty, Glyph, TextField, Tone};
use crate::desk::{Flash, in_query, may};
use crate::pages::admin::{ConfirmForm, Desk, DeskTime, Place, desk};
use crate::text as t;
use domain::wire::desk::{BlockView, CustomerView, HoldView};
use domain::{Lang, Span, Timestamp};
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
                <Desk title here=Place::Customers wide=true>
                    <p class="small muted">{format!("{}: {}", t::customer_why(lang), found.reason)}</p>
                    <Lines named=found.lines.clone() lang/>
                    <Doings found=found.clone() lang/>
                    <Parts found lang/>
                </Desk>
            }
        },
    )
}

/// Where the lines about this person are; under two names while look-up keys are changed.
#[component]
fn Lines(named: Vec<String>, lang: Lang) -> impl IntoView {
    let link = |name: String| {
        let href = format!("/desk/audit?target={}", in_query(&name));
        view! { " "<a class="link" href=href>{name}</a> }
    };
    (!named.is_empty()).then(|| {
        view! { <p class="small muted">{t::customer_lines(lang)} {named.into_iter().map(link).collect_view()}</p> }
    })
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

fn request_word(state: &str, lang: Lang) -> String {
    match state {
        "open" => t::request_open(lang).to_owned(),
        "done" => t::request_done(lang).to_owned(),
        "refused" => t::request_refused(lang).to_owned(),
        other => other.to_owned(),
    }
}

fn nothing(lang: Lang) -> AnyView {
    view! { <p class="muted">{t::customer_nothing(lang)}</p> }.into_any()
}

#[component]
fn Parts(found: CustomerView, lang: Lang) -> impl IntoView {
    let said_nothing = found.messages.is_empty() && found.inquiries.is_empty() && found.requests.is_empty();
    let blocked = found.blocks.as_ref().is_some_and(|blocks| !blocks.is_empty());
    let known = !found.orders.is_empty() || !found.consents.is_empty() || !found.holds.is_empty() || blocked;
    if said_nothing && !known {
        return view! {
            <Empty glyph=Glyph::Question title=t::customer_unknown(lang) help=t::customer_unknown_help(lang)>
                <a class="btn" href="/desk/customers">{t::place_customers(lang)}</a>
            </Empty>
        }
        .into_any();
    }
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
                        <td data-label=t::risk_col_order(lang)><a class="row-link" href=href>{order.code}</a></td>
                        <td data-label=t::risk_col_state(lang)><Chip tone label=order.state/></td>
                        <td class="num" data-label=t::od_payable(lang)>{order.amount.fmt(lang)}</td>
                        <td class="num" data-label=t::risk_col_items(lang)>{order.items}</td>
                        <td data-label=t::risk_col_sent(lang)><DeskTime at=order.created_at now lang/></td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="table-wrap">
                <table class="table cards" data-rows="">
                    <thead>
                        <tr>
                            <th scope="col">{t::risk_col_order(lang)}</th>
                            <th scope="col">{t::risk_col_state(lang)}</th>
                            <th scope="col" class="num">{t::od_payable(lang)}</th>
                            <th scope="col" class="num">{t::risk_col_items(lang)}</th>
                            <th scope="col">{t::risk_col_sent(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
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
                        <td data-label=t::customer_consents(lang)>{format!("{} v{}", consent.kind, consent.version)}</td>
                        <td data-label=t::sd_status(lang)>{word}</td>
                        <td data-label=t::customer_text_hash(lang)><code title=consent.hash>{short}</code></td>
                        <td data-label=t::risk_col_order(lang)>{consent.order}</td>
                        <td data-label=t::audit_at(lang)><DeskTime at=consent.at now lang/></td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="table-wrap">
                <table class="table cards" data-rows="">
                    <thead>
                        <tr>
                            <th scope="col">{t::customer_consents(lang)}</th>
                            <th scope="col">{t::sd_status(lang)}</th>
                            <th scope="col">{t::customer_text_hash(lang)}</th>
                            <th scope="col">{t::risk_col_order(lang)}</th>
                            <th scope="col">{t::audit_at(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let said = |list: Vec<domain::wire::desk::SaidView>| {
        if list.is_empty() {
            return nothing(lang);
        }
        let rows = list
            .into_iter()
            .map(|said| {
                view! {
                    <li>
                        <span class="line-main">{said.kind}" · "{said.state}</span>
                        <span class="small muted"><DeskTime at=said.at now lang/></span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let holds = if found.holds.is_empty() {
        nothing(lang)
    } else {
        let rows = found.holds.into_iter().map(|hold| hold_row(hold, &token, now, lang)).collect_view();
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let none_asked = found.requests.is_empty().then(|| nothing(lang));
    let requests = found
        .requests
        .into_iter()
        .map(|request| {
            view! {
                <li>
                    <span class="line-main">
                        {kind_word(&request.kind, lang)}
                        " · "
                        {request_word(&request.state, lang)}
                        " "
                        {request.note}
                    </span>
                    <span class="small muted"><DeskTime at=request.created_at now lang/></span>
                </li>
            }
        })
        .collect_view();
    let blocks = found.blocks.map(|blocks| view! { <Blocks blocks now lang/> });
    view! {
        <section class="section"><h2>{t::customer_orders(lang)}</h2>{orders}</section>
        <section class="section"><h2>{t::customer_consents(lang)}</h2>{consents}</section>
        <div class="panes section">
            <section class="panel"><h2>{t::customer_messages(lang)}</h2>{said(found.messages)}</section>
            <section class="panel"><h2>{t::customer_inquiries(lang)}</h2>{said(found.inquiries)}</section>
            <section class="panel"><h2>{t::customer_holds(lang)}</h2>{holds}</section>
            {blocks}
            <section class="panel"><h2>{t::customers_requests(lang)}</h2>{none_asked}<ul class="lines">{requests}</ul></section>
        </div>
    }
    .into_any()
}

#[component]
fn Blocks(blocks: Vec<BlockView>, now: Timestamp, lang: Lang) -> impl IntoView {
    let none = blocks.is_empty().then(|| view! { <p class="muted">{t::customer_no_blocks(lang)}</p> });
    let rows = blocks
        .into_iter()
        .map(|block| {
            let (tone, word) =
                if block.in_force { (Tone::Bad, t::block_in_force(lang)) } else { (Tone::Plain, t::block_ended(lang)) };
            // To the end of that day: the moment it ends at is the next day's first.
            let until = block.until.minus(Span::micros(1)).kst_full_date(lang);
            view! {
                <li>
                    <span class="line-main">
                        <Chip tone label=word/>
                        " "
                        <strong>{t::subject_word(block.kind, lang)}" "{block.masked}</strong>
                        " · "
                        {t::customer_blocked_until(lang, &until)}
                        " · "
                        {block.reason}
                        " "
                        <span class="small muted">{block.author}" "<DeskTime at=block.created_at now lang/></span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t::customer_blocks(lang)}</h2>
            {none}
            <ul class="lines">{rows}</ul>
            <p class="small"><a class="link" href="/desk/risk/blocks">{t::customer_to_blocks(lang)}</a></p>
        </section>
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
    // Held to the end of that day: the moment it ends at is the next day's first.
    let until = hold.ends_at.minus(Span::micros(1)).kst_full_date(lang);
    view! {
        <li>
            <span class="line-main">
                <strong>{t::customer_held_until(lang, &until)}</strong>
                " · "
                {hold.reason}
                " "
                <span class="small muted"><DeskTime at=hold.created_at now lang/></span>
            </span>
            {lift}
        </li>
    }
}
