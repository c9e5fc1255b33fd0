//! `/orders`: finding one's orders by phone and code. No other way in.

use crate::islands::LookupFlow;
use crate::pages::{Frame, load, query};
use crate::text as t;
use leptos::prelude::*;

/// The lookup's page.
#[component]
pub fn LookupPage() -> impl IntoView {
    let trouble = query("e");
    load(
        |cx| async move {
            let state = cx.session.lookup().await.map_err(|error| cx.session_failed(&error))?;
            let answer =
                services::lookup::open(&cx.services, &cx.actor, state).await.map_err(|error| cx.refuse(error))?;
            cx.session.grant(answer.grants).await.map_err(|error| cx.session_failed(&error))?;
            Ok((answer.view, cx.lang()))
        },
        move |(view, lang)| {
            view! {
                <Frame title=t::lookup_title(lang)>
                    <div class="col main stack">
                        <div>
                            <h1 class="page-title">{t::lookup_title(lang)}</h1>
                            <p class="lead">{t::lookup_lead(lang)}</p>
                        </div>
                        <LookupFlow view trouble lang/>
                        <p class="small"><a class="link" href="/orders/my/data">{t::my_data_link(lang)}</a></p>
                    </div>
                </Frame>
            }
        },
    )
}
