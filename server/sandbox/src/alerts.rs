//! An incoming webhook: takes `{"text": …}` and keeps what was said.

use crate::State;
use crate::faults::{Party, Subject};
use crate::journal::Entry;
use crate::wire::{Cut, done, json, undone};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json as value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    text: String,
}

/// `POST /alerts/hook`
pub async fn hook(Shared(state): Shared<State>, ConnectInfo(cut): ConnectInfo<Cut>, body: Bytes) -> Response {
    let Ok(said) = serde_json::from_slice::<Said>(&body) else {
        return json(StatusCode::BAD_REQUEST, &value!({"error": "invalid_payload"}));
    };
    // The text holds no person, so it is kept as it is: tests look whether that is true.
    let mut line = Entry {
        operation: "say".to_owned(),
        reference: said.text,
        digest: state.hasher.tag("request", &[&body]),
        ..Entry::default()
    };
    let bent = state.faults.pick(Party::Alerts, "say", &Subject::default());
    line.fault = bent.as_ref().map(|bent| bent.fault.word());
    if let Some(bent) = bent.as_ref().filter(|bent| bent.fault.is_before()) {
        "not_done".clone_into(&mut line.decision);
        state.alerts.record(line).await;
        return undone(bent, &cut).await;
    }
    "shown".clone_into(&mut line.decision);
    state.alerts.record(line).await;
    done(StatusCode::OK, value!({"ok": true}), bent.as_ref()).await
}
