//! What guards every request: same-origin posts and the headers every answer carries.

use super::refused::Refusals;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What the guards need to know.
#[derive(Clone, Debug)]
pub struct Guard {
    /// `http://localhost:3000`: the origin our own pages post from.
    pub origin: Arc<str>,
    /// Served over TLS: send HSTS.
    pub https: bool,
    /// Where what is turned away is told.
    pub refusals: Refusals,
}

/// `GET shop.example:443 HTTP/1.1` names a host and no path. hyper lets it through, and the page's renderer, which takes
/// a path for granted, would panic.
pub async fn with_path(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_none() {
        return (StatusCode::BAD_REQUEST, "The request names no path.\n").into_response();
    }
    next.run(request).await
}

/// A page of another site may not post here with a visitor's cookie. Browsers say where a request came from in
/// `Sec-Fetch-Site`; older ones at least in `Origin`. A request that says neither is no browser's form and is refused.
pub async fn same_origin(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) || is_ours(&guard, &request) {
        return next.run(request).await;
    }
    guard.refusals.tell(&request, "another_site");
    (StatusCode::FORBIDDEN, "This form was sent from another site. Open the page again and retry.\n").into_response()
}

fn is_ours(guard: &Guard, request: &Request) -> bool {
    let headers = request.headers();
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    // The address typed may differ from the configured one in a test or behind a tunnel; the Host header is what the
    // browser itself resolved, so an Origin equal to it is ours too. Not one without TLS where we have it: whoever sits
    // on the line could have written that page.
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same_host = |(scheme, rest): (&str, &str)| rest == host && (scheme == "https" || !guard.https);
    origin == &*guard.origin || origin.split_once("://").is_some_and(same_host)
}

/// The content policy of a page whose inline scripts carry `nonce`.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Headers on every answer, also on errors; a handler's own value wins.
pub async fn headers(State(guard): State<Guard>, request: Request, next: Next) -> Response<Body> {
    let asset = request.uri().path().starts_with("/pkg/") || request.uri().path().starts_with("/fonts/");
    let mut response = next.run(request).await;
    let html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()");
    if guard.https {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if !html {
        put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    if !asset {
        put(header::CACHE_CONTROL, "no-store");
    }
    response
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;

    fn guard(origin: &str) -> Guard {
        Guard { origin: origin.into(), https: origin.starts_with("https://"), refusals: Refusals::new(0) }
    }

    #[tokio::test]
    async fn a_post_from_another_site_is_told_in_the_log_once_a_minute_and_does_no_work() {
        let router = Router::new()
            .fallback(async || tracing::error!("work was done"))
            .layer(middleware::from_fn_with_state(guard("https://shop.example"), same_origin));
        let post = |path: &str| {
            let foreign = Request::post(path).header("sec-fetch-site", "cross-site");
            foreign.header("cookie", "desk=whole").body(Body::empty()).unwrap()
        };
        let lines = crate::http::refused::tests::logged(
            router,
            vec![post("/desk/fn/users/invite?who=me"), post("/desk/fn/users/invite")],
        )
        .await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        for word in ["WARN", "another_site", "192.0.2.9", "/desk/fn/users/invite"] {
            assert!(lines[0].contains(word), "{word}: {lines:?}");
        }
        assert!(!lines[0].contains("who=me") && !lines[0].contains("whole"), "{lines:?}");
    }

    fn ours(pairs: &[(&str, &str)]) -> bool {
        ours_at("https://shop.example", pairs)
    }

    fn ours_at(origin: &str, pairs: &[(&str, &str)]) -> bool {
        let mut builder = Request::builder().method("POST").uri("/fn/sell/paste");
        for (name, value) in pairs {
            builder = builder.header(*name, *value);
        }
        is_ours(&guard(origin), &builder.body(Body::empty()).unwrap())
    }

    #[tokio::test]
    async fn a_request_without_a_path_is_refused_before_anybody_looks_for_one() {
        let router = Router::new()
            .fallback(|request: Request| async move { request.uri().path_and_query().unwrap().to_string() })
            .layer(middleware::from_fn(with_path));
        for (uri, status) in [
            ("shop.example:443", StatusCode::BAD_REQUEST),
            ("/", StatusCode::OK),
            ("http://shop.example", StatusCode::OK),
            ("/x?y", StatusCode::OK),
        ] {
            let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
            assert_eq!(router.clone().oneshot(request).await.unwrap().status(), status, "{uri}");
        }
    }

    #[test]
    fn a_post_from_our_own_page_passes() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://shop.example"), ("host", "other")]));
        assert!(ours(&[("origin", "https://tunnel.example"), ("host", "tunnel.example")]));
        let local = [("origin", "http://127.0.0.1:4000"), ("host", "127.0.0.1:4000")];
        assert!(ours_at("http://localhost:3000", &local));
    }

    #[test]
    fn a_post_from_another_site_is_refused() {
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("origin", "https://shop.example")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "shop.example")]));
        assert!(!ours(&[("origin", "http://shop.example"), ("host", "shop.example")]), "a page without TLS");
        assert!(!ours(&[("origin", "null"), ("host", "shop.example")]));
        assert!(!ours(&[]));
    }
}
