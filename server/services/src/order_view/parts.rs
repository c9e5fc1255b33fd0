//! What the order's page says, piece by piece.

use super::can_resend;
use crate::catalogue::Shelf;
use crate::erased::shown;
use crate::{ServiceError, Services, text};
use domain::bank::RailRest;
use domain::quote::settle;
use domain::wire::{ItemTone, OrderItemView};
use domain::{ItemState, Lane, Lang, OrderState, OutboxState, PayoutState, Pin, Span, Speed, Timestamp, Won};
use store::events::Event;
use store::items::{self, Item};
use store::orders::Order;
use store::payouts::Payout;

/// A queue older than this is told of.
const SLOW_QUEUE: Span = Span::minutes(2);

/// One order with everything that belongs to it.
pub(super) struct Whole {
    pub order: Order,
    pub items: Vec<Item>,
    events: Vec<Event>,
    payout: Option<Payout>,
    quoted: Option<Won>,
    /// Since when the oldest voucher of anybody waits to be asked after.
    queue_since: Option<Timestamp>,
}

/// An order's figures as its page shows them.
pub(super) struct Money {
    pub quoted: Won,
    pub gross: Won,
    pub fee: Won,
    pub payable: Won,
}

impl Whole {
    pub async fn read(services: &Services, order: Order) -> Result<Self, ServiceError> {
        let mut reader = services.db.read().await?;
        let items = items::of_order(&mut reader, order.id).await?;
        let events = store::events::of_order(&mut reader, order.id).await?;
        let payout = store::payouts::by_order(&mut reader, order.id).await?;
        let quoted = store::quotes::find(&mut reader, order.quote_id).await?.map(|quote| quote.quote.net);
        let waits = matches!(order.state, OrderState::Submitted | OrderState::Verifying | OrderState::Locking);
        let queue_since = if waits {
            store::outbox::ages(&mut reader)
                .await?
                .into_iter()
                .filter(|(lane, state, ..)| *state == OutboxState::Ready && matches!(lane, Lane::Verify | Lane::Lock))
                .map(|(.., oldest)| oldest)
                .min()
        } else {
            None
        };
        Ok(Self { order, items, events, payout, quoted, queue_since })
    }

    /// When something of this kind last happened to the order.
    pub fn happened(&self, kind: &str) -> Option<Timestamp> {
        self.events.iter().rev().find(|event| event.kind == kind).map(|event| event.created_at)
    }

    /// What the order pays: fixed once it is settled, nothing once it has ended without a payment, and until then what
    /// the vouchers that are still good would bring by the faces known so far.
    pub fn money(&self) -> Money {
        let order = &self.order;
        let quoted = self.quoted.unwrap_or(order.total_payable);
        if matches!(order.state, OrderState::Cancelled | OrderState::Rejected) {
            return Money { quoted, gross: Won::ZERO, fee: Won::ZERO, payable: Won::ZERO };
        }
        let fixed = Won::sum(self.items.iter().filter_map(|item| item.payable));
        if let (Some(_), Some(gross)) = (order.settled_at, fixed) {
            return Money { quoted, gross, fee: order.fee.min(gross), payable: order.total_payable };
        }
        let alive: Vec<(Won, u32)> = self
            .items
            .iter()
            .filter(|item| !matches!(item.state, ItemState::Rejected | ItemState::Cancelled))
            .map(|item| (item.face.unwrap_or(item.claimed_face), item.rate_bp))
            .collect();
        match settle(&alive, order.fee) {
            Some(expected) => Money { quoted, gross: expected.gross, fee: expected.fee, payable: expected.payable },
            None => Money { quoted, gross: quoted, fee: Won::ZERO, payable: quoted },
        }
    }

    fn payout_state(&self) -> Option<PayoutState> {
        self.payout.as_ref().map(|payout| payout.state)
    }

    /// Does the payment wait for a person?
    pub fn payout_is_stopped(&self) -> bool {
        use PayoutState as S;
        matches!(self.payout_state(), Some(S::Held | S::Failed | S::Returned | S::Cancelled))
    }

    /// Is there anything nobody can know yet?
    pub fn is_unknown(&self) -> bool {
        self.payout_state() == Some(PayoutState::Unknown)
            || self.items.iter().any(|item| item.state.tone() == ItemTone::Unknown)
    }

    /// When we look again at what is unknown.
    pub fn next_check_at(&self) -> Option<Timestamp> {
        let payout = self.payout.as_ref().filter(|payout| payout.state == PayoutState::Unknown);
        let unknown = self.items.iter().filter(|item| item.state.tone() == ItemTone::Unknown);
        unknown.filter_map(|item| item.next_check_at).chain(payout.and_then(|payout| payout.next_check_at)).min()
    }

