use super::face_meant;
use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::{SellStep, SellView};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Mends one voucher.
#[server(prefix = "/fn", endpoint = "sell/edit")]
pub async fn edit_row(
    row: u32,
    brand: String,
    pin: String,
    #[server(default)] companion: BTreeMap<String, String>,
    #[server(default)] face: String,
    #[server(default)] face_other: String,
    #[server(default)] face_was: String,
) -> Result<SellView, Failure> {
    let cx = Cx::take();
    let token = cx.draft().await?;
    let face = face_meant(face, face_other, &face_was);
    let companion = companion.into_iter().collect();
    let input = services::sell::EditRow { row, brand: Some(brand), pin: Some(pin), companion, face: Some(face) };
    let answer = services::sell::edit(&cx.services, &cx.actor, token.as_ref(), input).await;
    cx.sold(answer, SellStep::Vouchers, "").await
}
