//! Pages that are the same for everybody, kept for a moment.
//!
//! The landing and the reading pages hold nothing of their visitor, so one rendering per address and language serves
//! all of them for a second. Only the content policy's nonce differs: the kept page is cut at each place where its
//! nonce stands, and every answer is put together with a nonce of its own.
//!
//! Nobody waits for somebody else's rendering. Whoever finds a kept page too old and its turn free renews it; the
//! others get the old copy meanwhile, and also when the renewal fails or hangs. What isn't kept (a notice that doesn't exist)
//! has no turn to wait for.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts as Head;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Lang;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::{security, visitor};

/// How old a kept page may be before somebody renews it; with the shelf it is made from (300 ms) not more than a second …
const FRESH: Duration = Duration::from_millis(700);
/// … and how old it may be served while that is under way or fails: rates are priced again at every later step.
const OLDEST: Duration = Duration::from_secs(60);
/// How long a renewal may take before whoever makes it gets the old copy too; the next one tries again.
const PATIENCE: Duration = Duration::from_secs(2);
/// Pages kept at once; past that the notices are dropped, the only ones whose addresses can be many.
const MOST: usize = 256;
/// A page larger than this isn't kept.
const LARGEST: usize = 512 * 1024;
/// What is kept of an answer's headers; anything else may belong to the one visitor who happened to ask.
const KEPT_HEADERS: [HeaderName; 2] = [header::CONTENT_TYPE, header::CONTENT_LANGUAGE];
/// What the landing reads of its address; no other shared page reads anything. Every other parameter (an
/// advertisement's, say) changes nothing, so it is no reason to render.
const READ: [&str; 3] = ["brand", "face", "count"];

struct Kept {
    made: Instant,
    headers: HeaderMap,
    /// The page between its nonces.
    parts: Vec<Bytes>,
}

/// A page that has been kept once, and the turn to renew it.
struct Place {
    page: RwLock<Arc<Kept>>,
    turn: tokio::sync::Mutex<()>,
}

/// Address and language.
type Key = (String, Lang);

/// The kept pages.
#[derive(Clone, Default)]
pub struct PageCache {
    pages: Arc<RwLock<HashMap<Key, Arc<Place>>>>,
}

/// Under these stand the pages whose number is not known.
const NOTICES: &str = "/notices/";

/// Addresses whose pages hold nothing of their visitor. One that can be written in many ways (`%61`, a slash at the end)
/// is rendered each time instead of being kept once for each way.
fn is_shared(path: &str) -> bool {
    let plain = path == "/" || !(path.contains('%') || path.ends_with('/'));
    let known = matches!(path, "/" | "/notices" | "/faq" | "/guide" | "/terms" | "/privacy");
    plain && (known || path.starts_with(NOTICES))
}

/// Does the page read something of its query?
fn reads_query(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    uri.path() == "/" && query.split('&').any(|pair| READ.contains(&pair.split('=').next().unwrap_or_default()))
}

/// Answer from a kept page, or render, keep and answer.
pub async fn shared_pages(State(cache): State<PageCache>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET || !is_shared(request.uri().path()) || reads_query(request.uri()) {
        return next.run(request).await;
    }
    let key = (request.uri().path().to_owned(), visitor::lang(request.headers()));
    let Some(place) = cache.find(&key) else {
        return match rendered(&key, request, next).await {
            Rendered::Page(kept) => answer(&cache.keep(key, kept)),
            Rendered::Other(response) => response,
        };
    };
    let old = place.page();
    if old.is_younger_than(FRESH) {
        return answer(&old);
    }
    let turn = place.turn.try_lock();
    if turn.is_err() && old.is_younger_than(OLDEST) {
        return answer(&old);
    }
    let rendering = rendered(&key, request, next);
    let renewed = if old.is_younger_than(OLDEST) {
        let Ok(renewed) = tokio::time::timeout(PATIENCE, rendering).await else {
            tracing::warn!(path = key.0, "a kept page's renewal hangs");
            return answer(&old);
        };
        renewed
    } else {
        rendering.await
    };
    match renewed {
        Rendered::Page(kept) => answer(&place.renew(kept)),
        Rendered::Other(response) if response.status().is_server_error() && old.is_younger_than(OLDEST) => {
            tracing::warn!(path = key.0, status = response.status().as_u16(), "a kept page could not be renewed");
            answer(&old)
        }
        Rendered::Other(response) => {
            // Gone, or not the same for everybody any more.
            cache.forget(&key);
            response
        }
    }
}

enum Rendered {
    Page(Kept),
    /// Not to be kept.
    Other(Response),
}

