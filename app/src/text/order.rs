//! Order page and lookup.

use domain::Lang;
use domain::messages;

messages! {
    pub fn order_title() { ko: "주문", en: "Order" }
    pub fn order_progress() { ko: "진행 상황", en: "Progress" }
    pub fn order_items() { ko: "상품권별 결과", en: "Result per voucher" }
    pub fn order_payable() { ko: "입금액", en: "Payout" }
    pub fn order_quoted() { ko: "견적 금액", en: "Quoted" }
    pub fn order_paid() { ko: "입금했어요", en: "Paid" }
    pub fn order_expected() { ko: "입금 예정 금액", en: "Expected payout" }
    pub fn order_details() { ko: "접수 내용", en: "Details" }
    pub fn order_created() { ko: "접수", en: "Submitted" }
    pub fn order_name() { ko: "신청인", en: "Applicant" }
    pub fn order_account() { ko: "계좌", en: "Account" }
    pub fn order_speed() { ko: "입금 방법", en: "Payout" }
    pub fn order_next_check() { ko: "다음 확인", en: "Next check" }
    pub fn order_live() { ko: "바뀌면 바로 보여 드려요.", en: "This page updates by itself." }
    pub fn order_reload() { ko: "새로고침", en: "Refresh" }
    pub fn order_cancel() { ko: "주문 취소", en: "Cancel order" }
    pub fn order_cancel_ask() { ko: "이 주문을 취소할까요? 상품권은 쓰이지 않은 채로 돌려 드려요.", en: "Cancel this order? The vouchers are handed back unused." }
    pub fn order_cancel_yes() { ko: "네, 취소할게요", en: "Yes, cancel" }
    pub fn order_resend() { ko: "안 된 상품권 고쳐서 다시 보내기", en: "Fix and resend the failed ones" }
    pub fn order_copy() { ko: "주문번호", en: "Order no." }
    pub fn step_done() { ko: "완료", en: "done" }
    pub fn step_current() { ko: "진행 중", en: "in progress" }
    pub fn step_waiting() { ko: "대기", en: "waiting" }
    pub fn step_unknown() { ko: "확인 필요", en: "unknown" }
    pub fn step_stopped() { ko: "멈춤", en: "stopped" }

    pub fn lookup_title() { ko: "내 주문 찾기", en: "Find your orders" }
    pub fn lookup_lead() { ko: "주문할 때 쓴 휴대폰 번호로 찾아요.", en: "Use the mobile number you ordered with." }
    pub fn lookup_list() { ko: "주문 목록", en: "Your orders" }
    pub fn lookup_none() { ko: "이 번호로 접수한 주문이 없어요", en: "No orders under this number" }
    pub fn lookup_none_help() { ko: "다른 번호로 접수했는지 확인해 주세요.", en: "Perhaps you used another number." }
    pub fn lookup_find() { ko: "주문 찾기", en: "Find orders" }
}

/// "14:05까지".
pub fn code_until(clock: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("인증번호를 문자로 보냈어요. {clock}까지 입력해 주세요."),
        Lang::En => format!("We texted you a code. Enter it by {clock} KST."),
    }
}
