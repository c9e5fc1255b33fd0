use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order;

/// Turns a voucher down. `row` is the voucher.
#[server(prefix = "/desk/fn", endpoint = "order/reject")]
pub async fn reject_item(
    #[server(default)] order: String,
    #[server(default)] row: String,
    #[server(default)] why: String,
    #[server(default)] reason: String,
    #[server(default)] revision: i64,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let rejected = order::reject(&cx.services, &cx.actor, &row, &why, &reason, revision).await;
    cx.settle(rejected, &page(&order), t::od_reject_done(cx.lang())).await
}
