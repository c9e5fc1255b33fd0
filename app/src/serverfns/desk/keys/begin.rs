use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::keys;

/// Begins to pass everything to the active keys.
#[server(prefix = "/desk/fn", endpoint = "keys/begin")]
pub async fn begin_rotation(#[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = keys::begin(&cx.services, &cx.actor, &reason).await;
    cx.settle(done, PAGE, t::keys_begun(cx.lang())).await
}
