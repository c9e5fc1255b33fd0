//! The block list: who nothing is bought from, until when, and why.
//!
//! A block and the work of stopping the orders under way are written together ([`crate::risk`]'s `hold_blocked`); from
//! its commit on the gate before redeeming and paying sees it, and no new order passes it.

use super::{bad_end, bad_value, blocked_already, guarded, place, placed};
use crate::desk::why;
use crate::erased::needed;
use crate::order::{account_of, phone_of};
use crate::rights::{self, Act};
use crate::shop::address_hashes;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::risk::{Subject, block_end};
use domain::wire::desk::{BlockView, BlocksView};
use domain::{AccountNo, BlockId, Lang, OrderCode, OutboxKind, Phone, Timestamp, mask};
use serde_json::json;
use std::net::IpAddr;
use store::audit::AuditKind;
use store::blocks::{self, Block, NewBlock};
use store::{Reader, orders, risk};

const PAGE: u32 = 50;

/// What is to be blocked: typed, or taken from an order. A device can only be taken.
#[derive(Clone)]
pub enum NewBlockInput {
    /// A phone as somebody types it.
    Phone(String),
    /// An account as somebody types it, with its bank's digits.
    Account { bank_code: String, number: String },
    /// A network address.
    Address(String),
    /// The same of an order.
    Of { order: OrderCode, kind: Subject },
}

/// A value, ready to be written.
struct Value {
    kind: Subject,
    hashes: [[u8; 32]; 2],
    plain: Option<String>,
    masked: String,
}

fn refuse(lang: Lang) -> ServiceError {
    ServiceError::invalid("value", "malformed", bad_value(lang))
}

fn of_phone(services: &Services, phone: &Phone) -> Value {
    let (hashes, plain) = (services.keys.phone_hashes(phone), phone.expose().to_owned());
    Value { kind: Subject::Phone, hashes, masked: mask::phone(&plain), plain: Some(plain) }
}

fn of_account(services: &Services, bank: &str, account: &AccountNo) -> Value {
    let hashes = services.keys.account_hashes(bank, account);
    let masked = format!("{bank} {}", mask::account(account.expose()));
    Value { kind: Subject::Account, hashes, masked, plain: Some(format!("{bank} {}", account.expose())) }
}

fn of_address(services: &Services, address: &str) -> Value {
    // Half of it is enough to tell two apart on a list.
    let half: String = address.chars().take(address.chars().count().div_ceil(2)).collect();
    let hashes = address_hashes(services, address);
    Value { kind: Subject::Address, hashes, masked: format!("{half}…"), plain: Some(address.to_owned()) }
}

async fn value_of(services: &Services, input: NewBlockInput, lang: Lang) -> Result<Value, ServiceError> {
    match input {
        NewBlockInput::Phone(typed) => Ok(of_phone(services, &Phone::parse(&typed).map_err(|_| refuse(lang))?)),
        NewBlockInput::Account { bank_code, number } => {
            if domain::bank::BANKS.iter().all(|bank| bank.code != bank_code) {
                return Err(refuse(lang));
            }
            Ok(of_account(services, &bank_code, &AccountNo::parse(&number).map_err(|_| refuse(lang))?))
        }
        NewBlockInput::Address(typed) => {
            let address: IpAddr = typed.trim().parse().map_err(|_| refuse(lang))?;
            Ok(of_address(services, &address.to_string()))
        }
        NewBlockInput::Of { order, kind } => {
            let mut reader = services.db.read().await?;
            let order = orders::find_by_code(&mut reader, &order).await?.ok_or(ServiceError::NotFound)?;
            let subjects = risk::subjects(&mut reader, order.id).await?.ok_or(ServiceError::NotFound)?;
            drop(reader);
            match kind {
                Subject::Phone => Ok(of_phone(services, &needed(phone_of(services, &order), lang)?)),
                Subject::Account => {
                    Ok(of_account(services, &order.bank_code, &needed(account_of(services, &order), lang)?))
                }
                Subject::Address => {
                    let sealed = &subjects.address_enc;
                    let plain = services.keys.open_text(orders::TABLE, "address_enc", order.id.bytes(), sealed);
                    let plain = needed(plain.map_err(ServiceError::from), lang)?;
                    Ok(of_address(services, &plain))
                }
                Subject::Device => {
                    let device = subjects.device.ok_or_else(|| refuse(lang))?;
                    let hash: [u8; 32] = device.try_into().map_err(|_| refuse(lang))?;
                    let masked = format!("{}…", hex::encode(&hash[..4]));
                    Ok(Value { kind: Subject::Device, hashes: [hash, hash], plain: None, masked })
                }
            }
        }
    }
}

