//! Taking an order.
//!
//! Why: from here on we owe an answer for every voucher. A voucher may be live in one order only, a price may be used
//! once, a proof of a phone once, and a second click must not make a second order.
//! Transaction: one. Key, order, vouchers, consents, the used proof, history, the message and the first work are
//! written together or not at all; everything is sealed before it begins.
//! Failure before the commit: nothing is there, the same key may be sent again. The commit's answer is lost: the same
//! key finds the order, or makes it. After the commit: the work is in the outbox; a lost wake-up costs seconds.
//! Races: the key's primary key, the quote's unique column, the proof's guarded update and the partial unique index on
//! live PINs each let one through. While lookup keys rotate a key is looked for under both and written under the new one.
//! The vouchers go in by the order of their hashes, so two orders with the same ones wait for each other and don't block
//! each other.

use super::seal::Sealed;
use super::submission::{Submission, Submitted};
use crate::failpoint::failpoint;
use crate::{Actor, ServiceError, Services};
use domain::quote::{PriceLine, price};
use domain::wire::FieldError;
use domain::{BrandStatus, Lang, OrderId, OtpPurpose, Rate, Reason, Span, Timestamp};
use serde_json::json;
use std::sync::{Arc, PoisonError};
use store::catalog::{self, Standing};
use store::fees::FeeInForce;
use store::idempotency::{self, Answer, Begun};
use store::quotes::{self, FrozenQuote};
use store::{StoreError, consents, events, fees, items, orders, otp, outbox, rates, risk};

domain::messages! {
    /// The price no longer holds.
    fn requote_text() {
        ko: "견적이 바뀌었거나 시간이 지났어요. 새 견적을 확인해 주세요.",
        en: "Your quote has changed or expired. Please check the new one."
    }
    /// The same key came with other content.
    fn other_body() {
        ko: "이 화면은 이미 다른 내용으로 접수됐어요. 새로고침한 뒤 다시 접수해 주세요.",
        en: "This page was already used to submit something else. Reload and submit again."
    }
    /// The same key is being worked on.
    fn in_progress() {
        ko: "같은 주문을 접수하고 있어요. 잠시 뒤 다시 확인해 주세요.",
        en: "We’re already taking this order. Please check again in a moment."
    }
    /// Too many at once.
    fn busy() {
        ko: "지금 주문이 많아요. 잠시 뒤 다시 눌러 주세요. 두 번 접수되지 않아요.",
        en: "We’re very busy right now. Press again in a moment. Your order won’t be taken twice."
    }
    /// The phone must be proved again.
    fn proof_gone() {
        ko: "휴대폰 인증이 만료됐어요. 다시 인증해 주세요.",
        en: "The phone verification has expired. Please verify again."
    }
}

const SCOPE: &str = "order.submit";
/// Money keys are kept for five years.
const KEEP_KEY: Span = Span::days(5 * 366);
/// Prices are read again after this.
const PRICES_KEPT: Span = Span::millis(100);
/// From so many vouchers on, sealing is done off the threads that answer requests.
const MANY: usize = 20;

/// Makes the order. The same key with the same content gives the same order again.
///
/// Errors: [`ServiceError::Conflict`] `requote` (expired, used or changed price), `idempotency_mismatch`,
/// `in_progress`; [`ServiceError::Busy`]; [`ServiceError::Invalid`] `rows.<n>.pin` `duplicate_pin` for each voucher that is live already, `phone`
/// `proof_expired`. Nothing is written with any of them.
pub async fn submit(services: &Services, actor: &Actor, submission: Submission) -> Result<Submitted, ServiceError> {
    let Actor::Visitor(visitor) = actor else { return Err(ServiceError::Forbidden) };
    let (address, agent) = (visitor.address.clone(), visitor.agent.clone());
    let unit = services.clone();
    services.uncut(async move { unit_of_submit(&unit, submission, address, agent).await }).await
}

