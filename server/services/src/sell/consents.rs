//! What the customer agrees to, one by one.

use super::draft::{Draft, Given};
use super::keep::{Ctx, Without, update};
use super::view::{CONSENTS, is_given};
use super::{DraftToken, SellAnswer};
use crate::catalogue::shelf;
use crate::{Actor, ServiceError, Services, text};

/// Records which consents are given: exactly those named. Each holds for the version of the text that was in force.
pub async fn consents(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    granted: &[String],
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        draft.consents = CONSENTS
            .iter()
            .filter(|(kind, _)| granted.iter().any(|given| given == kind))
            .filter_map(|(kind, _)| ctx.shelf.document(kind))
            .map(|document| Given { kind: document.kind.clone(), version: document.version, lang: ctx.lang })
            .collect();
        check_consents(draft, &ctx);
        None
    });
    Ok(kept.await?.answer(&ctx))
}

/// Says which required consents are missing.
pub(crate) fn check_consents(draft: &mut Draft, ctx: &Ctx) {
    for (kind, required) in CONSENTS {
        if required && !is_given(draft, &ctx.shelf, kind, ctx.lang) {
            let title = ctx.shelf.document(kind).map_or(kind, |document| document.title.get(ctx.lang));
            let message = text::consent_required(ctx.lang, title);
            draft.wrong(kind, "consent_required", message);
        }
    }
}
