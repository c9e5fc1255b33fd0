use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::desk::customer;

/// Opens the page of a phone, for a reason.
#[server(prefix = "/desk/fn", endpoint = "customer/find")]
pub async fn find_customer(#[server(default)] phone: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    match customer::find(&cx.services, &cx.actor, &phone, &reason).await {
        Ok(token) => cx.done(&page(&token), None, Vec::new()).await,
        Err(error) => Err(cx.refused(error, "/desk/customers").await),
    }
}
