//! The desk's door.
//!
//! Every request says anew who asks: the session's row, the account and its roles as they are now. Without a sign-in
//! every page of the desk, also one that doesn't exist, leads to the sign-in, and every action is refused before anything
//! of its form is looked at (its bytes were counted and bounded before). What somebody may do is the use cases' to say.

use super::request::{Contexts, visitor};
use super::session::hash;
use super::state::AppState;
use super::words::Asker;
use super::{broken, unread};
use app::desk::{Flash, Typed, desk_path, in_query};
use app::ssr::SessionHandle;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::provide_context;
use services::desk::access;
use services::{Actor, Visitor};
use tower_sessions::Session;

/// On the requests by which `desk.js` renews a page.
const LIVE: &str = "x-desk-live";

/// Is it an address of the desk?
pub fn is_desk(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/")
}

/// Pages for somebody who isn't in yet.
fn is_door(path: &str) -> bool {
    matches!(path, "/desk/sign-in" | "/desk/sign-in/code" | "/desk/sign-in/enrol") || path.starts_with("/desk/invite/")
}

/// Actions for somebody who isn't in yet, and leaving, which is always allowed.
const DOOR_ACTIONS: [&str; 5] = [
    "/desk/fn/access/enter",
    "/desk/fn/access/code",
    "/desk/fn/access/enrol",
    "/desk/fn/access/accept",
    "/desk/fn/access/leave",
];

/// Who asks: staff with a living session, or somebody at the door. An error is an outage, never "nobody".
pub async fn actor(state: &AppState, session: &Session, door: Visitor) -> Result<Actor, Response> {
    let Some(id) = session.id() else { return Ok(Actor::Visitor(door)) };
    match access::who(&state.services, hash(id), &door).await {
        Ok(Some(staff)) => Ok(Actor::Staff(staff)),
        Ok(None) => Ok(Actor::Visitor(door)),
        Err(error) => {
            tracing::error!(%error, "who asks at the desk could not be told");
            Err(broken())
        }
    }
}

pub(super) fn to(path: &str) -> Response {
    let value = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/desk/sign-in"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

/// The member of staff who asks, for what is neither a page nor a form of a page.
pub(super) async fn asker(state: &AppState, session: &Session, door: Visitor, asker: Asker) -> Result<Actor, Response> {
    match actor(state, session, door).await? {
        Actor::Staff(staff) => Ok(Actor::Staff(staff)),
        _ if asker.browser => Err(to("/desk/sign-in")),
        _ => Err(StatusCode::UNAUTHORIZED.into_response()),
    }
}

/// Any page of the desk.
pub async fn page(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let actor = match actor(&state, &session, visitor(&state, &request)).await {
        Ok(actor) => actor,
        Err(response) => return response,
    };
    let path = request.uri().path().to_owned();
    match &actor {
        Actor::Staff(_) if is_door(&path) && !path.starts_with("/desk/invite/") => return to("/desk"),
        Actor::Staff(_) => {}
        _ if is_door(&path) => {}
        _ => {
            let asked = request.uri().path_and_query().map_or("/desk", |asked| asked.as_str());
            let wanted = desk_path(asked).filter(|asked| *asked != "/desk");
            return to(&wanted.map_or_else(
                || "/desk/sign-in".to_owned(),
                |wanted| format!("/desk/sign-in?to={}", in_query(wanted)),
            ));
        }
    }
    // An invitation is for somebody who isn't in, also when a colleague opens it at their own desk.
    let actor = match actor {
        Actor::Staff(staff) if is_door(&path) => Actor::Visitor(Visitor {
            address: staff.address,
            agent: staff.agent,
            lang: staff.lang,
            device: None,
            grants: Vec::new(),
        }),
        actor => actor,
    };
    // A page that fetches itself anew says so: it must neither eat what the next page says once nor keep a desk open
    // that nobody sits at.
    let flash = if request.headers().contains_key(LIVE) {
        Flash::default()
    } else {
        match SessionHandle::new(session.clone()).take_flash(&path).await {
            Ok(flash) => flash,
            Err(error) => return unread(&error),
        }
    };
    let files = state.desk.clone();
    let contexts = Contexts::with(state, session, actor);
    let render = leptos_axum::render_app_async_with_context(
        move || {
            contexts.provide();
            provide_context(flash.clone());
        },
        move || app::desk_shell(&files),
    );
    render(request).await
}

/// Any action of the desk. The form is read here once more, for the page that may have to show it again.
pub async fn server_fn(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let asker = Asker::of(request.headers());
    let door = visitor(&state, &request);
    let actor = match actor(&state, &session, door.clone()).await {
        Ok(actor) => actor,
        Err(response) => return response,
    };
    let action = request.uri().path().to_owned();
    let at_door = DOOR_ACTIONS.contains(&action.as_str());
    let actor = match actor {
        Actor::Staff(staff) if at_door && action != "/desk/fn/access/leave" => {
            drop(staff);
            Actor::Visitor(door)
        }
        Actor::Staff(staff) => Actor::Staff(staff),
        other if at_door => other,
        _ if asker.browser => return to("/desk/sign-in"),
        _ => {
            let (title, cure) = asker.pick(
                ("로그인이 끝났어요.", "다시 로그인해 주세요."),
                ("You are signed out.", "Please sign in again."),
            );
            return asker.told(StatusCode::UNAUTHORIZED, title, cure);
        }
    };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        let (title, cure) = asker.pick(
            ("이 양식은 파일을 받지 않아요.", "글자로 입력해 주세요."),
            ("This form takes no files.", "Type the text instead."),
        );
        return asker.told(StatusCode::UNSUPPORTED_MEDIA_TYPE, title, cure);
    }
    let (head, body) = request.into_parts();
    // Its size was measured before (`limits::bodies`).
    let bytes = match Bytes::from_request(Request::from_parts(head.clone(), body), &()).await {
        Ok(bytes) => bytes,
        Err(error) => return error.into_response(),
    };
    let typed = Typed(serde_urlencoded::from_bytes(&bytes).unwrap_or_default());
    let request = Request::from_parts(head, Body::from(bytes));
    let contexts = Contexts::with(state, session, actor);
    let answer = leptos_axum::handle_server_fns_with_context(
        move || {
            contexts.provide();
            provide_context(typed.clone());
        },
        request,
    );
    answer.await.into_response()
}
