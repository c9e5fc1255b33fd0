//! "Fix and resend the failed ones."

use super::{can_resend, find};
use crate::erased::needed;
use crate::item::{companions_of, pin_of};
use crate::sell::{Again, DraftToken, SellAnswer, resend};
use crate::{Actor, ServiceError, Services, text};
use domain::Lang;
use store::items::{self, Item};

/// A sale that holds the order's vouchers that weren't bought for a reason the customer can mend, beside what this
/// browser's sale holds already.
///
/// Errors: [`ServiceError::Conflict`] `nothing_to_resend`; [`ServiceError::NotFound`] as for the order itself.
pub async fn resend_failed(
    services: &Services,
    actor: &Actor,
    code: &str,
    token: Option<&DraftToken>,
) -> Result<SellAnswer, ServiceError> {
    let order = find(services, actor, code).await?;
    let mut reader = services.db.read().await?;
    let items = items::of_order(&mut reader, order.id).await?;
    drop(reader);
    let lang = actor.lang();
    let vouchers = items
        .iter()
        .filter(|item| can_resend(item))
        .map(|item| again(services, item, lang))
        .collect::<Result<Vec<_>, _>>()?;
    if vouchers.is_empty() {
        let message = text::resend_nothing(actor.lang()).to_owned();
        return Err(ServiceError::Conflict { code: "nothing_to_resend", message });
    }
    resend(services, actor, token, &vouchers).await
}

fn again(services: &Services, item: &Item, lang: Lang) -> Result<Again, ServiceError> {
    Ok(Again {
        brand: item.brand.clone(),
        pin: needed(pin_of(services, item), lang)?.expose().to_owned(),
        companions: needed(companions_of(services, item), lang)?,
        // The issuer's word on the face is better than the customer's memory.
        face: item.face.unwrap_or(item.claimed_face),
    })
}
