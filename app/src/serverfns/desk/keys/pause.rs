use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::keys;

/// Stops the rotation after the batch under way.
#[server(prefix = "/desk/fn", endpoint = "keys/pause")]
pub async fn pause_rotation(
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = keys::pause(&cx.services, &cx.actor, revision, &reason).await;
    cx.settle(done, PAGE, t::keys_paused(cx.lang())).await
}
