//! `/healthz`: the process answers. `/readyz`: it can do its work, part by part.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use services::Services;

/// Alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

#[derive(Serialize)]
struct Ready {
    ready: bool,
    database: Part,
}

#[derive(Serialize)]
struct Part {
    ok: bool,
    engine: Option<&'static str>,
}

/// Ready for customers: the database answers with the settings money needs.
pub async fn readyz(State(services): State<Services>) -> Response {
    let facts = services.db.check().await;
    if let Err(error) = &facts {
        tracing::warn!(%error, "not ready: the database check failed");
    }
    let database = Part { ok: facts.is_ok(), engine: facts.ok().map(|facts| facts.engine) };
    let status = if database.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Ready { ready: database.ok, database })).into_response()
}
