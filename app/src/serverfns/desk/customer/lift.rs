use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::customer;

/// Ends a legal hold.
#[server(prefix = "/desk/fn", endpoint = "customer/lift")]
pub async fn lift_hold(
    #[server(default)] token: String,
    #[server(default)] id: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let lifted = customer::lift(&cx.services, &cx.actor, &token, &id, &reason).await;
    cx.settle(lifted, &page(&token), t::customer_lifted(cx.lang())).await
}
