//! How often one address may post. Reading pages isn't limited here; the reverse proxy does that.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Lang;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;

use super::visitor;

/// Posts per address and minute.
#[derive(Clone)]
pub struct Limits {
    posts: Arc<DefaultKeyedRateLimiter<String>>,
    trusted_proxies: u32,
}

impl Limits {
    /// At least one post a minute is always allowed.
    pub fn new(posts_per_minute: u32, trusted_proxies: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(posts_per_minute).unwrap_or(NonZeroU32::MIN));
        Self { posts: Arc::new(RateLimiter::keyed(quota)), trusted_proxies }
    }

    /// Forget addresses that have been quiet, so that the table doesn't grow for ever.
    pub fn forget_quiet(&self) {
        self.posts.retain_recent();
    }
}

/// Refuse a post that comes too soon, and say when to come again.
pub async fn posts(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let address = visitor::address(&request, limits.trusted_proxies);
    match limits.posts.check_key(&address) {
        Ok(()) => next.run(request).await,
        Err(early) => {
            let wait = early.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let text = match visitor::lang(request.headers()) {
                Lang::Ko => format!("요청이 너무 잦아요. {wait}초 뒤에 다시 시도해 주세요.\n"),
                Lang::En => format!("Too many requests. Please try again in {wait} seconds.\n"),
            };
            let mut response = (StatusCode::TOO_MANY_REQUESTS, text).into_response();
            if let Ok(value) = HeaderValue::from_str(&wait.to_string()) {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            response
        }
    }
}
