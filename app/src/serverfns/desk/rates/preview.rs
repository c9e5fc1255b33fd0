use super::input;
use crate::error::Failure;
use crate::pages::admin::RatesPreview;
use crate::serverfns::desk::shop::piece;
use crate::ssr::Cx;
use leptos::prelude::*;
use server_fn::codec::{StreamingText, TextStream};
use services::desk::rates;

/// Shows the effect of the rates that are typed.
#[server(prefix = "/desk/fn", endpoint = "rates/preview", output = StreamingText)]
pub async fn rates_preview() -> Result<TextStream<Failure>, Failure> {
    let cx = Cx::take();
    let (lang, brand) = (cx.lang(), cx.typed("brand"));
    let look = rates::look(&cx.services, &cx.actor, &brand, &input(&cx)).await.map_err(|error| cx.refuse(error));
    Ok(piece(look.map(|look| view! { <RatesPreview brand look lang/> }.into_any())))
}
