//! What is bought: the list of brands, the switch that stops one at once, and drafts of texts and forms.
//!
//! The switch is one guarded write; whoever quotes or submits afterwards reads it within a tenth of a second (orders) or
//! at once (quotes), in every process. An order that was taken before goes on: its price was promised.

mod form_json;
mod words;

use crate::desk::drafts::{self, DraftView, Handed, Names, Wrong, content, hold};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::catalogue::{BrandInfo, Verification};
use domain::diff::{DiffLine, diff};
use domain::form::FormSchema;
use domain::wire::FieldError;
use domain::{BrandStatus, DraftKind, Lang, Rate, ShopDraftId, Timestamp, Won};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::audit::AuditKind;
use store::catalog::{self, Brand};
use store::shop_drafts::{self, ShopDraft};

/// Versions and drafts shown at once.
const SHOWN: u32 = 30;

/// What a draft of a brand holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandBody {
    pub family: String,
    pub verification: Verification,
    pub info: BrandInfo,
    pub form: FormSchema,
}

impl BrandBody {
    fn of(brand: &Brand) -> Self {
        Self {
            family: brand.family.clone(),
            verification: brand.verification,
            info: brand.info.clone(),
            form: brand.form.clone(),
        }
    }

    /// As text, for comparing and for the editor.
    fn text(&self) -> Result<String, ServiceError> {
        form_json::write(self)
    }

    /// What its editor starts with.
    pub fn form_text(&self) -> Result<String, ServiceError> {
        form_json::write(&self.form)
    }
}

/// A brand in the list.
#[derive(Clone, Debug)]
pub struct BrandLine {
    pub brand: String,
    pub name: String,
    pub initials: String,
    pub hue: u16,
    pub family: String,
    pub status: BrandStatus,
    pub verification: Verification,
    pub version: u32,
    /// Lowest and highest rate in force.
    pub rate: Option<(u32, u32)>,
    pub updated_at: Timestamp,
    /// Open drafts of texts and form.
    pub drafts: usize,
}

/// The list, and drafts of brands that don't exist yet.
#[derive(Clone, Debug)]
pub struct BrandList {
    pub brands: Vec<BrandLine>,
    pub new: Vec<(DraftView, BrandBody)>,
}

/// All brands in the order of the tiles.
pub async fn list(services: &Services, actor: &Actor) -> Result<BrandList, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueRead)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let brands = catalog::all(&mut reader).await?;
    let rates = store::rates::in_force(&mut reader, now).await?;
    let open = shop_drafts::open(&mut reader, DraftKind::Brand, 200).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let mut new = Vec::new();
    for draft in open.iter().filter(|draft| !brands.iter().any(|brand| brand.brand == draft.subject)) {
        for (view, body) in drafts::views(std::slice::from_ref(draft), staff.user, 0, &names) {
            new.push((view, content(draft.id, &body)?));
        }
    }
    let line = |brand: &Brand| {
        let own = || rates.iter().filter(|rate| rate.rate.brand == brand.brand).map(|rate| rate.rate.basis_points);
        BrandLine {
            brand: brand.brand.clone(),
            name: brand.info.name(staff.lang).to_owned(),
            initials: brand.info.initials.clone(),
            hue: brand.info.hue,
            family: brand.family.clone(),
            status: brand.status,
            verification: brand.verification,
            version: brand.version,
            rate: own().min().zip(own().max()),
            updated_at: brand.updated_at,
            drafts: open.iter().filter(|draft| draft.subject == brand.brand).count(),
        }
    };
    Ok(BrandList { brands: brands.iter().map(line).collect(), new })
}

/// One version of a brand in its history.
#[derive(Clone, Debug)]
pub struct VersionLine {
    pub version: u32,
    pub author: String,
    pub reason: String,
    pub at: Timestamp,
    /// From the version before to this one.
    pub changes: Vec<DiffLine>,
}

/// A draft with what it would change.
#[derive(Clone, Debug)]
pub struct BrandDraft {
    pub draft: DraftView,
    pub body: BrandBody,
    pub changes: Vec<DiffLine>,
    /// The smallest face its form takes and no rate in force pays.
    pub unpaid: Option<Won>,
}

