use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::orders;

/// Keeps which columns somebody wants to see.
#[server(prefix = "/desk/fn", endpoint = "orders/columns")]
pub async fn choose_columns(
    #[server(default)] columns: Vec<String>,
    #[server(default)] query: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let kept = orders::choose_columns(&cx.services, &cx.actor, &columns).await;
    cx.settle(kept, &super::page(&query), t::columns_kept(cx.lang())).await
}
