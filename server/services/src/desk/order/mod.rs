//! One order at the desk: everything that is known of it, and what people may do about it.
//!
//! Everything a person does here takes the order's row first (work that was left to people before it, as workers do),
//! looks at what stands then, and leaves its line of the audit log in the same transaction. Who comes second is told by
//! [`conflict`] what a colleague did: in the words of the audit log, not of their own page. A page knows how far it saw by
//! its mark ([`mark`]): the time of the last change by a person.

mod hold;
mod note;
mod open;
mod reject;
mod release;
mod reopen;
mod resend;
mod reveal;
mod story;
pub(in crate::desk) mod words;

pub use hold::{HoldInput, hold};
pub(in crate::desk) use note::keep_note;
pub use note::note;
pub use open::open;
pub(in crate::desk) use open::{claim_view as mask_claim, companion_label};
pub use reject::reject;
pub use release::release;
pub use reopen::reopen;
pub use resend::{ResendInput, resend};
pub use reveal::{REVEALS_PER_HOUR, Revealing, reveal, revealed};
pub(in crate::desk) use reveal::{left, not_too_many};
pub use words::story_kind;

use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::{OrderCode, OrderId, Timestamp, UserId};
use std::collections::HashMap;
use store::orders::{self, Order};
use store::{Reader, users, views};

/// What audit lines about an order name as their target; vouchers of it are named in the line's `meta`.
pub(in crate::desk) const TARGET: &str = "order";
/// The mark of history whose act has a line of the audit log, which tells more.
pub(in crate::desk) const BY_STAFF: &str = "staff";

/// The order of a code as typed or from an address.
pub(in crate::desk) async fn find(reader: &mut Reader, code: &str) -> Result<Order, ServiceError> {
    let code: OrderCode = code.parse().map_err(|_| ServiceError::NotFound)?;
    orders::find_by_code(reader, &code).await?.ok_or(ServiceError::NotFound)
}

async fn id_of(services: &Services, code: &str) -> Result<OrderId, ServiceError> {
    let mut reader = services.db.read().await?;
    Ok(find(&mut reader, code).await?.id)
}

/// What names the last change by a person: its time, 0 when there was none.
pub(in crate::desk) async fn mark(reader: &mut Reader, order: OrderId) -> Result<i64, ServiceError> {
    let last = views::last_change(reader, (TARGET, &order.to_string())).await?;
    Ok(last.map_or(0, |change| change.at.micros()))
}

/// Somebody else was faster: who, when and what, from the audit log; where no person was, the state it stands in.
pub(in crate::desk) async fn conflict(unit: &mut Unit<'_>, order: OrderId, state: &str) -> ServiceError {
    match told(unit, order, state).await {
        Ok(message) => ServiceError::Conflict { code: "changed", message },
        Err(error) => error,
    }
}

async fn told(unit: &mut Unit<'_>, order: OrderId, state: &str) -> Result<String, ServiceError> {
    let lang = unit.staff()?.lang;
    let last = views::last_change(&mut unit.tx, (TARGET, &order.to_string())).await?;
    let Some(change) = last else { return Ok(words::moved(lang, state)) };
    let who = users::find(&mut unit.tx, change.user).await?.map_or_else(String::new, |user| user.name);
    Ok(words::changed(lang, &who, &change.at.kst_date_time(lang), &change.action))
}

/// Has a person changed the order since this mark was read?
pub(in crate::desk) async fn is_stale(unit: &mut Unit<'_>, order: OrderId, seen: i64) -> Result<bool, ServiceError> {
    let last = views::last_change(&mut unit.tx, (TARGET, &order.to_string())).await?;
    Ok(last.is_some_and(|change| change.at > Timestamp::from_micros(seen)))
}

/// Everybody's names.
pub(in crate::desk) async fn names(reader: &mut Reader) -> Result<HashMap<UserId, String>, ServiceError> {
    Ok(users::list(reader).await?.into_iter().map(|user| (user.id, user.name)).collect())
}
