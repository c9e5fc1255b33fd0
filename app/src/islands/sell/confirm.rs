//! Step four: amount and payee once more, then it counts.

use super::SellState;
use super::you::{Before, payee_of};
use crate::components::{Amount, AmountSize, Answer, Banner, ErrorList, StickyBar, Tone};
use crate::text as t;
use domain::Lang;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Confirm(flow: SellState, lang: Lang) -> impl IntoView {
    let quote = Memo::new(move |_| flow.view.with(|view| view.quote.clone()));
    view! {
        <div class="col main stack">
            <h1 class="page-title" id="step-title" tabindex="-1">{t::confirm_title(lang)}</h1>
            {move || view! { <ErrorList errors=flow.view.with(|view| view.errors.clone()) lang/> }}
            <section class="card stack" aria-labelledby="final-title">
                <h2 class="unseen" id="final-title">{t::quote_net_total(lang)}</h2>
                {move || quote.get().map(|quote| view! {
                    <div class="sum">
                        <span class="small muted">{t::quote_net_total(lang)}</span>
                        <Amount won=quote.net lang size=AmountSize::Huge/>
                    </div>
                    <dl class="pairs">
                        <dt>{t::confirm_to(lang)}</dt>
                        // In full, this once: it is the last chance to see a wrong digit, and the page is this customer's own.
                        <dd>{flow.view.with(|view| t::payee_line(&view.you.bank, &view.you.account, &view.you.holder))}</dd>
                        <dt>{t::confirm_when(lang)}</dt>
                        <dd>{quote.eta}</dd>
                        <dt>{t::quote_fee(lang)}</dt>
                        <dd>{if quote.fee.is_zero() { t::quote_free(lang).to_owned() } else { quote.fee.fmt(lang) }}</dd>
                    </dl>
                })}
            </section>
            <Banner tone=Tone::You title=t::confirm_final(lang)/>
            {move || flow.view.with(|view| view! {
                <div class="answers">
                    <Before view=view.clone() lang/>
                    <Answer href="/sell/you?edit=phone" key=t::you_phone_key(lang) value=format!("{} · {}", view.you.name, view.you.phone) lang/>
                    <Answer href="/sell/you?edit=account" key=t::you_account_key(lang) value=payee_of(&view.you) lang/>
                </div>
            })}
        </div>
        <form id="submit-form" method="post" action="/fn/sell/submit">
            <input type="hidden" name="submit_key" value=move || flow.view.with(|view| view.submit_key.clone())/>
        </form>
        {move || {
            let busy = flow.is_busy("/fn/sell/submit");
            view! {
                <StickyBar label=t::quote_net_total(lang) won=quote.with(|quote| quote.as_ref().map(|quote| quote.net)) lang>
                    <button class="btn btn-main" type="submit" form="submit-form" aria-busy=busy.then_some("true")>
                        {if busy { t::submitting(lang) } else { t::submit(lang) }}
                    </button>
                </StickyBar>
            }
        }}
    }
}
