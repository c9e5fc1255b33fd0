//! Order page and lookup.

use domain::text::plural;
use domain::{Lang, Won, messages};

messages! {
    pub fn order_title() { ko: "주문", en: "Order" }
    pub fn order_progress() { ko: "진행 상황", en: "Progress" }
    pub fn order_items() { ko: "상품권별 결과", en: "Each voucher" }
    pub fn order_payable() { ko: "입금액", en: "Payout" }
    pub fn order_quoted() { ko: "견적 금액", en: "Quoted" }
    pub fn order_paid() { ko: "입금한 금액", en: "Amount paid" }
    pub fn order_expected() { ko: "입금 예정 금액", en: "Expected payout" }
    pub fn order_details() { ko: "접수 내용", en: "Details" }
    pub fn order_created() { ko: "접수", en: "Submitted" }
    pub fn order_name() { ko: "주문한 분", en: "Ordered by" }
    pub fn order_account() { ko: "계좌", en: "Account" }
    pub fn order_speed() { ko: "입금 방법", en: "Payout speed" }
    pub fn order_next_check() { ko: "다음 확인", en: "Next check" }
    pub fn order_live() { ko: "바뀌면 바로 보여 드려요.", en: "This page updates by itself." }
    pub fn order_reload_help() { ko: "새로고침하면 지금 상태가 보여요.", en: "Refresh to see where it stands now." }
    pub fn order_reload() { ko: "새로고침", en: "Refresh" }
    pub fn order_cancel() { ko: "주문 취소", en: "Cancel order" }
    pub fn order_cancel_ask() { ko: "이 주문을 취소할까요? 상품권은 쓰이지 않은 채로 돌려 드려요.", en: "Cancel this order? Your vouchers go back to you unused." }
    pub fn order_cancel_yes() { ko: "네, 취소할게요", en: "Yes, cancel" }
    pub fn order_resend() { ko: "안 된 상품권 고쳐서 다시 보내기", en: "Fix and resend the ones that failed" }
    pub fn order_copy() { ko: "주문번호", en: "Order no." }
    pub fn step_done() { ko: "완료", en: "done" }
    pub fn step_current() { ko: "진행 중", en: "in progress" }
    pub fn step_waiting() { ko: "대기", en: "waiting" }
    pub fn step_unknown() { ko: "확인필요", en: "being confirmed" }
    pub fn step_stopped() { ko: "멈춤", en: "stopped" }

    pub fn lookup_title() { ko: "내 주문 찾기", en: "Find your orders" }
    pub fn lookup_lead() { ko: "주문할 때 쓴 휴대폰 번호로 찾아요.", en: "Use the mobile number you ordered with." }
    pub fn lookup_list() { ko: "주문 목록", en: "Your orders" }
    pub fn lookup_none() { ko: "이 번호로 접수한 주문이 없어요", en: "No orders with this number" }
    pub fn lookup_none_help() { ko: "다른 번호로 접수했는지 확인해 주세요.", en: "You may have ordered with a different number." }
    pub fn lookup_other() { ko: "다른 번호로 찾기", en: "Use another number" }
    pub fn lookup_leave() { ko: "조회 끝내기", en: "Sign out of this look-up" }
    pub fn lookup_leave_help() { ko: "끝내면 이 브라우저에서 주문을 보려면 다시 조회해야 해요.", en: "After that, you’ll need to look your orders up again to open them in this browser." }
    pub fn code_over() { ko: "시간이 지났어요. 다시 받기를 눌러 주세요.", en: "Time’s up. Press Send again for a new code." }
    pub fn lookup_find() { ko: "주문 찾기", en: "Find orders" }
}

/// Why what is paid isn't what was quoted: vouchers that weren't bought, or other faces than were claimed.
pub fn order_differs(quoted: Won, not_bought: usize, lang: Lang) -> String {
    let quoted = quoted.fmt(lang);
    match (lang, not_bought) {
        (Lang::Ko, 0) => format!("발행사가 확인한 권종으로 다시 계산했어요. 견적은 {quoted}이었어요."),
        (Lang::Ko, count) => format!("견적 {quoted}에서 매입하지 않은 {count}장을 뺀 금액이에요."),
        (Lang::En, 0) => format!("Recalculated from the face values the issuer confirmed. The quote was {quoted}."),
        (Lang::En, count) => {
            format!("The quote of {quoted} less {count} {} we didn’t buy.", plural(count, "voucher", "vouchers"))
        }
    }
}

/// "14:05까지".
pub fn code_until(clock: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("인증번호를 문자로 보냈어요. {clock}까지 입력해 주세요."),
        Lang::En => format!("We texted you a code. Enter it by {clock} KST."),
    }
}
