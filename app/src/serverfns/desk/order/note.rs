use super::page;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::order;

/// Writes a note.
#[server(prefix = "/desk/fn", endpoint = "order/note")]
pub async fn write_note(#[server(default)] order: String, #[server(default)] text: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let written = order::note(&cx.services, &cx.actor, &order, &text).await;
    cx.settle(written, &page(&order), t::od_note_saved(cx.lang())).await
}
