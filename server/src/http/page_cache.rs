//! Pages that are the same for everybody, kept for a moment.
//!
//! The landing and the reading pages hold nothing of their visitor, so one rendering per address and language serves
//! all of them for a second. Only the content policy's nonce differs: the kept page is cut at each place where its
//! nonce stands, and every answer is put together with a nonce of its own.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::Lang;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use super::{security, visitor};

/// How old a kept page may be.
const FRESH: Duration = Duration::from_secs(1);
/// Pages kept at once; past that the whole store is emptied, so that made-up addresses can't fill memory.
const MOST: usize = 256;
/// A page larger than this isn't kept.
const LARGEST: usize = 512 * 1024;

struct Kept {
    made: Instant,
    status: StatusCode,
    headers: HeaderMap,
    /// The page between its nonces.
    parts: Vec<Bytes>,
}

/// Address and language.
type Key = (String, Lang);

/// The kept pages.
#[derive(Clone, Default)]
pub struct PageCache {
    pages: Arc<RwLock<HashMap<Key, Arc<Kept>>>>,
    /// One renderer per page: whoever comes while it runs waits for its result instead of rendering again.
    renewing: Arc<tokio::sync::Mutex<()>>,
}

/// Addresses whose pages hold nothing of their visitor.
fn is_shared(path: &str) -> bool {
    matches!(path, "/" | "/notices" | "/faq" | "/guide" | "/terms" | "/privacy") || path.starts_with("/notices/")
}

/// Answer from a kept page, or render, keep and answer.
pub async fn shared_pages(State(cache): State<PageCache>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET || !is_shared(request.uri().path()) || request.uri().query().is_some() {
        return next.run(request).await;
    }
    let key = (request.uri().path().to_owned(), visitor::lang(request.headers()));
    if let Some(kept) = cache.fresh(&key) {
        return answer(&kept);
    }
    let turn = cache.renewing.lock().await;
    if let Some(kept) = cache.fresh(&key) {
        return answer(&kept);
    }
    let response = next.run(request).await;
    let (head, body) = response.into_parts();
    let nonce = head.headers.get(header::CONTENT_SECURITY_POLICY).and_then(nonce_of);
    let (StatusCode::OK, Some(nonce)) = (head.status, nonce) else {
        return Response::from_parts(head, body);
    };
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else {
        let mut failed = Response::new(Body::from("The page could not be made. Please try again.\n"));
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return failed;
    };
    let mut headers = head.headers;
    headers.remove(header::CONTENT_SECURITY_POLICY);
    headers.remove(header::CONTENT_LENGTH);
    let kept = Arc::new(Kept { made: Instant::now(), status: head.status, headers, parts: cut(&bytes, &nonce) });
    cache.keep(key, Arc::clone(&kept));
    drop(turn);
    answer(&kept)
}

impl PageCache {
    fn fresh(&self, key: &Key) -> Option<Arc<Kept>> {
        let pages = self.pages.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        pages.get(key).filter(|kept| kept.made.elapsed() < FRESH).cloned()
    }

    fn keep(&self, key: Key, kept: Arc<Kept>) {
        let mut pages = self.pages.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if pages.len() >= MOST {
            pages.clear();
        }
        pages.insert(key, kept);
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
    *response.status_mut() = kept.status;
    *response.headers_mut() = kept.headers.clone();
    if let Ok(policy) = HeaderValue::from_str(&security::page_policy(nonce)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

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
