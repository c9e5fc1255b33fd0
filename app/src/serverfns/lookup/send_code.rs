use super::{PAGE, looked};
use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::LookupView;
use leptos::prelude::*;

/// Sends a code to a phone, whether it has orders or not.
#[server(prefix = "/fn", endpoint = "lookup/send_code")]
pub async fn send_lookup_code(phone: String) -> Result<LookupView, Failure> {
    let cx = Cx::take();
    let state = cx.session.lookup().await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
    looked(&cx, services::lookup::send_code(&cx.services, &cx.actor, state, &phone).await).await
}
