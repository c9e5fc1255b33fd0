use crate::error::Failure;
use crate::pages::admin::TextPreview;
use crate::serverfns::desk::shop::piece;
use crate::serverfns::desk::shop::text;
use crate::ssr::Cx;
use leptos::prelude::*;
use server_fn::codec::{StreamingText, TextStream};
use services::desk::documents;

/// Draws the text that is typed.
#[server(prefix = "/desk/fn", endpoint = "content/preview", output = StreamingText)]
pub async fn content_preview() -> Result<TextStream<Failure>, Failure> {
    let cx = Cx::take();
    let lang = cx.lang();
    let look = documents::look(&cx.actor, text(&cx)).await.map_err(|error| cx.refuse(error));
    Ok(piece(look.map(|(looks, errors)| view! { <TextPreview looks errors lang/> }.into_any())))
}
