//! What waits for a person, and one voucher's work page.

use super::words;
use crate::catalogue::{Shelf, shelf};
use crate::desk::order::{mask_claim, names};
use crate::erased;
use crate::rights::Act;
use crate::{Actor, ServiceError, Services, Staff, rights};
use domain::wire::desk::{ManualItemView, ManualResult, ManualRow, ManualView, Pick, ProofView};
use domain::{ItemId, ItemState, OrderState, Rate, UserId};
use std::collections::HashMap;
use store::manual::{self, Waiting};
use store::{items, orders, rates};

/// Most rows of the list.
const MOST: u32 = 200;

/// The list, the longest waiting first.
pub async fn queue(services: &Services, actor: &Actor) -> Result<ManualView, ServiceError> {
    let staff = rights::staff(actor, Act::ManualDesk)?;
    let now = services.clock.now();
    let shelf = shelf(services).await?;
    let mut reader = services.db.read().await?;
    let rows = manual::queue(&mut reader, now, MOST).await?;
    let waiting = manual::waiting(&mut reader).await?;
    let names = names(&mut reader).await?;
    Ok(ManualView { rows: rows.iter().map(|one| row(one, staff, &shelf, &names)).collect(), waiting, now })
}

fn row(one: &Waiting, staff: &Staff, shelf: &Shelf, names: &HashMap<UserId, String>) -> ManualRow {
    let lang = staff.lang;
    ManualRow {
        item: one.item.to_string(),
        code: one.code.as_str().to_owned(),
        number: one.position + 1,
        brand: shelf.brand_name(&one.brand, lang),
        face: one.face,
        state: words::item_state(one.state, lang).to_owned(),
        tone: words::item_tone(one.state),
        why: one.reason.map(|reason| words::reason_word(reason, lang).to_owned()).unwrap_or_default(),
        since: one.since,
        claim: one.claim.map(|claim| mask_claim(claim, staff, names)),
        workable: one.state == ItemState::Manual,
        order_held: one.order_state == OrderState::Held,
    }
}

/// One voucher's work page.
pub async fn item(services: &Services, actor: &Actor, id: &str) -> Result<ManualItemView, ServiceError> {
    let staff = rights::staff(actor, Act::ManualDesk)?;
    let (lang, now) = (staff.lang, services.clock.now());
    let id: ItemId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let shelf = shelf(services).await?;
    let mut reader = services.db.read().await?;
    let item = items::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let order = orders::find(&mut reader, item.order_id).await?.ok_or(ServiceError::NotFound)?;
    let proofs = manual::proofs_of_order(&mut reader, order.id).await?;
    // Vouchers that never were at this desk have no page here.
    if item.state != ItemState::Manual && !proofs.iter().any(|proof| proof.item == id) {
        return Err(ServiceError::NotFound);
    }
    let names = names(&mut reader).await?;
    let claim = manual::find_claim(&mut reader, id).await?.filter(|claim| claim.lease_until > now);
    let all = items::of_order(&mut reader, order.id).await?;
    let in_force: Vec<Rate> =
        rates::in_force(&mut reader, order.priced_at).await?.into_iter().map(|rate| rate.rate).collect();
    let next = manual::queue(&mut reader, now, MOST).await?.into_iter().find(|one| {
        let mine = one.claim.is_none_or(|(user, ..)| user == staff.user);
        one.item != id && one.state == ItemState::Manual && mine && one.order_state != OrderState::Held
    });
    drop(reader);
    let bridged = !shelf.is_manual(&item.brand);
    let offered = ManualResult::ALL.iter().filter(|result| bridged || **result != ManualResult::Good);
    let waiting = Waiting {
        item: id,
        order: order.id,
        code: order.code.clone(),
        order_state: order.state,
        position: item.position,
        brand: item.brand.clone(),
        state: item.state,
        reason: item.reason,
        face: item.face.unwrap_or(item.claimed_face),
        since: item.created_at,
        claim: claim.map(|claim| (claim.user, claim.claimed_at, claim.lease_until)),
    };
    let companions = crate::item::companions_of(services, &item)?;
    let label = |name: &str| crate::desk::order::companion_label(&shelf, &item.brand, name, lang);
    let name_of = |proof: &manual::Proof| {
        let opened = services.keys.open_text(manual::PROOFS, "name_enc", proof.id.bytes(), &proof.name_enc);
        erased::shown(opened.map_err(ServiceError::from), lang, String::clone)
    };
    let shown = proofs
        .iter()
        .filter(|proof| proof.item == id)
        .map(|proof| {
            Ok(ProofView {
                id: proof.id.to_string(),
                name: name_of(proof)?,
                kind: proof.kind.as_str().to_owned(),
                kilobytes: proof.bytes.div_ceil(1024),
                who: names.get(&proof.user).cloned().unwrap_or_default(),
                at: proof.created_at,
            })
        })
        .collect::<Result<Vec<_>, ServiceError>>()?;
    Ok(ManualItemView {
        row: row(&waiting, staff, &shelf, &names),
        pin: crate::item::pin_of(services, &item)?.masked(),
        companions: companions.iter().map(|(name, _)| label(name)).collect(),
        claimed_face: item.claimed_face,
        rate: item.rate_bp,
        revision: item.revision,
        results: offered
            .map(|result| Pick {
                value: result.as_str().to_owned(),
                label: words::manual_result(*result, lang).to_owned(),
            })
            .collect(),
        proofs: shown,
        nothing_left: crate::order::nothing_left(&all, &in_force, order.fee),
        decided: (item.state != ItemState::Manual).then(|| words::item_state(item.state, lang).to_owned()),
        next: next.map(|one| one.item.to_string()),
        now,
    })
}
