//! Who a payout goes to: the few places that open its columns. They are the payout's own, so that what is sent is what
//! was settled and approved, whatever becomes of the order's.

use crate::{ServiceError, Services};
use domain::{AccountNo, PersonName};
use store::payouts::{Payout, TABLE};

/// The account's number; its bank stands beside it in the clear.
pub(crate) fn account_of(services: &Services, payout: &Payout) -> Result<AccountNo, ServiceError> {
    let text = services.keys.open_text(TABLE, "account_no_enc", payout.id.bytes(), &payout.account_no_enc)?;
    AccountNo::parse(&text).map_err(|_| nonsense(payout, "account"))
}

/// The account's holder.
pub(crate) fn holder_of(services: &Services, payout: &Payout) -> Result<PersonName, ServiceError> {
    let text = services.keys.open_text(TABLE, "holder_enc", payout.id.bytes(), &payout.holder_enc)?;
    PersonName::parse(&text).map_err(|_| nonsense(payout, "holder"))
}

fn nonsense(payout: &Payout, what: &str) -> ServiceError {
    ServiceError::Internal(format!("payout {} has no sensible {what}", payout.id))
}
