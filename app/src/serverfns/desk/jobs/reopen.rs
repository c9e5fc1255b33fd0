use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::jobs;

/// Wakes a row in review.
#[server(prefix = "/desk/fn", endpoint = "jobs/reopen")]
pub async fn reopen_job(#[server(default)] id: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let done = jobs::reopen(&cx.services, &cx.actor, &id, &reason).await;
    cx.settle(done, PAGE, &t::jobs_woken(cx.lang(), 1)).await
}
