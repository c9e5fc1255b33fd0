use crate::desk::in_query;
use crate::error::Failure;
use crate::ssr::Cx;
use leptos::prelude::*;
use services::ServiceError;
use services::desk::inquiries;

/// Leaves the line of a reveal; the page that follows shows who asks for half a minute.
#[server(prefix = "/desk/fn", endpoint = "inquiries/reveal")]
pub async fn reveal_inquirer(#[server(default)] id: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let cx = Cx::take();
    let back = format!("/desk/inquiries/{}", in_query(&id));
    let Ok(inquiry) = id.parse() else { return Err(cx.refused(ServiceError::NotFound, &back).await) };
    match inquiries::reveal(&cx.services, &cx.actor, inquiry, &reason).await {
        Ok(line) => cx.done(&format!("{back}/revealed"), None, vec![line.to_string()]).await,
        Err(error) => Err(cx.refused(error, &back).await),
    }
}
