//! `/orders/{code}`: one order, for the browser that made it or whose phone was proved.

use crate::islands::OrderLive;
use crate::pages::{Frame, load, query};
use crate::text as t;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The order's page.
#[component]
pub fn OrderPage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    let trouble = query("e");
    load(
        |cx| async move {
            let view =
                services::order_view::view(&cx.services, &cx.actor, &code).await.map_err(|error| cx.refuse(error))?;
            Ok((view, cx.lang()))
        },
        move |(view, lang)| {
            let title = format!("{} {}", t::order_title(lang), view.code);
            view! {
                <Frame title private=true>
                    <div class="col main"><OrderLive view trouble lang/></div>
                </Frame>
            }
        },
    )
}
