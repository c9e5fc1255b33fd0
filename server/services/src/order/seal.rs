//! An order as it will be written: every secret sealed and hashed before the transaction begins.

use super::submission::SubmittedItem;
use super::submit::{Asked, Prices};
use crate::message::{Draft, sms_won};
use crate::risk::Candidate;
use crate::{ServiceError, Services};
use domain::wire::HolderCheck;
use domain::{ConsentId, EventId, ItemId, MessageKind, OrderCode, OrderId, OutboxId, OutboxKind, Timestamp, text};
use serde_json::json;
use store::catalog::Standing;
use store::consents::Consent;
use store::events::Event;
use store::items::{self, NewItem, PinKey};
use store::order_brands::OrderBrand;
use store::orders::{self, HolderFound, NewOrder};
use store::outbox::Work;
use store::quotes::FrozenQuote;

/// The rows of one submit.
pub(super) struct Sealed {
    pub order: NewOrder,
    pub items: Vec<NewItem>,
    pub brands: Vec<OrderBrand>,
    /// The draft's row of each position.
    pub rows: Vec<u32>,
    pub consents: Vec<Consent>,
    /// What the rules look at, and the book of them.
    pub candidate: Candidate,
    pub event: Event,
    pub message: Draft,
    pub work: Work,
    /// While lookup keys rotate: each number under the key before, by position. Empty otherwise.
    pub old_pins: Vec<(u32, PinKey)>,
    pub phone_hmacs: [[u8; 32]; 2],
    pub proof_hash: [u8; 32],
}

impl Sealed {
    pub fn new(
        services: &Services,
        asked: &Asked,
        quote: &FrozenQuote,
        prices: &Prices,
        now: Timestamp,
    ) -> Result<Self, ServiceError> {
        let Asked { submission, address, agent, .. } = asked;
        let (keys, brands) = (&services.keys, &prices.brands);
        let id = OrderId::from_bytes(services.chance.id(now));
        let code = OrderCode::from_random(u64::from_be_bytes(services.chance.bytes()));
        let mut items = Vec::with_capacity(submission.items.len());
        for (position, (item, line)) in submission.items.iter().zip(&quote.quote.lines).enumerate() {
            let position = u32::try_from(position).map_err(|_| ServiceError::Internal("too many items".to_owned()))?;
            items.push(seal_item(services, item, position, line.rate_bp, brands, now)?);
        }
        let old_pins = submission
            .items
            .iter()
            .zip(&items)
            .flat_map(|(submitted, item)| {
                let mut hashes = Vec::new();
                let rotating = keys.rotates_lookups();
                if rotating {
                    let [_, old] = keys.pin_hashes(&item.family, &submitted.pin);
                    hashes.push(old);
                }
                if prices.older_numbers {
                    let number = submitted.pin.expose().as_bytes();
                    let [first, second] = keys.pin_hashes_before_digests(&item.family, number);
                    hashes.extend(std::iter::once(first).chain(rotating.then_some(second)));
                }
                hashes.into_iter().map(|hash| (item.position, (item.family.clone(), hash)))
            })
            .collect();
        let candidate = Candidate::new(services, asked, quote, prices.book.clone());
        let seal = |column: &str, plain: &str| keys.seal(orders::TABLE, column, id.bytes(), plain.as_bytes());
        let order = NewOrder {
            id,
            code: code.clone(),
            quote_id: submission.quote_id,
            lang: submission.lang,
            speed: quote.speed,
            name_enc: seal("name_enc", submission.name.expose())?,
            phone_enc: seal("phone_enc", submission.phone.expose())?,
            phone_hmac: candidate.phone[0],
            account_no_enc: seal("account_no_enc", submission.account.expose())?,
            account_no_hmac: candidate.account[0],
            holder_enc: seal("holder_enc", submission.holder.expose())?,
            holder_check: match submission.holder_check {
                HolderCheck::Matched => HolderFound::Matched,
                HolderCheck::Differs => HolderFound::Differs,
                HolderCheck::NotChecked | HolderCheck::Unknown => HolderFound::Unknown,
            },
            fee: quote.quote.fee,
            total_face: quote.quote.total_face,
            total_payable: quote.quote.net,
            item_count: u32::try_from(items.len()).unwrap_or(u32::MAX),
            // Known once it is judged, in the transaction that writes it.
            risk_score: 0,
            priced_at: quote.priced_at,
            address_enc: seal("address_enc", address)?,
            address_hmac: candidate.address[0],
            device_hmac: candidate.device.map(|device| device[0]),
            agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
            created_at: now,
            bank_code: submission.bank_code.clone(),
        };
        let consents = submission
            .consents
            .iter()
            .map(|consent| Consent {
                id: ConsentId::from_bytes(services.chance.id(now)),
                kind: consent.kind.clone(),
                version: consent.version,
                lang: submission.lang,
                text_hash: consent.text_hash.to_vec(),
                granted: consent.granted,
                granted_at: now,
            })
            .collect();
        let event = Event {
            id: EventId::from_bytes(services.chance.id(now)),
            order_id: id,
            item_id: None,
            kind: "order_submitted".to_owned(),
            detail: json!({
                "items": items.len(), "face": quote.quote.total_face, "net": quote.quote.net, "fee": quote.quote.fee,
                "quote": quote.id, "holder_check": order.holder_check.as_str(),
            }),
            created_at: now,
        };
        let net = sms_won(quote.quote.net, submission.lang);
        let message = Draft::new(
            services,
            MessageKind::Accepted,
            id.bytes(),
            format!("{}:{}", MessageKind::Accepted, hex::encode(id.bytes())),
            &submission.phone,
            &text::sms_accepted(submission.lang, code.as_str(), items.len(), &net),
            now,
        )?;
        let work = Work {
            id: OutboxId::from_bytes(services.chance.id(now)),
            kind: OutboxKind::BeginOrder,
            subject: id.bytes(),
            unique_key: hex::encode(id.bytes()),
            run_at: now,
        };
        Ok(Self {
            order,
            brands: brands_of(id, &items, now)?,
            rows: submission.items.iter().map(|item| item.row).collect(),
            items,
            consents,
            candidate,
            event,
            message,
            work,
            old_pins,
            phone_hmacs: submission.phone_hmacs,
            proof_hash: submission.proof_hash,
        })
    }
}