async fn unit_of_submit(
    services: &Services,
    submission: Submission,
    address: String,
    agent: String,
) -> Result<Submitted, ServiceError> {
    let now = services.clock.now();
    let lang = submission.lang;
    let [hash, old_hash] = services.keys.hmac_all(SCOPE, submission.idempotency_key.as_bytes());
    let [body, old_body] = body_hashes(services, &submission);
    let key = Key { hash, body, old: (old_hash != hash).then_some((old_hash, old_body)), lang };
    let current = prices(services, now).await?;
    let mut reader = services.db.read().await?;
    let quote = quotes::find(&mut reader, submission.quote_id).await?;
    drop(reader);

    // What stands against it is said only after the key was looked at: the second click of a good order meets a used
    // quote and must still get its order.
    let priced = quote
        .ok_or_else(|| requote(lang))
        .and_then(|quote| check_price(&submission, &quote, &current, now).map(|()| quote));
    let quote = match priced {
        Ok(quote) => quote,
        Err(problem) => return answered(services, &key, now).await?.ok_or(problem),
    };

    let many = submission.items.len() > MANY;
    let sealing = {
        let services = services.clone();
        move || Sealed::new(&services, submission, &quote, &current.brands, &address, &agent, now)
    };
    let sealed = if many {
        tokio::task::spawn_blocking(sealing)
            .await
            .map_err(|_| ServiceError::Internal("sealing panicked".to_owned()))??
    } else {
        sealing()?
    };
    match write(services, &key, sealed, now).await {
        // The commit's answer was lost: our own key says whether it is there.
        Err(ServiceError::Store(StoreError::CommitUnknown { message })) => {
            answered(services, &key, now).await?.ok_or(ServiceError::Store(StoreError::CommitUnknown { message }))
        }
        // Surely nothing was written.
        Err(ServiceError::Store(StoreError::Busy)) => {
            Err(ServiceError::Busy { retry_after: 1, message: busy(lang).to_owned() })
        }
        other => other,
    }
}

/// The caller's key, with what it came with.
struct Key {
    hash: [u8; 32],
    body: [u8; 32],
    /// While lookup keys rotate: both under the one before, by which the key may have been written down.
    old: Option<([u8; 32], [u8; 32])>,
    lang: Lang,
}

impl Key {
    /// What became of it under the lookup key before.
    async fn before(&self, tx: &mut store::Tx, now: Timestamp) -> Result<Begun, StoreError> {
        match self.old {
            Some((hash, body)) => idempotency::look(tx, SCOPE, hash, body, now).await,
            None => Ok(Begun::First),
        }
    }
}

/// What vouchers are bought at.
#[derive(Debug)]
pub(crate) struct Prices {
    at: Timestamp,
    brands: Vec<Standing>,
    rates: Vec<Rate>,
    fees: Vec<FeeInForce>,
}

/// The prices in force, read at most a tenth of a second ago: an order might as well have come that much earlier.
async fn prices(services: &Services, now: Timestamp) -> Result<Arc<Prices>, ServiceError> {
    let kept = services.prices.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(prices) = kept.filter(|prices| (Span::ZERO..PRICES_KEPT).contains(&now.since(prices.at))) {
        return Ok(prices);
    }
    let mut reader = services.db.read().await?;
    let prices = Arc::new(Prices {
        at: now,
        brands: catalog::standings(&mut reader).await?,
        rates: rates::in_force(&mut reader, now).await?.into_iter().map(|rate| rate.rate).collect(),
        fees: fees::in_force(&mut reader, now).await?,
    });
    *services.prices.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&prices));
    Ok(prices)
}

/// Does the price still hold, now, for exactly these vouchers?
fn check_price(
    submission: &Submission,
    quote: &FrozenQuote,
    prices: &Prices,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let lang = submission.lang;
    let stopped: Vec<FieldError> = submission
        .items
        .iter()
        .filter(|item| {
            !prices.brands.iter().any(|brand| brand.brand == item.brand && brand.status == BrandStatus::Accepting)
        })
        .map(|item| FieldError {
            field: format!("rows.{}.brand", item.row),
            code: Reason::BrandStopped.as_str().to_owned(),
            message: Reason::BrandStopped.detail(lang).to_owned(),
        })
        .collect();
    if !stopped.is_empty() {
        return Err(ServiceError::Invalid(stopped));
    }
    let lines: Vec<PriceLine> = submission
        .items
        .iter()
        .map(|item| PriceLine { row: item.row, brand: item.brand.clone(), face: item.claimed_face })
        .collect();
    let fee = prices.fees.iter().find(|fee| fee.speed == quote.speed).map(|fee| fee.fee);
    let same = now < quote.valid_until
        && fee.and_then(|fee| price(&lines, &prices.rates, fee).ok()).is_some_and(|current| current == quote.quote);
    if same { Ok(()) } else { Err(requote(lang)) }
}

