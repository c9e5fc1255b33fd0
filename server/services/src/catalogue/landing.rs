//! The landing and its parts.

use super::shelf::{Shelf, shelf};
use crate::{ServiceError, Services};
use domain::bank::closed_until;
use domain::wire::{BrandChoice, BrandTile, FeeTable, LandingView, NoticeLine, RateBand, RateRow, ServiceHours};
use domain::{BankKind, BrandStatus, Lang, Speed, Timestamp};

/// Notices on the landing.
const NOTICES_SHOWN: usize = 3;

/// The rate table by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTable {
    /// One row per brand, in the order of the tiles; stopped brands have no bands.
    pub rows: Vec<RateRow>,
    /// The newest `effective_from` of the rates shown.
    pub updated_at: Timestamp,
}

/// The landing: tiles, rates, fees, feed, hours, notices. At most one second old.
pub async fn landing(services: &Services, lang: Lang) -> Result<LandingView, ServiceError> {
    let shelf = shelf(services).await?;
    Ok(shelf.landing[slot(lang)].get_or_init(|| view(&shelf, lang)).clone())
}

/// The rates in force now. At most one second old.
pub async fn rates(services: &Services, lang: Lang) -> Result<RateTable, ServiceError> {
    let shelf = shelf(services).await?;
    Ok(RateTable { rows: rate_rows(&shelf, lang), updated_at: shelf.rates_at })
}

/// All brands with faces and form, for the sell page and the API. At most one second old.
pub async fn brands(services: &Services, lang: Lang) -> Result<Vec<BrandChoice>, ServiceError> {
    Ok(choices(&*shelf(services).await?, lang).to_vec())
}

/// The same, from a shelf.
pub(crate) fn choices(shelf: &Shelf, lang: Lang) -> &[BrandChoice] {
    shelf.choices[slot(lang)].get_or_init(|| {
        let choice = |brand: &store::catalog::Brand| BrandChoice {
            brand: brand.brand.clone(),
            name: brand.info.name(lang).to_owned(),
            status: brand.status,
            faces: brand.form.faces.clone(),
            form: brand.form.clone(),
        };
        shelf.brands.iter().map(choice).collect()
    })
}

/// Notices as lines, newest first.
pub(crate) fn notice_lines(shelf: &Shelf, lang: Lang, most: usize) -> Vec<NoticeLine> {
    let line = |notice: &store::announcements::Announcement| NoticeLine {
        slug: notice.slug.clone(),
        title: notice.title.get(lang).to_owned(),
        published_at: notice.published_at.unwrap_or_default(),
    };
    shelf.notices.iter().take(most).map(line).collect()
}

const fn slot(lang: Lang) -> usize {
    match lang {
        Lang::Ko => 0,
        Lang::En => 1,
    }
}

fn view(shelf: &Shelf, lang: Lang) -> LandingView {
    LandingView {
        brands: shelf.brands.iter().map(|brand| tile(shelf, brand, lang)).collect(),
        rates: rate_rows(shelf, lang),
        rates_updated_at: shelf.rates_at,
        feed: shelf.feed.clone(),
        hours: hours(shelf, lang),
        notices: notice_lines(shelf, lang, NOTICES_SHOWN),
        fees: FeeTable {
            instant: shelf.fee(Speed::Instant).unwrap_or_default(),
            next_morning: shelf.fee(Speed::NextMorning).unwrap_or_default(),
        },
    }
}

fn tile(shelf: &Shelf, brand: &store::catalog::Brand, lang: Lang) -> BrandTile {
    let best = domain::rate::best_rate(&shelf.rates, &brand.brand);
    BrandTile {
        brand: brand.brand.clone(),
        name: brand.info.name(lang).to_owned(),
        note: brand.info.note(lang).to_owned(),
        status: brand.status,
        best_rate_bp: best.filter(|_| brand.status == BrandStatus::Accepting),
        faces: brand.form.faces.clone(),
        initials: brand.info.initials.clone(),
        hue: brand.info.hue,
    }
}

fn rate_rows(shelf: &Shelf, lang: Lang) -> Vec<RateRow> {
    let row = |brand: &store::catalog::Brand| {
        let mut bands: Vec<RateBand> = shelf
            .rates
            .iter()
            .filter(|rate| rate.brand == brand.brand && brand.status != BrandStatus::Stopped)
            .map(|rate| RateBand { face_min: rate.face_min, face_max: rate.face_max, basis_points: rate.basis_points })
            .collect();
        bands.sort_by_key(|band| (band.face_min, band.face_max));
        RateRow { brand: brand.brand.clone(), name: brand.info.name(lang).to_owned(), status: brand.status, bands }
    };
    shelf.brands.iter().map(row).collect()
}

/// Banks at rest; securities houses rest at hours of their own and are told when one is chosen.
fn hours(shelf: &Shelf, lang: Lang) -> ServiceHours {
    let resting: Vec<(String, Timestamp)> = shelf
        .banks
        .iter()
        .filter(|bank| bank.enabled && bank.kind == BankKind::Bank)
        .filter_map(|bank| {
            let until = closed_until(&bank.hours, shelf.at)?;
            Some((lang.pick(&bank.name_ko, &bank.name_en).clone(), until))
        })
        .collect();
    ServiceHours {
        until: resting.iter().map(|(_, until)| *until).max(),
        resting: resting.into_iter().map(|(name, _)| name).collect(),
    }
}
