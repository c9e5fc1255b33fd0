use crate::error::Failure;
use crate::serverfns::desk::shop::text;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::notices::{self, Kind};

/// Writes a new notice or question.
#[server(prefix = "/desk/fn", endpoint = "content/add")]
pub async fn content_add() -> Result<(), Failure> {
    let cx = Cx::take();
    let kind = if cx.typed("kind") == Kind::Faq.as_str() { Kind::Faq } else { Kind::Notice };
    match notices::add(&cx.services, &cx.actor, kind, (&cx.typed("slug"), &text(&cx))).await {
        Ok(id) => cx.done(&format!("/desk/content/{id}"), Some(t::sd_entry_saved(cx.lang())), Vec::new()).await,
        Err(error) => Err(cx.refused(error, &format!("/desk/content/new?kind={}", kind.as_str())).await),
    }
}
