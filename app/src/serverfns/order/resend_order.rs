use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Puts the rejected vouchers into a draft to be mended.
#[server(prefix = "/fn", endpoint = "order/resend")]
pub async fn resend_order(code: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    match services::order_view::resend_failed(&cx.services, &cx.actor, &code, token.as_ref()).await {
        Ok(answer) => cx.sold(Ok(answer), SellStep::Vouchers, "").await,
        Err(error) => Err(cx.fail(cx.refuse(error), &page(&code))),
    }
}
