//! A new sale from the vouchers of an order that weren't bought.

use super::draft::Row;
use super::keep::{Ctx, Without, update};
use super::rows::push_or_merge;
use super::{DraftToken, SellAnswer};
use crate::catalogue::shelf;
use crate::{Actor, ServiceError, Services};
use domain::Won;
use domain::quote::MAX_ITEMS;

/// One voucher to be mended.
#[derive(Clone)]
pub(crate) struct Again {
    pub brand: String,
    pub pin: String,
    pub companions: Vec<(String, String)>,
    pub face: Won,
}

/// Puts the vouchers into this browser's sale, beside what is there already.
pub(crate) async fn resend(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    vouchers: &[Again],
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let kept = update(services, &ctx, token, Without::Begin, |draft| {
        for voucher in vouchers {
            if draft.rows.len() >= MAX_ITEMS {
                break;
            }
            let row = Row {
                brand: voucher.brand.clone(),
                pin: voucher.pin.clone(),
                companion: voucher.companions.clone(),
                face: Some(voucher.face),
                ..Row::default()
            };
            push_or_merge(draft, row, &ctx.shelf);
        }
        draft.rows_changed();
        None
    });
    Ok(kept.await?.answer(&ctx))
}
