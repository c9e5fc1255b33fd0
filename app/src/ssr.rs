//! What a page or a server function finds around it: the use cases, who asks, and the way back.
//!
//! The server layer gives these as contexts: [`services::Services`], [`RequestActor`], and where they apply
//! [`SandboxLinks`], [`Development`], [`BusinessInfo`].

use crate::desk::Flash;
use crate::error::{Failure, status, word};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use axum::http::request::Parts;
use domain::wire::{AppError, InquiryView, SellStep, SellView};
use domain::{Lang, OrderId};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use services::desk::access::{Badge, Pending};
use services::lookup::LookupState;
use services::sell::{DraftToken, SellAnswer};
use services::{Actor, ServiceError, Services};
use tower_sessions::Session;

/// Who asks, and what their session keeps.
#[derive(Clone)]
pub struct RequestActor {
    pub actor: Actor,
    pub session: SessionHandle,
}

/// Links to the sandbox's own screens; given in the sandbox only.
#[derive(Clone, Debug)]
pub struct SandboxLinks {
    pub phone_url: String,
}

/// Given as `Development(true)` the style guide can be opened.
#[derive(Clone, Copy, Debug)]
pub struct Development(pub bool);

/// What the law wants under every page. What is empty is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusinessInfo {
    pub company: String,
    pub owner: String,
    pub number: String,
    pub mail_order: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    /// Empty when there is no channel.
    pub kakao_url: String,
}

/// The parts of a session the shop uses. Small things only: a session is written whole, the last writer wins.
#[derive(Clone, Debug)]
pub struct SessionHandle {
    session: Session,
}

const DRAFT: &str = "draft";
const GRANTS: &str = "grants";
const LOOKUP: &str = "lookup";
const INQUIRY: &str = "inquiry";
const PENDING: &str = "pending";
const FLASH: &str = "flash";
/// Grants kept; a person's last orders, not a list without end.
const MOST_GRANTS: usize = 100;

type Kept<T> = Result<T, tower_sessions::session::Error>;

impl SessionHandle {
    /// Around a request's session.
    pub fn new(session: Session) -> Self {
        Self { session }
    }

    /// The same session under a new name. When somebody has proved who they are: whoever planted or saw the old cookie
    /// must not share what it may open from now on.
    pub async fn rename(&self) -> Kept<()> {
        self.session.cycle_id().await
    }

    /// The draft this browser holds.
    pub async fn draft(&self) -> Kept<Option<DraftToken>> {
        Ok(self.session.get::<String>(DRAFT).await?.as_deref().and_then(DraftToken::parse))
    }

    /// Holds another draft.
    pub async fn set_draft(&self, token: &DraftToken) -> Kept<()> {
        self.session.insert(DRAFT, token.expose()).await
    }

    /// Orders this browser may open.
    pub async fn grants(&self) -> Kept<Vec<OrderId>> {
        Ok(self.session.get(GRANTS).await?.unwrap_or_default())
    }

    /// Lets this browser open these orders too.
    pub async fn grant(&self, orders: impl IntoIterator<Item = OrderId>) -> Kept<()> {
        let known = self.grants().await?;
        let mut all = known.clone();
        for order in orders {
            if !all.contains(&order) {
                all.push(order);
            }
        }
        let all = all.split_off(all.len().saturating_sub(MOST_GRANTS));
        if all == known { Ok(()) } else { self.session.insert(GRANTS, all).await }
    }

    /// Where the lookup stands.
    pub async fn lookup(&self) -> Kept<LookupState> {
        Ok(self.session.get(LOOKUP).await?.unwrap_or_default())
    }

    /// Remembers where the lookup stands.
    pub async fn set_lookup(&self, state: &LookupState) -> Kept<()> {
        self.session.insert(LOOKUP, state).await
    }

    /// Forgets the lookup, every order this browser may open, the sale in the making and an inquiry's answer: whoever ends
    /// a lookup leaves the place to others, and the same phone finds its orders again.
    pub async fn end_lookup(&self) -> Kept<()> {
        for key in [LOOKUP, GRANTS, DRAFT, INQUIRY] {
            self.session.remove_value(key).await?;
        }
        Ok(())
    }

    /// Keeps an inquiry's answer for the page that follows.
    pub async fn leave_inquiry(&self, view: &InquiryView) -> Kept<()> {
        self.session.insert(INQUIRY, view).await
    }

    /// The stored name of this session, if it has one: what its row is found by.
    pub fn id(&self) -> Option<tower_sessions::session::Id> {
        self.session.id()
    }

    /// A desk session: whose it is.
    pub async fn set_badge(&self, badge: &Badge) -> Kept<()> {
        self.session.remove_value(PENDING).await?;
        self.session.insert(Badge::KEY, badge).await
    }

    /// A desk session: the badge, for marking it.
    pub async fn badge(&self) -> Kept<Option<Badge>> {
        self.session.get(Badge::KEY).await
    }

    /// A desk session: half a sign-in.
    pub async fn set_pending(&self, pending: &Pending) -> Kept<()> {
        self.session.insert(PENDING, pending).await
    }

    /// A desk session: half a sign-in.
    pub async fn pending(&self) -> Kept<Option<Pending>> {
        self.session.get(PENDING).await
    }

    /// Ends the session: its row goes and its cookie with it.
    pub async fn end(&self) -> Kept<()> {
        self.session.flush().await
    }