/// Renders for everybody: the page is asked for without a query and with no cookie but the language.
async fn rendered(key: &Key, request: Request, next: Next) -> Rendered {
    let (mut head, body) = request.into_parts();
    without_visitor(&mut head, key);
    let (head, body) = next.run(Request::from_parts(head, body)).await.into_parts();
    let nonce = head.headers.get(header::CONTENT_SECURITY_POLICY).and_then(nonce_of);
    let (StatusCode::OK, false, Some(nonce)) = (head.status, head.headers.contains_key(header::SET_COOKIE), nonce)
    else {
        return Rendered::Other(Response::from_parts(head, body));
    };
    match axum::body::to_bytes(body, LARGEST).await {
        Ok(bytes) => {
            let headers =
                KEPT_HEADERS.into_iter().filter_map(|name| Some((name.clone(), head.headers.get(name)?.clone())));
            Rendered::Page(Kept { made: Instant::now(), headers: headers.collect(), parts: cut(&bytes, &nonce) })
        }
        Err(error) => {
            tracing::error!(path = key.0, %error, "a shared page broke off or is too large to be kept");
            Rendered::Other(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

fn without_visitor(head: &mut Head, (path, lang): &Key) {
    if let Ok(uri) = path.parse() {
        head.uri = uri;
    }
    let lang = match lang {
        Lang::Ko => "lang=ko",
        Lang::En => "lang=en",
    };
    head.headers.insert(header::COOKIE, HeaderValue::from_static(lang));
}

impl Kept {
    fn is_younger_than(&self, age: Duration) -> bool {
        self.made.elapsed() < age
    }
}

impl Place {
    fn page(&self) -> Arc<Kept> {
        Arc::clone(&self.page.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn renew(&self, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        *self.page.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&kept);
        kept
    }
}

impl PageCache {
    fn find(&self, key: &Key) -> Option<Arc<Place>> {
        self.pages.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: Key, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        let place = Place { page: RwLock::new(Arc::clone(&kept)), turn: tokio::sync::Mutex::default() };
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST {
            pages.retain(|(path, _), _| !path.starts_with(NOTICES));
        }
        pages.insert(key, Arc::new(place));
        kept
    }

    fn forget(&self, key: &Key) {
        self.pages.write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

fn nonce_of(policy: &HeaderValue) -> Option<String> {
    let (_, rest) = policy.to_str().ok()?.split_once("'nonce-")?;
    rest.split_once('\'').map(|(nonce, _)| nonce.to_owned())
}

fn cut(page: &Bytes, nonce: &str) -> Vec<Bytes> {
    let needle = nonce.as_bytes();
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at + needle.len() <= page.len() {
        if &page[at..at + needle.len()] == needle {
            parts.push(page.slice(from..at));
            at += needle.len();
            from = at;
        } else {
            at += 1;
        }
    }
    parts.push(page.slice(from..));
    parts
}

fn answer(kept: &Kept) -> Response {
    let nonce = leptos::nonce::Nonce::new();
    let nonce: &str = &nonce;
    let length = kept.parts.iter().map(Bytes::len).sum::<usize>() + nonce.len() * kept.parts.len().saturating_sub(1);
    let mut page = Vec::with_capacity(length);
    for (index, part) in kept.parts.iter().enumerate() {
        if index > 0 {
            page.extend_from_slice(nonce.as_bytes());
        }
        page.extend_from_slice(part);
    }
    let mut response = Response::new(Body::from(page));
    *response.headers_mut() = kept.headers.clone();
    if let Ok(policy) = HeaderValue::from_str(&security::page_policy(nonce)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware;
    use axum::routing::get;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Notify;
    use tower::ServiceExt as _;

    /// What stands behind the cache in these tests.
    #[derive(Default)]
    struct Shop {
        renderings: AtomicUsize,
        /// Said instead of a page.
        refusal: Mutex<Option<StatusCode>>,
        set_cookie: std::sync::atomic::AtomicBool,
        /// Renderings wait here while it is shut.
        shut: std::sync::atomic::AtomicBool,
        opened: Notify,
        begun: Notify,
    }

    async fn render(State(shop): State<Arc<Shop>>, request: Request) -> Response {
        let nth = shop.renderings.fetch_add(1, Ordering::SeqCst) + 1;
        shop.begun.notify_one();
        if shop.shut.load(Ordering::SeqCst) {
            shop.opened.notified().await;
        }
        if let Some(status) = *shop.refusal.lock().unwrap() {
            return status.into_response();
        }
        let cookie = request.headers().get(header::COOKIE).map_or("none", |value| value.to_str().unwrap());
        let page = format!("<p nonce=\"abc\">{nth} {} {cookie}</p>", request.uri());
        let policy = [(header::CONTENT_SECURITY_POLICY, "script-src 'nonce-abc'"), (header::CONTENT_TYPE, "text/html")];
        let mut response = (policy, page).into_response();
        response.headers_mut().insert("x-of-one-visitor", HeaderValue::from_static("yes"));
        if shop.set_cookie.load(Ordering::SeqCst) {
            response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static("sid=; Max-Age=0"));
        }
        response
    }

    fn router(shop: &Arc<Shop>) -> (Router, PageCache) {
        let cache = PageCache::default();
        let router = Router::new()
            .fallback(get(render))
            .with_state(Arc::clone(shop))
            .layer(middleware::from_fn_with_state(cache.clone(), shared_pages));
        (router, cache)
    }

    fn asked(path: &str, cookie: &str) -> Request {
        Request::builder().uri(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
    }

    async fn page(router: &Router, path: &str) -> (StatusCode, String) {
        let response = router.clone().oneshot(asked(path, "lang=ko")).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), LARGEST).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// The kept page becomes this much older.
    fn age(cache: &PageCache, path: &str, by: Duration) {
        let place = cache.find(&(path.to_owned(), Lang::Ko)).unwrap();
        let page = place.page();
        let made = page.made.checked_sub(by).unwrap();
        place.renew(Kept { made, headers: page.headers.clone(), parts: page.parts.clone() });
    }

    #[tokio::test]
    async fn a_kept_page_is_rendered_once_and_carries_another_nonce_each_time() {
        let shop = Arc::new(Shop::default());
        let (router, _) = router(&shop);
        let (first, second) = (page(&router, "/").await.1, page(&router, "/").await.1);
        assert_eq!(shop.renderings.load(Ordering::SeqCst), 1);
        assert!(!first.contains("abc") && first != second, "{first} {second}");
    }

    #[tokio::test]
    async fn nothing_of_a_visitor_is_kept_not_even_the_end_of_a_bad_session() {
        let shop = Arc::new(Shop::default());
        let (router, _) = router(&shop);
        let bad = asked("/?utm_source=them", "sid=bad; lang=ko; theme=dark");
        let response = router.clone().oneshot(bad).await.unwrap();
        assert!(response.headers().get("x-of-one-visitor").is_none());
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html");
        let (_, body) = page(&router, "/").await;
        assert!(body.contains(">1 / lang=ko<"), "rendered without cookie and query: {body}");
    }

    #[tokio::test]
    async fn an_answer_with_a_cookie_is_passed_on_and_not_kept() {
        let shop = Arc::new(Shop::default());
        shop.set_cookie.store(true, Ordering::SeqCst);
        let (router, cache) = router(&shop);
        let response = router.clone().oneshot(asked("/", "")).await.unwrap();
        assert!(response.headers().contains_key(header::SET_COOKIE));
        assert!(cache.find(&("/".to_owned(), Lang::Ko)).is_none());
    }

    #[tokio::test]
    async fn while_one_renews_the_others_get_the_old_copy_at_once() {
        let shop = Arc::new(Shop::default());
        let (router, cache) = router(&shop);
        page(&router, "/").await;
        shop.begun.notified().await;
        age(&cache, "/", FRESH);
        shop.shut.store(true, Ordering::SeqCst);
        let renewing = tokio::spawn({
            let router = router.clone();
            async move { page(&router, "/").await.1 }
        });
        shop.begun.notified().await;
        let (_, old) = tokio::time::timeout(Duration::from_secs(5), page(&router, "/")).await.unwrap();
        assert!(old.contains(">1 /"), "{old}");
        // Another page has nothing to do with it.
        shop.shut.store(false, Ordering::SeqCst);
        tokio::time::timeout(Duration::from_secs(5), page(&router, "/faq")).await.unwrap();
        shop.opened.notify_one();
        assert!(renewing.await.unwrap().contains(">2 /"));
    }

    #[tokio::test]
    async fn a_page_that_is_not_kept_never_waits() {
        let shop = Arc::new(Shop::default());
        *shop.refusal.lock().unwrap() = Some(StatusCode::NOT_FOUND);
        shop.shut.store(true, Ordering::SeqCst);
        let (router, cache) = router(&shop);
        let slow = tokio::spawn({
            let router = router.clone();
            async move { page(&router, "/notices/none").await.0 }
        });
        shop.begun.notified().await;
        shop.shut.store(false, Ordering::SeqCst);
        let (status, _) = tokio::time::timeout(Duration::from_secs(5), page(&router, "/notices/none")).await.unwrap();
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(cache.find(&("/notices/none".to_owned(), Lang::Ko)).is_none());
        shop.opened.notify_one();
        assert_eq!(slow.await.unwrap(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn a_failed_renewal_leaves_the_old_copy_until_it_is_too_old() {
        let shop = Arc::new(Shop::default());
        let (router, cache) = router(&shop);
        page(&router, "/").await;
        *shop.refusal.lock().unwrap() = Some(StatusCode::INTERNAL_SERVER_ERROR);
        age(&cache, "/", FRESH);
        assert_eq!(page(&router, "/").await.0, StatusCode::OK);
        age(&cache, "/", OLDEST);
        assert_eq!(page(&router, "/").await.0, StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_that_hangs_leaves_the_old_copy_too() {
        let shop = Arc::new(Shop::default());
        let (router, cache) = router(&shop);
        page(&router, "/").await;
        shop.shut.store(true, Ordering::SeqCst);
        age(&cache, "/", FRESH);
        let asked = tokio::time::timeout(PATIENCE * 2, page(&router, "/")).await;
        assert!(asked.unwrap().1.contains(">1 /"));
        // Its turn is free again.
        shop.shut.store(false, Ordering::SeqCst);
        assert!(page(&router, "/").await.1.contains(">3 /"));
        // What is too old is waited for.
        shop.shut.store(true, Ordering::SeqCst);
        age(&cache, "/", OLDEST);
        assert!(tokio::time::timeout(PATIENCE * 2, page(&router, "/")).await.is_err());
    }

    #[tokio::test]
    async fn made_up_notices_cannot_push_the_landing_out() {
        let shop = Arc::new(Shop::default());
        let (router, cache) = router(&shop);
        page(&router, "/").await;
        for number in 0..MOST {
            page(&router, &format!("/notices/{number}")).await;
        }
        assert!(cache.find(&("/".to_owned(), Lang::Ko)).is_some());
        assert!(cache.pages.read().unwrap().len() < MOST);
    }

    #[test]
    fn an_address_written_another_way_is_not_kept() {
        for path in ["/", "/faq", "/notices", "/notices/opening"] {
            assert!(is_shared(path), "{path}");
        }
        for path in ["/faq/", "/notices/", "/notices/opening/", "/notices/%6fpening", "/f%61q", "//"] {
            assert!(!is_shared(path), "{path}");
        }
    }

    #[tokio::test]
    async fn only_what_a_page_reads_of_its_address_makes_another_page() {
        let shop = Arc::new(Shop::default());
        let (router, _) = router(&shop);
        for path in ["/", "/?utm_source=them", "/?fbclid=1&x", "/?brandx=1"] {
            page(&router, path).await;
        }
        assert_eq!(shop.renderings.load(Ordering::SeqCst), 1);
        for name in READ {
            page(&router, &format!("/?utm_source=them&{name}=1")).await;
        }
        assert_eq!(shop.renderings.load(Ordering::SeqCst), 1 + READ.len());
    }

    /// A page that begins to read another parameter must be named in `READ`.
    #[test]
    fn every_parameter_a_shared_page_reads_is_known() {
        let landing = include_str!("../../../app/src/pages/customer/landing.rs");
        let names = |text: &str| -> Vec<String> {
            text.split("query(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
        };
        assert_eq!(names(landing), READ);
        assert_eq!(names(include_str!("../../../app/src/pages/customer/content.rs")), Vec::<String>::new());
        assert_eq!(names(include_str!("../../../app/src/pages/frame.rs")), Vec::<String>::new());
    }

    #[test]
    fn a_page_is_cut_at_every_nonce_and_nowhere_else() {
        let page = Bytes::from_static(b"<script nonce=\"abc\">1</script><style nonce=\"abc\"></style>");
        let parts = cut(&page, "abc");
        assert_eq!(parts.len(), 3);
        assert_eq!(&parts[1][..], b"\">1</script><style nonce=\"");
    }

    #[test]
    fn the_nonce_is_read_from_the_policy() {
        let policy = HeaderValue::from_static("script-src 'nonce-xY_9-' 'strict-dynamic'");
        assert_eq!(nonce_of(&policy).as_deref(), Some("xY_9-"));
    }

    #[test]
    fn a_visitors_own_pages_are_never_kept() {
        for path in ["/sell", "/sell/quote", "/orders", "/orders/PD-1", "/inquiry", "/fn/sell/paste"] {
            assert!(!is_shared(path), "{path}");
        }
    }
}
