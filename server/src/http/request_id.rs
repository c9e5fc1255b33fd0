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
    // As severe as the worst line inside: a filter that drops the span would drop the number from those lines too.
    let span = tracing::error_span!("request", id = of(request.headers()));
    next.run(request).instrument(span).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use crate::http::broken;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use std::io::Write;
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;
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

    /// What is logged at this level while the router answers.
    async fn logged(level: tracing::Level, router: Router) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_max_level(level).with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(log);
        let request = Request::builder().uri("/").header(NAME, THEIRS).body(Body::empty()).unwrap();
        router.layer(middleware::from_fn(in_log)).oneshot(request).await.unwrap();
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[tokio::test]
    async fn a_log_line_of_a_request_has_its_number_however_little_is_logged() {
        for level in [tracing::Level::INFO, tracing::Level::WARN, tracing::Level::ERROR] {
            let router = Router::new().route("/", get(|| async { tracing::error!("it failed") }));
            let text = logged(level, router).await;
            assert!(text.contains("it failed") && text.contains(THEIRS), "{level}: {text}");
        }
    }

    #[tokio::test]
    async fn a_panic_is_logged_with_its_message_and_number_and_without_anybodys_data() {
        async fn handler() {
            let row = std::hint::black_box("4180-1111-2222-3311 of \"남궁휘찬\" and 01012345678");
            panic!("the row has no place: {row}");
        }
        let router = Router::new().route("/", get(handler)).layer(CatchPanicLayer::custom(broken::panicked));
        let text = logged(tracing::Level::WARN, router).await;
        let line = text.lines().find(|line| line.contains("the row has no place")).unwrap();
        assert!(line.contains(THEIRS), "{line}");
        for secret in ["1111", "3311", "남궁휘찬", "01012345678", "5678"] {
            assert!(!line.contains(secret), "{secret}: {line}");
        }
    }
}
