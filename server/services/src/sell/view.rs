//! The draft as the page sees it.

use super::draft::{Draft, Frozen};
use super::keep::Ctx;
use super::rows::{Judged, judge, ready};
use super::seen::key_of_page;
use crate::catalogue::{Shelf, choices};
use crate::content::to_html;
use crate::text;
use domain::bank::{RailRest, account_hint, closed_until, sending_closed_until};
use domain::wire::{ConsentView, HolderCheck, QuoteLine, QuoteView, SellRow, SellStep, SellView, YouView};
use domain::{AccountNo, Lang, Phone, Span, Speed, Timestamp, mask};

/// The documents a customer consents to, in the order they are asked, and whether they must.
pub(crate) const CONSENTS: [(&str, bool); 4] =
    [("consent_terms", true), ("consent_privacy", true), ("consent_own_voucher", true), ("consent_marketing", false)];

/// Between submitting and the transfer, usually.
const USUALLY_PAID_WITHIN: Span = Span::minutes(5);

/// The whole view.
pub(crate) fn view(draft: &Draft, ctx: &Ctx) -> SellView {
    let (lang, now) = (ctx.lang, ctx.now);
    let news = draft.said.is_fresh(now);
    let rows = judge(draft, ctx).into_iter().map(|judged| sell_row(judged, &ctx.shelf, lang)).collect();
    SellView {
        reached: reached(draft, ctx),
        rows,
        paste: draft.said.paste.clone().filter(|_| news),
        brands: choices(&ctx.shelf, lang).to_vec(),
        speed: draft.speed,
        quote: draft.quote.as_ref().map(|frozen| quote_view(frozen, draft, ctx)),
        requoted: draft.said.requoted.filter(|_| news),
        you: you_view(draft, ctx),
        consents: consent_views(draft, &ctx.shelf, lang),
        errors: if news { draft.said.errors.clone() } else { Vec::new() },
        submit_key: key_of_page(draft),
        now,
        order_code: draft.order.as_ref().map(|made| made.code.clone()),
    }
}

/// The furthest step that may be opened.
pub(crate) fn reached(draft: &Draft, ctx: &Ctx) -> SellStep {
    if draft.order.is_some() {
        SellStep::Confirm
    } else if ready(draft, ctx).is_err() {
        SellStep::Vouchers
    } else if draft.quote.is_none() {
        SellStep::Quote
    } else if !you_is_done(draft, ctx) {
        SellStep::You
    } else {
        SellStep::Confirm
    }
}

fn you_is_done(draft: &Draft, ctx: &Ctx) -> bool {
    let you = &draft.you;
    let consented = CONSENTS.iter().all(|(kind, required)| !required || is_given(draft, &ctx.shelf, kind, ctx.lang));
    super::payee::name(&you.name, ctx.lang).is_ok()
        && phone_is_proved(draft, ctx.now)
        && holder_check(draft).is_some()
        && consented
}

/// Was the phone that stands in the form proved, and does the proof still hold?
pub(crate) fn phone_is_proved(draft: &Draft, now: Timestamp) -> bool {
    let phone = Phone::parse(&draft.you.phone).ok();
    let proved = draft.you.proved.as_ref();
    proved.is_some_and(|proved| now < proved.until && phone.is_some_and(|phone| phone.expose() == proved.phone))
}

/// What the bank said of just this account and holder; `None` when it wasn't asked about them.
pub(crate) fn holder_check(draft: &Draft) -> Option<HolderCheck> {
    let you = &draft.you;
    let account = AccountNo::parse(&you.account).ok()?;
    let checked = you.checked.as_ref()?;
    let same = checked.bank_code == you.bank_code
        && checked.account == account.expose()
        && checked.holder == super::payee::holder_text(you);
    same.then_some(checked.check)
}

/// Was the text as it is shown now consented to: this version, in this language?
pub(crate) fn is_given(draft: &Draft, shelf: &Shelf, kind: &str, lang: Lang) -> bool {
    let shown = shelf.document(kind).map(|document| document.version);
    draft.consents.iter().any(|given| given.kind == kind && Some(given.version) == shown && given.lang == lang)
}

fn sell_row(judged: Judged<'_>, shelf: &Shelf, lang: Lang) -> SellRow {
    let Judged { row, problems, left_out } = judged;
    let field = shelf.form(&row.brand).map(|form| &form.pin);
    let grouped = match field {
        Some(field) if field.check(&row.pin).is_ok() => field.grouped(&row.pin),
        _ => row.pin.clone(),
    };
    SellRow {
        id: row.id,
        brand: row.brand.clone(),
        brand_name: shelf.brand_name(&row.brand, lang),
        guessed: row.guessed,
        pin: grouped,
        pin_masked: mask::pin(&row.pin),
        companion: row.companion.clone(),
        face: row.face,
        problems,
        left_out,
    }
}

