use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use leptos::prelude::*;
use services::desk::customer;

const PAGE: &str = "/orders/my/data";

/// Asks for a copy of one's data, or to be erased; for a phone proved by a code.
#[server(prefix = "/fn", endpoint = "person/wish")]
pub async fn wish(#[server(default)] kind: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let state = cx.session.lookup().await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
    customer::wish(&cx.services, &cx.actor, &state, &kind).await.map_err(|error| cx.fail(cx.refuse(error), PAGE))?;
    go_on(PAGE);
    Ok(())
}
