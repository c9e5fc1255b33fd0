use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::manual;

/// Gives a voucher back to everybody.
#[server(prefix = "/desk/fn", endpoint = "manual/give_back")]
pub async fn give_back_item(#[server(default)] item: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let given = manual::give_back(&cx.services, &cx.actor, &item).await;
    cx.settle(given, "/desk/manual", t::md_given_back(cx.lang())).await
}
