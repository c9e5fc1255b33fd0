//! What is paid: a brand's rates as sets of bands, each from a moment on.
//!
//! A set replaces the one before as a whole and is never changed. Two sets of one moment would mix, so a set whose moment
//! is taken begins a microsecond later and thereby replaces that one.

mod effect;
mod words;

pub use effect::{Effect, EffectRow, Volume};
pub(in crate::desk) use words::fee_range;

use crate::desk::drafts::{self, DraftView, Handed, Names, Wrong, content};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::rate_plan::{self, Band, MOST_BANDS, PlanProblem, parse_percent, rates_of};
use domain::wire::FieldError;
use domain::{BrandStatus, DraftKind, Lang, Rate, RateId, ShopDraftId, Span, Timestamp, Won};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::catalog::{self, Brand};
use store::rates::NewRate;
use store::shop_drafts::{self, ShopDraft};

/// Drafts and bands of the history shown at once.
const SHOWN: u32 = 30;
const BANDS_SHOWN: u32 = 240;

/// What a draft of rates holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatesBody {
    pub bands: Vec<Band>,
}

/// A brand's rates in the list.
#[derive(Clone, Debug)]
pub struct RatesLine {
    pub brand: String,
    pub name: String,
    pub status: BrandStatus,
    pub bands: Vec<Band>,
    pub since: Option<Timestamp>,
    /// When the next set begins.
    pub next: Option<Timestamp>,
    /// Open drafts.
    pub drafts: usize,
}

fn bands_of<'a>(rates: impl Iterator<Item = &'a Rate>) -> Vec<Band> {
    let mut bands: Vec<Band> =
        rates.map(|rate| Band { min: rate.face_min, max: rate.face_max, basis_points: rate.basis_points }).collect();
    bands.sort_by_key(|band| (band.min, band.max));
    bands
}

/// All brands with what they are bought at.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<RatesLine>, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueRead)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let brands = catalog::all(&mut reader).await?;
    let rates = store::rates::in_force(&mut reader, now).await?;
    let coming = store::rates::coming(&mut reader, now).await?;
    let open = shop_drafts::open(&mut reader, DraftKind::Rates, 200).await?;
    drop(reader);
    let line = |brand: Brand| {
        let own = || rates.iter().filter(|rate| rate.rate.brand == brand.brand);
        RatesLine {
            name: brand.info.name(staff.lang).to_owned(),
            status: brand.status,
            bands: bands_of(own().map(|rate| &rate.rate)),
            since: own().map(|rate| rate.effective_from).max(),
            next: coming.iter().filter(|rate| rate.rate.brand == brand.brand).map(|rate| rate.effective_from).min(),
            drafts: open.iter().filter(|draft| draft.subject == brand.brand).count(),
            brand: brand.brand,
        }
    };
    Ok(brands.into_iter().map(line).collect())
}

/// One set of the history.
#[derive(Clone, Debug)]
pub struct RateSet {
    pub from: Timestamp,
    pub bands: Vec<Band>,
    pub author: String,
    pub reason: String,
    pub published_at: Timestamp,
}

/// A draft with what it would do.
#[derive(Clone, Debug)]
pub struct RatesDraft {
    pub draft: DraftView,
    pub bands: Vec<Band>,
    pub effect: Effect,
}

/// A brand's rates.
#[derive(Clone, Debug)]
pub struct RatesPage {
    pub brand: String,
    pub name: String,
    pub status: BrandStatus,
    pub bands: Vec<Band>,
    pub since: Option<Timestamp>,
    pub drafts: Vec<RatesDraft>,
    pub history: Vec<RateSet>,
    /// What the editor begins with.
    pub start: Vec<Band>,
    pub own: Option<(ShopDraftId, i64, String, Option<Timestamp>)>,
}

