use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::jobs;

/// Wakes all rows of a lane in review with one code.
#[server(prefix = "/desk/fn", endpoint = "jobs/reopen_code")]
pub async fn reopen_jobs(
    #[server(default)] lane: String,
    #[server(default)] code: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    match jobs::reopen_code(&cx.services, &cx.actor, (&lane, &code), &reason).await {
        Ok(woken) => cx.done(PAGE, Some(&t::jobs_woken(cx.lang(), woken)), Vec::new()).await,
        Err(error) => Err(cx.refused(error, PAGE).await),
    }
}
