use super::page;
use crate::error::Failure;
use crate::ssr::{Cx, go_on};
use domain::wire::OrderView;
use leptos::prelude::*;

/// The order as it stands, for a page that can't listen.
#[server(prefix = "/fn", endpoint = "order/view")]
pub async fn view_order(code: String) -> Result<OrderView, Failure> {
    let cx = Cx::take();
    go_on(&page(&code));
    services::order_view::view(&cx.services, &cx.actor, &code)
        .await
        .map_err(|error| cx.fail(cx.refuse(error), &page(&code)))
}
