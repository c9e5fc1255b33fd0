//! What the actions of the shop's desks share.

use crate::error::Failure;
use crate::ssr::{Cx, set_header, set_status};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use domain::wire::AppError;
use leptos::prelude::*;
use server_fn::codec::TextStream;
use services::ServiceError;
use services::desk::documents::TextBody;

/// The hidden field `revision`; a form of something new has none.
pub fn revision(cx: &Cx) -> Option<i64> {
    cx.typed("revision").parse().ok()
}

/// An object's id and the revision the page showed. Nonsense names nothing.
pub fn target<T: std::str::FromStr>(cx: &Cx) -> Result<(T, i64), ServiceError> {
    let id = cx.typed("id").parse().map_err(|_| ServiceError::NotFound)?;
    Ok((id, revision(cx).ok_or(ServiceError::NotFound)?))
}

/// A text in both languages as typed.
pub fn text(cx: &Cx) -> TextBody {
    TextBody {
        title_ko: cx.typed("title_ko"),
        title_en: cx.typed("title_en"),
        body_ko: cx.typed("body_ko"),
        body_en: cx.typed("body_en"),
    }
}

/// A piece of a page, drawn for `desk.js`, which puts it in its place. As plain text: opened by itself it is no page.
pub fn piece(drawn: Result<AnyView, AppError>) -> TextStream<Failure> {
    let (status, html) = match drawn {
        Ok(view) => (StatusCode::OK, view.to_html()),
        Err(error) => (crate::error::status(&error), String::new()),
    };
    // Said aloud, or a browser's post would be led back to the page it came from.
    set_status(status);
    set_header(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    TextStream::from(futures::stream::once(std::future::ready(html)))
}
