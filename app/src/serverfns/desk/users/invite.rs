use super::{LIST, address, ticked};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::users::{self, Invite};

/// Invites somebody; the page shows the link this once.
#[server(prefix = "/desk/fn", endpoint = "users/invite")]
pub async fn invite_user(
    #[server(default)] login: String,
    #[server(default)] name: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let input = Invite { login, name, roles: ticked(&cx), reason };
    match users::invite(&cx.services, &cx.actor, &input).await {
        Ok(token) => {
            let link = address(&cx, &token.into_exposed());
            cx.done(LIST, Some(t::user_invited(cx.lang())), vec![link]).await
        }
        Err(error) => Err(cx.refused(error, LIST).await),
    }
}
