//! The order's page: everything that is known of one order, masked, with one timeline.
//!
//! Opening it leaves a view line in the audit log before anything is shown: once per person and order within
//! [`VIEW_AGAIN`], so that a page that lives (it is fetched anew whenever something changes) doesn't write a line for each
//! look, and a second visit later in the day does.

use super::story::Teller;
use super::{TARGET, find, names, reject, resend, words};
use crate::catalogue::{Shelf, shelf};
use crate::erased::{if_kept, shown};
use crate::order::{account_of, holder_of, name_of, phone_of};
use crate::rights::Act;
use crate::{Actor, ServiceError, Services, Staff, desk, rights};
use domain::wire::ItemTone;
use domain::wire::desk::{
    ClaimView, ConsentLine, DeskAttempt, DeskItem, DeskMessage, DeskPayout, DeskWork, FlagLine, HeldView, HoldReason,
    OrderDeskView, Pick, StoryLine,
};
use domain::{AccountNo, ItemState, Lang, OrderState, OutboxState, PersonName, Phone, Pin, Span, Timestamp, UserId};
use serde_json::json;
use std::collections::HashMap;
use store::items::Item;
use store::messages::Message;
use store::orders::Order;
use store::outbox::OutboxRow;
use store::payouts::{self, Payout};
use store::{
    Reader, audit, consents, events, items, manual, messages, notes, payout_attempts, quotes, risk, stories, views,
};

/// Opening the same order again after this is another view.
const VIEW_AGAIN: Span = Span::minutes(10);
/// Most lines of the audit log, and most calls, of one page.
const MOST_LINES: u32 = 400;

/// The order's page.
pub async fn open(services: &Services, actor: &Actor, code: &str) -> Result<OrderDeskView, ServiceError> {
    let staff = rights::staff(actor, Act::OrderOpen)?;
    let (lang, now) = (staff.lang, services.clock.now());
    let mut reader = services.db.read().await?;
    let order = find(&mut reader, code).await?;
    let target = order.id.to_string();
    let since = now.minus(VIEW_AGAIN);
    let seen = views::seen_since(&mut reader, (TARGET, &target), since, "order.open", staff.user).await?;
    if !seen {
        drop(reader);
        desk::viewed(services, staff, "order.open", (TARGET, target), None, json!({})).await?;
        reader = services.db.read().await?;
    }
    let shelf = shelf(services).await?;
    let names = names(&mut reader).await?;
    let vouchers = items::of_order(&mut reader, order.id).await?;
    let messages = messages::of_subject(&mut reader, order.id.bytes()).await?;
    let flags = risk::of_order(&mut reader, order.id).await?;
    let works = stories::works(&mut reader, order.id).await?;
    let quoted = quotes::find(&mut reader, order.quote_id).await?.map(|quote| quote.quote.net);
    let granted = consents::of_order(&mut reader, order.id).await?;
    let numbers = vouchers.iter().map(|item| (item.id, item.position + 1)).collect();
    let teller = Teller { services, lang, names: &names, numbers };
    let (story, story_cut) = story(&mut reader, &teller, &order, &messages, &flags).await?;
    let mark = super::mark(&mut reader, order.id).await?;
    let payout = match payouts::by_order(&mut reader, order.id).await? {
        Some(payout) => Some(payout_view(services, &mut reader, &shelf, payout, lang).await?),
        None => None,
    };
    let mut desk_items = Vec::with_capacity(vouchers.len());
    for item in &vouchers {
        let claim =
            if item.state == ItemState::Manual { claim(&mut reader, item.id, staff, &names, now).await? } else { None };
        desk_items.push(item_view(services, &shelf, item, claim, lang)?);
    }
    drop(reader);
    let (holder_check, holder_tone) = words::holder_check(order.holder_check, lang);
    let holds = HoldReason::ALL.iter();
    Ok(OrderDeskView {
        code: order.code.as_str().to_owned(),
        state: words::order_state(order.state, lang).to_owned(),
        tone: words::order_tone(order.state),
        created_at: order.created_at,
        settled_at: order.settled_at,
        paid_at: order.paid_at,
        speed: order.speed,
        lang: order.lang,
        total_face: order.total_face,
        quoted: quoted.unwrap_or(order.total_payable),
        fee: order.fee,
        payable: order.total_payable,
        name: shown(name_of(services, &order), lang, PersonName::masked)?,
        phone: shown(phone_of(services, &order), lang, Phone::masked)?,
        bank: bank_name(&shelf, &order.bank_code, lang),
        account: shown(account_of(services, &order), lang, AccountNo::masked)?,
        holder: shown(holder_of(services, &order), lang, PersonName::masked)?,
        holder_check: holder_check.to_owned(),
        holder_tone,
        risk_score: order.risk_score,
        flags: flags.iter().map(|flag| FlagLine { word: flag.reason.clone(), points: flag.score }).collect(),
        consents: granted
            .iter()
            .map(|one| ConsentLine {
                word: words::consent(&one.kind, lang),
                version: one.version,
                granted: one.granted,
                at: one.granted_at,
            })
            .collect(),
        held: held(&order, &works, lang),
        can_hold: order.state.held_from().is_some(),
        hold_reasons: holds.map(|reason| pick(reason.as_str(), words::hold_choice(*reason, lang))).collect(),
        items: desk_items,
        payout,
        messages: messages.iter().map(|message| message_view(message, lang)).collect(),
        works: works.iter().map(|row| work_view(row, lang)).collect(),
        story,
        story_cut,
        mark,
        now,
    })
}

