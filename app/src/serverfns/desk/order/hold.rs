use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order::{self, HoldInput};

/// Stops an order.
#[server(prefix = "/desk/fn", endpoint = "order/hold")]
pub async fn hold_order(
    #[server(default)] order: String,
    #[server(default)] why: String,
    #[server(default)] reason: String,
    #[server(default)] mark: i64,
    #[server(default)] tell: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let input = HoldInput { why, reason, mark, tell: tell == "on" };
    let held = order::hold(&cx.services, &cx.actor, &order, input).await;
    cx.settle(held, &page(&order), t::od_hold_done(cx.lang())).await
}
