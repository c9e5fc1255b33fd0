//! Loading a draft and writing it back.
//!
//! A change is a plain function of the draft, so it can be made again when another tab was faster: load, change, write
//! under the revision, once more from the beginning on a conflict, then say so. Effects (a code, a question to the
//! bank, an order) are made between two changes, never inside one. A frozen price goes in with the draft that names it.

use super::draft::{Draft, Said};
use super::view::view;
use super::{DraftToken, SellAnswer};
use crate::catalogue::Shelf;
use crate::shop::{new_token, token_hash};
use crate::{Actor, ServiceError, Services, text};
use domain::bank::RailRest;
use domain::desk::stats::SaleStep;
use domain::{DraftId, Lang, Timestamp};
use std::sync::Arc;
use store::quotes::{self, FrozenQuote};
use store::{StoreError, day_stats, drafts};

/// What every step of an action needs.
pub(crate) struct Ctx {
    pub shelf: Arc<Shelf>,
    pub lang: Lang,
    pub now: Timestamp,
    /// When the rail takes no transfers.
    pub rest: RailRest,
}

impl Ctx {
    pub fn new(services: &Services, actor: &Actor, shelf: Arc<Shelf>) -> Self {
        Self { shelf, lang: actor.lang(), now: services.clock.now(), rest: services.policy.rail_rest }
    }
}

/// A draft as it was found.
pub(crate) struct Loaded {
    pub id: DraftId,
    pub revision: i64,
    pub draft: Draft,
}

/// What to do when there is no living draft.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    /// Begin one.
    Begin,
    /// Say that it is gone.
    SayGone,
}

/// The draft after a change.
pub(crate) struct Kept {
    pub draft: Draft,
    pub token: Option<DraftToken>,
    /// Key of the row; `None` when there is no row.
    pub id: Option<DraftId>,
}

impl Kept {
    /// The answer to the page.
    pub fn answer(self, ctx: &Ctx) -> SellAnswer {
        let granted = self.draft.order.as_ref().map(|made| made.id);
        SellAnswer { view: view(&self.draft, ctx), token: self.token, granted, proved: false }
    }
}

/// The living draft behind a token.
pub(crate) async fn load(
    services: &Services,
    token: Option<&DraftToken>,
    now: Timestamp,
) -> Result<Option<Loaded>, ServiceError> {
    let Some(token) = token else { return Ok(None) };
    let mut reader = services.db.read().await?;
    let Some(stored) = drafts::find(&mut reader, token_hash(token.expose()), now).await? else { return Ok(None) };
    let plain = services.keys.open(drafts::TABLE, "data_enc", stored.id.bytes(), &stored.data_enc)?;
    let draft = serde_json::from_slice(&plain)
        .map_err(|error| StoreError::corrupt(drafts::TABLE, stored.id, format!("data_enc: {error}")))?;
    Ok(Some(Loaded { id: stored.id, revision: stored.revision, draft }))
}

/// Makes one change. `change` may be called twice; a quote it gives back is written with the draft.
pub(crate) async fn update(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    without: Without,
    change: impl Fn(&mut Draft) -> Option<FrozenQuote>,
) -> Result<Kept, ServiceError> {
    for _ in 0..2 {
        let (loaded, gone) = match load(services, token, ctx.now).await? {
            Some(loaded) => (Some(loaded), false),
            None => (None, without == Without::SayGone),
        };
        let mut draft = match &loaded {
            // What became an order is over; the next action begins a new sale.
            Some(loaded) if loaded.draft.order.is_none() => loaded.draft.clone(),
            _ => Draft::new(new_token(services)),
        };
        draft.said = Said { at: ctx.now, ..Said::default() };
        if gone {
            draft.wrong("form", "draft_gone", text::draft_gone(ctx.lang));
            return Ok(Kept { draft, token: None, id: None });
        }
        let quote = change(&mut draft);
        match write(services, ctx, loaded, &draft, quote).await {
            Ok((id, token)) => return Ok(Kept { draft, token, id: Some(id) }),
            Err(ServiceError::Store(StoreError::Conflict { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Err(ServiceError::Conflict { code: "draft_changed", message: text::draft_other_tab(ctx.lang).to_owned() })
}

/// Puts what the order left in place of the draft with this key. A draft that became an order already, or belongs to
/// a newer sale, stays as it is.
pub(crate) async fn finish(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    made: &Draft,
) -> Result<(), ServiceError> {
    for _ in 0..2 {
        let Some(loaded) = load(services, token, ctx.now).await? else { return Ok(()) };
        if loaded.draft.order.is_some() || loaded.draft.submit_key != made.submit_key {
            return Ok(());
        }
        match write(services, ctx, Some(loaded), made, None).await {
            Err(ServiceError::Store(StoreError::Conflict { .. })) => {}
            other => return other.map(|_| ()),
        }
    }
    Err(ServiceError::Conflict { code: "draft_changed", message: text::draft_other_tab(ctx.lang).to_owned() })
}

async fn write(
    services: &Services,
    ctx: &Ctx,
    loaded: Option<Loaded>,
    draft: &Draft,
    quote: Option<FrozenQuote>,
) -> Result<(DraftId, Option<DraftToken>), ServiceError> {
    let plain = serde_json::to_vec(draft).map_err(|error| ServiceError::Internal(format!("a draft: {error}")))?;
    let until = ctx.now.plus(ctx.shelf.limits.draft_keep);
    let (id, revision) = match &loaded {
        Some(loaded) => (loaded.id, Some(loaded.revision)),
        None => (DraftId::from_bytes(services.chance.id(ctx.now)), None),
    };
    let sealed = services.keys.seal(drafts::TABLE, "data_enc", id.bytes(), &plain)?;
    let quoted = quote.is_some();
    let mut tx = services.db.begin().await?;
    if let Some(quote) = quote {
        quotes::insert(&mut tx, &quote, ctx.now).await?;
    }
    let token = if let Some(revision) = revision {
        drafts::write(&mut tx, id, revision, &sealed, ctx.now, until).await?;
        None
    } else {
        let token = DraftToken(new_token(services));
        drafts::insert(&mut tx, id, token_hash(token.expose()), &sealed, ctx.now, until).await?;
        Some(token)
    };
    if draft.order.is_none() {
        let sale = services.keys.hmac("sale", draft.submit_key.as_bytes());
        for step in new_steps(loaded.as_ref().map(|loaded| &loaded.draft), draft, quoted) {
            day_stats::step(&mut tx, step, sale, ctx.now).await?;
        }
    }
    tx.commit().await?;
    Ok((id, token))
}

/// How far the sale came with this change, for the day's figures. A step is noted once per sale, however often it is made.
fn new_steps(before: Option<&Draft>, draft: &Draft, quoted: bool) -> Vec<SaleStep> {
    let before = before.filter(|before| before.submit_key == draft.submit_key);
    let proved = draft.you.proved.is_some() && before.is_none_or(|before| before.you.proved.is_none());
    [(before.is_none(), SaleStep::Begun), (quoted, SaleStep::Quoted), (proved, SaleStep::Proved)]
        .into_iter()
        .filter_map(|(came, step)| came.then_some(step))
        .collect()
}
