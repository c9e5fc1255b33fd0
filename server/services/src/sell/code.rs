//! Proving the phone inside a sale.

use super::draft::{Draft, Proved, Sent, You};
use super::keep::{Ctx, Without, update};
use super::view::phone_is_proved;
use super::{DraftToken, SellAnswer, YouInput, payee};
use crate::catalogue::shelf;
use crate::otp::{self, Checked, Requested};
use crate::shop::kept;
use crate::{Actor, ServiceError, Services, text};
use domain::otp::MAX_TRIES;
use domain::{Lang, OtpPurpose, Phone};

/// Most characters kept of a field of the step "you".
const LONGEST: usize = 100;

/// Takes over what was typed; what didn't come stays.
pub(crate) fn keep_typed(you: &mut You, input: &YouInput) {
    let fields = [
        (&mut you.name, &input.name),
        (&mut you.phone, &input.phone),
        (&mut you.bank_code, &input.bank_code),
        (&mut you.account, &input.account),
        (&mut you.holder, &input.holder),
    ];
    for (mine, typed) in fields {
        if let Some(typed) = typed {
            *mine = kept(typed.trim(), LONGEST);
        }
    }
}

/// The phone typed, or what is wrong with it said.
fn phone_of(draft: &mut Draft, lang: Lang) -> Option<Phone> {
    match Phone::parse(&draft.you.phone) {
        Ok(phone) => Some(phone),
        Err(problem) => {
            draft.wrong("phone", problem.code(), problem.text(lang));
            None
        }
    }
}

/// What is wrong with a name that came with the form, said before a code goes out: later its field is out of sight.
fn judge_name(draft: &mut Draft, input: &YouInput, lang: Lang) {
    if let (Some(_), Err((code, message))) = (&input.name, payee::name(&draft.you.name, lang)) {
        draft.wrong("name", code, message);
    }
}

/// Keeps the fields and sends a code to the phone. A phone that is proved already gets none.
pub async fn send_code(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    input: YouInput,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let first = update(services, &ctx, token, Without::SayGone, |draft| {
        keep_typed(&mut draft.you, &input);
        judge_name(draft, &input, ctx.lang);
        phone_of(draft, ctx.lang);
        None
    })
    .await?;
    let named = input.name.is_none() || payee::name(&first.draft.you.name, ctx.lang).is_ok();
    let phone = Phone::parse(&first.draft.you.phone).ok().filter(|_| named);
    let (Some(phone), Some(_), false) = (phone, first.id, phone_is_proved(&first.draft, ctx.now)) else {
        return Ok(first.answer(&ctx));
    };
    let requested = otp::request(services, actor, OtpPurpose::Sell, &phone).await?;
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        note_requested(draft, &phone, requested, &ctx);
        None
    });
    Ok(kept.await?.answer(&ctx))
}

fn note_requested(draft: &mut Draft, phone: &Phone, requested: Requested, ctx: &Ctx) {
    let tries_left = |draft: &Draft| {
        let known = draft.you.code.as_ref().filter(|sent| sent.phone == phone.expose());
        known.map_or(MAX_TRIES, |sent| sent.tries_left)
    };
    match requested {
        Requested::Sent { until, resend_after } => {
            let phone = phone.expose().to_owned();
            draft.you.code = Some(Sent { phone, until, resend_after, tries_left: MAX_TRIES });
        }
        Requested::TooSoon { until, resend_after } => {
            let tries_left = tries_left(draft);
            draft.you.code = Some(Sent { phone: phone.expose().to_owned(), until, resend_after, tries_left });
            let wait = resend_after.since(ctx.now).wait_seconds();
            draft.wrong("phone", "too_soon", text::code_too_soon(ctx.lang, wait));
        }
        Requested::Limited { retry_at } => {
            let at = retry_at.kst_date_time(ctx.lang);
            draft.wrong("phone", "too_many", text::code_limited(ctx.lang, &at));
        }
    }
}

/// Keeps the fields and checks the code.
pub async fn check_code(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    input: YouInput,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let first = update(services, &ctx, token, Without::SayGone, |draft| {
        keep_typed(&mut draft.you, &input);
        phone_of(draft, ctx.lang);
        None
    })
    .await?;
    let phone = Phone::parse(&first.draft.you.phone).ok();
    let (Some(phone), Some(_), false) = (phone, first.id, phone_is_proved(&first.draft, ctx.now)) else {
        return Ok(first.answer(&ctx));
    };
    let typed = input.code.as_deref().unwrap_or_default();
    let checked = otp::check(services, actor, OtpPurpose::Sell, &phone, typed).await?;
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        note_checked(draft, &phone, &checked, ctx.lang);
        None
    });
    let kept = kept.await?;
    // A sale that ended meanwhile has no proof to guard.
    let proved = matches!(checked, Checked::Proved { .. }) && phone_is_proved(&kept.draft, ctx.now);
    Ok(SellAnswer { proved, ..kept.answer(&ctx) })
}

fn note_checked(draft: &mut Draft, phone: &Phone, checked: &Checked, lang: Lang) {
    if let Checked::Proved { proof, until } = checked {
        let phone = phone.expose().to_owned();
        draft.you.proved = Some(Proved { phone, proof: proof.clone(), until: *until });
        draft.you.code = None;
        return;
    }
    if let (Checked::Wrong { tries_left }, Some(sent)) = (checked, &mut draft.you.code) {
        sent.tries_left = *tries_left;
    }
    if matches!(checked, Checked::Expired | Checked::Wrong { tries_left: 0 }) {
        draft.you.code = None;
    }
    if let Some((field, code, message)) = code_problem(checked, lang) {
        draft.wrong(field, code, message);
    }
}

/// What is wrong with a code that proved nothing: field, code and words. A code that is over has no field any more; the
/// phone's, from which a new one is asked for, is where the cure is.
pub(crate) fn code_problem(checked: &Checked, lang: Lang) -> Option<(&'static str, &'static str, String)> {
    match checked {
        Checked::Proved { .. } => None,
        Checked::Wrong { tries_left: 0 } => Some(("phone", "spent", text::code_spent(lang).to_owned())),
        Checked::Wrong { tries_left } => Some(("code", "wrong", text::code_wrong(lang, *tries_left))),
        Checked::Expired => Some(("phone", "expired", text::code_expired(lang).to_owned())),
        Checked::Unreadable => Some(("code", "missing", text::code_missing(lang).to_owned())),
    }
}
