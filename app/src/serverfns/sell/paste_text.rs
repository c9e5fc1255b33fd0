use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Takes a pasted message apart and adds its vouchers to the draft.
#[server(prefix = "/fn", endpoint = "sell/paste")]
pub async fn paste_text(text: String, #[server(default)] hint: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let answer = services::sell::paste(&cx.services, &cx.actor, token.as_ref(), &text, &hint).await;
    cx.sold(answer, SellStep::Vouchers, "").await
}
