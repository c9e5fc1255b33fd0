use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::customer;

/// Erases a person as far as the rules allow.
#[server(prefix = "/desk/fn", endpoint = "customer/erase")]
pub async fn erase_customer(
    #[server(default)] token: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    match customer::erase(&cx.services, &cx.actor, &token, &reason).await {
        Ok(closed) => {
            let good = t::customer_erased(cx.lang(), closed.orders, closed.messages);
            cx.done(&page(&token), Some(&good), Vec::new()).await
        }
        Err(error) => Err(cx.refused(error, &page(&token)).await),
    }
}
