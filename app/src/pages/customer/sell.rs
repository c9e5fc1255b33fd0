//! `/sell` and its steps. A step not reached yet leads to the one that is.

use crate::islands::SellFlow;
use crate::pages::{Frame, load, query};
use crate::ssr::redirect;
use crate::text as t;
use domain::wire::SellStep;
use leptos::prelude::*;
use services::catalogue::BankName;

/// `/sell`.
#[component]
pub fn VouchersPage() -> impl IntoView {
    step_page(SellStep::Vouchers)
}

/// `/sell/quote`.
#[component]
pub fn QuotePage() -> impl IntoView {
    step_page(SellStep::Quote)
}

/// `/sell/you`.
#[component]
pub fn YouPage() -> impl IntoView {
    step_page(SellStep::You)
}

/// `/sell/confirm`.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    step_page(SellStep::Confirm)
}

/// What the bank's field offers while one types, on whichever step the flow is.
#[component]
fn BankNames(banks: Vec<BankName>) -> impl IntoView {
    let options = banks
        .into_iter()
        .map(|BankName { name, means }| view! { <option value=name label=(!means.is_empty()).then_some(means)></option> })
        .collect_view();
    view! { <datalist id="banks">{options}</datalist> }
}

fn step_page(step: SellStep) -> impl IntoView {
    let (brand, edit) = (query("brand"), query("edit"));
    let trouble = query("e");
    load(
        move |cx| async move {
            let lang = cx.lang();
            let token = cx.draft().await.map_err(|failure| failure.0)?;
            let open = |token| services::sell::open(&cx.services, &cx.actor, token);
            let mut answer = open(token.as_ref()).await.map_err(|error| cx.refuse(error))?;
            if let Some(code) = answer.view.order_code.take() {
                // That sale is an order now: the first step begins another, the later ones lead to it.
                if step == SellStep::Vouchers {
                    answer = open(None).await.map_err(|error| cx.refuse(error))?;
                } else {
                    redirect(&format!("/orders/{code}"));
                }
            }
            let landing = services::catalogue::landing(&cx.services, lang).await.map_err(|error| cx.refuse(error))?;
            let banks = services::catalogue::bank_names(&cx.services, lang).await.map_err(|error| cx.refuse(error))?;
            Ok((answer.view, landing.fees, banks, lang))
        },
        move |(view, fees, banks, lang)| {
            let reached = view.reached;
            if step > reached {
                redirect(reached.path());
            }
            let step = step.min(reached);
            // The first step is a door anybody may find; the others hold somebody's sale.
            let private = step != SellStep::Vouchers;
            view! {
                <Frame title=t::sell_page(step, lang) private>
                    <SellFlow view step fees brand edit trouble lang/>
                    <BankNames banks/>
                </Frame>
            }
        },
    )
}
