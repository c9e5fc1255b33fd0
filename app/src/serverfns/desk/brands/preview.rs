use super::input;
use crate::error::Failure;
use crate::pages::admin::FormPreview;
use crate::serverfns::desk::shop::piece;
use crate::ssr::Cx;
use leptos::prelude::*;
use server_fn::codec::{StreamingText, TextStream};
use services::desk::brands;

/// Draws the form that is typed.
#[server(prefix = "/desk/fn", endpoint = "brands/preview", output = StreamingText)]
pub async fn brands_preview() -> Result<TextStream<Failure>, Failure> {
    let cx = Cx::take();
    let lang = cx.lang();
    let look = brands::look(&cx.services, &cx.actor, &input(&cx)).await.map_err(|error| cx.refuse(error));
    Ok(piece(look.map(|look| view! { <FormPreview look lang/> }.into_any())))
}
