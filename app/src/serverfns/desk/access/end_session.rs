use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::access;

/// Ends one of one's own sessions.
#[server(prefix = "/desk/fn", endpoint = "access/end_session")]
pub async fn end_session(#[server(default)] id: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let ended = access::end_session(&cx.services, &cx.actor, &id).await;
    cx.settle(ended, "/desk/me", t::session_ended(cx.lang())).await
}
