use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::users;

/// Ends every session of somebody.
#[server(prefix = "/desk/fn", endpoint = "users/end_sessions")]
pub async fn end_user_sessions(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = users::end_sessions(&cx.services, &cx.actor, (&id, revision), &reason).await;
    cx.settle(done, &page(&id), t::user_sessions_ended(cx.lang())).await
}
