//! Everything the shop shows that is the same for everybody, read in one go and kept for a second.

use super::limits::Limits;
use crate::{ServiceError, Services};
use domain::catalogue::Verification;
use domain::form::FormSchema;
use domain::wire::{BrandChoice, FeedRow, LandingView};
use domain::{BrandStatus, Lang, Rate, Span, Speed, Timestamp, Won};
use std::sync::{Arc, OnceLock, RwLock};
use store::announcements::{Announcement, AnnouncementKind};
use store::banks::StoredBank;
use store::catalog::Brand;
use store::documents::Document;

/// How long what was read is believed.
///
/// With the moment a page is kept on top (`server/src/http/page_cache.rs`) less than a second: what the desk publishes is
/// seen by then.
const KEPT: Span = Span::millis(300);
/// A payout is shown when it is at least this old.
const FEED_DELAY: Span = Span::minutes(10);
/// Fewer payouts than this are not shown at all.
const FEED_LEAST: usize = 5;
/// At most so many payouts are shown.
const FEED_MOST: u32 = 20;
/// At most so many notices are kept.
const NOTICES: u32 = 100;
/// The kinds of documents there are.
const DOCUMENTS: [&str; 7] =
    ["terms", "privacy", "guide", "consent_terms", "consent_privacy", "consent_own_voucher", "consent_marketing"];

/// What everybody sees, as of one moment.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub at: Timestamp,
    pub brands: Vec<Brand>,
    pub rates: Vec<Rate>,
    /// The newest `effective_from` of the rates.
    pub rates_at: Timestamp,
    fees: Vec<(Speed, Won)>,
    pub banks: Vec<StoredBank>,
    /// The shop's numbers.
    pub limits: Limits,
    pub feed: Vec<FeedRow>,
    pub notices: Vec<Announcement>,
    pub faq: Vec<Announcement>,
    pub documents: Vec<Document>,
    pub landing: [OnceLock<LandingView>; 2],
    pub choices: [OnceLock<Vec<BrandChoice>>; 2],
}

impl Shelf {
    pub fn brand(&self, key: &str) -> Option<&Brand> {
        self.brands.iter().find(|brand| brand.brand == key)
    }

    pub fn form(&self, key: &str) -> Option<&FormSchema> {
        self.brand(key).map(|brand| &brand.form)
    }

    /// The brand's name in the reader's language; its key when it is none of ours.
    pub fn brand_name(&self, key: &str, lang: Lang) -> String {
        self.brand(key).map_or_else(|| key.to_owned(), |brand| brand.info.name(lang).to_owned())
    }

    /// Is a person needed for this brand?
    pub fn is_manual(&self, key: &str) -> bool {
        self.brand(key).is_some_and(|brand| brand.verification == Verification::Manual)
    }

    pub fn is_accepting(&self, key: &str) -> bool {
        self.brand(key).is_some_and(|brand| brand.status == BrandStatus::Accepting)
    }

    /// A bank that may be chosen.
    pub fn bank(&self, code: &str) -> Option<&StoredBank> {
        self.banks.iter().find(|bank| bank.enabled && bank.code == code)
    }

    /// The fee in force; `None` when there is none, and nothing can be priced.
    pub fn fee(&self, speed: Speed) -> Option<Won> {
        self.fees.iter().find(|(of, _)| *of == speed).map(|(_, fee)| *fee)
    }

    /// The document in force.
    pub fn document(&self, kind: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.kind == kind)
    }

    async fn read(services: &Services, now: Timestamp) -> Result<Self, ServiceError> {
        let mut reader = services.db.read().await?;
        let brands = store::catalog::all(&mut reader).await?;
        let in_force = store::rates::in_force(&mut reader, now).await?;
        let fees = store::fees::in_force(&mut reader, now).await?;
        let banks = store::banks::all(&mut reader).await?;
        let hours = store::settings::get(&mut reader, store::settings::DESK_HOURS).await?.unwrap_or_default();
        let limits = Limits::new(&services.policy, hours, &store::settings::of_shop(&mut reader).await?);
        let paid = store::feed::newest(&mut reader, now.minus(FEED_DELAY), FEED_MOST).await?;
        let notices = store::announcements::published(&mut reader, AnnouncementKind::Notice, now, NOTICES).await?;
        let mut faq = store::announcements::published(&mut reader, AnnouncementKind::Faq, now, NOTICES).await?;
        faq.sort_by_key(|entry| entry.position);
        let mut documents = Vec::with_capacity(DOCUMENTS.len());
        for kind in DOCUMENTS {
            documents.extend(store::documents::in_force(&mut reader, kind, now).await?);
        }
        let shown = if paid.len() < FEED_LEAST { Vec::new() } else { paid };
        Ok(Self {
            at: now,
            rates_at: in_force.iter().map(|rate| rate.effective_from).max().unwrap_or_default(),
            rates: in_force.into_iter().map(|rate| rate.rate).collect(),
            fees: fees.into_iter().map(|fee| (fee.speed, fee.fee)).collect(),
            feed: shown
                .into_iter()
                .map(|entry| FeedRow {
                    brand: entry.brand,
                    qty: entry.qty,
                    amount: entry.amount,
                    who: entry.masked,
                    paid_at: entry.paid_at,
                })
                .collect(),
            brands,
            banks,
            limits,
            notices,
            faq,
            documents,
            landing: [OnceLock::new(), OnceLock::new()],
            choices: [OnceLock::new(), OnceLock::new()],
        })
    }
}

/// Where a [`Services`] keeps its shelf.
#[derive(Debug, Default)]
pub(crate) struct ShelfCache {
    kept: RwLock<Option<Arc<Shelf>>>,
    /// Held by the one that reads anew, so that a crowd asks the store once.
    reading: tokio::sync::Mutex<()>,
}

impl ShelfCache {
    fn get(&self, now: Timestamp) -> Option<Arc<Shelf>> {
        let kept = self.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.as_ref().filter(|shelf| (Span::ZERO..KEPT).contains(&now.since(shelf.at))).cloned()
    }

    /// Reads anew the next time: this process has just changed something of it.
    pub fn forget(&self) {
        *self.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }

    fn put(&self, new: &Arc<Shelf>) {
        *self.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::clone(new));
    }
}

/// The shelf, at most a second old.
pub(crate) async fn shelf(services: &Services) -> Result<Arc<Shelf>, ServiceError> {
    let now = services.clock.now();
    if let Some(shelf) = services.shelf.get(now) {
        return Ok(shelf);
    }
    let _reading = services.shelf.reading.lock().await;
    if let Some(shelf) = services.shelf.get(now) {
        return Ok(shelf);
    }
    fresh(services).await
}

/// The shelf as the store has it now: for prices that are going to be frozen.
pub(crate) async fn fresh(services: &Services) -> Result<Arc<Shelf>, ServiceError> {
    let shelf = Arc::new(Shelf::read(services, services.clock.now()).await?);
    services.shelf.put(&shelf);
    Ok(shelf)
}
