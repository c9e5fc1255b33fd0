use super::PAGE;
use crate::error::Failure;
use crate::ssr::Cx;
use crate::text as t;
use leptos::prelude::*;
use services::desk::jobs;

/// Wakes the rows in review that were picked.
#[server(prefix = "/desk/fn", endpoint = "jobs/reopen_picked")]
pub async fn reopen_picked_jobs(
    #[server(default)] ids: Vec<String>,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let cx = Cx::take();
    match jobs::reopen_picked(&cx.services, &cx.actor, &ids, &reason).await {
        Ok(picked) => {
            let told = t::jobs_picked_done(picked.woken, &picked.gone, cx.lang());
            cx.done(PAGE, Some(&told), Vec::new()).await
        }
        Err(error) => Err(cx.refused(error, PAGE).await),
    }
}
