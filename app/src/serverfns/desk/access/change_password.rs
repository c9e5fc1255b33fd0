use super::wear;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::access;

/// Chooses another password.
#[server(prefix = "/desk/fn", endpoint = "access/change_password")]
pub async fn change_password(
    #[server(default)] old: String,
    #[server(default)] password: String,
    #[server(default)] again: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    match access::change_password(&cx.services, &cx.actor, (&old, &password, &again)).await {
        Ok(badge) => {
            wear(&cx, &badge).await?;
            cx.done("/desk/me", Some(t::password_changed(cx.lang())), Vec::new()).await
        }
        Err(error) => Err(cx.refused(error, "/desk/me").await),
    }
}
