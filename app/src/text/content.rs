//! Notices, documents, inquiry.

use domain::messages;

messages! {
    pub fn notices_title() { ko: "공지사항", en: "Notices" }
    pub fn notices_none() { ko: "아직 공지가 없어요", en: "No notices yet" }
    pub fn faq_title() { ko: "자주 묻는 질문", en: "Frequently asked questions" }
    pub fn faq_none() { ko: "준비하고 있어요. 궁금한 점은 문의로 남겨 주세요.", en: "We’re still writing these. Meanwhile, just ask us." }
    pub fn document_version() { ko: "버전", en: "Version" }
    pub fn document_from() { ko: "시행", en: "In force since" }
    pub fn back_to_list() { ko: "목록으로", en: "Back to the list" }
    pub fn inquiry_title() { ko: "문의하기", en: "Contact us" }
    pub fn inquiry_lead() { ko: "남겨 주신 휴대폰 번호로 답을 보내 드려요. 상품권 번호는 적지 말아 주세요.", en: "We’ll text our answer to the number you leave. Please don’t put voucher numbers here." }
    pub fn inquiry_body() { ko: "무엇을 도와드릴까요?", en: "How can we help?" }
    pub fn inquiry_send() { ko: "문의 보내기", en: "Send" }
    pub fn inquiry_sent() { ko: "문의를 받았어요", en: "We’ve got your message" }
    pub fn inquiry_sent_help() { ko: "확인하는 대로 문자로 답을 드릴게요.", en: "We’ll text you an answer as soon as we can." }
    pub fn styleguide_title() { ko: "디자인 견본", en: "Style guide" }
}
