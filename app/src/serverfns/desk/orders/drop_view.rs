use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::orders;

/// Removes a saved view.
#[server(prefix = "/desk/fn", endpoint = "orders/drop_view")]
pub async fn drop_view(#[server(default)] id: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let dropped = orders::drop_view(&cx.services, &cx.actor, &id).await;
    cx.settle(dropped, "/desk/orders?all=1", t::view_dropped(cx.lang())).await
}