/// Blocks a value until an end.
///
/// Errors: [`ServiceError::Invalid`] `value`, `until`, `reason`; [`ServiceError::Conflict`] `blocked_already`.
pub async fn block(
    services: &Services,
    actor: &Actor,
    input: NewBlockInput,
    until: Timestamp,
    reason: &str,
) -> Result<BlockId, ServiceError> {
    let lang = actor.lang();
    rights::staff(actor, Act::BlockList)?;
    let value = value_of(services, input, lang).await?;
    let mut unit = Unit::of_staff(services, actor, Act::BlockList).await?;
    let now = unit.now;
    let reason = why::reason(reason, lang)?;
    let until = block_end(until, now).map_err(|_| ServiceError::invalid("until", "end", bad_end(lang)))?;
    let (by, name) = (unit.staff()?.user, unit.staff()?.name.clone());
    for old in blocks::live_of(&mut unit.tx, value.kind, [&value.hashes[0], &value.hashes[1]]).await? {
        if old.is_in_force(now) {
            return Err(ServiceError::Conflict { code: "blocked_already", message: blocked_already(lang).to_owned() });
        }
        // Past its end: it makes room.
        guarded(blocks::lift(&mut unit.tx, old.id, old.revision, (&name, Some(by)), "ended", now).await, lang)?;
    }
    let id = BlockId::from_bytes(services.chance.id(now));
    let sealed =
        value.plain.as_ref().map(|plain| services.keys.seal(blocks::TABLE, "value_enc", id.bytes(), plain.as_bytes()));
    let new = NewBlock {
        id,
        kind: value.kind,
        value_hmac: value.hashes[0],
        value_enc: sealed.transpose()?,
        masked: value.masked,
        reason,
        until,
        author: name,
        author_id: Some(by),
        created_at: now,
    };
    if !blocks::insert(&mut unit.tx, &new).await? {
        return Err(ServiceError::Conflict { code: "blocked_already", message: blocked_already(lang).to_owned() });
    }
    unit.enqueue(OutboxKind::HoldBlocked, id.bytes(), hex::encode(id.bytes()), now);
    let meta = json!({ "kind": new.kind, "until": until });
    unit.audit(AuditKind::Change, "block.add", ("block", id.to_string()), Some(&new.reason), meta)?;
    unit.commit().await?;
    Ok(id)
}

/// Lifts a block before its end. Orders it stopped stay stopped until somebody lets them go on.
pub async fn lift(
    services: &Services,
    actor: &Actor,
    id: BlockId,
    revision: i64,
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::BlockList).await?;
    let (lang, now) = (actor.lang(), unit.now);
    let reason = why::reason(reason, lang)?;
    blocks::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    let (by, name) = (unit.staff()?.user, unit.staff()?.name.clone());
    guarded(blocks::lift(&mut unit.tx, id, revision, (&name, Some(by)), &reason, now).await, lang)?;
    unit.audit(AuditKind::Change, "block.lift", ("block", id.to_string()), Some(&reason), json!({}))?;
    unit.commit().await
}

/// Gives a block another end, and says why.
pub async fn move_end(
    services: &Services,
    actor: &Actor,
    id: BlockId,
    revision: i64,
    until: Timestamp,
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::BlockList).await?;
    let (lang, now) = (actor.lang(), unit.now);
    let reason = why::reason(reason, lang)?;
    let until = block_end(until, now).map_err(|_| ServiceError::invalid("until", "end", bad_end(lang)))?;
    let before = blocks::find(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    guarded(blocks::move_end(&mut unit.tx, id, revision, until, &reason).await, lang)?;
    // A block that had ended stops again.
    if !before.is_in_force(now) {
        unit.enqueue(OutboxKind::HoldBlocked, id.bytes(), format!("{}:{revision}", hex::encode(id.bytes())), now);
    }
    let meta = json!({ "from": before.until, "to": until });
    unit.audit(AuditKind::Change, "block.end", ("block", id.to_string()), Some(&reason), meta)?;
    unit.commit().await
}

/// The blocks of these values that nobody lifted, each given with its hashes under both lookup keys; the caller has asked
/// for the right.
pub(in crate::desk) async fn of_values(
    reader: &mut Reader,
    values: &[(Subject, [[u8; 32]; 2])],
    now: Timestamp,
    lang: Lang,
) -> Result<Vec<BlockView>, ServiceError> {
    let mut found = Vec::new();
    for (kind, [one, other]) in values {
        found.extend(blocks::live_of(&mut *reader, *kind, [one, other]).await?);
    }
    Ok(found.into_iter().map(|block| view(block, now, lang)).collect())
}

/// The list, newest first; lifted and ended ones too.
pub async fn blocks(services: &Services, actor: &Actor, before: Option<&str>) -> Result<BlocksView, ServiceError> {
    let staff = rights::staff(actor, Act::RiskRead)?;
    let now = services.clock.now();
    let (at, id) = before.and_then(placed).unwrap_or((Timestamp::from_micros(i64::MAX), [255; 16]));
    let mut reader = services.db.read().await?;
    let mut found = blocks::page(&mut reader, (at, BlockId::from_bytes(id)), PAGE + 1).await?;
    drop(reader);
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|last| place(last.created_at, last.id.bytes()));
    let rows = found.into_iter().map(|block| view(block, now, staff.lang)).collect();
    Ok(BlocksView { rows, next, can_write: rights::may(staff, Act::BlockList) })
}

fn view(block: Block, now: Timestamp, lang: Lang) -> BlockView {
    BlockView {
        id: block.id,
        kind: block.kind,
        erased: block.masked.is_empty(),
        in_force: block.is_in_force(now) && !block.masked.is_empty(),
        masked: if block.masked.is_empty() { crate::erased::erased(lang).to_owned() } else { block.masked },
        reason: block.reason,
        until: block.until,
        revision: block.revision,
        author: block.author,
        created_at: block.created_at,
        lifted_at: block.lifted_at,
        lifted_by: block.lifted_by,
        lift_reason: block.lift_reason,
    }
}
