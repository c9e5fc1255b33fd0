use crate::error::Failure;
use crate::ssr::{Cx, go_on, wants_page};
use domain::wire::InquiryView;
use leptos::prelude::*;
use services::inquiry::InquiryInput;

const PAGE: &str = "/inquiry";

/// Sends an inquiry. `website` is the field no person sees.
#[server(prefix = "/fn", endpoint = "inquiry/send")]
pub async fn send_inquiry(
    name: String,
    phone: String,
    body: String,
    #[server(default)] website: String,
) -> Result<InquiryView, Failure> {
    let cx = Cx::take();
    let input = InquiryInput { name, phone, body, trap: website };
    let view = services::inquiry::send(&cx.services, &cx.actor, input)
        .await
        .map_err(|error| cx.fail(cx.refuse(error), PAGE))?;
    if wants_page() {
        cx.session.leave_inquiry(&view).await.map_err(|error| cx.fail(cx.session_failed(&error), PAGE))?;
        go_on(PAGE);
    }
    Ok(view)
}
