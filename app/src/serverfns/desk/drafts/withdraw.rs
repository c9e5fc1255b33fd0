use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::drafts;

/// Gives a draft up.
#[server(prefix = "/desk/fn", endpoint = "drafts/withdraw")]
pub async fn drafts_withdraw() -> Result<(), Failure> {
    let cx = Cx::take();
    let back = cx.back("/desk");
    let done = match target(&cx) {
        Ok((id, revision)) => drafts::withdraw(&cx.services, &cx.actor, id, revision).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &back, t::sd_withdrawn(cx.lang())).await
}
