use crate::error::Failure;
use crate::ssr::Cx;
use domain::Speed;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;

/// Prices the vouchers now, also again; with a speed, changes it.
#[server(prefix = "/fn", endpoint = "sell/quote")]
pub async fn quote_rows(speed: Option<Speed>, #[server(default)] to: String) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let answer = services::sell::quote(&cx.services, &cx.actor, token.as_ref(), speed).await;
    let here = if to == "quote" { SellStep::Vouchers } else { SellStep::Quote };
    cx.sold(answer, here, &to).await
}
