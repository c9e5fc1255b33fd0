//! A browser's own long-lived random name, given when it begins to sell: by it the risk rules see several phones on one
//! device. Only its keyed hash is stored, and only with orders; nothing of the device itself is read. A browser without
//! it sells as well.

use super::visitor;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use services::Chance;

/// Longer is not kept by browsers.
const DAYS: u32 = 400;

/// What the layer needs.
#[derive(Clone)]
pub struct Devices {
    pub chance: Chance,
    pub https: bool,
}

const fn name(https: bool) -> &'static str {
    if https { "__Host-device" } else { "device" }
}

/// The name this browser brought, if it is one of ours in form. Over TLS only the one that no other host can plant.
pub fn device(headers: &HeaderMap, https: bool) -> Option<String> {
    let found = visitor::cookie(headers, name(https))?;
    let good = found.len() == 64 && found.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    good.then(|| found.to_owned())
}

/// Names a browser that begins to sell and has no name. Reads are answered as they are: kept pages carry no cookies.
pub async fn name_devices(State(devices): State<Devices>, request: Request, next: Next) -> Response {
    let selling = request.method() == Method::POST && request.uri().path().starts_with("/fn/sell/");
    let nameless = selling && device(request.headers(), devices.https).is_none();
    let mut response = next.run(request).await;
    if nameless {
        let secure = if devices.https { "; Secure" } else { "" };
        let value = hex::encode(devices.chance.bytes::<32>());
        let cookie = format!(
            "{}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            name(devices.https),
            DAYS * 86_400
        );
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
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
    use axum::routing::any;
    use tower::ServiceExt as _;

    async fn given(https: bool, method: &str, uri: &str, cookie: &str) -> Option<String> {
        let devices = Devices { chance: Chance::System, https };
        let router =
            Router::new().fallback(any(|| async { "ok" })).layer(middleware::from_fn_with_state(devices, name_devices));
        let request = Request::builder().method(method).uri(uri).header("cookie", cookie).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        response.headers().get(header::SET_COOKIE).map(|value| value.to_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn a_browser_is_named_once_and_only_when_it_sells() {
        let cookie = given(true, "POST", "/fn/sell/paste", "").await.unwrap();
        assert!(cookie.starts_with("__Host-device=") && cookie.contains("HttpOnly") && cookie.ends_with("; Secure"));
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(given(true, "POST", "/fn/sell/paste", pair).await, None);
        assert_ne!(given(true, "POST", "/fn/sell/paste", "").await.unwrap(), cookie, "each has its own");
        for (method, uri) in [("GET", "/fn/sell/paste"), ("POST", "/fn/lookup/find"), ("GET", "/")] {
            assert_eq!(given(true, method, uri, "").await, None, "{method} {uri}");
        }
        assert!(!given(false, "POST", "/fn/sell/paste", "").await.unwrap().contains("Secure"));
    }

    #[test]
    fn what_is_no_name_of_ours_is_no_name() {
        let over = |https: bool, cookie: &str| {
            device(&HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())]), https)
        };
        let with = |cookie: &str| over(false, cookie);
        let good = "0123456789abcdef".repeat(4);
        assert_eq!(with(&format!("device={good}")), Some(good.clone()));
        assert_eq!(over(true, &format!("a=b; __Host-device={good}")), Some(good.clone()));
        assert_eq!(over(true, &format!("device={good}")), None, "a neighbour's host can plant that one");
        for bad in [String::new(), good[1..].to_owned(), good.to_uppercase(), format!("{good}0"), "x".repeat(64)] {
            assert_eq!(with(&format!("device={bad}")), None, "{bad}");
        }
    }
}
