use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::exports;

/// Gives a file up that isn't done.
#[server(prefix = "/desk/fn", endpoint = "exports/give_up")]
pub async fn give_up_export(#[server(default)] id: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let ended = exports::give_up(&cx.services, &cx.actor, &id).await;
    cx.settle(ended, "/desk/exports", t::export_given_up(cx.lang())).await
}
