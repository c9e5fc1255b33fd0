use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::users;

/// Shuts an account out, or lets it in again.
#[server(prefix = "/desk/fn", endpoint = "users/state")]
pub async fn set_user_state(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] enabled: bool,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = users::set_state(&cx.services, &cx.actor, (&id, revision), enabled, &reason).await;
    let lang = cx.lang();
    cx.settle(done, &page(&id), if enabled { t::user_enabled(lang) } else { t::user_disabled(lang) }).await
}
