use crate::error::Failure;
use crate::ssr::Cx;
use domain::wire::GlanceView;
use leptos::prelude::*;

/// What a text holds and would bring; keeps nothing.
#[server(prefix = "/fn", endpoint = "sell/glance")]
pub async fn glance_text(text: String) -> Result<GlanceView, Failure> {
    let cx = Cx::take();
    services::sell::glance(&cx.services, &cx.actor, &text).await.map_err(|error| cx.fail(cx.refuse(error), "/"))
}