/// The brands of an order, each once.
fn brands_of(order_id: OrderId, items: &[NewItem], created_at: Timestamp) -> Result<Vec<OrderBrand>, ServiceError> {
    let mut brands: Vec<OrderBrand> = Vec::new();
    for item in items {
        match brands.iter_mut().find(|known| known.brand == item.brand) {
            Some(known) => {
                known.items += 1;
                let face = known.face.checked_add(item.claimed_face);
                known.face = face.ok_or_else(|| ServiceError::Internal("faces add up to too much".to_owned()))?;
            }
            None => brands.push(OrderBrand {
                order_id,
                brand: item.brand.clone(),
                items: 1,
                face: item.claimed_face,
                created_at,
            }),
        }
    }
    Ok(brands)
}

fn seal_item(
    services: &Services,
    item: &SubmittedItem,
    position: u32,
    rate_bp: u32,
    brands: &[Standing],
    now: Timestamp,
) -> Result<NewItem, ServiceError> {
    let keys = &services.keys;
    let id = ItemId::from_bytes(services.chance.id(now));
    let family = brands.iter().find(|brand| brand.brand == item.brand).map(|brand| brand.family.clone());
    let family = family.ok_or_else(|| ServiceError::Internal(format!("brand {} has no family", item.brand)))?;
    let companion_enc = if item.companions.is_empty() {
        None
    } else {
        let plain = serde_json::to_vec(&item.companions)
            .map_err(|_| ServiceError::Internal("companions were not written".to_owned()))?;
        Some(keys.seal(items::TABLE, "companion_enc", id.bytes(), &plain)?)
    };
    Ok(NewItem {
        id,
        position,
        brand: item.brand.clone(),
        pin_enc: keys.seal(items::TABLE, "pin_enc", id.bytes(), item.pin.expose().as_bytes())?,
        pin_hmac: keys.pin_hash(&family, &item.pin),
        family,
        companion_enc,
        claimed_face: item.claimed_face,
        rate_bp,
    })
}
