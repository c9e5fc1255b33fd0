//! Taking an order.
//!
//! Why: from here on we owe an answer for every voucher. A voucher may be live in one order only, a price may be used
//! once, a proof of a phone once, and a second click must not make a second order.
//! Transaction: the price is looked at first and everything is sealed, then one transaction writes it (`take.rs`).
//! Failure: before the commit nothing is there and the same key may be sent again.

use super::seal::Sealed;
use super::submission::{Submission, Submitted};
use super::take::{Key, SCOPE, take};
use crate::risk::{self, BookInForce};
use crate::{Actor, ServiceError, Services};
use domain::quote::{PriceLine, price};
use domain::wire::FieldError;
use domain::{BrandStatus, Lang, QuoteId, Rate, Reason, Span, Timestamp};
use std::sync::{Arc, PoisonError};
use store::catalog::{self, Standing};
use store::fees::{self, FeeInForce};
use store::quotes::{self, FrozenQuote};
use store::{rates, settings};

domain::messages! {
    /// The price no longer holds.
    fn requote_text() {
        ko: "견적이 바뀌었거나 시간이 지났어요. 새 견적을 확인해 주세요.",
        en: "Your quote has changed or expired. Please check the new one."
    }
}

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
    let (address, agent, device) = (visitor.address.clone(), visitor.agent.clone(), visitor.device.clone());
    let [hash, old_hash] = services.keys.hmac_all(SCOPE, submission.idempotency_key.as_bytes());
    let [body, old_body] = body_hashes(services, &submission);
    let key = Key { hash, body, old: (old_hash != hash).then_some((old_hash, old_body)), lang: submission.lang };
    let asked = Asked { key, submission, address, agent, device, now: services.clock.now() };
    let unit = services.clone();
    services.uncut(async move { take(&unit, asked).await }).await
}

/// An order as somebody asks for it.
pub(crate) struct Asked {
    pub(super) key: Key,
    pub submission: Submission,
    pub address: String,
    pub agent: String,
    pub device: Option<String>,
    /// When it was asked for.
    pub now: Timestamp,
}

/// Looks at the price of each and seals what can be written; an order that can't be has its reason.
pub(super) async fn prepare(
    services: &Services,
    asked: &[Arc<Asked>],
) -> Result<Vec<Result<Sealed, ServiceError>>, ServiceError> {
    let prices = prices(services).await?;
    let ids: Vec<QuoteId> = asked.iter().map(|one| one.submission.quote_id).collect();
    let mut reader = services.db.read().await?;
    let quotes = quotes::find_many(&mut reader, &ids).await?;
    drop(reader);
    let many = asked.iter().map(|one| one.submission.items.len()).sum::<usize>() > MANY;
    let sealing = {
        let (services, asked) = (services.clone(), asked.to_vec());
        move || asked.iter().map(|one| seal(&services, one, &quotes, &prices)).collect()
    };
    if many {
        tokio::task::spawn_blocking(sealing).await.map_err(|_| ServiceError::Internal("sealing panicked".to_owned()))
    } else {
        Ok(sealing())
    }
}

fn seal(services: &Services, asked: &Asked, quotes: &[FrozenQuote], prices: &Prices) -> Result<Sealed, ServiceError> {
    let Asked { submission, now, .. } = asked;
    let quote = quotes.iter().find(|quote| quote.id == submission.quote_id);
    let quote = quote.ok_or_else(|| requote(submission.lang))?;
    check_price(submission, quote, prices, *now)?;
    Sealed::new(services, asked, quote, prices, *now)
}

/// What vouchers are bought at.
#[derive(Debug)]
pub(crate) struct Prices {
    at: Timestamp,
    pub(super) brands: Vec<Standing>,
    rates: Vec<Rate>,
    fees: Vec<FeeInForce>,
    /// The book orders are judged by; `None` when there is none that makes sense, and then every order is held.
    pub(super) book: Option<Arc<BookInForce>>,
    /// Some vouchers' numbers may stand under the hash from before digests.
    pub(super) older_numbers: bool,
}

/// The prices in force, read at most a tenth of a second ago: an order might as well have come that much earlier.
async fn prices(services: &Services) -> Result<Arc<Prices>, ServiceError> {
    let now = services.clock.now();
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
        book: risk::book_in_force(&mut reader).await?,
        older_numbers: settings::get(&mut reader, settings::OLDER_NUMBERS).await?.unwrap_or(false),
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

pub(super) fn requote(lang: Lang) -> ServiceError {
    ServiceError::Conflict { code: "requote", message: requote_text(lang).to_owned() }
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
