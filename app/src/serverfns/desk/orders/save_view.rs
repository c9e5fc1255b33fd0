use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::orders;

/// Saves the filter under a name.
#[server(prefix = "/desk/fn", endpoint = "orders/save_view")]
pub async fn save_view(
    #[server(default)] name: String,
    #[server(default)] query: String,
    #[server(default)] is_default: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let saved = orders::save_view(&cx.services, &cx.actor, &name, &query, is_default == "1").await;
    cx.settle(saved.map(|_| ()), &super::page(&query), t::view_saved(cx.lang())).await
}
