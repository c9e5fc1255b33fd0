use super::{pending, wear};
use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::desk::access;

/// Confirms a new second factor; the account's page shows the recovery codes.
#[server(prefix = "/desk/fn", endpoint = "access/enrol")]
pub async fn confirm_enrolment(#[server(default)] code: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let pending = pending(&cx).await?;
    match access::enrol_confirm(&cx.services, &cx.actor, &pending, &code).await {
        Ok((badge, codes)) => {
            wear(&cx, &badge).await?;
            cx.done("/desk/me", None, codes).await
        }
        Err(error) => Err(cx.refused(error, "/desk/sign-in/enrol").await),
    }
}
