use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::brands;

/// Puts a brand at another place.
#[server(prefix = "/desk/fn", endpoint = "brands/place")]
pub async fn brands_place() -> Result<(), Failure> {
    let cx = Cx::take();
    let done = brands::move_to(&cx.services, &cx.actor, &cx.typed("brand"), &cx.typed("place")).await;
    cx.settle(done, "/desk/brands", t::sd_moved(cx.lang())).await
}
