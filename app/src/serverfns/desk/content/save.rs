use crate::desk::in_query;
use crate::error::Failure;
use crate::serverfns::desk::shop::{target, text};
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::notices;

/// Writes other texts.
#[server(prefix = "/desk/fn", endpoint = "content/save")]
pub async fn content_save() -> Result<(), Failure> {
    let cx = Cx::take();
    let page = format!("/desk/content/{}", in_query(&cx.typed("id")));
    let done = match target(&cx) {
        Ok(target) => notices::save(&cx.services, &cx.actor, target, &text(&cx)).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &page, t::sd_entry_saved(cx.lang())).await
}
