//! Files at the desk: proofs come in and go out here, not through a server function.
//!
//! Nothing of a file is read before it is known who sends it and that they may. It is measured while it comes.

use super::desk::actor;
use super::request::visitor;
use super::state::AppState;
use super::unread;
use super::words::Asker;
use app::desk::{Flash, in_query};
use app::ssr::SessionHandle;
use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::ItemId;
use domain::wire::AppError;
use services::desk::manual::{self, LARGEST_PROOF};
use services::{Actor, ServiceError};
use tower_sessions::Session;

/// How much of a file that is too large is still read: a browser shows the answer only once it could send its all.
const READ_ON: usize = 4 * LARGEST_PROOF;

/// Is it an address that takes files?
pub fn is_upload(path: &str) -> bool {
    path.starts_with("/desk/upload/")
}

/// What a form's file came to.
enum File {
    Whole(String, Vec<u8>),
    TooLarge,
    Missing,
}

/// `POST /desk/upload/proof/{item}`: a proof of a voucher one has taken. The work page follows and says how it went.
pub async fn proof(
    State(state): State<AppState>,
    session: Session,
    Path(item): Path<String>,
    request: Request,
) -> Response {
    let asker = Asker::of(request.headers());
    let actor = match actor(&state, &session, visitor(&state, &request)).await {
        Ok(actor) => actor,
        Err(response) => return response,
    };
    if !matches!(actor, Actor::Staff(_)) {
        return to("/desk/sign-in");
    }
    let Ok(item) = item.parse::<ItemId>() else { return missing(asker) };
    if manual::may_add_proof(&actor).is_err() {
        return missing(asker);
    }
    let answer = match read(&state, request).await {
        Ok(File::Whole(name, content)) => {
            manual::add_proof(&state.services, &actor, &item.to_string(), &name, &content).await
        }
        Ok(File::TooLarge) => Err(manual::too_large(actor.lang())),
        Ok(File::Missing) => manual::add_proof(&state.services, &actor, &item.to_string(), "", &[]).await,
        Err(response) => return response,
    };
    let page = format!("/desk/manual/{item}");
    let mut flash = Flash { page: page.clone(), form: "upload/proof".to_owned(), ..Flash::default() };
    let next = match answer {
        Ok(()) => {
            flash.good = Some(app::text::md_proof_added(actor.lang()).to_owned());
            page.as_str()
        }
        Err(ServiceError::NotFound) => return missing(asker),
        Err(ServiceError::SignedOut) => "/desk/sign-in",
        Err(error) => {
            flash.error = Some(told(error));
            page.as_str()
        }
    };
    match SessionHandle::new(session).leave_flash(&flash).await {
        Ok(()) => to(next),
        Err(error) => unread(&error),
    }
}

/// What the page says of a refusal.
fn told(error: ServiceError) -> AppError {
    error.into_app(|| uuid::Uuid::now_v7().to_string())
}

/// The file of the form, as far as it is no larger than a proof may be.
async fn read(state: &AppState, request: Request) -> Result<File, Response> {
    let mut form =
        Multipart::from_request(request, state).await.map_err(axum::response::IntoResponse::into_response)?;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(File::Missing),
            Err(error) => return Err(error.into_response()),
        };
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let (mut field, mut content, mut length) = (field, Vec::new(), 0_usize);
        loop {
            match field.chunk().await {
                Ok(Some(chunk)) => {
                    length = length.saturating_add(chunk.len());
                    if length <= LARGEST_PROOF {
                        content.extend_from_slice(&chunk);
                    } else if length > READ_ON {
                        return Ok(File::TooLarge);
                    }
                }
                Ok(None) if length > LARGEST_PROOF => return Ok(File::TooLarge),
                Ok(None) => return Ok(File::Whole(name, content)),
                Err(error) => return Err(error.into_response()),
            }
        }
    }
}

/// `GET /desk/files/proof/{id}`: a proof as a file to keep, never as a page of ours.
pub async fn open_proof(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let asker = Asker::of(request.headers());
    let actor = match actor(&state, &session, visitor(&state, &request)).await {
        Ok(actor) => actor,
        Err(response) => return response,
    };
    if !matches!(actor, Actor::Staff(_)) {
        return to("/desk/sign-in");
    }
    match manual::open_proof(&state.services, &actor, &id).await {
        Ok(file) => {
            let (kind, ending) = match file.kind {
                "png" => ("image/png", "png"),
                "jpeg" => ("image/jpeg", "jpg"),
                _ => ("application/pdf", "pdf"),
            };
            let name = format!("attachment; filename=\"proof.{ending}\"");
            let mut response = Body::from(file.content).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Ok(value) = HeaderValue::from_str(&name) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(error) => not_opened(&state, session, &actor, &id, error, asker).await,
    }
}

/// The work page says why, after the second factor's page where that is wanted.
async fn not_opened(
    state: &AppState,
    session: Session,
    actor: &Actor,
    id: &str,
    error: ServiceError,
    asker: Asker,
) -> Response {
    let Ok(item) = manual::item_of_proof(&state.services, actor, id).await else { return missing(asker) };
    let page = format!("/desk/manual/{item}");
    match error {
        ServiceError::NotFound => missing(asker),
        ServiceError::SignedOut => to("/desk/sign-in"),
        ServiceError::StepUp => to(&format!("/desk/step-up?to={}", in_query(&page))),
        error => {
            let flash = Flash {
                page: page.clone(),
                form: "files/proof".to_owned(),
                error: Some(told(error)),
                ..Flash::default()
            };
            match SessionHandle::new(session).leave_flash(&flash).await {
                Ok(()) => to(&page),
                Err(error) => unread(&error),
            }
        }
    }
}

fn missing(asker: Asker) -> Response {
    let (title, cure) = asker.pick(
        ("없는 화면이에요.", "주소가 바뀌었거나, 이 역할로는 볼 수 없는 화면이에요."),
        ("No such page.", "The address has changed, or your role has no such page."),
    );
    asker.told(StatusCode::NOT_FOUND, title, cure)
}

fn to(path: &str) -> Response {
    let value = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/desk"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}
