use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::access;

/// Ends all of one's own sessions but this one.
#[server(prefix = "/desk/fn", endpoint = "access/end_others")]
pub async fn end_others() -> Result<(), Failure> {
    let cx = Cx::take();
    match access::end_others(&cx.services, &cx.actor).await {
        Ok(ended) => cx.done("/desk/me", Some(&t::sessions_ended(cx.lang(), ended)), Vec::new()).await,
        Err(error) => Err(cx.refused(error, "/desk/me").await),
    }
}
