//! Everything we hold of a phone, in the clear, as one file for the person themselves.

use super::Person;
use super::page::{opened, people_of};
use crate::desk::why;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::mask;
use serde_json::{Value, json};
use store::audit::AuditKind;
use store::people::{self, Said};
use store::{inquiries, items, messages, orders};

domain::messages! {
    fn too_many(most: u32) { ko: "한 번에 {most}건까지 내보낼 수 있어요. 개발팀에 알려 주세요.", en: "At most {most} rows of a kind fit into one file. Tell the developers." }
}

/// Rows of a kind in a file. A file that leaves something out would be a wrong answer, so past it there is none.
const ALL: u32 = 20_000;

/// The file's text. That it was taken is written in the log before anything is read.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::Conflict`] when there is
/// more than fits.
pub async fn export(services: &Services, actor: &Actor, token: &str, reason: &str) -> Result<String, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CustomerExport).await?;
    let lang = unit.staff()?.lang;
    let reason = why::reason(reason, lang)?;
    let person = Person::of(services, unit.staff()?, token)?;
    unit.audit(AuditKind::Export, "customer.export", person.target(services), Some(&reason), json!({}))?;
    unit.commit().await?;
    let phones = person.phones(services);
    let mut reader = services.db.read().await?;
    let mut told_orders = Vec::new();
    for order in orders::by_phone(&mut reader, &phones, ALL).await? {
        let address = people::order_address(&mut reader, order.id).await?;
        let items = items::of_order(&mut reader, order.id).await?;
        let people = people_of(services, &order)?;
        let (name, account, holder) = people.map_or((None, None, None), |(n, a, h, _)| (Some(n), Some(a), Some(h)));
        let (address, agent) = match address {
            Some((sealed, agent)) => {
                (opened(services, orders::TABLE, "address_enc", order.id.bytes(), &sealed)?, agent)
            }
            None => (None, String::new()),
        };
        let mut vouchers = Vec::new();
        for item in items {
            let pin = opened(services, items::TABLE, "pin_enc", item.id.bytes(), &item.pin_enc)?;
            vouchers.push(json!({
                "brand": item.brand, "state": item.state.as_str(), "claimed_face": item.claimed_face,
                "number_masked": pin.map(|pin| mask::pin(&pin)),
            }));
        }
        told_orders.push(json!({
            "code": order.code.as_str(), "state": order.state.as_str(), "created_at": order.created_at.rfc3339(),
            "name": name, "phone": person.phone.expose(), "bank_code": order.bank_code, "account": account,
            "holder": holder, "amount": order.total_payable, "fee": order.fee, "address": address, "browser": agent,
            "paid_at": order.paid_at.map(domain::Timestamp::rfc3339), "vouchers": vouchers,
        }));
    }
    let consents: Vec<Value> = people::consents(&mut reader, &phones, ALL)
        .await?
        .into_iter()
        .map(|consent| {
            json!({
                "consent": consent.consent_type, "version": consent.document_version, "lang": consent.lang,
                "text_sha256": hex::encode(consent.text_hash), "granted": consent.granted, "order": consent.code,
                "at": domain::Timestamp::from_micros(consent.granted_at).rfc3339(),
            })
        })
        .collect();
    let said = |table: &'static str, list: Vec<Said>| -> Result<Vec<Value>, ServiceError> {
        list.iter()
            .map(|said| {
                let name = said.name_enc.as_ref().map(|name| opened(services, table, "name_enc", said.id, name));
                Ok(json!({
                    "kind": said.kind, "state": said.state, "at": said.created_at.rfc3339(),
                    "name": name.transpose()?.flatten(),
                    "text": opened(services, table, "body_enc", said.id, &said.body_enc)?,
                }))
            })
            .collect()
    };
    let messages = said(messages::TABLE, people::messages(&mut reader, &phones, ALL).await?)?;
    let inquiries = said(inquiries::TABLE, people::inquiries(&mut reader, &phones, ALL).await?)?;
    let most = [told_orders.len(), consents.len(), messages.len(), inquiries.len()].into_iter().max().unwrap_or(0);
    if most >= usize::try_from(ALL).unwrap_or(usize::MAX) {
        let message = too_many(lang, ALL);
        return Err(ServiceError::Conflict { code: "too_many", message });
    }
    let file = json!({
        "phone": person.phone.expose(),
        "made_at": services.clock.now().rfc3339(),
        "note": "Voucher numbers are masked here: they are money, and the person has them.",
        "orders": told_orders, "consents": consents, "messages": messages, "inquiries": inquiries,
    });
    serde_json::to_string_pretty(&file).map_err(|error| ServiceError::Internal(error.to_string()))
}
