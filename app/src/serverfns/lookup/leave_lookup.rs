use super::PAGE;
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use domain::wire::LookupView;
use leptos::prelude::*;

/// Ends the lookup at this browser.
#[server(prefix = "/fn", endpoint = "lookup/leave")]
pub async fn leave_lookup() -> Result<LookupView, Failure> {
    let cx = Cx::take();
    let answer =
        services::lookup::leave(&cx.services, &cx.actor).await.map_err(|error| cx.fail(cx.refuse(error), PAGE))?;
    cx.session.end_lookup().await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
    go_on(PAGE);
    Ok(answer.view)
}
