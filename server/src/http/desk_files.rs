//! Files of the desk. A form asks for one with a reason, and the answer is the file itself; what is wrong stands on the
//! page the form is on, as with every other action.

use super::desk::asker;
use super::request::visitor;
use super::state::AppState;
use super::words::Asker;
use super::{broken, unread};
use app::desk::{Flash, Typed, in_query};
use app::ssr::SessionHandle;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::wire::AppError;
use futures::StreamExt as _;
use services::desk::audit::{self, AuditQuery};
use services::desk::customer;
use services::{Actor, ServiceError};
use tower_sessions::Session;

/// Who asks and what for.
struct Asked {
    state: AppState,
    session: Session,
    actor: Actor,
    typed: Typed,
    browser: bool,
}

impl Asked {
    async fn of(state: AppState, session: Session, request: Request) -> Result<Self, Response> {
        let told = Asker::of(request.headers());
        let actor = {
            let door = visitor(&state, &request);
            asker(&state, &session, door, told).await?
        };
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        // Its size was measured before (`limits::bodies`).
        let bytes = Bytes::from_request(request, &()).await.map_err(axum::response::IntoResponse::into_response)?;
        let typed = Typed(serde_urlencoded::from_bytes(&bytes).unwrap_or_default());
        Ok(Self { state, session, actor, typed, browser: told.browser })
    }

    fn field(&self, name: &str) -> String {
        self.typed.get(name).unwrap_or_default().to_owned()
    }

    /// Back to the page, which says what is wrong.
    async fn refused(self, error: ServiceError, form: &str, page: &str) -> Response {
        let first = match &error {
            ServiceError::StepUp => Some("/desk/step-up"),
            ServiceError::SignedOut => Some("/desk/sign-in"),
            ServiceError::NotFound if self.browser => return to("/desk/not-found"),
            _ => None,
        };
        let reference = || hex::encode(self.state.services.chance.bytes::<6>());
        let error: AppError = error.into_app(reference);
        if !self.browser {
            return app::error::status(&error).into_response();
        }
        let bare = page.split('?').next().unwrap_or(page).to_owned();
        let flash =
            Flash { page: bare, form: form.to_owned(), error: Some(error), typed: self.typed.0, ..Flash::default() };
        if let Err(error) = SessionHandle::new(self.session).leave_flash(&flash).await {
            return unread(&error);
        }
        first.map_or_else(|| to(page), |first| to(&format!("{first}?to={}", in_query(page))))
    }
}

fn to(path: &str) -> Response {
    let value = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/desk"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

fn file(kind: &'static str, name: &str, body: Body) -> Response {
    let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) else { return broken() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// `POST /desk/file/audit`: the audit log as CSV.
pub async fn audit_log(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let asked = match Asked::of(state, session, request).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let query = AuditQuery {
        who: asked.field("who"),
        action: asked.field("action"),
        target: asked.field("target"),
        kind: asked.field("kind"),
        from: asked.field("from"),
        until: asked.field("until"),
        cursor: String::new(),
    };
    let services = asked.state.services.clone();
    let export = match audit::begin_export(&services, &asked.actor, &query, &asked.field("reason")).await {
        Ok(export) => export,
        Err(error) => return asked.refused(error, "file/audit", "/desk/audit").await,
    };
    let name = format!("audit-{}.csv", services.clock.now().kst_yyyymmdd());
    let pieces = futures::stream::unfold((export, services, asked.actor), |(mut export, services, actor)| async move {
        match export.next(&services, &actor).await {
            Ok(Some(piece)) => Some((Ok(piece), (export, services, actor))),
            Ok(None) => None,
            Err(error) => {
                // A file that breaks off is seen as broken; one that ends early is believed.
                tracing::error!(%error, "an export of the audit log broke off");
                Some((Err(std::io::Error::other("broken off")), (export, services, actor)))
            }
        }
    });
    file("text/csv; charset=utf-8", &name, Body::from_stream(pieces.fuse()))
}

/// `POST /desk/file/person`: what we hold of a person, for the person.
pub async fn person(State(state): State<AppState>, session: Session, request: Request) -> Response {
    let asked = match Asked::of(state, session, request).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let services = asked.state.services.clone();
    let token = asked.field("token");
    match customer::export(&services, &asked.actor, &token, &asked.field("reason")).await {
        Ok(text) => file("application/json; charset=utf-8", "person.json", Body::from(text)),
        Err(error) => {
            let plain: String = token.chars().filter(char::is_ascii_hexdigit).take(2_400).collect();
            asked.refused(error, "file/person", &format!("/desk/customers/{plain}")).await
        }
    }
}
