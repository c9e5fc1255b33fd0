//! The fee per order by speed, from a moment on: drafted by one person, put in force by another.

use crate::desk::drafts::{self, DraftView, FEES, Handed, Names, Wrong, content};
use crate::desk::rates::{fee_range, read_won};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::rate_plan::MOST_FEE;
use domain::{DraftKind, FeeId, ShopDraftId, Span, Speed, Timestamp, Won};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::fees::FeeInForce;
use store::shop_drafts::{self, ShopDraft};

/// What a draft of fees holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeesBody {
    pub instant: Won,
    pub next_morning: Won,
}

/// One fee of the history.
#[derive(Clone, Debug)]
pub struct FeeLine {
    pub speed: Speed,
    pub fee: Won,
    pub from: Timestamp,
    pub author: String,
}

/// The fees with drafts and history.
#[derive(Clone, Debug)]
pub struct FeesPage {
    pub now: FeesBody,
    pub drafts: Vec<(DraftView, FeesBody)>,
    pub history: Vec<FeeLine>,
    pub start: FeesBody,
    pub own: Option<(ShopDraftId, i64, String, Option<Timestamp>)>,
}

/// The fees' page.
pub async fn page(services: &Services, actor: &Actor) -> Result<FeesPage, ServiceError> {
    let staff = rights::staff(actor, Act::CatalogueRead)?;
    let at = services.clock.now();
    let mut reader = services.db.read().await?;
    let in_force = store::fees::in_force(&mut reader, at).await?;
    let lines = store::fees::history(&mut reader, 60).await?;
    let version = store::fees::count(&mut reader).await?;
    let all = shop_drafts::of_subject(&mut reader, DraftKind::Fees, FEES, 30).await?;
    let names = Names::read(&mut reader, staff.lang).await?;
    drop(reader);
    let fee = |speed| in_force.iter().find(|fee| fee.speed == speed).map(|fee| fee.fee).unwrap_or_default();
    let now = FeesBody { instant: fee(Speed::Instant), next_morning: fee(Speed::NextMorning) };
    let mut drafts = Vec::new();
    for (draft, body) in drafts::views(&all, staff.user, version, &names) {
        let body: FeesBody = content(draft.id, &body)?;
        drafts.push((draft, body));
    }
    let own = drafts.iter().find(|(draft, _)| draft.mine);
    let history = lines
        .into_iter()
        .map(|line| FeeLine {
            speed: line.fee.speed,
            fee: line.fee.fee,
            from: line.fee.effective_from,
            author: names.of(&line.author),
        })
        .collect();
    Ok(FeesPage {
        now,
        start: own.map_or(now, |(_, body)| *body),
        own: own.map(|(draft, _)| (draft.id, draft.revision, draft.reason.clone(), draft.effective_from)),
        drafts,
        history,
    })
}

/// The editor's fields as typed.
#[derive(Clone, Debug, Default)]
pub struct FeesInput {
    pub instant: String,
    pub next_morning: String,
    pub at: String,
    pub reason: String,
    pub revision: Option<i64>,
}

/// Writes one's own draft of the fees.
pub async fn save(services: &Services, actor: &Actor, input: &FeesInput) -> Result<ShopDraftId, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::CatalogueDraft).await?;
    let (lang, now) = (unit.staff()?.lang, unit.now);
    let mut wrong = Wrong::new(lang);
    let mut amount = |field: &str, typed: &str| {
        read_won(typed).filter(|fee| *fee <= MOST_FEE).unwrap_or_else(|| {
            wrong.say(field, "fee", fee_range(lang, &MOST_FEE.fmt(lang)));
            Won::ZERO
        })
    };
    let body = FeesBody {
        instant: amount("instant", &input.instant),
        next_morning: amount("next_morning", &input.next_morning),
    };
    let reason = wrong.reason(&input.reason);
    let effective_from = wrong.moment("at", &input.at, now);
    wrong.done()?;
    let body = serde_json::to_value(body).map_err(|error| ServiceError::Internal(error.to_string()))?;
    let handed =
        Handed { kind: DraftKind::Fees, subject: FEES, revision: input.revision, body, effective_from, reason };
    let id = drafts::save(&mut unit, handed).await?;
    unit.commit().await?;
    Ok(id)
}

/// Puts a draft in force from `from`, within its publisher's unit.
pub(in crate::desk) async fn put(
    unit: &mut Unit<'_>,
    draft: &ShopDraft,
    body: FeesBody,
    from: Timestamp,
) -> Result<Value, ServiceError> {
    let now = unit.now;
    let author = draft.author.to_string();
    for (speed, fee) in [(Speed::Instant, body.instant), (Speed::NextMorning, body.next_morning)] {
        let mut effective_from = from;
        while store::fees::is_taken(&mut unit.tx, speed, effective_from).await? {
            effective_from = effective_from.plus(Span::micros(1));
        }
        let id = FeeId::from_bytes(unit.services.chance.id(now));
        if !store::fees::insert(&mut unit.tx, id, FeeInForce { speed, fee, effective_from }, &author, now).await? {
            return Err(ServiceError::Internal("a fee came into being under its lock".to_owned()));
        }
    }
    Ok(json!({ "instant": body.instant, "next_morning": body.next_morning }))
}