/// A brand's rates with drafts, their effect, and the history.
pub async fn page(services: &Services, actor: &Actor, key: &str) -> Result<RatesPage, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueRead)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let brand = catalog::all(&mut reader).await?.into_iter().find(|brand| brand.brand == key);
    let brand = brand.ok_or(ServiceError::NotFound)?;
    let in_force = store::rates::in_force(&mut reader, now).await?;
    let lines = store::rates::sets(&mut reader, key, BANDS_SHOWN).await?;
    let version = store::rates::count_sets(&mut reader, key).await?;
    let all = shop_drafts::of_subject(&mut reader, DraftKind::Rates, key, SHOWN).await?;
    let volume = store::rates::paid_faces(&mut reader, key, now.minus(effect::LOOKED_BACK)).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let since = in_force.iter().filter(|rate| rate.rate.brand == key).map(|rate| rate.effective_from).max();
    let old: Vec<Rate> = in_force.into_iter().map(|rate| rate.rate).filter(|rate| rate.brand == key).collect();
    let mut drafts = Vec::new();
    for (draft, body) in drafts::views(&all, staff.user, version, &names) {
        let RatesBody { bands } = content(draft.id, &body)?;
        let effect = Effect::of(key, &old, &bands, &brand.form, &volume);
        drafts.push(RatesDraft { draft, bands, effect });
    }
    let mut history: Vec<RateSet> = Vec::new();
    for line in lines {
        let band = Band {
            min: line.rate.rate.face_min,
            max: line.rate.rate.face_max,
            basis_points: line.rate.rate.basis_points,
        };
        match history.last_mut().filter(|set| set.from == line.rate.effective_from) {
            Some(set) => set.bands.push(band),
            None => history.push(RateSet {
                from: line.rate.effective_from,
                bands: vec![band],
                author: names.of(&line.author),
                reason: line.reason,
                published_at: line.created_at,
            }),
        }
    }
    let bands = bands_of(old.iter());
    let own = drafts.iter().find(|draft| draft.draft.mine);
    Ok(RatesPage {
        brand: brand.brand,
        name: brand.info.name(staff.lang).to_owned(),
        status: brand.status,
        start: own.map_or_else(|| bands.clone(), |own| own.bands.clone()),
        own: own.map(|own| (own.draft.id, own.draft.revision, own.draft.reason.clone(), own.draft.effective_from)),
        bands,
        since,
        drafts,
        history,
    })
}

/// The editor's fields as typed: from, to and per cent of each band; empty rows count for nothing.
#[derive(Clone, Debug, Default)]
pub struct RatesInput {
    pub rows: Vec<[String; 3]>,
    /// When it is to begin; empty for as soon as it is published.
    pub at: String,
    pub reason: String,
    pub revision: Option<i64>,
}

/// An amount of whole won, separators or not; `None` when it is none.
pub(in crate::desk) fn read_won(typed: &str) -> Option<Won> {
    let plain: String = typed
        .chars()
        .map(domain::form::half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '원' | '₩'))
        .collect();
    let digits = !plain.is_empty() && plain.len() <= 9 && plain.bytes().all(|byte| byte.is_ascii_digit());
    Won::new(plain.parse().ok().filter(|_| digits)?).ok()
}

/// The bands typed, and everything wrong with them.
fn read(input: &RatesInput, brand: &Brand, lang: Lang) -> (Vec<Band>, Vec<FieldError>) {
    let mut wrong = Wrong::new(lang);
    let mut bands = Vec::new();
    // The row each band was typed in: errors stand there.
    let mut rows = Vec::new();
    for (row, [from, to, rate]) in input.rows.iter().take(MOST_BANDS).enumerate() {
        if [from, to, rate].into_iter().all(|typed| typed.trim().is_empty()) {
            continue;
        }
        let mut amount = |field: &str, typed: &str| {
            let read = read_won(typed);
            if read.is_none() {
                wrong.say(&format!("{field}_{row}"), "no_amount", words::no_amount(lang));
            }
            read
        };
        let (min, max) = (amount("min", from), amount("max", to));
        let basis_points = parse_percent(rate);
        if basis_points.is_none() {
            wrong.say(&format!("rate_{row}"), "no_percent", words::no_percent(lang));
        }
        if let (Some(min), Some(max), Some(basis_points)) = (min, max, basis_points) {
            bands.push(Band { min, max, basis_points });
            rows.push(row);
        }
    }
    if !wrong.errors.is_empty() {
        return (bands, wrong.errors);
    }
    let row = |at: usize| rows.get(at).copied().unwrap_or(0);
    for problem in rate_plan::check(&bands, &brand.form) {
        match problem {
            PlanProblem::Empty => wrong.say("min_0", "empty", words::plan_empty(lang)),
            PlanProblem::TooMany => wrong.say("form", "too_many", words::plan_many(lang, MOST_BANDS)),
            PlanProblem::Backwards { at } => {
                wrong.say(&format!("max_{}", row(at)), "backwards", words::backwards(lang));
            }
            PlanProblem::Overlap { at } => wrong.say(&format!("min_{}", row(at)), "overlap", words::overlap(lang)),
            PlanProblem::Rate { at } => wrong.say(&format!("rate_{}", row(at)), "rate", words::rate_range(lang)),
            PlanProblem::Uncovered { face, at } => {
                let message = words::uncovered(lang, &face.fmt(lang));
                wrong.say(&format!("max_{}", row(at)), "uncovered", message);
            }
        }
    }
    (bands, wrong.errors)
}

