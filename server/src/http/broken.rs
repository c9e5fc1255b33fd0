//! What is shown when nothing else can be: a handler panicked, the session could not be read or saved, time ran out.

use super::request_id;
use super::words::{Asker, page};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// Of a panic's message; a row printed whole is longer.
const LONGEST_MESSAGE: usize = 300;
/// Digits of an index, a length or a status; vouchers are written in groups of four.
const SHORT_NUMBER: usize = 3;

/// The answer of a request that broke down; [`say_broken`] gives it words. Log the cause where it is at hand.
pub fn broken() -> Response<Body> {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The answer of a handler that panicked. The log line stands in the request's span, so it has its number.
#[expect(clippy::needless_pass_by_value, reason = "CatchPanicLayer hands it over")]
pub fn panicked(payload: Box<dyn Any + Send>) -> Response<Body> {
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(message = harmless(message), "a handler panicked");
    broken()
}

/// A panic's message without what may be a customer's: quoted text, and numbers long enough for a voucher, a phone or
/// an account. What is left says which line of ours broke.
fn harmless(message: &str) -> String {
    let words: String = message.chars().take(LONGEST_MESSAGE).filter(|c| !c.is_control()).collect();
    let pieces = words.split('"').enumerate();
    let unquoted: String = pieces.map(|(index, piece)| if index % 2 == 0 { piece } else { "…" }).collect();
    let mut kept = String::new();
    for piece in unquoted.split_inclusive(|c: char| !(c.is_ascii_digit() || c == '-')) {
        let number = piece.trim_end_matches(|c: char| !(c.is_ascii_digit() || c == '-'));
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        kept.push_str(if digits > SHORT_NUMBER { "…" } else { number });
        kept.push_str(&piece[number.len()..]);
    }
    kept
}

/// A page for a browser, a line for anything else, both with the request's number, which is in the log too.
pub async fn say_broken(request: Request, next: Next) -> Response {
    let asker = Asker::of(request.headers());
    let reference = request_id::of(request.headers()).to_owned();
    let response = next.run(request).await;
    // Whoever has something to say names its kind. tower-sessions and tower-http answer with nothing at all.
    if !response.status().is_server_error() || response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let status = response.status();
    tracing::error!(reference, status = status.as_u16(), "a request broke down");
    if asker.browser {
        page(status, app::error_document(asker.lang, &reference))
    } else {
        (status, app::error_line(asker.lang, &reference)).into_response()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use crate::http::session;
    use async_trait::async_trait;
    use axum::http::HeaderValue;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;
    use tower_sessions::session::{Id, Record};
    use tower_sessions::session_store::{Error, Result};
    use tower_sessions::{Session, SessionStore};

    /// What a request gets.
    async fn asked(router: Router, accept: &str, language: &str) -> (StatusCode, Option<HeaderValue>, String) {
        let request = Request::builder()
            .uri("/")
            .header(header::ACCEPT, accept)
            .header(header::COOKIE, format!("lang={language}; sid=AAAAAAAAAAAAAAAAAAAAAA"))
            .header("x-request-id", "0b6f-<script>")
            .body(Body::empty())
            .unwrap();
        let response = router.layer(middleware::from_fn(say_broken)).oneshot(request).await.unwrap();
        let (status, kind) = (response.status(), response.headers().get(header::CONTENT_TYPE).cloned());
        let body = axum::body::to_bytes(response.into_body(), 64 * 1024).await.unwrap();
        (status, kind, String::from_utf8(body.to_vec()).unwrap())
    }

    fn panicking() -> Router {
        async fn handler() -> StatusCode {
            let number: u16 = "no number".parse().expect("this handler breaks down");
            StatusCode::from_u16(number).expect("a status")
        }
        Router::new().route("/", get(handler)).layer(CatchPanicLayer::custom(panicked))
    }

    #[test]
    fn a_panics_message_keeps_what_helps_and_nothing_of_a_customer() {
        for (message, kept) in [
            (
                "index out of bounds: the len is 3 but the index is 17",
                "index out of bounds: the len is 3 but the index is 17",
            ),
            ("no row for 4180 1111 2222 3333", "no row for … … … …"),
            ("no row for 010-1234-5678, 3 left", "no row for …, 3 left"),
            ("parsing 4180111122223333", "parsing …"),
            ("open: Err(\"hunter2 was wrong\") at 12", "open: Err(…) at 12"),
            ("half a quote \"hunter2", "half a quote …"),
            ("two\nlines", "twolines"),
        ] {
            assert_eq!(harmless(message), kept);
        }
        assert!(harmless(&"x".repeat(5000)).len() <= LONGEST_MESSAGE);
    }

    #[tokio::test]
    async fn a_handler_that_panics_answers_a_browser_with_a_page_in_its_language() {
        let (status, kind, body) = asked(panicking(), "text/html,*/*", "en").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(kind.unwrap(), "text/html; charset=utf-8");
        assert!(body.contains("Something went wrong"), "{body}");
        // The number is there, what came with it is not.
        assert!(body.contains("0b6f-script") && !body.contains("<script"), "{body}");
    }

    #[tokio::test]
    async fn a_handler_that_panics_answers_a_program_with_a_line() {
        let (status, kind, body) = asked(panicking(), "application/json", "ko").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(kind.unwrap().to_str().unwrap().starts_with("text/plain"));
        assert!(body.contains("문제가 생겨서") && body.contains("0b6f-script"), "{body}");
    }

    /// A store that reads or writes nothing any more.
    #[derive(Clone, Debug)]
    struct Failing {
        loads: bool,
    }

    #[async_trait]
    impl SessionStore for Failing {
        async fn save(&self, _: &Record) -> Result<()> {
            Err(Error::Backend("the disk is full".to_owned()))
        }

        async fn load(&self, id: &Id) -> Result<Option<Record>> {
            let expiry_date = time::OffsetDateTime::UNIX_EPOCH;
            let record = Record { id: *id, data: std::collections::HashMap::default(), expiry_date };
            if self.loads { Ok(Some(record)) } else { Err(Error::Backend("the disk is gone".to_owned())) }
        }

        async fn delete(&self, _: &Id) -> Result<()> {
            Ok(())
        }
    }

    fn with_session(store: Failing) -> Router {
        async fn handler(session: Session) -> Response {
            match session.insert("draft", "x").await {
                Ok(()) => "done".into_response(),
                Err(_) => broken(),
            }
        }
        Router::new().route("/", get(handler)).layer(session::over(store, "sid", false))
    }

    #[tokio::test]
    async fn a_session_that_cannot_be_read_or_saved_is_an_outage_with_words() {
        for loads in [true, false] {
            let (status, _, body) = asked(with_session(Failing { loads }), "text/html", "en").await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(body.contains("Something went wrong") && body.contains("0b6f-script"), "loads {loads}: {body}");
        }
    }
}
