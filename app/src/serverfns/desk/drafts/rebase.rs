use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::drafts;

/// Brings one's own draft up to date.
#[server(prefix = "/desk/fn", endpoint = "drafts/rebase")]
pub async fn drafts_rebase() -> Result<(), Failure> {
    let cx = Cx::take();
    let back = cx.back("/desk");
    let done = match target(&cx) {
        Ok((id, revision)) => drafts::rebase(&cx.services, &cx.actor, id, revision).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &back, t::sd_rebased(cx.lang())).await
}