    /// A desk session: what the next page says once.
    pub async fn leave_flash(&self, flash: &Flash) -> Kept<()> {
        self.session.insert(FLASH, flash).await
    }

    /// A desk session: takes what this page says once. What was meant for another page waits while the second factor is
    /// shown, and is forgotten otherwise.
    pub async fn take_flash(&self, page: &str) -> Kept<Flash> {
        let Some(flash) = self.session.get::<Flash>(FLASH).await? else { return Ok(Flash::default()) };
        if page == "/desk/step-up" && flash.page != page {
            return Ok(Flash::default());
        }
        self.session.remove_value(FLASH).await?;
        Ok(if flash.page == page { flash } else { Flash::default() })
    }

    /// Takes the answer left, once.
    pub async fn take_inquiry(&self) -> Kept<Option<InquiryView>> {
        if self.session.get::<InquiryView>(INQUIRY).await?.is_none() {
            return Ok(None);
        }
        self.session.remove(INQUIRY).await
    }
}

/// The reader's language; Korean where nobody asks.
pub fn lang() -> Lang {
    use_context::<RequestActor>().map_or(Lang::Ko, |request| request.actor.lang())
}

/// The parts of a request a page or server function works with.
#[derive(Clone)]
pub struct Cx {
    pub services: Services,
    pub actor: Actor,
    pub session: SessionHandle,
}

/// What can stop a page: the use case or the session's store.
#[derive(Debug)]
pub struct Stop(pub AppError);

impl Cx {
    /// From the request's contexts.
    pub fn take() -> Self {
        let RequestActor { actor, session } = expect_context();
        Self { services: expect_context(), actor, session }
    }

    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.actor.lang()
    }

    /// A use case's error as the reader is told it; logged here when it is ours.
    pub fn refuse(&self, error: ServiceError) -> AppError {
        error.into_app(|| reference(&self.services))
    }

    /// A session that can't be read is never taken for an empty one.
    pub fn session_failed(&self, error: &tower_sessions::session::Error) -> AppError {
        let reference = reference(&self.services);
        tracing::error!(reference, %error, "the session could not be used");
        AppError::Internal { reference }
    }

    /// The draft's token.
    pub async fn draft(&self) -> Result<Option<DraftToken>, Failure> {
        self.session.draft().await.map_err(|error| Failure(self.session_failed(&error)))
    }

    /// Ends a sell action: keeps what the session must know and says where a plain form goes on.
    pub async fn sold(
        &self,
        answer: Result<SellAnswer, ServiceError>,
        here: SellStep,
        to: &str,
    ) -> Result<SellView, Failure> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Err(self.fail(self.refuse(error), here.path())),
        };
        self.keep(&answer).await.map_err(|error| self.fail(self.session_failed(&error), here.path()))?;
        let view = answer.view;
        let path = match (&view.order_code, view.errors.is_empty()) {
            (Some(code), _) => format!("/orders/{code}"),
            (None, false) => here.path().to_owned(),
            (None, true) => step_named(to).unwrap_or(here).min(view.reached).path().to_owned(),
        };
        go_on(&path);
        Ok(view)
    }

    async fn keep(&self, answer: &SellAnswer) -> Kept<()> {
        if let Some(token) = &answer.token {
            self.session.set_draft(token).await?;
        }
        self.session.grant(answer.granted).await
    }

    /// Ends a refused action: the status for a program, the page with the error's word for a plain form.
    pub fn fail(&self, error: AppError, page: &str) -> Failure {
        if wants_page() {
            go_on(&format!("{page}?e={}", word(&error)));
        } else if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status(&error));
            if let AppError::Busy { retry_after, .. } = error {
                response.insert_header(RETRY_AFTER, HeaderValue::from(retry_after));
            }
        }
        Failure(error)
    }
}

/// The step a form's hidden field names; anything else is no place to go.
fn step_named(name: &str) -> Option<SellStep> {
    match name {
        "vouchers" => Some(SellStep::Vouchers),
        "quote" => Some(SellStep::Quote),
        "you" => Some(SellStep::You),
        "confirm" => Some(SellStep::Confirm),
        _ => None,
    }
}

/// Eight hexadecimal digits to find one log line by.
fn reference(services: &Services) -> String {
    format!("{:08x}", u32::from_be_bytes(services.chance.bytes()))
}

/// The request's number, which is in its log lines and its answer's header.
pub fn request_id() -> String {
    let number = |parts: Parts| Some(parts.headers.get("x-request-id")?.to_str().ok()?.to_owned());
    use_context::<Parts>().and_then(number).unwrap_or_default()
}

/// Did a browser send a plain form or open a page, rather than a program or an island?
pub fn wants_page() -> bool {
    use_context::<Parts>()
        .and_then(|parts| {
            parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).map(|accept| accept.contains("text/html"))
        })
        .unwrap_or(false)
}

/// After a plain form, the page to show. An island stays where it is.
pub fn go_on(path: &str) {
    if wants_page() {
        redirect(path);
    }
}

/// Answers with another address. Paths are our own; one that can't be a header goes to the first page.
pub fn redirect(path: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::SEE_OTHER);
        let value = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
        response.insert_header(LOCATION, value);
    }
}

/// The status of the page being made.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// A header of the page being made.
pub fn set_header(name: HeaderName, value: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(name, value);
    }
}