/// What the editor's preview shows.
#[derive(Clone, Debug)]
pub struct RatesLook {
    pub effect: Option<Effect>,
    pub errors: Vec<FieldError>,
}

/// The effect of what is typed. Writes nothing.
pub async fn look(
    services: &Services,
    actor: &Actor,
    key: &str,
    input: &RatesInput,
) -> Result<RatesLook, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueDraft)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let brand = catalog::all(&mut reader).await?.into_iter().find(|brand| brand.brand == key);
    let brand = brand.ok_or(ServiceError::NotFound)?;
    let old = store::rates::in_force(&mut reader, now).await?;
    let volume = store::rates::paid_faces(&mut reader, key, now.minus(effect::LOOKED_BACK)).await?;
    drop(reader);
    let old: Vec<Rate> = old.into_iter().map(|rate| rate.rate).filter(|rate| rate.brand == key).collect();
    let (bands, errors) = read(input, &brand, staff.lang);
    let effect = errors.is_empty().then(|| Effect::of(key, &old, &bands, &brand.form, &volume));
    Ok(RatesLook { effect, errors })
}

/// Writes one's own draft of a brand's rates.
pub async fn save(
    services: &Services,
    actor: &Actor,
    key: &str,
    input: &RatesInput,
) -> Result<ShopDraftId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CatalogueDraft).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let brand = catalog::lock(&mut unit.tx, key).await?.ok_or(ServiceError::NotFound)?;
    let (bands, errors) = read(input, &brand, lang);
    let mut wrong = Wrong { lang, errors };
    let reason = wrong.reason(&input.reason);
    let effective_from = wrong.moment("at", &input.at, now);
    wrong.done()?;
    let body = serde_json::to_value(RatesBody { bands }).map_err(|error| ServiceError::Internal(error.to_string()))?;
    let handed =
        Handed { kind: DraftKind::Rates, subject: key, revision: input.revision, body, effective_from, reason };
    let id = drafts::save(&mut unit, handed).await?;
    unit.commit().await?;
    Ok(id)
}

/// Puts a draft in force from `from`, within its publisher's unit.
pub(in crate::desk) async fn put(
    unit: &mut Unit<'_>,
    draft: &ShopDraft,
    body: RatesBody,
    mut from: Timestamp,
    confirm: &str,
) -> Result<Value, ServiceError> {
    let (lang, now, key) = (unit.staff()?.lang, unit.now, draft.subject.as_str());
    let brand = catalog::lock(&mut unit.tx, key).await?.ok_or(ServiceError::NotFound)?;
    // The form may have changed since it was drafted.
    if let Some(problem) = rate_plan::check(&body.bands, &brand.form).first() {
        let face = match problem {
            PlanProblem::Uncovered { face, .. } => face.fmt(lang),
            _ => String::new(),
        };
        return Err(ServiceError::Conflict { code: "form_moved", message: words::form_moved(lang, &face) });
    }
    let in_force = store::rates::in_force(&mut unit.tx, from).await?;
    let old: Vec<Rate> = in_force.into_iter().map(|rate| rate.rate).filter(|rate| rate.brand == key).collect();
    let new = rates_of(key, &body.bands);
    if rate_plan::jumps(key, &old, &new, &brand.form) && confirm.trim() != key {
        return Err(ServiceError::invalid("confirm", "jump", words::confirm_jump(lang, key)));
    }
    while store::rates::is_taken(&mut unit.tx, key, from).await? {
        from = from.plus(Span::micros(1));
    }
    let rows: Vec<NewRate> = new
        .into_iter()
        .map(|rate| NewRate { id: RateId::from_bytes(unit.services.chance.id(now)), rate, effective_from: from })
        .collect();
    let written = store::rates::insert_many(&mut unit.tx, &rows, &draft.author.to_string(), &draft.reason, now).await?;
    if usize::try_from(written).ok() != Some(rows.len()) {
        return Err(ServiceError::Internal(format!("{written} bands of {} were written", rows.len())));
    }
    let line = |rate: &Rate| format!("{}-{}:{}", rate.face_min.get(), rate.face_max.get(), rate.basis_points);
    Ok(json!({
        "before": old.iter().map(line).collect::<Vec<_>>(),
        "after": rows.iter().map(|row| line(&row.rate)).collect::<Vec<_>>(),
    }))
}
