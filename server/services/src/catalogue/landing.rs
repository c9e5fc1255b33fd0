//! The landing and its parts.

use super::shelf::{Shelf, shelf};
use crate::{ServiceError, Services, text};
use domain::bank::closed_until;
use domain::wire::{
    BrandChoice, BrandTile, FeeTable, FeedRow, LandingView, NoticeLine, RateBand, RateRow, RestingBank, ServiceHours,
};
use domain::{BankKind, BrandStatus, Lang, Speed, Timestamp};
use store::banks::StoredBank;

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

/// What may be typed to name a bank, and what to show beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankName {
    pub name: String,
    /// The bank another spelling means, or until when the bank rests; empty when the name says it all.
    pub means: String,
}

/// The banks to choose from, most used first, each with the spellings that don't stand in its name.
pub async fn bank_names(services: &Services, lang: Lang) -> Result<Vec<BankName>, ServiceError> {
    let shelf = shelf(services).await?;
    let mut names = Vec::new();
    for bank in shelf.banks.iter().filter(|bank| bank.enabled) {
        let name = lang.pick(&bank.name_ko, &bank.name_en);
        let rests = closed_until(&bank.hours, shelf.at).map(|until| text::bank_rests(lang, &until.kst_clock()));
        names.push(BankName { name: name.clone(), means: rests.unwrap_or_default() });
        let aliases = domain::bank::bank(&bank.code).map_or(&[][..], |known| known.aliases);
        let others = aliases.iter().filter(|alias| !name.contains(**alias));
        names.extend(others.map(|alias| BankName { name: (*alias).to_owned(), means: name.clone() }));
    }
    Ok(names)
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
        feed: feed(shelf, lang),
        hours: ServiceHours { desk: shelf.limits.desk, resting: resting(&shelf.banks, shelf.at, lang) },
        notices: notice_lines(shelf, lang, NOTICES_SHOWN),
        fees: FeeTable {
            instant: shelf.fee(Speed::Instant).unwrap_or_default(),
            next_morning: shelf.fee(Speed::NextMorning).unwrap_or_default(),
        },
    }
}

/// Real payouts with their brands' names.
pub(crate) fn feed(shelf: &Shelf, lang: Lang) -> Vec<FeedRow> {
    let name = |key: String| {
        shelf.brands.iter().find(|brand| brand.brand == key).map_or(key, |brand| brand.info.name(lang).to_owned())
    };
    shelf.feed.iter().cloned().map(|row| FeedRow { brand: name(row.brand), ..row }).collect()
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

/// Banks at rest, most used first; securities houses rest at hours of their own and are told when one is chosen.
fn resting(banks: &[StoredBank], now: Timestamp, lang: Lang) -> Vec<RestingBank> {
    banks
        .iter()
        .filter(|bank| bank.enabled && bank.kind == BankKind::Bank)
        .filter_map(|bank| {
            let until = closed_until(&bank.hours, now)?;
            Some(RestingBank { name: lang.pick(&bank.name_ko, &bank.name_en).clone(), until })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::bank::{BANKS, seed_hours};

    fn banks() -> Vec<StoredBank> {
        let stored = |(position, bank): (u32, &domain::Bank)| StoredBank {
            code: bank.code.to_owned(),
            kind: bank.kind,
            name_ko: bank.name_ko.to_owned(),
            name_en: bank.name_en.to_owned(),
            position,
            enabled: true,
            hours: seed_hours(bank.code),
        };
        (0..).zip(BANKS).map(stored).collect()
    }

    #[test]
    fn at_ten_past_midnight_each_bank_has_its_own_end() {
        // 00:10 in Korea.
        let Some(night) = Timestamp::from_kst_yyyymmddhhmmss("20261121001000") else { panic!("a moment") };
        let resting = resting(&banks(), night, Lang::Ko);
        let until = |name: &str| resting.iter().find(|bank| bank.name == name).map(|bank| bank.until.kst_clock());
        assert_eq!(resting.first().map(|bank| bank.name.as_str()), Some("KB국민은행"), "most used first");
        assert_eq!(until("KB국민은행").as_deref(), Some("00:30"));
        assert_eq!(until("한국씨티은행").as_deref(), Some("04:30"), "the last of them");
        assert_eq!(until("카카오뱅크"), None, "open since ten past");
        assert!(resting.iter().all(|bank| bank.until > night && !bank.name.ends_with("증권")));
        let noon = night.plus(domain::Span::hours(12));
        assert_eq!(super::resting(&banks(), noon, Lang::Ko), []);
    }
}
