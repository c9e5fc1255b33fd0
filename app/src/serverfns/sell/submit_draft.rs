use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Makes the order. The key was made with the form, so the same submit twice is one order.
#[server(prefix = "/fn", endpoint = "sell/submit")]
pub async fn submit_draft(submit_key: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let answer = services::sell::submit(&cx.services, &cx.actor, token.as_ref(), &submit_key).await;
    cx.sold(answer, SellStep::Confirm, "").await
}
