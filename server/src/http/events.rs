//! `/orders/{code}/events`: the live order as server-sent events.
//!
//! One small read a second tells whether something changed; only then the whole view is made and sent. The event's id
//! is the order's revision, so a browser that comes back after a cut gets what it missed at once.

use super::request::{actor, visitor};
use super::state::AppState;
use super::words::Asker;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::OrderId;
use futures::{Stream, StreamExt as _};
use services::{Actor, ServiceError, order_view};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_sessions::Session;

/// How often the revision is read.
const LOOK: Duration = Duration::from_millis(700);
/// A stream ends after this long and the browser opens another: a forgotten tab doesn't hold a place for ever.
const LONGEST: u32 = 60 * 30;

/// Live views of one order at once: a customer's tabs and phone.
const PER_ORDER: usize = 4;
/// Live views at once. Each holds a connection and reads once a look.
const IN_ALL: usize = 400;
/// When a view that found no place may come again; until then the page asks by itself.
const COME_AGAIN_S: u16 = 30;

/// Places for live views.
#[derive(Clone, Debug)]
pub struct Streams {
    all: Arc<Semaphore>,
    orders: Arc<Mutex<HashMap<OrderId, usize>>>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(IN_ALL)), orders: Arc::default() }
    }
}

impl Streams {
    /// A place, if there is one for this order and one at all.
    fn take(&self, order: OrderId) -> Option<Place> {
        let all = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = orders.entry(order).or_default();
        if *taken >= PER_ORDER {
            return None;
        }
        *taken += 1;
        Some(Place { order, orders: Arc::clone(&self.orders), _all: all })
    }
}

/// Free again when the stream is dropped.
#[derive(Debug)]
struct Place {
    order: OrderId,
    orders: Arc<Mutex<HashMap<OrderId, usize>>>,
    _all: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = orders.get_mut(&self.order) {
            *taken = taken.saturating_sub(1);
            if *taken == 0 {
                orders.remove(&self.order);
            }
        }
    }
}

struct Live {
    _place: Place,
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
    let asker = Asker::of(request.headers());
    let visitor = visitor(&state, &request);
    let actor = match actor(&session, visitor).await {
        Ok(actor) => actor,
        Err(error) => return super::unread(&error),
    };
    match order_view::order_id(&state.services, &actor, &code).await {
        Ok(order) => {
            let Some(place) = state.streams.take(order) else { return full(asker) };
            let live = Live { _place: place, state, actor, code, order, seen, looks_left: LONGEST };
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

/// A browser takes no second try at a stream that was refused, so the page's script asks every few seconds instead.
fn full(asker: Asker) -> Response {
    let title = asker.pick("실시간 화면이 너무 많이 열려 있어요.", "Too many live pages are open.");
    let cure = asker.pick("다른 창을 닫거나 잠시 뒤 새로 고쳐 주세요.", "Close another one, or reload in a moment.");
    let mut response = asker.told(StatusCode::SERVICE_UNAVAILABLE, title, cure);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(COME_AGAIN_S));
    response
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
    .fuse()
}

impl Live {
    async fn event(&mut self, revision: i64) -> Option<Event> {
        let view = order_view::view(&self.state.services, &self.actor, &self.code).await.ok()?;
        self.seen = revision;
        Event::default().id(revision.to_string()).event("order").json_data(view).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(number: u8) -> OrderId {
        OrderId::from_bytes([number; 16])
    }

    #[test]
    fn an_order_has_four_places_and_gets_them_back() {
        let streams = Streams::default();
        let mut taken: Vec<_> = (0..PER_ORDER).filter_map(|_| streams.take(order(1))).collect();
        assert_eq!(taken.len(), PER_ORDER);
        assert!(streams.take(order(1)).is_none());
        assert!(streams.take(order(2)).is_some(), "another order has its own");
        taken.pop();
        assert!(streams.take(order(1)).is_some());
        taken.clear();
        assert!(streams.orders.lock().is_ok_and(|orders| orders.is_empty()), "nothing is left of a closed one");
    }

    #[test]
    fn all_orders_together_have_an_end_too() {
        let streams = Streams { all: Arc::new(Semaphore::new(2)), ..Streams::default() };
        let _taken = [streams.take(order(1)), streams.take(order(2))];
        assert!(streams.take(order(3)).is_none());
    }

    #[test]
    fn whoever_finds_no_place_is_told_when_to_come_again() {
        let refused = full(Asker { lang: domain::Lang::En, browser: false });
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(refused.headers()[header::RETRY_AFTER], "30");
    }
}
