use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::ServiceError;
use services::desk::notices;

/// Puts a question at another place.
#[server(prefix = "/desk/fn", endpoint = "content/place")]
pub async fn content_place() -> Result<(), Failure> {
    let cx = Cx::take();
    let done = match cx.typed("id").parse() {
        Ok(id) => notices::move_to(&cx.services, &cx.actor, id, &cx.typed("place")).await,
        Err(_) => Err(ServiceError::NotFound),
    };
    cx.settle(done, "/desk/content?kind=faq", t::sd_moved(cx.lang())).await
}
