use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;
use services::sell::YouInput;

/// Sends a code to the phone.
#[server(prefix = "/fn", endpoint = "sell/send_code")]
pub async fn send_code(name: String, phone: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let input = YouInput { name: Some(name), phone: Some(phone), ..YouInput::default() };
    let answer = services::sell::send_code(&cx.services, &cx.actor, token.as_ref(), input).await;
    cx.sold(answer, SellStep::You, "").await
}
