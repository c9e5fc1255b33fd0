use crate::desk::in_query;
use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::notices;

/// Publishes an entry, now or later.
#[server(prefix = "/desk/fn", endpoint = "content/publish")]
pub async fn content_publish() -> Result<(), Failure> {
    let cx = Cx::take();
    let page = format!("/desk/content/{}", in_query(&cx.typed("id")));
    let done = match target(&cx) {
        Ok(target) => notices::publish(&cx.services, &cx.actor, target, &cx.typed("at")).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &page, t::sd_shown(cx.lang())).await
}
