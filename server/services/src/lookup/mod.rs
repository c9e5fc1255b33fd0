//! Finding one's orders again: phone, code, list.
//!
//! Until the code is right nothing asks whether the phone has orders, so answers and their times can't tell. The proof
//! names phone and purpose and lives for half an hour in the session.

use crate::order_view::{is_finished, short_word};
use crate::otp::{self, Checked, Proof, Requested};
use crate::sell::code_problem;
use crate::shop::{kept, visitor};
use crate::{Actor, ServiceError, Services, text};
use domain::wire::{FieldError, LookupView, OrderLine};
use domain::{Lang, OrderId, OrderState, OtpPurpose, Phone, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Orders listed; the newest.
const LISTED: u32 = 50;
/// How long a page may take to follow its action.
const TOLD_FOR: Span = Span::seconds(60);

/// What the session keeps between the steps. Opaque to the server layer; holds a phone in clear, so it belongs into
/// the sealed session only.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LookupState {
    phone: String,
    code_until: Option<Timestamp>,
    resend_after: Option<Timestamp>,
    proof: Option<Proof>,
    errors: Vec<FieldError>,
    said_at: Timestamp,
}

impl std::fmt::Debug for LookupState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LookupState")
    }
}

/// What a lookup action answers.
#[derive(Clone)]
pub struct LookupAnswer {
    /// The page.
    pub view: LookupView,
    /// Keep it in the session.
    pub state: LookupState,
    /// Add them to the session's grants.
    pub grants: Vec<OrderId>,
    /// This very action proved the phone: give the session another name. Not set while an older proof holds.
    pub proved: bool,
}

impl std::fmt::Debug for LookupAnswer {
    /// Without the view, which is the customer's alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LookupAnswer").field("orders", &self.grants.len()).finish_non_exhaustive()
    }
}

/// The page as it stands, with the list while the proof holds.
pub async fn open(services: &Services, actor: &Actor, state: LookupState) -> Result<LookupAnswer, ServiceError> {
    visitor(actor)?;
    answer(services, actor.lang(), state).await
}

/// The list again, while the proof holds.
pub async fn orders(services: &Services, actor: &Actor, state: LookupState) -> Result<LookupAnswer, ServiceError> {
    open(services, actor, state).await
}

/// Sends a code to a phone, whether it has orders or not. Another phone's proof is forgotten.
pub async fn send_code(
    services: &Services,
    actor: &Actor,
    _state: LookupState,
    phone: &str,
) -> Result<LookupAnswer, ServiceError> {
    let lang = visitor(actor)?.lang;
    let now = services.clock.now();
    let mut state = LookupState { phone: kept(phone.trim(), 40), said_at: now, ..LookupState::default() };
    let phone = match Phone::parse(phone) {
        Ok(phone) => phone,
        Err(problem) => {
            state.wrong("phone", problem.code(), problem.text(lang));
            return answer(services, lang, state).await;
        }
    };
    match otp::request(services, actor, OtpPurpose::Lookup, &phone).await? {
        Requested::Sent { until, resend_after } => {
            (state.code_until, state.resend_after) = (Some(until), Some(resend_after));
        }
        Requested::TooSoon { until, resend_after } => {
            (state.code_until, state.resend_after) = (Some(until), Some(resend_after));
            let wait = resend_after.since(now).wait_seconds();
            state.wrong("phone", "too_soon", text::code_too_soon(lang, wait));
        }
        Requested::Limited { retry_at } => {
            state.wrong("phone", "too_many", text::code_limited(lang, &retry_at.kst_date_time(lang)));
        }
    }
    answer(services, lang, state).await
}

/// Forgets phone, proof and list: the next one at this browser begins anew.
pub async fn leave(services: &Services, actor: &Actor) -> Result<LookupAnswer, ServiceError> {
    open(services, actor, LookupState::default()).await
}

/// Checks the code and, when right, lists the phone's orders.
pub async fn check_code(
    services: &Services,
    actor: &Actor,
    mut state: LookupState,
    code: &str,
) -> Result<LookupAnswer, ServiceError> {
    let lang = visitor(actor)?.lang;
    state.errors.clear();
    state.said_at = services.clock.now();
    let phone = match Phone::parse(&state.phone) {
        Ok(phone) => phone,
        Err(problem) => {
            state.wrong("phone", problem.code(), problem.text(lang));
            return answer(services, lang, state).await;
        }
    };
    let checked = otp::check(services, actor, OtpPurpose::Lookup, &phone, code).await?;
    if let Some((field, word, message)) = code_problem(&checked, lang) {
        state.wrong(field, word, message);
    }
    let proved = matches!(checked, Checked::Proved { .. });
    match checked {
        Checked::Proved { proof, .. } => {
            state.proof = Some(proof);
            (state.code_until, state.resend_after) = (None, None);
        }
        Checked::Expired | Checked::Wrong { tries_left: 0 } => state.code_until = None,
        Checked::Wrong { .. } | Checked::Unreadable => {}
    }
    Ok(LookupAnswer { proved, ..answer(services, lang, state).await? })
}

/// The phone this browser has proved, while the proof holds.
pub(crate) async fn proved(services: &Services, state: &LookupState) -> Result<Option<Phone>, ServiceError> {
    let (Ok(phone), Some(proof)) = (Phone::parse(&state.phone), &state.proof) else { return Ok(None) };
    Ok(otp::holds(services, OtpPurpose::Lookup, &phone, proof).await?.then_some(phone))
}

impl LookupState {
    fn wrong(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), message: message.into() });
    }
}

async fn answer(services: &Services, lang: Lang, mut state: LookupState) -> Result<LookupAnswer, ServiceError> {
    let now = services.clock.now();
    let phone = Phone::parse(&state.phone).ok();
    let mut proved = false;
    let (mut lines, mut grants) = (Vec::new(), Vec::new());
    if let (Some(phone), Some(proof)) = (&phone, &state.proof) {
        proved = otp::holds(services, OtpPurpose::Lookup, phone, proof).await?;
        if proved {
            (lines, grants) = list(services, phone, lang).await?;
        } else {
            state.proof = None;
        }
    }
    let news = (Span::ZERO..=TOLD_FOR).contains(&now.since(state.said_at));
    let view = LookupView {
        phone: phone.as_ref().map_or_else(|| state.phone.clone(), Phone::hyphenated),
        code_until: state.code_until.filter(|until| !proved && now < *until),
        resend_after: state.resend_after.filter(|_| !proved),
        proved,
        orders: lines,
        errors: if news { state.errors.clone() } else { Vec::new() },
        now,
    };
    Ok(LookupAnswer { view, state, grants, proved: false })
}

async fn list(services: &Services, phone: &Phone, lang: Lang) -> Result<(Vec<OrderLine>, Vec<OrderId>), ServiceError> {
    let phones = services.keys.phone_hashes(phone);
    let mut reader = services.db.read().await?;
    let orders = store::orders::by_phone(&mut reader, &phones, LISTED).await?;
    let line = |order: &store::orders::Order| OrderLine {
        code: order.code.as_str().to_owned(),
        headline: short_word(order, lang).to_owned(),
        items: order.item_count,
        amount: (!matches!(order.state, OrderState::Cancelled | OrderState::Rejected)).then_some(order.total_payable),
        created_at: order.created_at,
        finished: is_finished(order),
    };
    Ok((orders.iter().map(line).collect(), orders.iter().map(|order| order.id).collect()))
}
