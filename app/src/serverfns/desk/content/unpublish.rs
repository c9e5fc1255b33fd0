use crate::desk::in_query;
use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::notices;

/// Takes an entry back.
#[server(prefix = "/desk/fn", endpoint = "content/unpublish")]
pub async fn content_unpublish() -> Result<(), Failure> {
    let cx = Cx::take();
    let page = format!("/desk/content/{}", in_query(&cx.typed("id")));
    let done = match target(&cx) {
        Ok(target) => notices::unpublish(&cx.services, &cx.actor, target).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &page, t::sd_hidden(cx.lang())).await
}
