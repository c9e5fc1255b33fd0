use super::{page, ticked};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::users;

/// Gives and takes roles.
#[server(prefix = "/desk/fn", endpoint = "users/roles")]
pub async fn set_user_roles(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = users::set_roles(&cx.services, &cx.actor, (&id, revision), &ticked(&cx), &reason).await;
    cx.settle(done, &page(&id), t::user_roles_set(cx.lang())).await
}
