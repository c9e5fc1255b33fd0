//! `/orders/{code}/events`: the live order as server-sent events.
//!
//! One small read a second tells whether something changed; only then the whole view is made and sent. The event's id
//! is the order's revision, so a browser that comes back after a cut gets what it missed at once.

use super::request::{actor, visitor};
use super::state::AppState;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::OrderId;
use futures::Stream;
use services::{Actor, ServiceError, order_view};
use std::convert::Infallible;
use std::time::Duration;
use tower_sessions::Session;

/// How often the revision is read.
const LOOK: Duration = Duration::from_millis(700);
/// A stream ends after this long and the browser opens another: a forgotten tab doesn't hold a place for ever.
const LONGEST: u32 = 60 * 30;

struct Live {
    state: AppState,
    actor: Actor,
    code: String,
    order: OrderId,
    seen: i64,
    looks_left: u32,
}

/// Stream the order's view, or answer like a missing page.
pub async fn order_events(
    State(state): State<AppState>,
    Path(code): Path<String>,
    session: Session,
    request: axum::extract::Request,
) -> Response {
    let seen = last_event_id(request.headers());
    let visitor = visitor(&state, &request);
    let Ok(actor) = actor(&session, visitor).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match order_view::order_id(&state.services, &actor, &code).await {
        Ok(order) => {
            let live = Live { state, actor, code, order, seen, looks_left: LONGEST };
            let mut response = Sse::new(stream(live)).keep_alive(KeepAlive::default()).into_response();
            // A proxy that collects the stream would show the customer nothing.
            response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
            response
        }
        Err(ServiceError::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the live order could not be opened");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn last_event_id(headers: &HeaderMap) -> i64 {
    headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .unwrap_or(-1)
}

fn stream(live: Live) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold(live, |mut live| async move {
        while live.looks_left > 0 && !live.state.stop.is_cancelled() {
            live.looks_left -= 1;
            match order_view::revision(&live.state.services, live.order).await {
                Ok(revision) if revision != live.seen => {
                    if let Some(event) = live.event(revision).await {
                        return Some((Ok(event), live));
                    }
                    return None;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the live order's revision could not be read");
                    return None;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = live.state.stop.cancelled() => return None,
            }
        }
        None
    })
}

impl Live {
    async fn event(&mut self, revision: i64) -> Option<Event> {
        let view = order_view::view(&self.state.services, &self.actor, &self.code).await.ok()?;
        self.seen = revision;
        Event::default().id(revision.to_string()).event("order").json_data(view).ok()
    }
}
