use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::desk::customer;

/// Opens the page of somebody who asked for something.
#[server(prefix = "/desk/fn", endpoint = "customer/from_request")]
pub async fn open_request(#[server(default)] id: String) -> Result<(), Failure> {
    let cx = Cx::take();
    match customer::from_request(&cx.services, &cx.actor, &id).await {
        Ok(token) => cx.done(&page(&token), None, Vec::new()).await,
        Err(error) => Err(cx.refused(error, "/desk/customers").await),
    }
}
