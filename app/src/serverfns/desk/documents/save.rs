use crate::desk::in_query;
use crate::error::Failure;
use crate::serverfns::desk::shop::{revision, text};
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::documents;

/// Writes one's own draft of a document.
#[server(prefix = "/desk/fn", endpoint = "documents/save")]
pub async fn documents_save() -> Result<(), Failure> {
    let cx = Cx::take();
    let kind = cx.typed("kind");
    let page = format!("/desk/documents/{}", in_query(&kind));
    let (text, at, reason) = (text(&cx), cx.typed("at"), cx.typed("reason"));
    let saved = documents::save(&cx.services, &cx.actor, &kind, (&text, &at, &reason), revision(&cx)).await.map(drop);
    cx.settle(saved, &page, t::sd_saved(cx.lang())).await
}
