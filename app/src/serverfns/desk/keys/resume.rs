use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::keys;

/// Lets the rotation go on.
#[server(prefix = "/desk/fn", endpoint = "keys/resume")]
pub async fn resume_rotation(
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = keys::resume(&cx.services, &cx.actor, revision, &reason).await;
    cx.settle(done, PAGE, t::keys_resumed(cx.lang())).await
}
