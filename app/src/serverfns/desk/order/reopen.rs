use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order;

/// Lets work that was left to people be tried again. `row` is the work.
#[server(prefix = "/desk/fn", endpoint = "order/reopen")]
pub async fn reopen_work(
    #[server(default)] order: String,
    #[server(default)] row: String,
    #[server(default)] reason: String,
    #[server(default)] epoch: i64,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let reopened = order::reopen(&cx.services, &cx.actor, &order, &row, &reason, epoch).await;
    cx.settle(reopened, &page(&order), t::od_reopen_done(cx.lang())).await
}
