//! What the customer agrees to, one by one.

use super::draft::{Draft, Given};
use super::keep::{Ctx, Without, update};
use super::view::{CONSENTS, is_given};
use super::{DraftToken, SellAnswer};
use crate::catalogue::shelf;
use crate::{Actor, ServiceError, Services, text};

/// Records which consents are given: exactly those named, each as `<kind>:<version>`, the version the page showed. A page
/// may be older than the text in force; what it agrees to is what it showed, and the new text is asked about again.
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
            .filter_map(|(kind, _)| ctx.shelf.document(kind))
            .filter_map(|document| {
                let version = granted.iter().find_map(|given| seen(given, &document.kind))?;
                // A version to come was shown to nobody.
                (version <= document.version).then(|| Given { kind: document.kind.clone(), version, lang: ctx.lang })
            })
            .collect();
        check_consents(draft, &ctx);
        None
    });
    Ok(kept.await?.answer(&ctx))
}

/// The version of this kind a box stood for.
fn seen(given: &str, kind: &str) -> Option<u32> {
    given.strip_prefix(kind)?.strip_prefix(':')?.parse().ok()
}

/// Says which required consents are missing, and which were given to a text that is no longer in force.
pub(crate) fn check_consents(draft: &mut Draft, ctx: &Ctx) {
    for (kind, required) in CONSENTS {
        if required && !is_given(draft, &ctx.shelf, kind, ctx.lang) {
            let document = ctx.shelf.document(kind);
            let title = document.map_or(kind, |document| document.title.get(ctx.lang));
            let older =
                |given: &Given| given.kind == kind && document.is_some_and(|document| given.version < document.version);
            if draft.consents.iter().any(older) {
                draft.wrong(kind, "consent_changed", text::consent_changed(ctx.lang, title));
            } else {
                draft.wrong(kind, "consent_required", text::consent_required(ctx.lang, title));
            }
        }
    }
}
