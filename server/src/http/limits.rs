//! How often one address may post, and how much. Reading pages isn't limited here; the reverse proxy does that.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::wire::AppError;
use futures::StreamExt as _;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;

use super::refused::Refusals;
use super::words::Asker;

/// A form's body.
const LARGEST_FORM: usize = 64 * 1024;
/// A pasted message's body: a Hangul syllable is three bytes and nine characters in a form, so 64 KB of text need room,
/// and what is somewhat longer is told so by the form itself, in its place.
const LARGEST_PASTE: usize = 1024 * 1024;
/// A whole office works behind one address; tries to sign in are counted for themselves.
const DESK_TIMES: u32 = 5;
/// How much of a body that is too large is still read: a browser shows the answer only once it could send its all.
const READ_ON: usize = 4 * 1024 * 1024;

/// Posts per address and minute.
#[derive(Clone)]
pub struct Limits {
    posts: Arc<DefaultKeyedRateLimiter<String>>,
    desk: Arc<DefaultKeyedRateLimiter<String>>,
    refusals: Refusals,
}

impl Limits {
    /// At least one post a minute is always allowed.
    pub fn new(posts_per_minute: u32, refusals: Refusals) -> Self {
        let per_minute = |posts: u32| Quota::per_minute(NonZeroU32::new(posts).unwrap_or(NonZeroU32::MIN));
        let desk = per_minute(posts_per_minute.saturating_mul(DESK_TIMES));
        let posts = Arc::new(RateLimiter::keyed(per_minute(posts_per_minute)));
        Self { posts, desk: Arc::new(RateLimiter::keyed(desk)), refusals }
    }

    /// Forget addresses that have been quiet, so that the table doesn't grow for ever.
    pub fn forget_quiet(&self) {
        self.posts.retain_recent();
        self.desk.retain_recent();
        self.refusals.forget_quiet();
    }
}

/// Refuse a post that comes too soon, and say when to come again.
pub async fn posts(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let limiter = if super::desk::is_desk(request.uri().path()) { &limits.desk } else { &limits.posts };
    match limiter.check_key(&limits.refusals.asker(&request)) {
        Ok(()) => next.run(request).await,
        Err(early) => {
            limits.refusals.tell(&request, "too_many_posts");
            let wait = early.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let asker = Asker::of(request.headers());
            let title = asker.pick("요청이 너무 잦아요.", "Too many requests.");
            let cure = asker
                .pick(format!("{wait}초 뒤에 다시 시도해 주세요."), format!("Please try again in {wait} seconds."));
            let retry_after = u32::try_from(wait).unwrap_or(u32::MAX);
            let busy = |message| AppError::Busy { retry_after, message };
            let mut response = refused(asker, StatusCode::TOO_MANY_REQUESTS, title, &cure, busy);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
            response
        }
    }
}

/// Terms and notices in two languages.
fn is_long_text(path: &str) -> bool {
    ["/desk/fn/content/", "/desk/fn/documents/"].iter().any(|desk| path.starts_with(desk))
}

