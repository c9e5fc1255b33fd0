use super::{SIGN_IN, failed, goal, wear, with_goal};
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use leptos::prelude::*;
use services::desk::access::{self, Next};

/// Login and password.
#[server(prefix = "/desk/fn", endpoint = "access/enter")]
pub async fn enter_desk(#[server(default)] login: String, #[server(default)] password: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let entered = match access::enter(&cx.services, &cx.actor, &login, &password).await {
        Ok(entered) => entered,
        Err(error) => return Err(cx.refused(error, &with_goal(&cx, SIGN_IN)).await),
    };
    if let Some(badge) = &entered.badge {
        wear(&cx, badge).await?;
        go_on(&goal(&cx));
        return Ok(());
    }
    cx.session.rename().await.map_err(|error| failed(&cx, &error))?;
    cx.session.set_pending(&entered.pending).await.map_err(|error| failed(&cx, &error))?;
    go_on(&with_goal(&cx, if entered.next == Next::Enrol { "/desk/sign-in/enrol" } else { "/desk/sign-in/code" }));
    Ok(())
}
