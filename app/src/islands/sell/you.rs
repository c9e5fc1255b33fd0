//! Step three: phone, account, consents, one after the other. An answered part becomes a line to touch.

use super::nav::Nav;
use super::{SellState, rows_line};
use crate::components::{Answer, Banner, Check, Chip, ErrorList, StickyBar, TextField, Tone, error_of};
use crate::islands::ticking::{CodeValidity, Resend, seconds_left};
use crate::text as t;
use domain::Lang;
use domain::wire::{ConsentView, FieldError, HolderCheck, SellStep, SellView, YouView};
use leptos::prelude::*;

/// Which part is being answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Phone,
    Account,
    Consents,
}

fn part_of(you: &YouView, edit: Option<&str>) -> Part {
    let known = matches!(you.holder_check, HolderCheck::Matched | HolderCheck::Unknown);
    match edit {
        _ if !you.phone_proved => Part::Phone,
        Some("phone") => Part::Phone,
        Some("account") => Part::Account,
        _ if !known => Part::Account,
        _ => Part::Consents,
    }
}

/// The step.
#[component]
pub fn You(flow: SellState, nav: Nav, lang: Lang) -> impl IntoView {
    let part = Memo::new(move |_| {
        let edit = nav.asked.with(|asked| asked.edit.clone());
        flow.view.with(|view| part_of(&view.you, edit.as_deref()))
    });
    let errors = Memo::new(move |_| flow.view.with(|view| view.errors.clone()));
    let you = Memo::new(move |_| flow.view.with(|view| view.you.clone()));
    view! {
        <div class="col main stack">
            <h1 class="page-title" id="step-title" tabindex="-1">{t::you_title(lang)}</h1>
            <div class="answers">
                {move || flow.view.with(|view| view! { <Before view=view.clone() lang/> })}
                {move || (part.get() != Part::Phone).then(|| you.with(|you| view! {
                    <Answer
                        href="/sell/you?edit=phone#phone"
                        key=t::you_phone_key(lang)
                        value=format!("{} · {} · {}", you.name, you.phone, t::you_proved(lang))
                        lang
                    />
                }))}
                {move || (part.get() == Part::Consents).then(|| you.with(|you| view! {
                    <Answer href="/sell/you?edit=account#account" key=t::you_account_key(lang) value=payee_of(you) lang/>
                }))}
            </div>
            {move || view! { <ErrorList errors=errors.get() lang/> }}
            {move || match part.get() {
                Part::Phone => view! { <PhonePart flow you=you.get() errors=errors.get() lang/> }.into_any(),
                Part::Account => view! { <AccountPart you=you.get() errors=errors.get() lang/> }.into_any(),
                Part::Consents => view! {
                    <HolderNote check=you.with(|you| you.holder_check) lang/>
                    <ConsentPart consents=flow.view.with(|view| view.consents.clone()) errors=errors.get() lang/>
                }.into_any(),
            }}
        </div>
        {move || {
            let net = flow.view.with(|view| view.quote.as_ref().map(|quote| quote.net));
            let (form, label, action) = match part.get() {
                Part::Phone if you.with(|you| you.code_until.is_some()) => ("code-form", t::you_check(lang), "/fn/sell/check_code"),
                Part::Phone => ("phone-form", t::you_send(lang), "/fn/sell/send_code"),
                Part::Account => ("account-form", t::you_account_check(lang), "/fn/sell/payee"),
                Part::Consents => ("consent-form", t::to_confirm(lang), "/fn/sell/consents"),
            };
            let busy = flow.is_busy(action);
            view! {
                <StickyBar label=t::quote_net_total(lang) won=net lang>
                    <button class="btn btn-main" type="submit" form=form aria-busy=busy.then_some("true")>{label}</button>
                </StickyBar>
            }
        }}
    }
}

/// The answers of the steps before.
#[component]
pub fn Before(view: SellView, lang: Lang) -> impl IntoView {
    let quote =
        view.quote.as_ref().map(|quote| format!("{} · {}", quote.net.fmt(lang), t::speed_word(view.speed, lang)));
    view! {
        <Answer href=SellStep::Vouchers.path() key=t::step_name(SellStep::Vouchers, lang) value=rows_line(&view, lang) lang/>
        {quote.map(|value| view! { <Answer href=SellStep::Quote.path() key=t::quote_net_total(lang) value lang/> })}
    }
}

/// "신한은행 110-***-***** · 홍길동".
pub fn payee_of(you: &YouView) -> String {
    t::payee_line(&you.bank, &you.account_masked, &you.holder)
}