async fn write(services: &Services, key: &Key, sealed: Sealed, now: Timestamp) -> Result<Submitted, ServiceError> {
    let submitted = Submitted { id: sealed.order.id, code: sealed.order.code.clone() };
    let mut tx = services.db.begin().await?;
    // All in one transaction, so nobody ever sees a key without its answer.
    let answer = Answer {
        subject: Some(submitted.id.bytes()),
        status: 201,
        json: json!({ "id": submitted.id, "code": submitted.code }),
    };
    let until = now.plus(KEEP_KEY);
    if !idempotency::begin_and_finish(&mut tx, SCOPE, key.hash, key.body, &answer, now, until).await? {
        let begun = idempotency::begin(&mut tx, SCOPE, key.hash, key.body, now, until).await?;
        tx.rollback().await?;
        return known(begun, key.lang)?.ok_or(ServiceError::Store(StoreError::Busy));
    }
    if let Some(done) = known(key.before(&mut tx, now).await?, key.lang)? {
        tx.rollback().await?;
        return Ok(done);
    }
    if !orders::insert(&mut tx, &sealed.order).await? {
        tx.rollback().await?;
        return Err(requote(key.lang));
    }
    let mut written = items::insert_many(&mut tx, submitted.id, &sealed.items, now).await?;
    for (position, family, old) in &sealed.old_pins {
        if items::live_pin(&mut tx, family, *old).await?.is_some() {
            written.retain(|other| other != position);
        }
    }
    if written.len() != sealed.items.len() {
        tx.rollback().await?;
        return Err(duplicates(&sealed, &written, key.lang));
    }
    match otp::use_proof(&mut tx, sealed.proof_hash, OtpPurpose::Sell, sealed.phone_hmacs, now).await {
        Err(StoreError::Conflict { .. }) => {
            tx.rollback().await?;
            return Err(ServiceError::invalid("phone", "proof_expired", proof_gone(key.lang)));
        }
        other => other?,
    }
    consents::insert_many(&mut tx, submitted.id, sealed.phone_hmacs[0], &sealed.consents).await?;
    risk::insert_many(&mut tx, submitted.id, &sealed.flags, now).await?;
    events::insert_many(&mut tx, &[sealed.event]).await?;
    let mut works = vec![sealed.work];
    works.extend(sealed.message.write(&mut tx).await?);
    outbox::enqueue(&mut tx, &works, now).await?;
    failpoint!("submit.before_commit");
    tx.commit().await?;
    failpoint!("submit.after_commit");
    services.wake.notify_waiters();
    tracing::info!(order = %submitted.id, "an order was taken");
    Ok(submitted)
}

/// The order this key made before, if it made one.
async fn answered(services: &Services, key: &Key, now: Timestamp) -> Result<Option<Submitted>, ServiceError> {
    let mut tx = services.db.begin().await?;
    let begun = idempotency::begin(&mut tx, SCOPE, key.hash, key.body, now, now.plus(KEEP_KEY)).await?;
    let begun = if begun == Begun::First { key.before(&mut tx, now).await? } else { begun };
    tx.rollback().await?;
    known(begun, key.lang)
}

fn known(begun: Begun, lang: Lang) -> Result<Option<Submitted>, ServiceError> {
    let conflict = |code, message: &str| Err(ServiceError::Conflict { code, message: message.to_owned() });
    match begun {
        Begun::First => Ok(None),
        Begun::InProgress => conflict("in_progress", in_progress(lang)),
        Begun::OtherBody => conflict("idempotency_mismatch", other_body(lang)),
        Begun::Done(answer) => {
            let code = answer.json.get("code").and_then(|code| code.as_str()).and_then(|code| code.parse().ok());
            match (answer.subject, code) {
                (Some(id), Some(code)) => Ok(Some(Submitted { id: OrderId::from_bytes(id), code })),
                _ => Err(ServiceError::Internal("a submit's kept answer names no order".to_owned())),
            }
        }
    }
}

fn requote(lang: Lang) -> ServiceError {
    ServiceError::Conflict { code: "requote", message: requote_text(lang).to_owned() }
}

fn duplicates(sealed: &Sealed, written: &[u32], lang: Lang) -> ServiceError {
    let errors = sealed.items.iter().filter(|item| !written.contains(&item.position)).map(|item| {
        let row = usize::try_from(item.position).ok().and_then(|position| sealed.rows.get(position)).copied();
        FieldError {
            field: format!("rows.{}.pin", row.unwrap_or(item.position)),
            code: "duplicate_pin".to_owned(),
            message: Reason::Duplicate.detail(lang).to_owned(),
        }
    });
    ServiceError::Invalid(errors.collect())
}

/// Everything that makes two submissions the same, under each lookup key: numbers and people are easy to guess from a
/// bare hash.
fn body_hashes(services: &Services, submission: &Submission) -> [[u8; 32]; 2] {
    let mut body = Vec::new();
    let mut put = |part: &[u8]| {
        body.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        body.extend_from_slice(part);
    };
    // Not the quote: a price that was frozen anew under the same key is the same submission, pressed twice.
    put(submission.name.expose().as_bytes());
    put(submission.phone.expose().as_bytes());
    put(submission.bank_code.as_bytes());
    put(submission.account.expose().as_bytes());
    put(submission.holder.expose().as_bytes());
    for item in &submission.items {
        put(item.brand.as_bytes());
        put(item.pin.expose().as_bytes());
        put(&item.claimed_face.get().to_be_bytes());
        for (name, value) in &item.companions {
            put(name.as_bytes());
            put(value.as_bytes());
        }
    }
    for consent in &submission.consents {
        put(consent.kind.as_bytes());
        put(&consent.version.to_be_bytes());
        put(&consent.text_hash);
        put(&[u8::from(consent.granted)]);
    }
    services.keys.hmac_all("order.submit.body", &body)
}
