use super::{PAGE, looked};
use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::LookupView;
use leptos::prelude::*;

/// Checks the code and lists the phone's orders.
#[server(prefix = "/fn", endpoint = "lookup/check_code")]
pub async fn check_lookup_code(code: String) -> Result<LookupView, Failure> {
    let cx = Cx::take();
    let state = cx.session.lookup().await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
    let answer = services::lookup::check_code(&cx.services, &cx.actor, state, &code).await;
    if answer.as_ref().is_ok_and(|answer| answer.proved) {
        cx.session.rename().await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
    }
    looked(&cx, answer).await
}
