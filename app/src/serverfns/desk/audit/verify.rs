use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::audit;

/// Walks the whole chain in the background.
#[server(prefix = "/desk/fn", endpoint = "audit/verify")]
pub async fn verify_audit() -> Result<(), Failure> {
    let cx = Cx::take();
    let begun = audit::begin_check(&cx.services, &cx.actor).await;
    cx.settle(begun, "/desk/audit", t::audit_verify_begun(cx.lang())).await
}
