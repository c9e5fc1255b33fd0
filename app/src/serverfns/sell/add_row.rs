use super::face_meant;
use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Adds one voucher typed by hand.
#[server(prefix = "/fn", endpoint = "sell/add")]
pub async fn add_row(
    brand: String,
    pin: String,
    #[server(default)] companion: BTreeMap<String, String>,
    #[server(default)] face: String,
    #[server(default)] face_other: String,
) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let face = face_meant(face, face_other, "");
    let input = services::sell::AddRow { brand, pin, companion: companion.into_iter().collect(), face };
    let answer = services::sell::add(&cx.services, &cx.actor, token.as_ref(), input).await;
    cx.sold(answer, SellStep::Vouchers, "").await
}