/// A brand's page.
#[derive(Clone, Debug)]
pub struct BrandPage {
    pub key: String,
    /// `None` while the brand is only drafted.
    pub now: Option<(BrandBody, BrandStatus, u32)>,
    pub drafts: Vec<BrandDraft>,
    pub history: Vec<VersionLine>,
    /// What the editor begins with: one's own draft, the version asked for, or what is in place.
    pub start: BrandBody,
    /// The revision of one's own draft.
    pub own: Option<(ShopDraftId, i64, String)>,
}

/// A brand with its drafts and versions. `from` asks to begin the editor with an old version.
pub async fn page(services: &Services, actor: &Actor, key: &str, from: Option<u32>) -> Result<BrandPage, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueRead)?;
    let now = services.clock.now();
    let mut reader = services.db.read().await?;
    let brand = catalog::all(&mut reader).await?.into_iter().find(|brand| brand.brand == key);
    let versions = catalog::versions(&mut reader, key, SHOWN).await?;
    let all = shop_drafts::of_subject(&mut reader, DraftKind::Brand, key, SHOWN).await?;
    let rates: Vec<Rate> = store::rates::in_force(&mut reader, now).await?.into_iter().map(|rate| rate.rate).collect();
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let in_place = brand.as_ref().map(BrandBody::of);
    let before = in_place.as_ref().map(BrandBody::text).transpose()?.unwrap_or_default();
    let mut drafts = Vec::new();
    for (draft, body) in drafts::views(&all, staff.user, brand.as_ref().map_or(0, |brand| brand.version), &names) {
        let body: BrandBody = content(draft.id, &body)?;
        let changes = diff(&before, &body.text()?);
        let unpaid = unpaid(key, &rates, &body.form);
        drafts.push(BrandDraft { draft, body, changes, unpaid });
    }
    let own = drafts.iter().find(|draft| draft.draft.mine);
    let family = brand.as_ref().map_or(String::new(), |brand| brand.family.clone());
    let verification = brand.as_ref().map_or(Verification::Manual, |brand| brand.verification);
    let asked = from
        .and_then(|from| versions.iter().find(|version| version.version == from))
        .map(|version| BrandBody { family, verification, info: version.info.clone(), form: version.form.clone() });
    let start = asked.or_else(|| own.map(|own| own.body.clone())).or_else(|| in_place.clone());
    let start = start.or_else(|| drafts.first().map(|draft| draft.body.clone())).ok_or(ServiceError::NotFound)?;
    let own = own.map(|own| (own.draft.id, own.draft.revision, own.draft.reason.clone()));
    let text_of = |version: &catalog::BrandVersion| {
        let whole = json!({ "info": version.info, "form": version.form });
        form_json::write(&whole).unwrap_or_default()
    };
    let history = versions
        .iter()
        .enumerate()
        .map(|(at, version)| VersionLine {
            version: version.version,
            author: names.of(&version.author),
            reason: version.reason.clone(),
            at: version.created_at,
            changes: versions.get(at + 1).map(|older| diff(&text_of(older), &text_of(version))).unwrap_or_default(),
        })
        .collect();
    let now = brand.map(|brand| (BrandBody::of(&brand), brand.status, brand.version));
    Ok(BrandPage { key: key.to_owned(), now, drafts, history, start, own })
}

/// The smallest face a form takes and no rate in force pays.
fn unpaid(key: &str, rates: &[Rate], form: &FormSchema) -> Option<Won> {
    let own = rates.iter().filter(|rate| rate.brand == key);
    let bands: Vec<_> = own
        .map(|rate| domain::rate_plan::Band { min: rate.face_min, max: rate.face_max, basis_points: rate.basis_points })
        .collect();
    domain::rate_plan::uncovered(&bands, form)
}

/// The editor's fields as typed.
#[derive(Clone, Debug, Default)]
pub struct BrandInput {
    pub key: String,
    pub family: String,
    pub verification: String,
    pub name_ko: String,
    pub name_en: String,
    pub note_ko: String,
    pub note_en: String,
    pub initials: String,
    pub hue: String,
    pub form: String,
    pub reason: String,
    /// Of one's own draft; `None` for a new one.
    pub revision: Option<i64>,
}

