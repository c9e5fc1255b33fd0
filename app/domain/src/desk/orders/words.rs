//! The list's words: columns, states, flags. The same on the page and in a file.

use super::Column;
use crate::{Lang, OrderState, Speed, messages};

messages! {
    fn head_code() { ko: "주문번호", en: "Order" }
    fn head_created() { ko: "접수(KST)", en: "Taken (KST)" }
    fn head_state() { ko: "상태", en: "State" }
    fn head_flags() { ko: "표시", en: "Flags" }
    fn head_age() { ko: "상태 시작(KST)", en: "In this state since (KST)" }
    fn head_brands() { ko: "브랜드", en: "Brands" }
    fn head_items() { ko: "상품권 수", en: "Vouchers" }
    fn head_face() { ko: "액면 합계(원)", en: "Face (won)" }
    fn head_payable() { ko: "입금액(원)", en: "Payout (won)" }
    fn head_name() { ko: "이름", en: "Name" }
    fn head_phone() { ko: "휴대폰", en: "Phone" }
    fn head_account() { ko: "계좌", en: "Account" }
    fn head_speed() { ko: "입금 방법", en: "Speed" }
    fn head_risk() { ko: "위험 점수", en: "Risk" }
    fn head_paid() { ko: "입금 시각(KST)", en: "Paid (KST)" }
    fn state_submitted() { ko: "접수", en: "Submitted" }
    fn state_verifying() { ko: "검증중", en: "Verifying" }
    fn state_locking() { ko: "사용처리중", en: "Locking" }
    fn state_settled() { ko: "정산완료", en: "Settled" }
    fn state_paying() { ko: "입금대기", en: "Paying" }
    fn state_paid() { ko: "입금완료", en: "Paid" }
    fn state_rejected() { ko: "거절", en: "Rejected" }
    fn state_cancelled() { ko: "취소", en: "Cancelled" }
    fn state_held() { ko: "보류", en: "Held" }
    pub fn flag_manual() { ko: "수동 검증", en: "Manual" }
    pub fn flag_unknown() { ko: "확인 필요", en: "Unknown" }
    fn speed_instant() { ko: "바로 입금", en: "Instant" }
    fn speed_morning() { ko: "다음 영업일 아침", en: "Next business morning" }
}

/// What stands over a column.
pub const fn head(column: Column, lang: Lang) -> &'static str {
    match column {
        Column::Code => head_code(lang),
        Column::Created => head_created(lang),
        Column::State => head_state(lang),
        Column::Flags => head_flags(lang),
        Column::Age => head_age(lang),
        Column::Brands => head_brands(lang),
        Column::Items => head_items(lang),
        Column::Face => head_face(lang),
        Column::Payable => head_payable(lang),
        Column::Name => head_name(lang),
        Column::Phone => head_phone(lang),
        Column::Account => head_account(lang),
        Column::Speed => head_speed(lang),
        Column::Risk => head_risk(lang),
        Column::Paid => head_paid(lang),
    }
}

/// The state's word at the desk.
pub const fn state(state: OrderState, lang: Lang) -> &'static str {
    match state {
        OrderState::Submitted => state_submitted(lang),
        OrderState::Verifying => state_verifying(lang),
        OrderState::Locking => state_locking(lang),
        OrderState::Settled => state_settled(lang),
        OrderState::Paying => state_paying(lang),
        OrderState::Paid => state_paid(lang),
        OrderState::Rejected => state_rejected(lang),
        OrderState::Cancelled => state_cancelled(lang),
        OrderState::Held => state_held(lang),
    }
}

/// How soon it is paid.
pub const fn speed(speed: Speed, lang: Lang) -> &'static str {
    match speed {
        Speed::Instant => speed_instant(lang),
        Speed::NextMorning => speed_morning(lang),
    }
}
