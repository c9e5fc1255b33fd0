//! The price: made now, frozen for a while.

use super::draft::{Draft, Frozen};
use super::keep::{Ctx, Without, update};
use super::rows::ready;
use super::{DraftToken, SellAnswer};
use crate::catalogue::{Shelf, fresh};
use crate::{Actor, ServiceError, Services, text};
use domain::quote::{PriceLine, price};
use domain::{Quote, QuoteId, QuoteProblem, Speed};
use store::quotes::FrozenQuote;

/// Prices the rows now and freezes the price. `speed` `None` keeps the one chosen. Also the re-quote.
pub async fn quote(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    speed: Option<Speed>,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, fresh(services).await?);
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        let speed = speed.unwrap_or(draft.speed);
        draft.speed = speed;
        let lines = counted(draft, &ctx)?;
        freeze(services, draft, &lines, &ctx)
    });
    Ok(kept.await?.answer(&ctx))
}

/// The rows that count; says what is in the way when there are none or some aren't ready.
pub(crate) fn counted(draft: &mut Draft, ctx: &Ctx) -> Option<Vec<PriceLine>> {
    match ready(draft, ctx) {
        Ok(lines) => Some(lines),
        Err(0) => {
            draft.wrong("form", "empty", domain::text::quote_empty(ctx.lang));
            None
        }
        Err(unready) => {
            draft.wrong("form", "rows_unready", text::rows_unready(ctx.lang, unready));
            None
        }
    }
}

/// Freezes a new price into the draft and tells when it differs from the one seen for the same speed. The quote is to
/// be written with the draft.
pub(crate) fn freeze(services: &Services, draft: &mut Draft, lines: &[PriceLine], ctx: &Ctx) -> Option<FrozenQuote> {
    match priced(lines, draft.speed, &ctx.shelf) {
        Ok(quote) => {
            let frozen = frozen(services, quote, draft.speed, ctx);
            let net = frozen.quote.net;
            draft.said.requoted = match draft.seen {
                Some((speed, before)) if speed == draft.speed && before != net => Some((before, net)),
                _ => None,
            };
            draft.seen = Some((draft.speed, net));
            draft.quote = Some(Frozen::from(&frozen));
            Some(frozen)
        }
        Err(problem) => {
            let field = match &problem {
                QuoteProblem::NotBought { row, .. } => format!("rows.{row}.face"),
                _ => "form".to_owned(),
            };
            draft.wrong(field, problem.code(), problem.text(ctx.lang));
            draft.quote = None;
            None
        }
    }
}

/// The price of these rows by a shelf's rates and fee.
pub(crate) fn priced(lines: &[PriceLine], speed: Speed, shelf: &Shelf) -> Result<Quote, QuoteProblem> {
    // Without a fee row nothing may be sold for free by mistake: nothing is sold.
    let fee = shelf.fee(speed).ok_or(QuoteProblem::Overflow)?;
    price(lines, &shelf.rates, fee)
}

fn frozen(services: &Services, quote: Quote, speed: Speed, ctx: &Ctx) -> FrozenQuote {
    FrozenQuote {
        id: QuoteId::from_bytes(services.chance.id(ctx.now)),
        speed,
        quote,
        priced_at: ctx.now,
        valid_until: ctx.now.plus(ctx.shelf.limits.quote_valid),
    }
}
