//! From a typed phone, or a person's own wish, to their page.

use super::Person;
use crate::desk::{viewed, why};
use crate::erased::needed;
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::Phone;
use serde_json::json;
use store::people;

/// The page of a phone typed in any way, also when we know nothing of it.
///
/// Errors: [`ServiceError::Invalid`] without a phone or a reason.
pub async fn find(services: &Services, actor: &Actor, phone: &str, reason: &str) -> Result<String, ServiceError> {
    let staff = rights::staff(actor, Act::CustomerOpen)?;
    let reason = why::reason(reason, staff.lang)?;
    let phone = Phone::parse(phone)
        .map_err(|problem| ServiceError::invalid("phone", problem.code(), problem.text(staff.lang)))?;
    let person = Person { phone, reason };
    viewed(
        services,
        staff,
        "customer.find",
        person.target(services),
        Some(&person.reason),
        person.also_named(services),
    )
    .await?;
    person.token(services, staff)
}

/// The page of somebody who asked for something.
pub async fn from_request(services: &Services, actor: &Actor, id: &str) -> Result<String, ServiceError> {
    let staff = rights::staff(actor, Act::CustomerOpen)?;
    let mut bytes = [0; 16];
    hex::decode_to_slice(id, &mut bytes).map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let request = people::request(&mut reader, bytes).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    let phone = services.keys.open_text(people::REQUESTS, "phone_enc", request.id, &request.phone_enc);
    let phone = needed(phone.map_err(ServiceError::from), staff.lang)?;
    let phone = Phone::parse(&phone).map_err(|_| ServiceError::NotFound)?;
    let person = Person { phone, reason: format!("request {}", request.kind) };
    let mut meta = person.also_named(services);
    meta["request"] = json!(id);
    viewed(services, staff, "customer.find", person.target(services), Some(&person.reason), meta).await?;
    person.token(services, staff)
}
