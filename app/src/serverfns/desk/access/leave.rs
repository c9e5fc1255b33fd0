use super::{SIGN_IN, failed};
use crate::error::Failure;
use crate::ssr::{Cx, redirect, set_header};
use axum::http::header::{HeaderName, HeaderValue};
use leptos::prelude::*;
use services::desk::access;

/// Signs out, or forgets half a sign-in; the browser forgets what it kept of the desk.
#[server(prefix = "/desk/fn", endpoint = "access/leave")]
pub async fn leave_desk() -> Result<(), Failure> {
    let cx = Cx::take();
    if let Err(error) = access::sign_out(&cx.services, &cx.actor).await {
        return Err(cx.refused(error, "/desk").await);
    }
    cx.session.end().await.map_err(|error| failed(&cx, &error))?;
    set_header(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    redirect(SIGN_IN);
    Ok(())
}
