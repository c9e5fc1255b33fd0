use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;
use services::sell::YouInput;

/// Names the account and asks the bank whose it is.
#[server(prefix = "/fn", endpoint = "sell/payee")]
pub async fn set_payee(bank_code: String, account: String, holder: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let input =
        YouInput { bank_code: Some(bank_code), account: Some(account), holder: Some(holder), ..YouInput::default() };
    let answer = services::sell::payee(&cx.services, &cx.actor, token.as_ref(), input).await;
    cx.sold(answer, SellStep::You, "").await
}
