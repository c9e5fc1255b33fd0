//! From a request to what a page or a server function finds around it.

use super::state::AppState;
use super::{device, security, visitor};
use app::ssr::{RequestActor, SessionHandle};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use services::{Actor, Visitor};
use tower_sessions::Session;

/// What the request alone says of the asker; their orders are in the session.
pub fn visitor(state: &AppState, request: &Request) -> Visitor {
    Visitor {
        address: visitor::address(request, state.trusted_proxies),
        agent: visitor::agent(request.headers()),
        lang: visitor::lang(request.headers()),
        device: device::device(request.headers(), state.https),
        grants: Vec::new(),
    }
}

/// Who asks. An error means the session can't be read: that is an outage, never "nobody".
pub async fn actor(session: &Session, mut visitor: Visitor) -> Result<Actor, tower_sessions::session::Error> {
    visitor.grants = SessionHandle::new(session.clone()).grants().await?;
    Ok(Actor::Visitor(visitor))
}

/// Everything Leptos finds as context.
#[derive(Clone)]
pub struct Contexts {
    state: AppState,
    request: RequestActor,
}

impl Contexts {
    /// Gather it, which reads the session.
    pub async fn of(
        state: AppState,
        session: Session,
        visitor: Visitor,
    ) -> Result<Self, tower_sessions::session::Error> {
        let actor = actor(&session, visitor).await?;
        Ok(Self { state, request: RequestActor { actor, session: SessionHandle::new(session) } })
    }

    /// With an actor that is known already.
    pub fn with(state: AppState, session: Session, actor: Actor) -> Self {
        Self { state, request: RequestActor { actor, session: SessionHandle::new(session) } }
    }

    /// Hand it to Leptos; also sets the page's content policy with the nonce its scripts carry.
    pub fn provide(&self) {
        provide_context(self.state.services.clone());
        provide_context(self.request.clone());
        provide_context(self.state.development);
        provide_context(self.state.business.clone());
        if let Some(links) = &self.state.sandbox {
            provide_context(links.clone());
        }
        let nonce = leptos::nonce::use_nonce();
        if let (Some(nonce), Some(response)) = (nonce, use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}