/// Reads a post's body, and answers one that is too large with what to do, in the form's own way.
pub async fn bodies(request: Request, next: Next) -> Response {
    // A file is read by its own handler, once it is known that its sender may bring one.
    if request.method() != Method::POST || super::upload::is_upload(request.uri().path()) {
        return next.run(request).await;
    }
    // Staff's long texts have a form's room nine times over, like a paste; they are told of one too long by the form.
    let paste =
        matches!(request.uri().path(), "/fn/sell/paste" | "/fn/sell/glance") || is_long_text(request.uri().path());
    let asker = Asker::of(request.headers());
    let (head, body) = request.into_parts();
    match read(body, if paste { LARGEST_PASTE } else { LARGEST_FORM }).await {
        Ok(Some(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(None) => too_large(asker, paste),
        Err(error) => {
            tracing::debug!(%error, "a post broke off");
            let title = asker.pick("요청이 도중에 끊겼어요.", "The request broke off.");
            let cure = asker.pick("다시 시도해 주세요.", "Please try again.");
            refused(asker, StatusCode::BAD_REQUEST, title, cure, |message| {
                AppError::invalid("form", "broken_off", message)
            })
        }
    }
}

/// A page for a browser; for an island the error it knows from every other answer, which it can show.
fn refused(
    asker: Asker,
    status: StatusCode,
    title: &str,
    cure: &str,
    error: impl FnOnce(String) -> AppError,
) -> Response {
    if asker.browser {
        return asker.told(status, title, cure);
    }
    (status, axum::Json(error(format!("{title} {cure}")))).into_response()
}

/// The body; `None` when it is larger than `most`.
async fn read(body: Body, most: usize) -> Result<Option<Bytes>, axum::Error> {
    let mut chunks = body.into_data_stream();
    let mut kept = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        length = length.saturating_add(chunk.len());
        if length <= most {
            kept.extend_from_slice(&chunk);
        } else if length > READ_ON {
            break;
        }
    }
    Ok((length <= most).then(|| Bytes::from(kept)))
}

/// An island is told as it is told of any wrong field. A plain form's page would have to be made with values nobody
/// has read, so a browser without scripts gets a page that says what to do; going back brings its text again.
fn too_large(asker: Asker, paste: bool) -> Response {
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    if !paste {
        let title = asker.pick("보낸 내용이 너무 길어요.", "What was sent is too long.");
        let cure = if asker.browser {
            asker.pick("뒤로 가서 줄인 다음 다시 보내 주세요.", "Go back, shorten it and send it again.")
        } else {
            asker.pick("줄인 다음 다시 보내 주세요.", "Shorten it and send it again.")
        };
        return refused(asker, status, title, cure, |message| AppError::invalid("form", "too_large", message));
    }
    let wrong = services::sell::too_long(asker.lang);
    if asker.browser {
        let cure = asker.pick(
            "뒤로 가면 붙여넣은 내용이 그대로 있어요. 나눠서 다시 넣어 주세요.",
            "Go back: your text is still there. Send it in parts.",
        );
        return asker.told(status, &wrong.message, cure);
    }
    (status, axum::Json(AppError::Invalid { fields: vec![wrong] })).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::extract::ConnectInfo;
    use axum::routing::post;
    use axum::{Router, middleware};
    use std::net::{IpAddr, SocketAddr};
    use tower::ServiceExt as _;

    async fn post_from(router: &Router, address: &str) -> StatusCode {
        let peer = SocketAddr::new(address.parse::<IpAddr>().unwrap(), 1);
        let request = Request::post("/").extension(ConnectInfo(peer)).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap().status()
    }

    fn one_a_minute() -> Router {
        let limits = Limits::new(1, Refusals::new(0));
        Router::new().route("/", post(async || ())).layer(middleware::from_fn_with_state(limits, posts))
    }

    #[tokio::test]
    async fn the_addresses_of_one_ipv6_network_are_one_visitor() {
        let router = one_a_minute();
        assert_eq!(post_from(&router, "2001:db8:1:2::1").await, StatusCode::OK);
        assert_eq!(post_from(&router, "2001:db8:1:2:ffff::9").await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(post_from(&router, "2001:db8:1:3::1").await, StatusCode::OK);
    }

    #[tokio::test]
    async fn whoever_posts_too_often_stands_in_the_log_once_a_minute() {
        let post = || Request::post("/").body(Body::empty()).unwrap();
        let lines = crate::http::refused::tests::logged(one_a_minute(), vec![post(), post(), post()]).await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(["WARN", "too_many_posts", "192.0.2.9"].iter().all(|word| lines[0].contains(word)), "{lines:?}");
    }

    /// Status, kind and text.
    async fn said(response: Response) -> (StatusCode, String, String) {
        let status = response.status();
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 64 * 1024).await.unwrap();
        (status, kind, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn whoever_posts_too_often_is_told_in_a_form_they_can_read() {
        let post_as = |accept: &str| {
            let peer = ConnectInfo(SocketAddr::from(([192, 0, 2, 9], 1)));
            Request::post("/").extension(peer).header(header::ACCEPT, accept).body(Body::empty()).unwrap()
        };
        let router = one_a_minute();
        router.clone().oneshot(post_as("*/*")).await.unwrap();
        let response = router.clone().oneshot(post_as("application/json")).await.unwrap();
        let header: u32 = response.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        let (status, _, text) = said(response).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        let told: AppError = serde_json::from_str(&text).unwrap();
        assert!(
            matches!(&told, AppError::Busy { retry_after, message }
                if (1..=61).contains(retry_after) && *retry_after == header && message.contains("요청이 너무 잦아요")),
            "{told:?}"
        );
        let (status, kind, _) = said(router.oneshot(post_as("text/html")).await.unwrap()).await;
        assert_eq!((status, kind.as_str()), (StatusCode::TOO_MANY_REQUESTS, "text/html; charset=utf-8"));
    }

    #[tokio::test]
    async fn a_post_that_breaks_off_or_is_too_large_is_told_in_a_form_an_island_can_read() {
        let router = Router::new().route("/fn/x", post(async || ())).layer(middleware::from_fn(bodies));
        let broken = Body::from_stream(futures::stream::iter([Err::<Bytes, _>(std::io::Error::other("gone"))]));
        let large = Body::from(vec![b'x'; LARGEST_FORM + 1]);
        for (body, expected, word) in
            [(broken, StatusCode::BAD_REQUEST, "broken_off"), (large, StatusCode::PAYLOAD_TOO_LARGE, "too_large")]
        {
            let request = Request::post("/fn/x").header(header::ACCEPT, "application/json").body(body).unwrap();
            let (status, _, text) = said(router.clone().oneshot(request).await.unwrap()).await;
            let told: AppError = serde_json::from_str(&text).unwrap();
            assert_eq!(status, expected);
            assert!(
                matches!(&told, AppError::Invalid { fields } if fields[0].code == word && !fields[0].message.is_empty()),
                "{told:?}"
            );
        }
    }

    #[tokio::test]
    async fn an_ipv4_address_in_an_ipv6_coat_is_itself() {
        let router = one_a_minute();
        assert_eq!(post_from(&router, "192.0.2.1").await, StatusCode::OK);
        assert_eq!(post_from(&router, "::ffff:192.0.2.1").await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(post_from(&router, "::ffff:192.0.2.2").await, StatusCode::OK);
    }

    /// Status, kind and text of the answer to a form of this many bytes.
    async fn sent(path: &str, accept: &str, bytes: usize) -> (StatusCode, String) {
        let router = Router::new()
            .route("/fn/{*name}", post(async |body: Bytes| body.len().to_string()))
            .layer(middleware::from_fn(bodies));
        let request = Request::post(path)
            .header(header::ACCEPT, accept)
            .header(header::ACCEPT_LANGUAGE, "en")
            .body(Body::from(vec![b'x'; bytes]))
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 64 * 1024).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_paste_has_more_room_than_other_forms() {
        // 64 KB of Hangul, as a form sends them.
        let hangul = 64 * 1024 * 3 + 5;
        assert_eq!(sent("/fn/sell/paste", "*/*", hangul).await, (StatusCode::OK, hangul.to_string()));
        assert_eq!(sent("/fn/sell/glance", "*/*", hangul).await.0, StatusCode::OK);
        assert_eq!(sent("/fn/inquiry/send", "*/*", LARGEST_FORM).await.0, StatusCode::OK);
        assert_eq!(sent("/fn/inquiry/send", "*/*", LARGEST_FORM + 1).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn a_paste_that_is_far_too_long_is_told_like_any_wrong_field() {
        let (status, text) = sent("/fn/sell/paste", "application/json", LARGEST_PASTE + 1).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        let told: AppError = serde_json::from_str(&text).unwrap();
        assert!(
            matches!(&told, AppError::Invalid { fields } if fields[0].field == "text" && fields[0].code == "too_long"),
            "{told:?}"
        );
        let (status, page) = sent("/fn/sell/paste", "text/html", LARGEST_PASTE + 1).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(page.contains("64 KB") && page.contains("Go back"), "{page}");
    }
}
