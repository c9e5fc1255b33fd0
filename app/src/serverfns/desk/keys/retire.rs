use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::keys;

/// Says that nothing needs a key any more.
#[server(prefix = "/desk/fn", endpoint = "keys/retire")]
pub async fn retire_key(
    #[server(default)] purpose: String,
    #[server(default)] number: u16,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = keys::retire(&cx.services, &cx.actor, (&purpose, number), &reason).await;
    cx.settle(done, PAGE, t::keys_retired_done(cx.lang())).await
}
