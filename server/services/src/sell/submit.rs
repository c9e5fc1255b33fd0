//! Making the order.
//!
//! Everything the draft says is looked at again, as if nothing had been checked before. The order itself is one
//! transaction of `order::submit`; the draft is written after it. A crash in between leaves a draft that still holds
//! its vouchers: the same key sent again finds the order that was made. So the frozen price is tried first, whatever
//! its age, and only when it no longer holds a new one is made: an equal one goes on by itself, another one is shown
//! and asked about.

use super::consents::check_consents;
use super::draft::{Draft, Made};
use super::keep::{Ctx, Kept, Without, finish, load, update};
use super::payee::{check_account, name};
use super::quote::{counted, freeze, priced};
use super::seen::{is_current, taken_apart};
use super::view::{CONSENTS, holder_check, is_given};
use super::{DraftToken, SellAnswer};
use crate::catalogue::fresh;
use crate::order::{self, Submission, Submitted, SubmittedConsent, SubmittedItem};
use crate::shop::new_token;
use crate::{Actor, ServiceError, Services, text};
use domain::wire::FieldError;
use domain::{Phone, Pin};
use store::quotes::FrozenQuote;

/// Makes the order. `submit_key` is the view's; the same key again answers with the same order.
///
/// Errors: [`ServiceError::Conflict`] `other_key` for a page of an earlier sale, `in_progress` while the same key is
/// being worked on.
pub async fn submit(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    submit_key: &str,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, fresh(services).await?);
    let Some(loaded) = load(services, token, ctx.now).await? else {
        return Ok(update(services, &ctx, token, Without::SayGone, |_| None).await?.answer(&ctx));
    };
    let (key, seen) = taken_apart(submit_key);
    if loaded.draft.submit_key != key {
        let message = text::draft_other_key(ctx.lang).to_owned();
        return Err(ServiceError::Conflict { code: "other_key", message });
    }
    if loaded.draft.order.is_some() {
        return Ok(Kept { draft: loaded.draft, token: None, id: Some(loaded.id) }.answer(&ctx));
    }
    let mut draft = loaded.draft;
    draft.said.errors.clear();
    let Some(submission) = submission(services, &mut draft, &ctx) else {
        let errors = draft.said.errors;
        return Ok(say(services, &ctx, token, &errors).await?.answer(&ctx));
    };
    if !is_current(&draft, seen) {
        return Ok(show_again(services, &ctx, token).await?.answer(&ctx));
    }
    let first = order::submit(services, actor, submission.clone()).await;
    let outcome = match first {
        Err(ServiceError::Conflict { code: "requote", .. }) => match same_price(services, &draft, &ctx) {
            // Time is over, the price is the same: no reason to ask.
            Some(renewed) => {
                renew(services, &ctx, token, &renewed).await?;
                order::submit(services, actor, Submission { quote_id: renewed.id, ..submission }).await
            }
            None => first,
        },
        other => other,
    };
    match outcome {
        Ok(submitted) => Ok(done(services, &ctx, token, key, &submitted).await),
        Err(ServiceError::Conflict { code: "requote", .. }) => ask_again(services, &ctx, token).await,
        Err(ServiceError::Invalid(errors)) => Ok(refused(services, &ctx, token, &errors).await?.answer(&ctx)),
        Err(error @ ServiceError::Conflict { code: "idempotency_mismatch", .. }) => {
            // An order was made from this draft, its end was lost, and the draft was changed since: the key is spent.
            let next = new_token(services);
            update(services, &ctx, token, Without::SayGone, |draft| {
                draft.submit_key.clone_from(&next);
                None
            })
            .await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

/// The whole submission, or what is missing said in the draft.
fn submission(services: &Services, draft: &mut Draft, ctx: &Ctx) -> Option<Submission> {
    let lang = ctx.lang;
    let lines = counted(draft, ctx);
    let name = name(&draft.you.name, lang).map_err(|(code, message)| draft.wrong("name", code, message)).ok();
    let phone =
        Phone::parse(&draft.you.phone).map_err(|problem| draft.wrong("phone", problem.code(), problem.text(lang))).ok();
    let proved =
        draft.you.proved.clone().filter(|proved| phone.as_ref().is_some_and(|phone| phone.expose() == proved.phone));
    if proved.is_none() {
        draft.wrong("phone", "phone_unproved", text::phone_unproved(lang));
    }
    let account = check_account(draft, ctx);
    check_consents(draft, ctx);
    let quote_id = draft.quote.as_ref().map(|quote| quote.id);
    if quote_id.is_none() {
        draft.wrong("form", "quote_first", text::quote_first(lang));
    }
    if !draft.said.errors.is_empty() {
        return None;
    }
    let ((account, holder), phone, proved) = (account?, phone?, proved?);
    let items = lines?
        .into_iter()
        .filter_map(|line| {
            let row = draft.rows.iter().find(|row| row.id == line.row)?;
            let companions = row.companion.iter().filter(|(_, value)| !value.is_empty()).cloned();
            Some(SubmittedItem {
                row: line.row,
                brand: line.brand,
                pin: Pin::new(&row.pin)?,
                companions: companions.collect(),
                claimed_face: line.face,
            })
        })
        .collect();
    let consents = CONSENTS
        .iter()
        .filter_map(|(kind, _)| {
            let document = ctx.shelf.document(kind)?;
            Some(SubmittedConsent {
                kind: document.kind.clone(),
                version: document.version,
                text_hash: document.hash(lang),
                granted: is_given(draft, &ctx.shelf, kind, ctx.lang),
            })
        })
        .collect();
    Some(Submission {
        idempotency_key: draft.submit_key.clone(),
        quote_id: quote_id?,
        lang,
        name: name?,
        phone_hmacs: services.keys.phone_hashes(&phone),
        phone,
        proof_hash: proved.proof.hash(),
        bank_code: draft.you.bank_code.clone(),
        account,
        holder,
        holder_check: holder_check(draft).unwrap_or_default(),
        items,
        consents,
    })
}

/// The price by the rates of now, when it is line by line the one the customer saw.
fn same_price(services: &Services, draft: &Draft, ctx: &Ctx) -> Option<FrozenQuote> {
    let seen = draft.quote.as_ref()?;
    let mut copy = draft.clone();
    let lines = counted(&mut copy, ctx)?;
    let now = priced(&lines, draft.speed, &ctx.shelf).ok()?;
    let same = seen.speed == draft.speed && seen.lines == now.lines && seen.fee == now.fee && seen.net == now.net;
    if same { freeze(services, &mut copy, &lines, ctx) } else { None }
}

/// Puts the renewed price into the draft, so that a page that is reloaded shows the quote the order is made from.
async fn renew(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    renewed: &FrozenQuote,
) -> Result<(), ServiceError> {
    update(services, ctx, token, Without::SayGone, |draft| {
        draft.quote = Some(renewed.into());
        Some(renewed.clone())
    })
    .await?;
    Ok(())
}

/// Shows the new price and asks whether it is right.
async fn ask_again(services: &Services, ctx: &Ctx, token: Option<&DraftToken>) -> Result<SellAnswer, ServiceError> {
    let kept = update(services, ctx, token, Without::SayGone, |draft| {
        let lines = counted(draft, ctx)?;
        let quote = freeze(services, draft, &lines, ctx)?;
        if let Some((before, now)) = draft.said.requoted {
            let message = text::quote_changed(ctx.lang, &before.fmt(ctx.lang), &now.fmt(ctx.lang));
            draft.wrong("form", "requoted", message);
        } else {
            draft.wrong("form", "requoted", text::quote_renewed(ctx.lang));
        }
        Some(quote)
    });
    Ok(kept.await?.answer(ctx))
}

/// The button was pressed on a page that shows something else than the draft holds now: nothing is sent, the page is
/// shown as it is now.
async fn show_again(services: &Services, ctx: &Ctx, token: Option<&DraftToken>) -> Result<Kept, ServiceError> {
    let error = FieldError {
        field: "form".to_owned(),
        code: "changed_since".to_owned(),
        message: text::changed_since(ctx.lang).to_owned(),
    };
    say(services, ctx, token, &[error]).await
}

/// Tells errors without changing anything else.
async fn say(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    errors: &[FieldError],
) -> Result<Kept, ServiceError> {
    update(services, ctx, token, Without::SayGone, |draft| {
        draft.said.errors = errors.to_vec();
        None
    })
    .await
}

/// What the order's transaction refused: vouchers that are being sold already, a phone whose proof is gone.
async fn refused(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    errors: &[FieldError],
) -> Result<Kept, ServiceError> {
    update(services, ctx, token, Without::SayGone, |draft| {
        for row in &mut draft.rows {
            let field = format!("rows.{}.pin", row.id);
            row.taken |= errors.iter().any(|error| error.field == field && error.code == "duplicate_pin");
        }
        if draft.rows.iter().any(|row| row.taken) {
            draft.rows_changed();
        }
        if errors.iter().any(|error| error.field == "phone") {
            draft.you.proved = None;
        }
        draft.said.errors = errors.to_vec();
        None
    })
    .await
}

/// The order is there: the draft forgets numbers and persons and keeps the way to the order.
async fn done(
    services: &Services,
    ctx: &Ctx,
    token: Option<&DraftToken>,
    submit_key: &str,
    submitted: &Submitted,
) -> SellAnswer {
    let made = Draft {
        order: Some(Made { id: submitted.id, code: submitted.code.as_str().to_owned() }),
        ..Draft::new(submit_key.to_owned())
    };
    if let Err(error) = finish(services, ctx, token, &made).await {
        // The order is made; the draft ends by itself.
        tracing::warn!(order = %submitted.id, %error, "a draft was not cleared after its order");
    }
    Kept { draft: made, token: None, id: None }.answer(ctx)
}
