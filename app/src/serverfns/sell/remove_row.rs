use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Takes one voucher out.
#[server(prefix = "/fn", endpoint = "sell/remove")]
pub async fn remove_row(row: u32) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let answer = services::sell::remove(&cx.services, &cx.actor, token.as_ref(), row).await;
    cx.sold(answer, SellStep::Vouchers, "").await
}
