//! `?lang=en` is kept in a cookie, and the address is tidied.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The cookie's name; over TLS one that no other host can set.
pub const fn name(https: bool) -> &'static str {
    if https { "__Host-lang" } else { "lang" }
}

/// Keeps the choice; over TLS the cookie never travels in the clear.
pub async fn choose(State(https): State<bool>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let chosen = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let (Some(lang @ ("ko" | "en")), true) = (chosen, request.method().is_safe()) else {
        return next.run(request).await;
    };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    let path = request.uri().path();
    // Two slashes at the start would be another host.
    let path = if path.starts_with("//") { "/" } else { path };
    let to = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    let mut response = Redirect::to(&to).into_response();
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{}={lang}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", name(https));
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware;
    use tower::ServiceExt as _;

    async fn chosen(https: bool, uri: &str) -> (String, String) {
        let router = Router::new().layer(middleware::from_fn_with_state(https, choose));
        let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let text = |name| response.headers().get(name).map_or(String::new(), |v| v.to_str().unwrap().to_owned());
        (text(header::LOCATION), text(header::SET_COOKIE))
    }

    #[tokio::test]
    async fn the_choice_is_kept_and_the_address_tidied() {
        let (to, cookie) = chosen(false, "/faq?a=1&lang=en").await;
        assert_eq!(to, "/faq?a=1");
        assert!(cookie.starts_with("lang=en;") && !cookie.contains("Secure"), "{cookie}");
        assert_eq!(chosen(false, "/faq?lang=xx").await, (String::new(), String::new()));
    }

    #[tokio::test]
    async fn over_tls_the_cookie_stays_there() {
        let cookie = chosen(true, "/?lang=ko").await.1;
        assert!(cookie.starts_with("__Host-lang=ko; Path=/;") && cookie.ends_with("; Secure"), "{cookie}");
        assert!(!cookie.to_ascii_lowercase().contains("domain="), "{cookie}");
    }
}
