//! A file handed out: its maker fetches it, piece by piece, sealed until it leaves.

use super::broken;
use super::desk::{actor, page, to};
use super::request::visitor;
use super::state::AppState;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures::{StreamExt as _, stream};
use services::desk::exports;
use services::{Actor, ServiceError};
use tower_sessions::Session;

/// `/desk/exports/{id}/file`. That it was fetched is written down before the first byte goes out.
pub async fn file(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let actor = match actor(&state, &session, visitor(&state, &request)).await {
        Ok(actor @ Actor::Staff(_)) => actor,
        Ok(_) => return to("/desk/sign-in"),
        Err(response) => return response,
    };
    let export = match exports::fetch(&state.services, &actor, &id).await {
        Ok(export) => export,
        Err(ServiceError::StepUp) => return to("/desk/step-up?to=/desk/exports"),
        Err(ServiceError::SignedOut) => return to("/desk/sign-in"),
        // Like any page that doesn't exist, whoever asks.
        Err(ServiceError::NotFound) => return page(State(state), session, request).await,
        Err(error) => {
            tracing::error!(%error, "a file could not be handed out");
            return broken();
        }
    };
    let name = format!("pindesk-orders-{}.{}", export.created_at.kst_yyyymmddhhmmss(), export.format);
    let kind = HeaderValue::from_static(export.format.media_type());
    let length = HeaderValue::from(u64::try_from(export.bytes).unwrap_or(0));
    let services = state.services.clone();
    let pieces = stream::unfold(0, move |seq| {
        let (services, actor, export) = (services.clone(), actor.clone(), export.clone());
        async move {
            if seq >= export.chunks {
                return None;
            }
            // A file that ends early is told by its length.
            let piece = exports::piece(&services, &actor, &export, seq).await.map_err(std::io::Error::other);
            let next = if piece.is_err() { export.chunks } else { seq + 1 };
            Some((piece, next))
        }
    });
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_LENGTH, length),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    // What compresses asks once more after the end, which an unfold that isn't fused answers with a panic.
    (headers, Body::from_stream(pieces.fuse())).into_response()
}
