use super::{goal, pending, wear, with_goal};
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use leptos::prelude::*;
use services::desk::access;

/// The second factor after a right password.
#[server(prefix = "/desk/fn", endpoint = "access/code")]
pub async fn show_code(#[server(default)] code: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let pending = pending(&cx).await?;
    match access::show_code(&cx.services, &cx.actor, &pending, &code).await {
        Ok(badge) => {
            wear(&cx, &badge).await?;
            go_on(&goal(&cx));
            Ok(())
        }
        Err(error) => Err(cx.refused(error, &with_goal(&cx, "/desk/sign-in/code")).await),
    }
}
