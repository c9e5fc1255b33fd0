use super::{failed, goal, with_goal};
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use leptos::prelude::*;
use services::desk::access;

/// Shows the second factor again; the page that asked for it follows, with what had been typed there.
#[server(prefix = "/desk/fn", endpoint = "access/step_up")]
pub async fn step_up(#[server(default)] code: String) -> Result<(), Failure> {
    let cx = Cx::take();
    match access::step_up(&cx.services, &cx.actor, &code).await {
        Ok(at) => {
            let held = cx.session.badge().await.map_err(|error| failed(&cx, &error))?;
            if let Some(mut badge) = held {
                badge.step_up_at = at;
                cx.session.rename().await.map_err(|error| failed(&cx, &error))?;
                cx.session.set_badge(&badge).await.map_err(|error| failed(&cx, &error))?;
            }
            go_on(&goal(&cx));
            Ok(())
        }
        Err(error) => Err(cx.refused(error, &with_goal(&cx, "/desk/step-up")).await),
    }
}
