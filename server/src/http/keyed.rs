//! A process that was started before a change of keys takes nothing more: what it wrote would not be found by the others.

use super::words::Asker;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use services::Services;

/// By then a reverse proxy that asks `/readyz` has taken this process out.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// Refuses what would write while a key is missing; pages are still shown.
pub async fn whole(State(services): State<Services>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || services.watch.missing_keys().is_empty() {
        return next.run(request).await;
    }
    let asker = Asker::of(request.headers());
    let (title, cure) = asker.pick(
        ("서버를 바꾸는 중이에요.", "잠시 뒤 다시 눌러 주세요. 두 번 접수되지 않아요."),
        ("We’re changing servers.", "Press again in a moment. Nothing is taken twice."),
    );
    let mut response = asker.told(StatusCode::SERVICE_UNAVAILABLE, title, cure);
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}
