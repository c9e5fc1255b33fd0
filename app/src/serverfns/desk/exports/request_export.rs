use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::exports::{self, Wanted};

/// Asks for the list as a file.
#[server(prefix = "/desk/fn", endpoint = "exports/request")]
pub async fn request_export(
    #[server(default)] query: String,
    #[server(default)] format: String,
    #[server(default)] unmasked: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let list = if query.is_empty() { "/desk/orders?all=1".to_owned() } else { format!("/desk/orders?{query}") };
    let wanted = Wanted { query, format, unmasked: unmasked == "1", reason };
    match exports::request(&cx.services, &cx.actor, &wanted).await {
        Ok(_) => cx.done("/desk/exports", Some(t::export_asked(cx.lang())), Vec::new()).await,
        Err(error) => Err(cx.refused(error, &list).await),
    }
}
