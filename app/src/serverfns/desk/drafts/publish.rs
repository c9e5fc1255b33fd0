use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::drafts;

/// Puts another person's draft to work.
#[server(prefix = "/desk/fn", endpoint = "drafts/publish")]
pub async fn drafts_publish() -> Result<(), Failure> {
    let cx = Cx::take();
    let back = cx.back("/desk");
    let done = match target(&cx) {
        Ok((id, revision)) => drafts::publish(&cx.services, &cx.actor, id, revision, &cx.typed("confirm")).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &back, t::sd_published(cx.lang())).await
}
