//! What a person asks for themselves, with the phone they have just proved.

use super::page::request_view;
use crate::lookup::LookupState;
use crate::shop::visitor;
use crate::{Actor, ServiceError, Services};
use domain::Phone;
use domain::Timestamp;
use domain::wire::desk::RequestView;
use store::people;

/// What the person's own page shows.
#[derive(Clone, Debug)]
pub struct MyData {
    /// Their phone, as they typed it.
    pub phone: String,
    /// What they asked for, newest first.
    pub requests: Vec<RequestView>,
    pub now: Timestamp,
}

async fn proved(services: &Services, actor: &Actor, state: &LookupState) -> Result<Phone, ServiceError> {
    visitor(actor)?;
    crate::lookup::proved(services, state).await?.ok_or(ServiceError::NotFound)
}

/// The person's wishes.
///
/// Errors: [`ServiceError::NotFound`] without a proved phone.
pub async fn my_data(services: &Services, actor: &Actor, state: &LookupState) -> Result<MyData, ServiceError> {
    let phone = proved(services, actor, state).await?;
    let mut reader = services.db.read().await?;
    let requests = people::requests_of(&mut reader, &services.keys.phone_hashes(&phone)).await?;
    drop(reader);
    let requests = requests.iter().map(|request| request_view(services, request)).collect();
    Ok(MyData { phone: phone.hyphenated(), requests, now: services.clock.now() })
}

/// Asks for a file of one's data, or to be erased. Asking twice is asking once.
pub async fn wish(services: &Services, actor: &Actor, state: &LookupState, kind: &str) -> Result<(), ServiceError> {
    let phone = proved(services, actor, state).await?;
    if !matches!(kind, "export" | "erase") {
        return Err(ServiceError::NotFound);
    }
    let now = services.clock.now();
    let id = services.chance.id(now);
    let sealed = services.keys.seal(people::REQUESTS, "phone_enc", id, phone.expose().as_bytes())?;
    let hashes = services.keys.phone_hashes(&phone);
    let mut tx = services.db.begin().await?;
    crate::shop::one_at_a_time(&mut tx, &hashes[..1]).await?;
    let open = people::requests_of(&mut tx, &hashes).await?;
    if open.iter().any(|request| request.kind == kind && request.state == "open") {
        tx.rollback().await?;
        return Ok(());
    }
    people::insert_request(&mut tx, id, kind, &sealed, &hashes[0], now).await?;
    tx.commit().await?;
    Ok(())
}