pub(super) fn pick(value: &str, label: &str) -> Pick {
    Pick { value: value.to_owned(), label: label.to_owned() }
}

fn bank_name(shelf: &Shelf, code: &str, lang: Lang) -> String {
    let bank = shelf.banks.iter().find(|bank| bank.code == code);
    bank.map_or_else(|| code.to_owned(), |bank| lang.pick(&bank.name_ko, &bank.name_en).clone())
}

/// What a number beside the PIN is called.
pub(in crate::desk) fn companion_label(shelf: &Shelf, brand: &str, name: &str, lang: Lang) -> String {
    let fields = shelf.form(brand).map(|form| form.companions.as_slice()).unwrap_or_default();
    let field = fields.iter().find(|field| field.name == name);
    field.map_or_else(|| name.to_owned(), |field| field.label(lang).to_owned())
}

/// Everything that happened, oldest first, and whether something had to be left out.
async fn story(
    reader: &mut Reader,
    teller: &Teller<'_>,
    order: &Order,
    messages: &[Message],
    flags: &[store::risk::RiskFlag],
) -> Result<(Vec<StoryLine>, bool), ServiceError> {
    let events = events::of_order(&mut *reader, order.id).await?;
    let calls = stories::calls(&mut *reader, order.id, MOST_LINES).await?;
    let lines = audit::of_target(&mut *reader, TARGET, &order.id.to_string(), MOST_LINES).await?;
    let notes = notes::of_order(reader, order.id).await?;
    let most = usize::try_from(MOST_LINES).unwrap_or(usize::MAX);
    let cut = calls.len() >= most || lines.len() >= most;
    let mut story: Vec<StoryLine> = Vec::new();
    story.extend(events.iter().filter_map(|event| teller.event(event)));
    story.extend(flags.iter().map(|flag| teller.flag(flag)));
    story.extend(calls.iter().map(|call| teller.call(call)));
    story.extend(messages.iter().map(|message| teller.message(message)));
    story.extend(lines.iter().filter_map(|line| teller.audit(line)));
    for note in &notes {
        story.push(teller.note(note)?);
    }
    story.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.key.cmp(&b.key)));
    Ok((story, cut))
}

fn held(order: &Order, works: &[OutboxRow], lang: Lang) -> Option<HeldView> {
    let from = order.held_from.filter(|_| order.state == OrderState::Held)?;
    let code = order.hold_reason.as_deref().unwrap_or_default();
    let settles =
        works.iter().any(|row| row.kind == domain::OutboxKind::SettleOrder && row.state == OutboxState::Review);
    Some(HeldView {
        word: words::hold_reason(code, lang),
        from: words::held_from(from, lang).to_owned(),
        then: if settles { words::work_settle(lang).to_owned() } else { String::new() },
        by_risk: code.starts_with(words::RISK_PREFIX),
    })
}

/// Who is at a voucher of the manual desk.
pub(in crate::desk) async fn claim(
    reader: &mut Reader,
    item: domain::ItemId,
    staff: &Staff,
    names: &HashMap<UserId, String>,
    now: Timestamp,
) -> Result<Option<ClaimView>, ServiceError> {
    let claim = manual::find_claim(reader, item).await?.filter(|claim| claim.lease_until > now);
    Ok(claim.map(|claim| claim_view((claim.user, claim.claimed_at, claim.lease_until), staff, names)))
}

/// A living claim as this person sees it.
pub(in crate::desk) fn claim_view(
    (user, since, until): (UserId, Timestamp, Timestamp),
    staff: &Staff,
    names: &HashMap<UserId, String>,
) -> ClaimView {
    ClaimView { who: names.get(&user).cloned().unwrap_or_default(), mine: user == staff.user, since, until }
}

