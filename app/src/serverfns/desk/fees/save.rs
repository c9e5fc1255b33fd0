use crate::error::Failure;
use crate::serverfns::desk::shop::revision;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::fees::{self, FeesInput};

/// Writes one's own draft of the fees.
#[server(prefix = "/desk/fn", endpoint = "fees/save")]
pub async fn fees_save() -> Result<(), Failure> {
    let cx = Cx::take();
    let input = FeesInput {
        instant: cx.typed("instant"),
        next_morning: cx.typed("next_morning"),
        at: cx.typed("at"),
        reason: cx.typed("reason"),
        revision: revision(&cx),
    };
    let saved = fees::save(&cx.services, &cx.actor, &input).await.map(drop);
    cx.settle(saved, "/desk/fees", t::sd_saved(cx.lang())).await
}
