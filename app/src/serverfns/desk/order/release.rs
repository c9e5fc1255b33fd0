use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order;

/// Lets a held order go on.
#[server(prefix = "/desk/fn", endpoint = "order/release")]
pub async fn release_order(
    #[server(default)] order: String,
    #[server(default)] reason: String,
    #[server(default)] mark: i64,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let released = order::release(&cx.services, &cx.actor, &order, &reason, mark).await;
    cx.settle(released, &page(&order), t::od_release_done(cx.lang())).await
}