fn is_key(key: &str) -> bool {
    let snake = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    snake && (3..=31).contains(&key.len()) && key.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The content typed, with everything wrong with it. The form's mistakes stand under `form_json`, one by one.
fn read(input: &BrandInput, lang: Lang) -> (Option<BrandBody>, Vec<FieldError>) {
    let mut wrong = Wrong::new(lang);
    let info = BrandInfo {
        name_ko: wrong.line("name_ko", &input.name_ko, 40),
        name_en: wrong.line("name_en", &input.name_en, 60),
        note_ko: wrong.line("note_ko", &input.note_ko, 160),
        note_en: wrong.line("note_en", &input.note_en, 160),
        initials: wrong.line("initials", &input.initials, 3),
        hue: input.hue.trim().parse().ok().filter(|hue| *hue < 360).unwrap_or_else(|| {
            wrong.say("hue", "not_a_hue", words::hue_range(lang));
            0
        }),
    };
    let verification = input.verification.parse().ok();
    if verification.is_none() {
        wrong.say("verification", "missing", words::verification_unknown(lang));
    }
    if !is_key(&input.key) {
        wrong.say("key", "shape", words::key_shape(lang));
    }
    let family = input.family.trim().to_owned();
    if !is_key(&family) {
        wrong.say("family", "shape", words::key_shape(lang));
    }
    let form = match form_json::read(&input.form, lang) {
        Ok(form) => Some(form),
        Err(problems) => {
            for problem in problems {
                wrong.say("form_json", "form", problem);
            }
            None
        }
    };
    let body = verification.zip(form).map(|(verification, form)| BrandBody { family, verification, info, form });
    (body, wrong.errors)
}

/// What the editor's preview shows: the form as customers would see it, or what is wrong.
#[derive(Clone, Debug)]
pub struct Look {
    pub body: Option<BrandBody>,
    pub errors: Vec<FieldError>,
    pub unpaid: Option<Won>,
}

/// Draws nothing and writes nothing: reads what is typed.
pub async fn look(services: &Services, actor: &Actor, input: &BrandInput) -> Result<Look, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueDraft)?;
    let (body, errors) = read(input, staff.lang);
    let mut reader = services.db.read().await?;
    let rates = store::rates::in_force(&mut reader, services.clock.now()).await?;
    let rates: Vec<Rate> = rates.into_iter().map(|rate| rate.rate).collect();
    let unpaid = body.as_ref().and_then(|body| unpaid(&input.key, &rates, &body.form));
    Ok(Look { body, errors, unpaid })
}

/// Writes one's own draft of a brand; of a new one when `is_new`.
pub async fn save(
    services: &Services,
    actor: &Actor,
    input: &BrandInput,
    is_new: bool,
) -> Result<ShopDraftId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CatalogueDraft).await?;
    let lang = unit.staff()?.lang;
    let (body, errors) = read(input, lang);
    let mut wrong = Wrong { lang, errors };
    let reason = wrong.reason(&input.reason);
    let known = if is_key(&input.key) { catalog::lock(&mut unit.tx, &input.key).await? } else { None };
    match (&known, is_new) {
        (Some(_), true) => wrong.say("key", "taken", words::key_taken(lang)),
        (Some(brand), false) if body.as_ref().is_some_and(|body| body.family != brand.family) => {
            wrong.say("family", "fixed", words::family_fixed(lang));
        }
        _ => {}
    }
    wrong.done()?;
    let body = body.ok_or_else(|| ServiceError::Internal("a draft without content and without mistakes".to_owned()))?;
    let body = serde_json::to_value(body).map_err(|error| ServiceError::Internal(error.to_string()))?;
    let handed = Handed {
        kind: DraftKind::Brand,
        subject: &input.key,
        revision: input.revision,
        body,
        effective_from: None,
        reason,
    };
    let id = drafts::save(&mut unit, handed).await?;
    unit.commit().await?;
    Ok(id)
}