fn item_view(
    services: &Services,
    shelf: &Shelf,
    item: &Item,
    claim: Option<ClaimView>,
    lang: Lang,
) -> Result<DeskItem, ServiceError> {
    let companions = if_kept(crate::item::companions_of(services, item))?.unwrap_or_default();
    let taken = claim.as_ref().is_some_and(|claim| !claim.mine);
    let offered = if taken { &[] } else { reject::reasons(item.state) };
    Ok(DeskItem {
        id: item.id.to_string(),
        number: item.position + 1,
        brand: shelf.brand_name(&item.brand, lang),
        pin: shown(crate::item::pin_of(services, item), lang, Pin::masked)?,
        companions: companions.iter().map(|(name, _)| companion_label(shelf, &item.brand, name, lang)).collect(),
        state: words::item_state(item.state, lang).to_owned(),
        tone: words::item_tone(item.state),
        reason: item.reason.map(|reason| words::reason_word(reason, lang).to_owned()).unwrap_or_default(),
        told: item.reason.map(|reason| reason.detail(lang).to_owned()).unwrap_or_default(),
        claimed_face: item.claimed_face,
        face: item.face,
        rate: item.rate_bp,
        payable: item.payable,
        issuer_ref: item.issuer_ref.clone().unwrap_or_default(),
        next_check_at: item.next_check_at,
        revision: item.revision,
        reject_for: offered.iter().map(|reason| pick(reason.as_str(), words::reason_word(*reason, lang))).collect(),
        manual: item.state == ItemState::Manual,
        claim,
    })
}

async fn payout_view(
    services: &Services,
    reader: &mut Reader,
    shelf: &Shelf,
    payout: Payout,
    lang: Lang,
) -> Result<DeskPayout, ServiceError> {
    let account = shown(crate::payout::account_of(services, &payout), lang, AccountNo::masked)?;
    let holder = shown(crate::payout::holder_of(services, &payout), lang, PersonName::masked)?;
    let attempts = payout_attempts::of_payout(reader, payout.id).await?;
    let (state, tone) = words::payout_state(payout.state, lang);
    let hold = payout.hold_reason.as_deref().map(|code| words::hold_reason(code, lang));
    Ok(DeskPayout {
        state: state.to_owned(),
        tone,
        amount: payout.amount,
        bank: bank_name(shelf, &payout.bank_code, lang),
        account,
        holder,
        hold_reason: hold.unwrap_or_default(),
        not_before: payout.not_before,
        next_check_at: payout.next_check_at,
        executed_at: payout.executed_at,
        attempts: attempts
            .iter()
            .map(|attempt| {
                let (state, tone) = words::attempt_state(attempt.state, lang);
                let codes: Vec<&str> =
                    [attempt.rsp_code.as_deref(), attempt.bank_rsp_code.as_deref()].into_iter().flatten().collect();
                DeskAttempt {
                    number: attempt.attempt_no,
                    state: state.to_owned(),
                    tone,
                    reference: attempt.bank_tran_id.clone(),
                    codes: codes.join(" "),
                    inquiries: attempt.inquiries,
                    at: attempt.attempted_at,
                    finished_at: attempt.finished_at,
                }
            })
            .collect(),
    })
}

fn message_view(message: &Message, lang: Lang) -> DeskMessage {
    let (state, tone) = words::message_state(message.state, lang);
    let again = resend::again(message.kind, message.state);
    DeskMessage {
        id: message.id.to_string(),
        word: words::message_kind(message.kind, lang).to_owned(),
        channel: message.channel.to_string(),
        state: state.to_owned(),
        tone,
        code: message.done_code.clone().unwrap_or_default(),
        at: message.created_at,
        can_resend: again.is_some(),
        maybe_twice: again == Some(true),
    }
}

fn work_view(row: &OutboxRow, lang: Lang) -> DeskWork {
    let review = row.state == OutboxState::Review;
    let effect = words::reopen_effect(row.kind, lang);
    let (state, tone) = match row.state {
        OutboxState::Ready => (lang.pick("대기", "waits"), ItemTone::Waiting),
        OutboxState::Claimed => (lang.pick("하는 중", "under way"), ItemTone::Busy),
        OutboxState::Done => (lang.pick("끝남", "done"), ItemTone::Good),
        OutboxState::Review => (lang.pick("사람이 볼 차례", "needs a person"), ItemTone::Unknown),
    };
    let told = match (review, effect, row.kind) {
        (false, ..) if row.last_error_code.as_deref() == Some("order_held") => words::effect_held(lang),
        (false, ..) if row.last_error_code.as_deref() == Some("risk_check_due") => words::effect_asked(lang),
        (false, ..) => words::effect_runs(lang),
        (true, Some(effect), _) => effect,
        (true, None, domain::OutboxKind::SettleOrder) => words::work_settle(lang),
        (true, None, _) => words::effect_never(lang),
    };
    DeskWork {
        id: row.id.to_string(),
        epoch: row.epoch,
        word: words::work_kind(row.kind, lang).to_owned(),
        state: state.to_owned(),
        tone,
        code: row.last_error_code.clone().unwrap_or_default(),
        next_at: (row.state == OutboxState::Ready).then_some(row.next_attempt_at),
        can_reopen: review && effect.is_some(),
        effect: told.to_owned(),
    }
}
