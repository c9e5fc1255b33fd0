use crate::desk::in_query;
use crate::error::Failure;
use crate::serverfns::desk::shop::target;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::inquiries;

/// Says what became of an inquiry.
#[server(prefix = "/desk/fn", endpoint = "inquiries/settle")]
pub async fn inquiries_settle() -> Result<(), Failure> {
    let cx = Cx::take();
    let page = format!("/desk/inquiries/{}", in_query(&cx.typed("id")));
    let done = match target(&cx) {
        Ok(target) => inquiries::settle(&cx.services, &cx.actor, target, &cx.typed("state"), &cx.typed("note")).await,
        Err(error) => Err(error),
    };
    cx.settle(done, &page, t::sd_settled(cx.lang())).await
}
