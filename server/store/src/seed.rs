//! What a new installation starts with. Running it again adds only what is missing and changes nothing the back office
//! has made of the rest.

use crate::announcements::{self, Announcement, AnnouncementKind, TwoTongued};
use crate::banks::{self, StoredBank};
use crate::catalog::{self, Brand};
use crate::crypto::random;
use crate::db::Db;
use crate::documents::{self, Document};
use crate::fees::{self, FeeInForce};
use crate::rates::{self, NewRate};
use crate::risk_books::{self, BookState, NewBook};
use crate::{Keyring, StoreError, settings};
use domain::bank::{BANKS, seed_hours};
use domain::catalogue::{seed_brands, seed_fee};
use domain::content::{Both, DOCUMENTS, FAQ, GUIDE, NOTICES};
use domain::risk::RuleBook;
use domain::wire::DeskHours;
use domain::{AnnouncementId, BookId, FeeId, RateId, Span, Speed, Timestamp};

const AUTHOR: &str = "seed";
const REASON: &str = "new installation";

/// Banks with their hours, brands, first rates and fees, notices, FAQ and documents, in one transaction. Checks the keys
/// first, so that a fresh database belongs to them from its first row.
///
/// What holds "from" a moment holds from a few minutes ago, so that a clock that is a little behind sees it too.
pub async fn seed(db: &Db, keys: &Keyring, now: Timestamp) -> Result<(), StoreError> {
    keys.check_against(db, now).await?;
    rows(db, now).await
}

/// The same rows where the keys are checked elsewhere.
pub async fn rows(db: &Db, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    banks::add_missing(&mut tx, &first_banks(), now).await?;
    for (position, seed) in (0_u32..).zip(seed_brands()) {
        let brand = Brand {
            brand: seed.brand.to_owned(),
            family: seed.family.to_owned(),
            position,
            status: seed.status,
            verification: seed.verification,
            info: seed.info,
            form: seed.form,
            version: 1,
            revision: 1,
            updated_at: now,
        };
        if catalog::add_missing(&mut tx, &brand, AUTHOR, REASON, now).await? {
            let mut first = Vec::with_capacity(seed.rates.len());
            for rate in seed.rates {
                first.push(NewRate { id: RateId::from_bytes(fresh_id()?), rate, effective_from: now.minus(EARLIER) });
            }
            rates::insert_many(&mut tx, &first, AUTHOR, REASON, now).await?;
        }
    }
    for speed in [Speed::Instant, Speed::NextMorning] {
        let fee = FeeInForce { speed, fee: seed_fee(speed), effective_from: BEGINNING };
        fees::insert(&mut tx, FeeId::from_bytes(fresh_id()?), fee, AUTHOR, now).await?;
    }
    if settings::get::<DeskHours>(&mut tx, settings::DESK_HOURS).await?.is_none() {
        settings::put(&mut tx, settings::DESK_HOURS, &DeskHours::default(), now).await?;
    }
    // Newest first: each a little older than the one before it, so that they keep their order.
    for (kind, list) in [(AnnouncementKind::Notice, NOTICES), (AnnouncementKind::Faq, FAQ)] {
        for (position, text) in (0_u32..).zip(list) {
            let new = Announcement {
                id: AnnouncementId::from_bytes(fresh_id()?),
                slug: text.slug.to_owned(),
                kind,
                title: both(text.title),
                body: both(text.body),
                position,
                published_at: Some(now.minus(Span::seconds(i64::from(position)))),
            };
            announcements::add_missing(&mut tx, &new, now).await?;
        }
    }
    for text in DOCUMENTS.iter().chain([&GUIDE]) {
        let new = Document {
            kind: text.kind.to_owned(),
            version: 1,
            title: both(text.title),
            body: both(text.body),
            effective_from: now.minus(EARLIER),
        };
        documents::add_missing(&mut tx, &new, now).await?;
    }
    if risk_books::newest(&mut tx).await? == 0 {
        let new = NewBook {
            id: BookId::from_bytes(fresh_id()?),
            version: 1,
            state: BookState::InForce,
            based_on: None,
            book: RuleBook::usual(),
            author: AUTHOR.to_owned(),
            author_id: None,
            reason: REASON.to_owned(),
            created_at: now,
        };
        risk_books::insert(&mut tx, &new).await?;
    }
    tx.commit().await
}

fn both(text: Both) -> TwoTongued {
    TwoTongued { ko: text.ko.to_owned(), en: text.en.to_owned() }
}

/// How far back the first rates and documents reach.
const EARLIER: Span = Span::minutes(5);

/// Fees have no other key to be known by at the next start, so they hold from before anything was sold.
const BEGINNING: Timestamp = Timestamp::from_micros(0);

fn first_banks() -> Vec<StoredBank> {
    (0_u32..)
        .zip(BANKS)
        .map(|(position, bank)| StoredBank {
            code: bank.code.to_owned(),
            kind: bank.kind,
            name_ko: bank.name_ko.to_owned(),
            name_en: bank.name_en.to_owned(),
            position,
            enabled: true,
            hours: seed_hours(bank.code),
        })
        .collect()
}

/// A random id (UUID version 4 layout): the seed has no order of its own.
fn fresh_id() -> Result<[u8; 16], StoreError> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().into_bytes())
}
