//! Vouchers, payout, messages and open work of an order.

use super::acts::{Reason, Reveal, choices, refused};
use crate::components::{Check, Chip, SelectField, Tone};
use crate::desk::{Flash, may};
use crate::pages::admin::{ConfirmForm, DeskTime};
use crate::text as t;
use domain::Lang;
use domain::wire::desk::{DeskItem, DeskMessage, DeskWork, OrderDeskView};
use leptos::prelude::*;
use services::rights::Act;

#[component]
pub(super) fn Items(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let (code, now, count) = (view.code, view.now, view.items.len());
    let rows = view.items.into_iter().map(|item| row(item, &code, now, lang)).collect_view();
    view! {
        <section aria-labelledby="items-title">
            <h2 id="items-title" class="pane-title">{t::od_items(lang, count)}</h2>
            <div class="table-wrap">
                <table class="table cards" data-rows="">
                    <thead>
                        <tr>
                            <th scope="col" class="num">{t::od_number(lang)}</th>
                            <th scope="col">{t::od_brand(lang)}</th>
                            <th scope="col">{t::od_state(lang)}</th>
                            <th scope="col" class="num">{t::od_claimed(lang)}</th>
                            <th scope="col" class="num">{t::od_verified(lang)}</th>
                            <th scope="col" class="num">{t::od_pays(lang)}</th>
                            <th scope="col">{t::od_acts(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(item: DeskItem, code: &str, now: domain::Timestamp, lang: Lang) -> impl IntoView {
    let amount = |won: Option<domain::Won>| won.map_or_else(|| "–".to_owned(), |won| won.fmt(lang));
    let beside = (!item.companions.is_empty()).then(|| t::od_with(lang, &item.companions.join(", ")));
    let what = format!("{}. {}", item.number, item.brand);
    let claimed = item.claim.as_ref().map(|claim| t::od_claimed_by(lang, &claim.who, &claim.since.kst_clock()));
    let rejects = !item.reject_for.is_empty() && may(Act::ItemReject);
    let told = (!item.told.is_empty()).then(|| t::od_told(lang, &item.told));
    view! {
        <tr id=item.id.clone()>
            <td class="num" data-label=t::od_number(lang)>{item.number}</td>
            <td data-label=t::od_brand(lang)>
                <span class="cell-stack">
                    <span>{item.brand.clone()}</span>
                    <span class="small mono">{item.pin.clone()}</span>
                    {beside.map(|beside| view! { <span class="small muted">{beside}</span> })}
                </span>
            </td>
            <td data-label=t::od_state(lang)>
                <span class="cell-stack" title=told>
                    <Chip tone=Tone::from(item.tone) label=item.state.clone()/>
                    {(!item.reason.is_empty()).then(|| view! { <span class="small">{item.reason.clone()}</span> })}
                    {claimed.map(|claimed| view! { <span class="small muted">{claimed}</span> })}
                    {item
                        .next_check_at
                        .map(|at| view! { <span class="small muted">{t::od_next_check(lang)}" "<DeskTime at now lang/></span> })}
                </span>
            </td>
            <td class="num" data-label=t::od_claimed(lang)>{item.claimed_face.fmt(lang)}</td>
            <td class="num" data-label=t::od_verified(lang)>{amount(item.face)}</td>
            <td class="num" data-label=t::od_pays(lang)>
                <span title=format!("{} {}", t::od_rate(lang), t::percent(item.rate))>{amount(item.payable)}</span>
            </td>
            <td data-label=t::od_acts(lang)>
                <span class="inline-forms">
                    <Reveal order=code row=item.id.clone() what=what act=Act::RevealPin lang/>
                    {(item.manual && may(Act::ManualDesk))
                        .then(|| {
                            view! {
                                <a class="btn btn-small" href=format!("/desk/manual/{}", item.id)>{t::od_to_manual(lang)}</a>
                            }
                        })}
                    {rejects.then(|| view! { <Reject item=item.clone() order=code.to_owned() lang/> })}
                </span>
            </td>
        </tr>
    }
}

#[component]
fn Reject(item: DeskItem, order: String, lang: Lang) -> impl IntoView {
    let form = "order/reject";
    let (open, value, error) = refused(form, &item.id);
    let flash = Flash::here();
    let (chosen, wrong) = if open {
        (flash.value(form, "why").unwrap_or_default(), flash.wrong(form, "why"))
    } else {
        (String::new(), None)
    };
    let amount = item.face.unwrap_or(item.claimed_face).fmt(lang);
    view! {
        <ConfirmForm
            id=format!("reject-{}", item.id)
            action="/desk/fn/order/reject"
            label=t::od_reject(lang)
            question=t::od_reject_ask(lang, item.number, &item.brand, &amount)
            confirm=t::od_reject(lang)
            class="btn btn-small"
            fields=vec![("order", order), ("row", item.id.clone()), ("revision", item.revision.to_string())]
            open=open && (error.is_some() || wrong.is_some())
            lang
        >
            <SelectField
                id=format!("reject-{}-why", item.id)
                name="why"
                label=t::od_reject_why(lang)
                value=chosen
                choices=choices(item.reject_for.clone(), lang)
                error=wrong
            />
            <Reason id=format!("reject-{}-reason", item.id) value error lang/>
        </ConfirmForm>
    }
}

#[component]
pub(super) fn PayoutPanel(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let now = view.now;
    let body = match view.payout {
        None => view! { <p class="muted">{t::od_no_payout(lang)}</p> }.into_any(),
        Some(payout) => {
            let held = (!payout.hold_reason.is_empty()).then_some(payout.hold_reason);
            let attempts = payout.attempts;
            view! {
                <dl class="facts">
                    <div><dt>{t::od_state(lang)}</dt><dd><Chip tone=Tone::from(payout.tone) label=payout.state/></dd></div>
                    <div><dt>{t::od_payable(lang)}</dt><dd><strong>{payout.amount.fmt(lang)}</strong></dd></div>
                    <div><dt>{t::od_account(lang)}</dt><dd>{format!("{} {} {}", payout.bank, payout.account, payout.holder)}</dd></div>
                    {held.map(|held| view! { <div><dt>{t::od_held_for(lang)}</dt><dd>{held}</dd></div> })}
                    <div><dt>{t::od_not_before(lang)}</dt><dd><DeskTime at=payout.not_before now lang/></dd></div>
                    {payout
                        .next_check_at
                        .map(|at| view! { <div><dt>{t::od_next_check(lang)}</dt><dd><DeskTime at now lang/></dd></div> })}
                    {payout
                        .executed_at
                        .map(|at| view! { <div><dt>{t::od_executed(lang)}</dt><dd><DeskTime at now lang/></dd></div> })}
                </dl>
                {(!attempts.is_empty())
                    .then(|| {
                        view! {
                            <h3 class="small-head">{t::od_attempts(lang)}</h3>
                            <ul class="lines">
                                {attempts
                                    .into_iter()
                                    .map(|attempt| {
                                        view! {
                                            <li>
                                                <span class="line-main">
                                                    <Chip tone=Tone::from(attempt.tone) label=attempt.state/>
                                                    " "
                                                    <span class="mono small">{attempt.reference}</span>
                                                    " "
                                                    <span class="small">{attempt.codes}</span>
                                                    " "
                                                    <DeskTime at=attempt.at now lang/>
                                                </span>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })}
            }
            .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="payout-title">
            <h2 id="payout-title">{t::od_payout(lang)}</h2>
            {body}
        </section>
    }
}

#[component]
pub(super) fn Messages(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let (code, phone, now, seen) = (view.code, view.phone, view.now, view.messages.len());
    let line = move |message: DeskMessage| {
        let again = (message.can_resend && may(Act::MessageResend)).then(|| message.clone());
        let (code, phone) = (code.clone(), phone.clone());
        view! {
            <li>
                <span class="line-main">
                    <strong>{message.word.clone()}</strong>
                    " "
                    <Chip tone=Tone::from(message.tone) label=message.state.clone()/>
                    " "
                    <span class="small muted">{format!("{} {}", message.channel, message.code)}</span>
                    " "
                    <DeskTime at=message.at now lang/>
                </span>
                {again.map(|message| view! { <Resend message code phone seen lang/> })}
            </li>
        }
    };
    view! {
        <section class="panel" aria-labelledby="messages-title">
            <h2 id="messages-title">{t::od_messages(lang)}</h2>
            {if view.messages.is_empty() {
                view! { <p class="muted">{t::od_no_messages(lang)}</p> }.into_any()
            } else {
                view! { <ul class="lines">{view.messages.into_iter().map(line).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Resend(message: DeskMessage, code: String, phone: String, seen: usize, lang: Lang) -> impl IntoView {
    let form = "order/resend";
    let (open, value, error) = refused(form, &message.id);
    let unticked = if open { Flash::here().wrong(form, "twice") } else { None };
    let ticked = message.maybe_twice;
    view! {
        <ConfirmForm
            id=format!("resend-{}", message.id)
            action="/desk/fn/order/resend"
            label=t::od_resend(lang)
            question=t::od_resend_ask(lang, &message.word, &phone)
            confirm=t::od_resend(lang)
            class="btn btn-small"
            confirm_class="btn btn-main"
            fields=vec![("order", code), ("row", message.id.clone()), ("seen", seen.to_string())]
            open=open && (error.is_some() || unticked.is_some())
            lang
        >
            {ticked
                .then(|| {
                    view! {
                        <Check
                            id=format!("resend-{}-twice", message.id)
                            name="twice"
                            value="on"
                            checked=false
                            label=t::od_resend_twice(lang)
                            error=unticked.clone()
                        />
                    }
                })}
            <Reason id=format!("resend-{}-reason", message.id) value error lang/>
        </ConfirmForm>
    }
}

#[component]
pub(super) fn Works(view: OrderDeskView, lang: Lang) -> impl IntoView {
    let (code, now) = (view.code, view.now);
    let line = move |work: DeskWork| {
        let reopens = (work.can_reopen && may(Act::ItemReopen)).then(|| work.clone());
        let code = code.clone();
        view! {
            <li>
                <span class="line-main">
                    <strong>{work.word.clone()}</strong>
                    " "
                    <Chip tone=Tone::from(work.tone) label=work.state.clone()/>
                    " "
                    <span class="small muted">{work.code.clone()}</span>
                    " "
                    {work.next_at.map(|at| view! { <DeskTime at now lang/> })}
                    <span class="small work-effect">{work.effect.clone()}</span>
                </span>
                {reopens.map(|work| view! { <Reopen work code lang/> })}
            </li>
        }
    };
    (!view.works.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="works-title">
                <h2 id="works-title">{t::od_works(lang)}</h2>
                <ul class="lines">{view.works.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Reopen(work: DeskWork, code: String, lang: Lang) -> impl IntoView {
    let (open, value, error) = refused("order/reopen", &work.id);
    view! {
        <ConfirmForm
            id=format!("reopen-{}", work.id)
            action="/desk/fn/order/reopen"
            label=t::od_reopen(lang)
            question=work.effect.clone()
            confirm=t::od_reopen(lang)
            class="btn btn-small"
            confirm_class="btn btn-main"
            fields=vec![("order", code), ("row", work.id.clone()), ("epoch", work.epoch.to_string())]
            open=open && error.is_some()
            lang
        >
            <Reason id=format!("reopen-{}-reason", work.id) value error lang/>
        </ConfirmForm>
    }
}
