//! The people behind an order: the few places that open their columns.

use crate::{ServiceError, Services};
use domain::{AccountNo, PersonName, Phone};
use store::orders::{Order, TABLE};

/// The applicant.
pub fn name_of(services: &Services, order: &Order) -> Result<PersonName, ServiceError> {
    let text = services.keys.open_text(TABLE, "name_enc", order.id.bytes(), &order.name_enc)?;
    PersonName::parse(&text).map_err(|_| nonsense(order, "name"))
}

/// The phone.
pub fn phone_of(services: &Services, order: &Order) -> Result<Phone, ServiceError> {
    let text = services.keys.open_text(TABLE, "phone_enc", order.id.bytes(), &order.phone_enc)?;
    Phone::parse(&text).map_err(|_| nonsense(order, "phone"))
}

/// The account's number; its bank stands beside it in the clear.
pub fn account_of(services: &Services, order: &Order) -> Result<AccountNo, ServiceError> {
    let text = services.keys.open_text(TABLE, "account_no_enc", order.id.bytes(), &order.account_no_enc)?;
    AccountNo::parse(&text).map_err(|_| nonsense(order, "account"))
}

/// The account's holder.
pub fn holder_of(services: &Services, order: &Order) -> Result<PersonName, ServiceError> {
    let text = services.keys.open_text(TABLE, "holder_enc", order.id.bytes(), &order.holder_enc)?;
    PersonName::parse(&text).map_err(|_| nonsense(order, "holder"))
}

fn nonsense(order: &Order, what: &str) -> ServiceError {
    ServiceError::Internal(format!("order {} has no sensible {what}", order.id))
}
