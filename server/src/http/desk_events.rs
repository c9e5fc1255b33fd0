//! `/desk/events`: what waits for somebody, as server-sent events.
//!
//! Each look asks first whether the session still lives, so a revoked one is told within two seconds and hears nothing
//! more; then what waits, which all open pages share. Something is sent only when it differs.

use super::desk::actor;
use super::request::visitor;
use super::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::wire::desk::Waiting;
use futures::{Stream, StreamExt as _};
use services::rights::{self, Act};
use services::{Actor, Visitor, desk};
use std::convert::Infallible;
use std::time::Duration;
use tower_sessions::Session;

/// How often one looks.
const LOOK: Duration = Duration::from_millis(1_500);
/// A stream ends after this many looks and the browser opens another.
const LONGEST: u32 = 20 * 30;

struct Live {
    state: AppState,
    session: Session,
    door: Visitor,
    told: Option<Waiting>,
    looks_left: u32,
    ended: bool,
}

/// Stream what waits, for signed-in staff.
pub async fn events(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let door = visitor(&state, &request);
    match actor(&state, &session, door.clone()).await {
        Ok(asker) if may_look(&asker) => {}
        Ok(_) => return StatusCode::NOT_FOUND.into_response(),
        Err(response) => return response,
    }
    let live = Live { state, session, door, told: None, looks_left: LONGEST, ended: false };
    let mut response = Sse::new(stream(live)).keep_alive(KeepAlive::default()).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Somebody of the staff who has any desk at all.
fn may_look(asker: &Actor) -> bool {
    matches!(asker, Actor::Staff(staff) if rights::may(staff, Act::Desk))
}

fn stream(live: Live) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold(live, |mut live| async move {
        loop {
            if live.ended || live.looks_left == 0 {
                return None;
            }
            if live.told.is_some() {
                tokio::select! {
                    () = live.state.stop.cancelled() => return None,
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
            live.looks_left -= 1;
            let Ok(asker) = actor(&live.state, &live.session, live.door.clone()).await else { return None };
            if !may_look(&asker) {
                live.ended = true;
                return Some((Ok(Event::default().event("ended").data("{}")), live));
            }
            let waiting = match desk::waiting(&live.state.services, &asker).await {
                Ok(waiting) => waiting,
                Err(error) => {
                    tracing::warn!(%error, "what waits could not be told");
                    return None;
                }
            };
            if live.told.as_ref() == Some(&waiting) {
                continue;
            }
            let event = Event::default().event("counts").json_data(&waiting);
            live.told = Some(waiting);
            let Ok(event) = event else { return None };
            return Some((Ok(event), live));
        }
    })
    .fuse()
}
