use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::jobs;

/// Lets a lane go on.
#[server(prefix = "/desk/fn", endpoint = "jobs/resume")]
pub async fn resume_lane(#[server(default)] lane: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = jobs::resume(&cx.services, &cx.actor, &lane, &reason).await;
    cx.settle(done, PAGE, t::jobs_resumed(cx.lang())).await
}
