//! Stopping the orders of somebody who was put on the block list, that are under way.
//!
//! Why: the gate before redeeming and paying sees the new block by itself; this makes it visible, tells the customers and
//! puts the orders into the desk's queue. Written with the block in one transaction, so that it happens whatever becomes
//! of whoever added it. Transactions: one per order, then the claim's end. A crash between: the next claim goes on with
//! those that are not held yet. An order that a person let go on before is stopped too: a block stops until it is lifted.

use super::{Stop, hold, hold_reason, rows};
use crate::work::Unit;
use crate::{ServiceError, Services};
use domain::risk::{Cause, Flag, RiskLane, Subject};
use domain::{AccountNo, BlockId, OrderId, Phone};
use store::blocks::{self, Block};
use store::outbox::Claim;
use store::risk::{self, Judgement};

/// Orders looked up at once.
const PAGE: u32 = 100;

pub(crate) async fn hold_blocked(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    let mut reader = services.db.read().await?;
    let block = blocks::find(&mut reader, BlockId::from_bytes(claim.subject)).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    if !block.is_in_force(services.clock.now()) {
        return Unit::finish(services, claim, Some("lifted")).await?.commit().await;
    }
    let hashes = hashes_of(services, &block)?;
    let mut after = OrderId::from_bytes([0; 16]);
    loop {
        let mut reader = services.db.read().await?;
        let page = risk::living(&mut reader, block.kind, [&hashes[0], &hashes[1]], after, PAGE).await?;
        drop(reader);
        let Some(last) = page.last() else { break };
        after = *last;
        for order in page {
            hold_one(services, &block, order).await?;
        }
    }
    Unit::finish(services, claim, None).await?.commit().await
}

/// The value's hash as stored, and under the other lookup key while they rotate, where the value itself is known.
fn hashes_of(services: &Services, block: &Block) -> Result<[Vec<u8>; 2], ServiceError> {
    let stored = block.value_hmac.clone();
    let Some(sealed) = &block.value_enc else { return Ok([stored.clone(), stored]) };
    let plain = services.keys.open_text(blocks::TABLE, "value_enc", block.id.bytes(), sealed)?;
    let nonsense = || ServiceError::Internal(format!("block {} has no sensible value", block.id));
    let hashes = match block.kind {
        Subject::Phone => services.keys.phone_hashes(&Phone::parse(&plain).map_err(|_| nonsense())?),
        Subject::Account => {
            let (bank, number) = plain.split_once(' ').ok_or_else(nonsense)?;
            services.keys.account_hashes(bank, &AccountNo::parse(number).map_err(|_| nonsense())?)
        }
        Subject::Address => crate::shop::address_hashes(services, &plain),
        Subject::Device => return Ok([stored.clone(), stored]),
    };
    Ok(hashes.map(|hash| hash.to_vec()))
}

async fn hold_one(services: &Services, block: &Block, order: OrderId) -> Result<(), ServiceError> {
    let mut unit = Unit::begin(services).await?;
    unit.take(order).await?;
    let now = unit.now;
    let Some(standing) = risk::standing(&mut unit.tx, order).await? else { return Ok(()) };
    if unit.order()?.state.held_from().is_none() {
        return Ok(());
    }
    let judgement = Judgement { lane: RiskLane::Hold, judged_at: now, ..standing.judgement };
    risk::judge_again(&mut unit.tx, order, &judgement, true).await?;
    let flag = Flag { cause: Cause::Blocked, points: 0, subject: Some(block.kind), seen: None, bound: None };
    let flags = rows(services, &[flag], now);
    risk::insert_many(&mut unit.tx, &flags.iter().map(|flag| (order, flag)).collect::<Vec<_>>()).await?;
    hold(&mut unit, Stop { reason: hold_reason(Some(Cause::Blocked)), by: "block".to_owned(), note: None })?;
    unit.commit().await
}