#[component]
fn PhonePart(flow: SellState, you: YouView, errors: Vec<FieldError>, lang: Lang) -> impl IntoView {
    let now = Signal::derive(move || flow.view.with(|view| view.now));
    let until = Signal::derive(move || flow.view.with(|view| view.you.code_until));
    let resend = Signal::derive(move || flow.view.with(|view| view.you.resend_after));
    let left = seconds_left(until, now);
    let wait = seconds_left(resend, now);
    let sent = you.code_until;
    let tries = you.tries_left.map(|tries| t::tries_left(tries, lang)).unwrap_or_default();
    view! {
        <section class="ask" aria-labelledby="part-title">
            <h2 id="part-title" tabindex="-1">{t::you_phone_title(lang)}</h2>
            <form class="stack" id="phone-form" method="post" action="/fn/sell/send_code">
                <TextField
                    id="name" name="name" label=t::you_name(lang) help=t::you_name_help(lang) value=you.name
                    error=error_of(&errors, "name") autocomplete="name" maxlength=40
                />
                <TextField
                    id="phone" name="phone" label=t::you_phone(lang) value=you.phone error=error_of(&errors, "phone")
                    kind="tel" inputmode="tel" autocomplete="tel-national" maxlength=20
                >
                    {sent.map(|_| view! { <Resend wait lang/> })}
                </TextField>
            </form>
            {sent.map(|until| view! {
                <form class="stack-s" id="code-form" method="post" action="/fn/sell/check_code">
                    <TextField
                        id="code" name="code" label=t::you_code(lang) help=tries value="" error=error_of(&errors, "code")
                        inputmode="numeric" autocomplete="one-time-code" maxlength=6 code=true
                    />
                    <CodeValidity until left lang/>
                </form>
            })}
        </section>
    }
}

#[component]
fn AccountPart(you: YouView, errors: Vec<FieldError>, lang: Lang) -> impl IntoView {
    let holder = if you.holder.is_empty() { you.name.clone() } else { you.holder.clone() };
    view! {
        <section class="ask" aria-labelledby="part-title">
            <h2 id="part-title" tabindex="-1">{t::you_account_title(lang)}</h2>
            <HolderNote check=you.holder_check lang/>
            <form class="stack" id="account-form" method="post" action="/fn/sell/payee">
                // The names stand in the page, outside the island: they never change and needn't be downloaded twice.
                <TextField
                    id="bank_code" name="bank_code" label=t::you_bank(lang) help=t::you_bank_help(lang) value=you.bank
                    error=error_of(&errors, "bank_code") warning=you.bank_warning list="banks" maxlength=40
                />
                <TextField
                    id="account" name="account" label=t::you_account(lang) help=t::you_account_help(lang) value=you.account
                    error=error_of(&errors, "account") warning=you.account_warning inputmode="numeric" maxlength=30
                />
                <TextField
                    id="holder" name="holder" label=t::you_holder(lang) help=t::you_name_help(lang) value=holder
                    error=error_of(&errors, "holder") autocomplete="name" maxlength=40
                />
            </form>
        </section>
    }
}

/// What the bank said of the holder.
#[component]
fn HolderNote(check: HolderCheck, lang: Lang) -> impl IntoView {
    match check {
        HolderCheck::NotChecked => None,
        HolderCheck::Matched => Some(view! { <p><Chip tone=Tone::Good label=t::holder_matched(lang)/></p> }.into_any()),
        HolderCheck::Differs => {
            Some(view! { <Banner tone=Tone::You title=t::holder_differs(lang) live=true/> }.into_any())
        }
        HolderCheck::Unknown => Some(view! { <Banner tone=Tone::Unknown title=t::holder_unknown(lang)/> }.into_any()),
    }
}

#[component]
fn ConsentPart(consents: Vec<ConsentView>, errors: Vec<FieldError>, lang: Lang) -> impl IntoView {
    let boxes = consents
        .into_iter()
        .map(|consent| {
            let tag = if consent.required { t::you_required(lang) } else { t::you_optional(lang) };
            let summary = format!("{} {}", consent.title, t::you_consent_read(lang));
            view! {
                <div>
                    <Check
                        id=consent.kind.clone() name="granted[]" value=format!("{}:{}", consent.kind, consent.version) checked=consent.granted
                        label=consent.title tag error=error_of(&errors, &consent.kind)
                    />
                    <details class="consent">
                        <summary class="small muted link"><span class="unseen">{summary}</span><span aria-hidden="true">{t::you_consent_read(lang)}</span></summary>
                        <div class="prose consent-text" tabindex="0" inner_html=consent.html></div>
                    </details>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="ask" aria-labelledby="part-title">
            <h2 id="part-title" tabindex="-1">{t::you_consents_title(lang)}</h2>
            <form class="card stack" id="consent-form" method="post" action="/fn/sell/consents">
                <input type="hidden" name="to" value="confirm"/>
                {boxes}
            </form>
        </section>
    }
}