    fn count(&self, wanted: impl Fn(&Item) -> bool) -> usize {
        self.items.iter().filter(|item| wanted(item)).count()
    }

    fn good(&self) -> usize {
        self.count(|item| item.state.tone() == ItemTone::Good || item.state == ItemState::Locking)
    }

    fn bad(&self) -> usize {
        self.count(|item| item.state == ItemState::Rejected)
    }
}

/// One voucher with its result.
pub(super) fn item_view(
    services: &Services,
    item: &Item,
    shelf: &Shelf,
    lang: Lang,
) -> Result<OrderItemView, ServiceError> {
    Ok(OrderItemView {
        id: item.id.to_string(),
        brand_name: shelf.brand_name(&item.brand, lang),
        pin_masked: shown(crate::item::pin_of(services, item), lang, Pin::masked)?,
        tone: item.state.tone(),
        result: item.state.word(item.reason, lang).to_owned(),
        detail: item.reason.map(|reason| reason.detail(lang).to_owned()).unwrap_or_default(),
        claimed_face: item.claimed_face,
        verified_face: item.face,
        net: item.payable,
    })
}

/// The one sentence over everything.
pub(super) fn headline(whole: &Whole, lang: Lang) -> String {
    let (order, all) = (&whole.order, whole.items.len());
    let net = order.total_payable.fmt(lang);
    match order.state {
        OrderState::Paying if whole.payout_is_stopped() => text::head_held(lang).to_owned(),
        OrderState::Submitted => text::head_submitted(lang, all),
        OrderState::Verifying => {
            let open = whole.count(|item| {
                use ItemState as S;
                matches!(item.state, S::Submitted | S::Verifying | S::UnknownVerify | S::Manual)
            });
            text::head_verifying(lang, all, all - open)
        }
        OrderState::Locking => text::head_locking(lang, all, whole.good()),
        OrderState::Settled | OrderState::Paying => text::head_paying(lang, &net),
        OrderState::Paid => text::head_paid(lang, &net),
        OrderState::Rejected => text::head_rejected(lang).to_owned(),
        OrderState::Cancelled => text::head_cancelled(lang).to_owned(),
        OrderState::Held => text::head_held(lang).to_owned(),
    }
}

/// Whose turn it is and the one thing to do; empty when nothing.
pub(super) fn advice(whole: &Whole, lang: Lang) -> String {
    let order = &whole.order;
    let stopped = order.state == OrderState::Held || (order.state == OrderState::Paying && whole.payout_is_stopped());
    if stopped {
        return text::advice_held(lang).to_owned();
    }
    if whole.is_unknown() && !order.state.is_finished() {
        return match whole.next_check_at() {
            Some(at) => text::advice_unknown(lang, &at.kst_clock()),
            None => text::advice_unknown_soon(lang).to_owned(),
        };
    }
    let mendable = whole.count(can_resend);
    if mendable > 0 {
        return text::advice_resend(lang, mendable);
    }
    match order.state {
        OrderState::Submitted => text::advice_cancel(lang).to_owned(),
        _ if whole.bad() > 0 => text::advice_bad(lang, whole.bad()),
        _ => String::new(),
    }
}

/// When the money is expected; nothing once it is there or won't come.
pub(super) fn eta(whole: &Whole, shelf: &Shelf, lang: Lang, (now, rest): (Timestamp, RailRest)) -> Option<String> {
    let order = &whole.order;
    if order.state.is_finished() || order.state == OrderState::Held || whole.payout_is_stopped() {
        return None;
    }
    // What waits for its morning says which one, even when the order is older than a day.
    if let Some(payout) = whole.payout.as_ref().filter(|payout| now < payout.not_before) {
        return Some(text::eta_morning(lang, &payout.not_before.kst_date_time(lang)));
    }
    let speed = if whole.payout.is_some() { Speed::Instant } else { order.speed };
    let manual = whole.items.iter().any(|item| {
        item.state == ItemState::Manual || (item.state == ItemState::Submitted && shelf.is_manual(&item.brand))
    });
    let mut words = crate::sell::eta(shelf, speed, &order.bank_code, manual, lang, (now, rest));
    let waited = whole.queue_since.map_or(Span::ZERO, |since| now.since(since));
    if waited >= SLOW_QUEUE {
        let minutes = u32::try_from(waited.as_seconds() / 60).unwrap_or(u32::MAX);
        words.push(' ');
        words.push_str(&text::eta_queue(lang, minutes));
    }
    Some(words)
}
