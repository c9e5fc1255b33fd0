//! What every handler can reach.

use super::events::Streams;
use super::health::Readiness;
use app::desk::DeskFiles;
use app::ssr::{BusinessInfo, Development, SandboxLinks};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Services;
use tokio_util::sync::CancellationToken;

/// Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub services: Services,
    /// Where the built site is and how its files are named.
    pub options: LeptosOptions,
    /// Links to the sandbox's screens; in the sandbox only.
    pub sandbox: Option<SandboxLinks>,
    /// Whether the style guide can be opened.
    pub development: Development,
    /// What stands under every page.
    pub business: BusinessInfo,
    /// The desk's style sheet and script.
    pub desk: DeskFiles,
    /// Served over TLS: only cookies that no other host can set count.
    pub https: bool,
    /// Proxies in front of us that are believed.
    pub trusted_proxies: u32,
    /// Places for live orders.
    pub streams: Streams,
    /// What `/readyz` last said.
    pub readiness: Readiness,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
}

impl FromRef<AppState> for Services {
    fn from_ref(state: &AppState) -> Self {
        state.services.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}
