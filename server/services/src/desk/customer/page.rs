//! The person's page, masked.

use super::Person;
use crate::desk::order::words;
use crate::desk::risk::of_values;
use crate::desk::viewed;
use crate::erased::if_kept;
use crate::order::people as clear;
use crate::order_view::{is_finished, short_word};
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::mask;
use domain::risk::Subject;
use domain::wire::desk::{ConsentView, CustomerDesk, CustomerOrder, CustomerView, HoldView, RequestView, SaidView};
use domain::{InquiryState, Lang, Phone, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;
use store::orders;
use store::people::{self, Hold, Request, Said};

/// Of each kind at most.
pub(super) const MOST: u32 = 200;

/// Wishes that wait.
pub async fn desk(services: &Services, actor: &Actor) -> Result<CustomerDesk, ServiceError> {
    rights::staff(actor, Act::CustomerOpen)?;
    let mut reader = services.db.read().await?;
    let requests = people::open_requests(&mut reader, MOST).await?;
    drop(reader);
    let requests = requests.iter().map(|request| request_view(services, request)).collect();
    Ok(CustomerDesk { requests, now: services.clock.now() })
}

pub(super) fn request_view(services: &Services, request: &Request) -> RequestView {
    let phone = services.keys.open_text(people::REQUESTS, "phone_enc", request.id, &request.phone_enc);
    RequestView {
        id: hex::encode(request.id),
        kind: request.kind.clone(),
        phone: phone.map(|phone| mask::phone(&phone)).unwrap_or_default(),
        state: request.state.clone(),
        note: request.note.clone().unwrap_or_default(),
        created_at: request.created_at,
        done_at: request.done_at,
    }
}

/// What we hold of the person, masked. Leaves a line with the reason that was given.
pub async fn open(services: &Services, actor: &Actor, token: &str) -> Result<CustomerView, ServiceError> {
    let staff = rights::staff(actor, Act::CustomerOpen)?;
    let person = Person::of(services, staff, token)?;
    let phones = person.phones(services);
    let now = services.clock.now();
    viewed(services, staff, "customer.open", person.target(services), Some(&person.reason), json!({})).await?;
    let lines = if rights::may(staff, Act::AuditRead) { person.targets(services) } else { Vec::new() };
    let mut reader = services.db.read().await?;
    let orders = orders::by_phone(&mut reader, &phones, MOST).await?;
    let consents = people::consents(&mut reader, &phones, MOST).await?;
    let messages = people::messages(&mut reader, &phones, MOST).await?;
    let inquiries = people::inquiries(&mut reader, &phones, MOST).await?;
    let holds = people::holds(&mut reader, &phones).await?;
    let requests = people::requests_of(&mut reader, &phones).await?;
    let blocks = if rights::may(staff, Act::RiskRead) {
        let mut values = accounts_of(services, &orders)?;
        values.insert(0, (Subject::Phone, phones));
        Some(of_values(&mut reader, &values, now, staff.lang).await?)
    } else {
        None
    };
    drop(reader);
    let mut name = None;
    for order in &orders {
        name = if_kept(clear::name_of(services, order))?;
        if name.is_some() {
            break;
        }
    }
    Ok(CustomerView {
        token: token.to_owned(),
        phone: mask::phone(person.phone.expose()),
        name: name.map(|name| mask::name(name.expose())).unwrap_or_default(),
        reason: person.reason,
        open_orders: orders.iter().filter(|order| !is_finished(order)).count(),
        orders: orders
            .iter()
            .map(|order| CustomerOrder {
                code: order.code.as_str().to_owned(),
                state: short_word(order, staff.lang).to_owned(),
                amount: order.total_payable,
                items: order.item_count,
                created_at: order.created_at,
                finished: is_finished(order),
            })
            .collect(),
        consents: consents
            .into_iter()
            .map(|consent| ConsentView {
                kind: words::consent(&consent.consent_type, staff.lang),
                version: consent.document_version,
                lang: consent.lang,
                hash: hex::encode(consent.text_hash),
                granted: consent.granted,
                order: consent.code,
                at: Timestamp::from_micros(consent.granted_at),
            })
            .collect(),
        messages: messages.iter().map(|said| message_view(said, staff.lang)).collect(),
        inquiries: inquiries.iter().map(|said| inquiry_view(said, staff.lang)).collect(),
        held: holds.iter().any(|hold| hold.holds(now)),
        holds: holds.iter().map(|hold| hold_view(hold, now)).collect(),
        requests: requests.iter().map(|request| request_view(services, request)).collect(),
        blocks,
        lines,
        now,
    })
}

/// What somebody is known by, hashed under both lookup keys.
type Hashed = (Subject, [[u8; 32]; 2]);

/// The accounts these orders were to be paid to, hashed under both lookup keys; of what was erased nothing is left.
fn accounts_of(services: &Services, orders: &[orders::Order]) -> Result<Vec<Hashed>, ServiceError> {
    let mut seen = BTreeSet::new();
    let mut accounts = Vec::new();
    for order in orders {
        if !seen.insert(&order.account_no_hmac) {
            continue;
        }
        if let Some(account) = if_kept(clear::account_of(services, order))? {
            accounts.push((Subject::Account, services.keys.account_hashes(&order.bank_code, &account)));
        }
    }
    Ok(accounts)
}

fn message_view(said: &Said, lang: Lang) -> SaidView {
    let kind = said.kind.parse().map_or_else(|_| said.kind.clone(), |kind| words::message_kind(kind, lang).to_owned());
    let state =
        said.state.parse().map_or_else(|_| said.state.clone(), |state| words::message_state(state, lang).0.to_owned());
    SaidView { kind, state, at: said.created_at }
}

fn inquiry_view(said: &Said, lang: Lang) -> SaidView {
    let state = match said.state.parse() {
        Ok(InquiryState::Open) => lang.pick("답변 대기", "open"),
        Ok(InquiryState::Answered) => lang.pick("답변함", "answered"),
        Ok(InquiryState::Closed) => lang.pick("닫음", "closed"),
        Err(_) => &said.state,
    };
    SaidView { kind: lang.pick("문의", "inquiry").to_owned(), state: state.to_owned(), at: said.created_at }
}

fn hold_view(hold: &Hold, now: Timestamp) -> HoldView {
    HoldView {
        id: hex::encode(hold.id),
        reason: hold.reason.clone(),
        created_at: hold.created_at,
        ends_at: hold.ends_at,
        holds: hold.holds(now),
    }
}

/// What was erased opens to nothing.
pub(super) fn opened(
    services: &Services,
    table: &'static str,
    column: &str,
    id: [u8; 16],
    sealed: &[u8],
) -> Result<Option<String>, ServiceError> {
    if_kept(services.keys.open_text(table, column, id, sealed).map_err(ServiceError::from))
}

/// The people of an order, in the clear, when they are still there.
pub(super) fn people_of(
    services: &Services,
    order: &orders::Order,
) -> Result<Option<(String, String, String, Phone)>, ServiceError> {
    let Some(name) = if_kept(clear::name_of(services, order))? else { return Ok(None) };
    Ok(Some((
        name.expose().to_owned(),
        clear::account_of(services, order)?.expose().to_owned(),
        clear::holder_of(services, order)?.expose().to_owned(),
        clear::phone_of(services, order)?,
    )))
}
