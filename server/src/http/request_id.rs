//! A number for each request: in the answer's header, in every log line of the request, and under an error.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The request's number; empty before it has one.
pub fn of(headers: &HeaderMap) -> &str {
    headers.get(NAME).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Only a proxy of ours may number a request, and only with a UUID: anybody else could send what somebody else's
/// request was numbered, or fill the log with it.
pub async fn refuse_foreign(State(trusted_proxies): State<u32>, mut request: Request, next: Next) -> Response {
    if trusted_proxies == 0 || uuid::Uuid::try_parse(of(request.headers())).is_err() {
        request.headers_mut().remove(NAME);
    }
    next.run(request).await
}

/// Puts the number into every log line written for this request.
pub async fn in_log(request: Request, next: Next) -> Response {
    let span = tracing::info_span!("request", id = of(request.headers()));
    next.run(request).instrument(span).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use std::io::Write;
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt as _;
    use tower_http::request_id::{MakeRequestUuid, SetRequestIdLayer};

    const THEIRS: &str = "0b6fd2a0-6f0c-4d3b-9d3b-1e2f3a4b5c6d";

    async fn number(trusted_proxies: u32, sent: &str) -> String {
        let router = Router::new()
            .route("/", get(|request: Request| async move { of(request.headers()).to_owned() }))
            .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
            .layer(middleware::from_fn_with_state(trusted_proxies, refuse_foreign));
        let request = Request::builder().uri("/").header(NAME, sent).body(Body::empty()).unwrap();
        let body = router.oneshot(request).await.unwrap().into_body();
        String::from_utf8(axum::body::to_bytes(body, 100).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_visitor_cannot_number_a_request_and_our_proxy_can() {
        assert_ne!(number(0, THEIRS).await, THEIRS);
        assert_eq!(number(1, THEIRS).await, THEIRS);
        for nonsense in ["x", "01012345678", "0b6fd2a0-6f0c-4d3b-9d3b-1e2f3a4b5c6d <script>"] {
            let made = number(1, nonsense).await;
            assert!(made != nonsense && uuid::Uuid::try_parse(&made).is_ok(), "{made}");
        }
    }

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_log_line_of_a_request_has_its_number() {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(log);
        let router =
            Router::new().route("/", get(|| async { tracing::error!("it failed") })).layer(middleware::from_fn(in_log));
        let request = Request::builder().uri("/").header(NAME, THEIRS).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap();
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("it failed") && text.contains(THEIRS), "{text}");
    }
}
