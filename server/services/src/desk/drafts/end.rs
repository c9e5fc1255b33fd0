//! How a draft ends: put to work by somebody else, given up, or brought up to date to go on.

use super::{content, draft_act, hold, publish_act, version_of, words};
use crate::desk::{brands, documents, fees, rates};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::{DraftKind, DraftState, Lang, ShopDraftId};
use serde_json::json;
use store::audit::AuditKind;
use store::shop_drafts::{self, ShopDraft};

/// What a draft is of, for choosing the right; nobody is told more.
async fn kind_of(services: &Services, actor: &Actor, id: ShopDraftId) -> Result<(DraftKind, String), ServiceError> {
    rights::staff(actor, Act::Desk)?;
    let mut reader = services.db.read().await?;
    let found = shop_drafts::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    Ok((found.kind, found.subject))
}

/// The draft, its thing and its row held, open and as the one who acts saw it.
async fn taken(unit: &mut Unit<'_>, id: ShopDraftId, revision: i64) -> Result<(ShopDraft, u32), ServiceError> {
    let lang = unit.staff()?.lang;
    let draft = shop_drafts::lock(&mut unit.tx, id).await?.ok_or(ServiceError::NotFound)?;
    if draft.state != DraftState::Open {
        return Err(words::conflict("draft_ended", words::draft_over(lang)));
    }
    if draft.revision != revision {
        return Err(words::conflict("draft_changed", words::changed_since_seen(lang)));
    }
    let version = version_of(&mut unit.tx, draft.kind, &draft.subject).await?;
    Ok((draft, version))
}

fn fresh_base(draft: &ShopDraft, version: u32, lang: Lang) -> Result<(), ServiceError> {
    if draft.base == version {
        Ok(())
    } else {
        Err(words::conflict("stale_base", words::stale_base(lang, draft.base, version)))
    }
}

/// Puts another person's draft to work. `confirm` is what was typed where a change is large.
///
/// Errors: [`ServiceError::Conflict`] with `own_draft`, `draft_ended`, `draft_changed`, `stale_base` or `time_over`;
/// [`ServiceError::StepUp`]; [`ServiceError::Invalid`] when the content no longer fits or wants a confirmation.
pub async fn publish(
    services: &Services,
    actor: &Actor,
    id: ShopDraftId,
    revision: i64,
    confirm: &str,
) -> Result<(), ServiceError> {
    let (kind, subject) = kind_of(services, actor, id).await?;
    let mut unit = Unit::of_staff(services, actor, publish_act(kind)).await?;
    let (me, lang, now) = (unit.staff()?.user, unit.staff()?.lang, unit.now);
    hold(&mut unit.tx, kind, &subject).await?;
    let (draft, version) = taken(&mut unit, id, revision).await?;
    if draft.author == me {
        return Err(words::conflict("own_draft", words::own_draft(lang)));
    }
    fresh_base(&draft, version, lang)?;
    let from = match draft.effective_from {
        None => now,
        Some(at) if at > now => at,
        Some(_) => return Err(words::conflict("time_over", words::time_over(lang))),
    };
    let mut meta = match kind {
        DraftKind::Brand => brands::put(&mut unit, &draft, content(id, &draft.body)?).await?,
        DraftKind::Rates => rates::put(&mut unit, &draft, content(id, &draft.body)?, from, confirm).await?,
        DraftKind::Fees => fees::put(&mut unit, &draft, content(id, &draft.body)?, from).await?,
        DraftKind::Document => documents::put(&mut unit, &draft, content(id, &draft.body)?, from).await?,
    };
    if let Some(meta) = meta.as_object_mut() {
        meta.insert("draft".to_owned(), json!(id));
        meta.insert("author".to_owned(), json!(draft.author));
        meta.insert("from".to_owned(), json!(from.rfc3339()));
    }
    shop_drafts::finish(&mut unit.tx, &draft, DraftState::Published, me, Some(from), now).await?;
    let action = match kind {
        DraftKind::Brand => "brand.publish",
        DraftKind::Rates => "rates.publish",
        DraftKind::Fees => "fees.publish",
        DraftKind::Document => "document.publish",
    };
    unit.audit(AuditKind::Change, action, (kind.as_str(), subject), Some(&draft.reason), meta)?;
    unit.commit().await
}

/// Gives a draft up: its author's, or an owner's doing.
pub async fn withdraw(services: &Services, actor: &Actor, id: ShopDraftId, revision: i64) -> Result<(), ServiceError> {
    let (kind, subject) = kind_of(services, actor, id).await?;
    let mut unit = Unit::of_staff(services, actor, draft_act(kind)).await?;
    let (me, now) = (unit.staff()?.user, unit.now);
    hold(&mut unit.tx, kind, &subject).await?;
    let (draft, _) = taken(&mut unit, id, revision).await?;
    let owner = rights::may(unit.staff()?, Act::DocumentsPublish);
    if draft.author != me && !owner {
        return Err(ServiceError::NotFound);
    }
    shop_drafts::finish(&mut unit.tx, &draft, DraftState::Withdrawn, me, draft.effective_from, now).await?;
    let meta = json!({ "kind": kind.as_str(), "subject": subject });
    unit.audit(AuditKind::Change, "draft.withdraw", ("draft", id.to_string()), None, meta)?;
    unit.commit().await
}

/// The author has seen what was published since and says that the draft is meant on top of it.
pub async fn rebase(services: &Services, actor: &Actor, id: ShopDraftId, revision: i64) -> Result<(), ServiceError> {
    let (kind, subject) = kind_of(services, actor, id).await?;
    let mut unit = Unit::of_staff(services, actor, draft_act(kind)).await?;
    let (me, now) = (unit.staff()?.user, unit.now);
    hold(&mut unit.tx, kind, &subject).await?;
    let (draft, version) = taken(&mut unit, id, revision).await?;
    if draft.author != me {
        return Err(ServiceError::NotFound);
    }
    let after = ShopDraft { base: version, ..draft.clone() };
    shop_drafts::write(&mut unit.tx, &draft, &after, now).await?;
    let meta = json!({ "kind": kind.as_str(), "subject": subject, "before": draft.base, "after": version });
    unit.audit(AuditKind::Change, "draft.rebase", ("draft", id.to_string()), None, meta)?;
    unit.commit().await
}
