//! The landing's paste box: what a text would bring, without keeping it.

use super::paste::{Read, readable};
use super::rows::{normalise, voucher_key};
use crate::catalogue::shelf;
use crate::{Actor, ServiceError, Services};
use domain::quote::MAX_ITEMS;
use domain::rate::rate_for;
use domain::wire::{GlanceRow, GlanceView};
use domain::{Speed, Won, mask};
use std::collections::HashSet;

/// What a text holds and what it would bring at the usual speed, its fee taken off: the figure the quote will show.
/// Keeps nothing. `text` empty or over 64 KB is [`ServiceError::Invalid`].
pub async fn glance(services: &Services, actor: &Actor, text: &str) -> Result<GlanceView, ServiceError> {
    let lang = actor.lang();
    readable(text, lang).map_err(|(code, message)| ServiceError::invalid("text", code, message))?;
    let shelf = shelf(services).await?;
    let read = Read::new(text, "", &shelf);
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    let (mut known, mut too_many) = (0_usize, 0_usize);
    let (mut unpriced, mut left_out, mut gross) = (0_u32, 0_u32, None::<Won>);
    for mut row in read.rows.iter().cloned() {
        if let Some(form) = shelf.form(&row.brand) {
            normalise(&mut row, form);
        }
        if !seen.insert(voucher_key(&row, &shelf)) {
            known += 1;
            continue;
        }
        if rows.len() >= MAX_ITEMS {
            too_many += 1;
            continue;
        }
        let bought = shelf.is_accepting(&row.brand);
        let face = row.face.filter(|_| bought);
        let brings = face.and_then(|face| face.at_rate(rate_for(&shelf.rates, &row.brand, face)?.basis_points));
        match brings.and_then(|brings| gross.unwrap_or_default().checked_add(brings)) {
            Some(sum) => gross = Some(sum),
            None if bought => unpriced += 1,
            None => left_out += 1,
        }
        rows.push(GlanceRow {
            brand_name: shelf.brand_name(&row.brand, lang),
            pin_masked: mask::pin(&row.pin),
            face: row.face,
            net: brings,
            left_out: !bought,
        });
    }
    let paste = read.report(text, rows.len(), known, too_many, lang);
    let fee = shelf.fee(Speed::Instant).unwrap_or_default();
    let net = gross.map(|gross| gross.saturating_sub_zero(fee));
    Ok(GlanceView { paste, rows, net, fee, unpriced, left_out })
}
