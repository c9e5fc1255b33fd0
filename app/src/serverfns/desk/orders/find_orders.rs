use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::desk::orders;

/// Finds one order, or one person's: by code, phone or account.
#[server(prefix = "/desk/fn", endpoint = "orders/find")]
pub async fn find_orders(#[server(default)] q: String) -> Result<(), Failure> {
    let cx = Cx::take();
    match orders::find(&cx.services, &cx.actor, &q).await {
        Ok(query) => cx.done(&super::page(&query), None, Vec::new()).await,
        Err(error) => Err(cx.refused(error, "/desk/orders?all=1").await),
    }
}
