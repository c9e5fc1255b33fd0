use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::desk::access;

/// Fresh recovery codes, shown this once.
#[server(prefix = "/desk/fn", endpoint = "access/recovery")]
pub async fn new_recovery_codes() -> Result<(), Failure> {
    let cx = Cx::take();
    match access::new_recovery_codes(&cx.services, &cx.actor).await {
        Ok(codes) => cx.done("/desk/me", None, codes).await,
        Err(error) => Err(cx.refused(error, "/desk/me").await),
    }
}