fn quote_view(frozen: &Frozen, draft: &Draft, ctx: &Ctx) -> QuoteView {
    let line = |line: &domain::PricedLine| QuoteLine {
        row: line.row,
        brand: line.brand.clone(),
        brand_name: ctx.shelf.brand_name(&line.brand, ctx.lang),
        face: line.face,
        rate_bp: line.rate_bp,
        net: line.net,
    };
    let manual = frozen.lines.iter().any(|line| ctx.shelf.is_manual(&line.brand));
    let eta_of = |speed| eta(&ctx.shelf, speed, &draft.you.bank_code, manual, ctx.lang, (ctx.now, ctx.rest));
    QuoteView {
        lines: frozen.lines.iter().map(line).collect(),
        total_face: frozen.total_face,
        gross: frozen.gross,
        fee: frozen.fee,
        net: frozen.net,
        valid_until: frozen.valid_until,
        eta: eta_of(frozen.speed),
        eta_other: eta_of(match frozen.speed {
            Speed::Instant => Speed::NextMorning,
            Speed::NextMorning => Speed::Instant,
        }),
    }
}

/// When the money is expected, in words that know the bank's hours and the rail's rest around midnight.
pub(crate) fn eta(
    shelf: &Shelf,
    speed: Speed,
    bank: &str,
    manual: bool,
    lang: Lang,
    (now, rest): (Timestamp, RailRest),
) -> String {
    match speed {
        Speed::NextMorning => text::eta_morning(lang, &now.next_business_morning(&[]).kst_date_time(lang)),
        Speed::Instant if manual => text::eta_manual(lang).to_owned(),
        Speed::Instant => {
            // By the time the vouchers are checked.
            let then = now.plus(USUALLY_PAID_WITHIN);
            let bank = shelf.bank(bank);
            let Some(until) = sending_closed_until(bank.map(|bank| &bank.hours), rest, then) else {
                return text::eta_instant(lang).to_owned();
            };
            match bank.filter(|bank| closed_until(&bank.hours, then).is_some()) {
                Some(bank) => {
                    let name = lang.pick(&bank.name_ko, &bank.name_en);
                    text::eta_resting(lang, name, &until.kst_clock())
                }
                None => text::eta_midnight(lang, &until.kst_clock()),
            }
        }
    }
}

fn you_view(draft: &Draft, ctx: &Ctx) -> YouView {
    let (you, lang) = (&draft.you, ctx.lang);
    let phone = Phone::parse(&you.phone).ok();
    let proved = phone_is_proved(draft, ctx.now);
    let sent =
        you.code.as_ref().filter(|sent| !proved && phone.as_ref().is_some_and(|phone| phone.expose() == sent.phone));
    let account = AccountNo::parse(&you.account).ok();
    let bank = ctx.shelf.bank(&you.bank_code);
    YouView {
        name: you.name.clone(),
        phone: phone.as_ref().map_or_else(|| you.phone.clone(), Phone::hyphenated),
        phone_proved: proved,
        code_until: sent.map(|sent| sent.until).filter(|until| ctx.now < *until),
        resend_after: sent.map(|sent| sent.resend_after),
        tries_left: sent.map(|sent| sent.tries_left),
        bank: bank.map_or_else(|| you.bank_code.clone(), |bank| lang.pick(&bank.name_ko, &bank.name_en).clone()),
        bank_warning: bank.and_then(|bank| {
            let until = sending_closed_until(Some(&bank.hours), ctx.rest, ctx.now)?.kst_clock();
            let own = closed_until(&bank.hours, ctx.now).is_some();
            Some(if own { text::bank_resting(lang, &until) } else { text::rail_resting(lang, &until) })
        }),
        account: you.account.clone(),
        account_masked: account.as_ref().map(AccountNo::masked).unwrap_or_default(),
        account_warning: account.and_then(|account| account_hint(&you.bank_code, &account, lang)),
        holder: you.holder.clone(),
        holder_check: holder_check(draft).unwrap_or_default(),
    }
}

fn consent_views(draft: &Draft, shelf: &Shelf, lang: Lang) -> Vec<ConsentView> {
    let consent = |(kind, required): &(&str, bool)| {
        let document = shelf.document(kind)?;
        Some(ConsentView {
            kind: (*kind).to_owned(),
            title: document.title.get(lang).to_owned(),
            html: to_html(document.body.get(lang)),
            required: *required,
            version: document.version,
            granted: is_given(draft, shelf, kind, lang),
        })
    };
    CONSENTS.iter().filter_map(consent).collect()
}
