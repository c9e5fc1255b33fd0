use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::customer;

/// Keeps a person's data until a day.
#[server(prefix = "/desk/fn", endpoint = "customer/hold")]
pub async fn hold_customer(
    #[server(default)] token: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let held = customer::hold(&cx.services, &cx.actor, &token, &until, &reason).await;
    cx.settle(held, &page(&token), t::customer_hold_put(cx.lang())).await
}
