use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Records which consents are given: exactly the boxes ticked.
#[server(prefix = "/fn", endpoint = "sell/consents")]
pub async fn set_consents(
    #[server(default)] granted: Vec<String>,
    #[server(default)] to: String,
) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let answer = services::sell::consents(&cx.services, &cx.actor, token.as_ref(), &granted).await;
    cx.sold(answer, SellStep::You, &to).await
}
