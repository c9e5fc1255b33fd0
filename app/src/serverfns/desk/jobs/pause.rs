use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::jobs;

/// Stops a lane.
#[server(prefix = "/desk/fn", endpoint = "jobs/pause")]
pub async fn pause_lane(#[server(default)] lane: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = jobs::pause(&cx.services, &cx.actor, &lane, &reason).await;
    cx.settle(done, PAGE, t::jobs_paused_done(cx.lang())).await
}
