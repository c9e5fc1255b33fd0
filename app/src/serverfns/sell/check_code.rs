use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;
use services::sell::YouInput;

/// Checks the code.
#[server(prefix = "/fn", endpoint = "sell/check_code")]
pub async fn check_code(code: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let input = YouInput { code: Some(code), ..YouInput::default() };
    let answer = services::sell::check_code(&cx.services, &cx.actor, token.as_ref(), input).await;
    if answer.as_ref().is_ok_and(|answer| answer.proved) {
        cx.session.rename().await.map_err(|error| cx.fail(cx.session_failed(&error), SellStep::You.path()))?;
    }
    cx.sold(answer, SellStep::You, "").await
}
