use super::page;
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use domain::wire::OrderView;
use leptos::prelude::*;

/// Cancels while nothing was verified yet.
#[server(prefix = "/fn", endpoint = "order/cancel")]
pub async fn cancel_order(code: String) -> Result<OrderView, Failure> {
    let cx = Cx::take();
    go_on(&page(&code));
    services::order_view::cancel(&cx.services, &cx.actor, &code)
        .await
        .map_err(|error| cx.fail(cx.refuse(error), &page(&code)))
}
