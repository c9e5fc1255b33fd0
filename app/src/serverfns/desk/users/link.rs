use super::{address, page};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::users;

/// Another link for an account; the page shows it this once.
#[server(prefix = "/desk/fn", endpoint = "users/link")]
pub async fn link_user(
    #[server(default)] id: String,
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    match users::link(&cx.services, &cx.actor, (&id, revision), &reason).await {
        Ok(token) => {
            let link = address(&cx, &token.into_exposed());
            cx.done(&page(&id), Some(t::user_linked(cx.lang())), vec![link]).await
        }
        Err(error) => Err(cx.refused(error, &page(&id)).await),
    }
}
