use super::{case_page, chosen, reason as chosen_reason};
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::risk;

/// Lets a flagged order go on.
#[server(name = RiskRelease, prefix = "/desk/fn", endpoint = "risk/release")]
pub async fn risk_release(
    #[server(default)] order: String,
    #[server(default)] revision: i64,
    #[server(default)] reason: String,
    #[server(default)] note: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    let page = case_page(&order);
    let done = async {
        let decision =
            risk::Decision { order: chosen(&order)?, revision, reason: chosen_reason(&reason, cx.lang())?, note };
        risk::release(&cx.services, &cx.actor, decision).await
    };
    let done = done.await;
    cx.settle(done, &page, t::release_done(cx.lang())).await
}
