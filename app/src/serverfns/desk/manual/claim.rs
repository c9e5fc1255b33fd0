use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::manual;

/// Takes a voucher, or keeps it for longer; its page follows. Who is too late is told so on the page they pressed on.
#[server(prefix = "/desk/fn", endpoint = "manual/claim")]
pub async fn claim_item(#[server(default)] item: String) -> Result<(), Failure> {
    let cx = Cx::take();
    match manual::claim(&cx.services, &cx.actor, &item).await {
        Ok(()) => cx.done(&page(&item), Some(t::md_taken(cx.lang())), Vec::new()).await,
        Err(error) => Err(cx.refused(error, &cx.back("/desk/manual")).await),
    }
}
