//! Answers that no page makes: a plain page for a browser, a line for anything else, in the asker's language.

use super::visitor;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::Lang;

/// The plain pages' whole content policy: no script, and the one style sheet of ours.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");

/// How to speak to whoever sent a request; taken before the request is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Their language.
    pub lang: Lang,
    /// Do they show pages?
    pub browser: bool,
}

impl Asker {
    /// From the request's headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { lang: visitor::lang(headers), browser: accept.contains("text/html") }
    }

    /// The words in their language.
    pub fn pick<T>(self, ko: T, en: T) -> T {
        match self.lang {
            Lang::Ko => ko,
            Lang::En => en,
        }
    }

    /// What is wrong and what to do, in our own words: nothing that came with the request.
    pub fn told(self, status: StatusCode, title: &str, cure: &str) -> Response {
        if self.browser {
            page(status, app::plain_document(self.lang, title, cure))
        } else {
            (status, format!("{title} {cure}\n")).into_response()
        }
    }
}

/// A whole document with its policy.
pub fn page(status: StatusCode, document: String) -> Response {
    (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(document)).into_response()
}
