//! The line of steps: 접수 → 검증중 → 사용처리중 → 정산완료 → 입금대기 → 입금완료.

use super::parts::Whole;
use crate::text;
use domain::wire::{StepState, StepView};
use domain::{Lang, OrderState, Timestamp};
use store::orders::Order;

/// Places of the steps.
const VERIFYING: usize = 1;
const LOCKING: usize = 2;
const PAID: usize = 5;

/// Is all said? What is paid may still bounce, but the customer waits for nothing.
pub(crate) fn is_finished(order: &Order) -> bool {
    order.state.is_finished()
}

/// The state the order is in, or was in when it was stopped.
fn underlying(order: &Order) -> OrderState {
    order.held_from.map_or(order.state, domain::HeldFrom::state)
}

/// Which step the order has come to.
fn place(whole: &Whole) -> usize {
    match underlying(&whole.order) {
        OrderState::Submitted | OrderState::Cancelled | OrderState::Held => 0,
        OrderState::Locking => LOCKING,
        OrderState::Settled => 3,
        OrderState::Paying => 4,
        OrderState::Paid => PAID,
        OrderState::Rejected if whole.happened("order_start_lock").is_some() => LOCKING,
        OrderState::Verifying | OrderState::Rejected => VERIFYING,
    }
}

/// Every step with its state and its time.
pub(super) fn steps(whole: &Whole, lang: Lang) -> Vec<StepView> {
    let order = &whole.order;
    let here = place(whole);
    let steps: [(&str, Option<Timestamp>); 6] = [
        (text::step_submitted(lang), Some(order.created_at)),
        (text::step_verifying(lang), whole.happened("order_start_verify")),
        (text::step_locking(lang), whole.happened("order_start_lock")),
        (text::step_settled(lang), order.settled_at),
        (text::step_paying(lang), whole.happened("order_start_pay")),
        (text::step_paid(lang), order.paid_at),
    ];
    let stopped = matches!(order.state, OrderState::Cancelled | OrderState::Rejected | OrderState::Held)
        || whole.payout_is_stopped();
    let state = |at: usize| match at.cmp(&here) {
        std::cmp::Ordering::Less => StepState::Done,
        std::cmp::Ordering::Greater => StepState::Waiting,
        std::cmp::Ordering::Equal if at == PAID => StepState::Done,
        std::cmp::Ordering::Equal if stopped => StepState::Stopped,
        std::cmp::Ordering::Equal if whole.is_unknown() => StepState::Unknown,
        std::cmp::Ordering::Equal => StepState::Current,
    };
    steps
        .into_iter()
        .enumerate()
        .map(|(at, (label, when))| StepView {
            label: label.to_owned(),
            state: state(at),
            // A bounced payment takes the last step's time back with the step.
            at: when.filter(|_| at <= here),
        })
        .collect()
}

/// One word for a list of orders.
pub(crate) fn short_word(order: &Order, lang: Lang) -> &'static str {
    match order.state {
        OrderState::Submitted => text::step_submitted(lang),
        OrderState::Verifying => text::step_verifying(lang),
        OrderState::Locking => text::step_locking(lang),
        OrderState::Settled => text::step_settled(lang),
        OrderState::Paying => text::step_paying(lang),
        OrderState::Paid => text::step_paid(lang),
        OrderState::Rejected => text::head_rejected(lang),
        OrderState::Cancelled => text::head_cancelled(lang),
        OrderState::Held => text::head_held(lang),
    }
}