/// Puts a draft in place, within its publisher's unit: a new version, or a new brand that buys nothing yet.
pub(in crate::desk) async fn put(
    unit: &mut Unit<'_>,
    draft: &ShopDraft,
    body: BrandBody,
) -> Result<Value, ServiceError> {
    let now = unit.now;
    let author = draft.author.to_string();
    body.form.check().map_err(|problem| ServiceError::Internal(format!("draft {}: {problem}", draft.id)))?;
    if draft.base > 0 {
        let content = (body.verification, &body.info, &body.form);
        let by = (author.as_str(), draft.reason.as_str());
        catalog::publish(&mut unit.tx, (&draft.subject, draft.base), content, by, now).await?;
        return Ok(json!({ "version": draft.base + 1 }));
    }
    let brands = catalog::all(&mut unit.tx).await?;
    let position = brands.iter().map(|brand| brand.position + 1).max().unwrap_or(0);
    let new = Brand {
        brand: draft.subject.clone(),
        family: body.family,
        position,
        status: BrandStatus::Paused,
        verification: body.verification,
        info: body.info,
        form: body.form,
        version: 1,
        revision: 1,
        updated_at: now,
    };
    if !catalog::add_missing(&mut unit.tx, &new, &author, &draft.reason, now).await? {
        return Err(ServiceError::Internal(format!("brand {} came into being under its lock", draft.subject)));
    }
    Ok(json!({ "version": 1, "family": new.family }))
}

/// The stop switch. `seen` is the state the page showed: pressed on another one, nothing happens.
///
/// Errors: [`ServiceError::Conflict`] `status_moved`; [`ServiceError::Invalid`] without a reason, for the state it is in,
/// or when a brand without rates is to be bought.
pub async fn set_status(
    services: &Services,
    actor: &Actor,
    key: &str,
    (seen, status): (BrandStatus, BrandStatus),
    reason: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::BrandStop).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let mut wrong = Wrong::new(lang);
    let reason = wrong.reason(reason);
    let brand = catalog::lock(&mut unit.tx, key).await?.ok_or(ServiceError::NotFound)?;
    if brand.status != seen {
        return Err(ServiceError::Conflict { code: "status_moved", message: words::status_moved(lang).to_owned() });
    }
    if brand.status == status {
        wrong.say("status", "same", words::same_status(lang));
    }
    if status == BrandStatus::Accepting {
        let rates = store::rates::in_force(&mut unit.tx, now).await?;
        if !rates.iter().any(|rate| rate.rate.brand == key) {
            wrong.say("status", "no_rates", words::no_rates(lang));
        }
    }
    wrong.done()?;
    catalog::set_status(&mut unit.tx, key, brand.revision, status, now).await?;
    let meta = json!({ "before": brand.status.as_str(), "after": status.as_str() });
    unit.audit(AuditKind::Change, "brand.status", ("brand", key.to_owned()), Some(&reason), meta)?;
    unit.commit().await?;
    services.shelf.forget();
    Ok(())
}

/// Puts a brand at a place among the tiles, counted from 1; the others move up or down.
pub async fn move_to(services: &Services, actor: &Actor, key: &str, place: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CatalogueDraft).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let place: usize = place
        .trim()
        .parse()
        .ok()
        .filter(|place| *place > 0)
        .ok_or_else(|| ServiceError::invalid("place", "no_place", words::no_place(lang)))?;
    hold(&mut unit.tx, DraftKind::Brand, "order of the tiles").await?;
    let mut brands = catalog::all(&mut unit.tx).await?;
    let from = brands.iter().position(|brand| brand.brand == key).ok_or(ServiceError::NotFound)?;
    let moved = brands.remove(from);
    let to = (place - 1).min(brands.len());
    brands.insert(to, moved);
    for (position, brand) in (0_u32..).zip(&brands) {
        if brand.position != position {
            catalog::set_position(&mut unit.tx, &brand.brand, position, now).await?;
        }
    }
    let meta = json!({ "before": from + 1, "after": to + 1 });
    unit.audit(AuditKind::Change, "brand.move", ("brand", key.to_owned()), None, meta)?;
    unit.commit().await?;
    services.shelf.forget();
    Ok(())
}

#[cfg(test)]
#[path = "form_json_tests.rs"]
mod form_json_tests;
