//! Customers, and who read their data.

domain::messages! {
    pub fn customers_lead() {
        ko: "전화번호와 이유가 있어야 열 수 있어요. 연 사실은 감사 로그에 남아요.",
        en: "A phone number and a reason open a person’s page. That you opened it goes into the audit log."
    }
    pub fn customers_phone() { ko: "휴대폰 번호", en: "Mobile number" }
    pub fn customers_find() { ko: "고객 열기", en: "Open" }
    pub fn customers_requests() { ko: "고객이 직접 요청한 것", en: "What people asked for themselves" }
    pub fn customers_requests_help() { ko: "고객이 주문 찾기에서 ‘내 정보 받기·지우기’를 누르면 여기에 와요. 10일 안에 답해 주세요.", en: "They come from “Get or erase my data” in the order look-up. Answer within ten days." }
    pub fn customers_no_requests() { ko: "기다리는 요청이 없어요.", en: "No request is waiting." }
    pub fn request_export() { ko: "내 정보 받기", en: "A copy of their data" }
    pub fn request_erase() { ko: "내 정보 지우기", en: "To be erased" }
    pub fn request_open() { ko: "기다리는 중", en: "Waiting" }
    pub fn request_done() { ko: "처리함", en: "Done" }
    pub fn request_refused() { ko: "거절함", en: "Refused" }
    pub fn request_show() { ko: "고객 열기", en: "Open the person" }
    pub fn request_answer() { ko: "답하기", en: "Answer" }
    pub fn request_question() { ko: "고객에게 보일 답을 적어 주세요.", en: "Write what the person will read." }
    pub fn request_note() { ko: "고객에게 보일 말", en: "What the person reads" }
    pub fn request_done_button() { ko: "처리했어요", en: "It is done" }
    pub fn request_refuse_button() { ko: "거절해요", en: "Refuse" }
    pub fn request_answered() { ko: "답을 남겼어요.", en: "Answered." }
    pub fn customer_title(phone: &str) { ko: "고객 {phone}", en: "Customer {phone}" }
    pub fn customer_lines() { ko: "감사 로그:", en: "Audit log:" }
    pub fn customer_why() { ko: "연 이유", en: "Opened because" }
    pub fn customer_orders() { ko: "주문", en: "Orders" }
    pub fn customer_consents() { ko: "동의", en: "Consents" }
    pub fn customer_messages() { ko: "문자", en: "Messages" }
    pub fn customer_inquiries() { ko: "문의", en: "Inquiries" }
    pub fn customer_holds() { ko: "법적 보존", en: "Legal holds" }
    pub fn customer_blocks() { ko: "차단", en: "Blocks" }
    pub fn customer_no_blocks() { ko: "이 번호와 계좌는 차단되어 있지 않아요.", en: "Neither the phone nor an account is blocked." }
    pub fn customer_to_blocks() { ko: "차단 목록에서 보기", en: "See the block list" }
    pub fn customer_blocked_until(day: &str) { ko: "{day}까지", en: "until {day}" }
    pub fn customer_nothing() { ko: "없어요.", en: "None." }
    pub fn customer_unknown() { ko: "이 번호로 남은 정보가 없어요.", en: "We hold nothing under this number." }
    pub fn customer_unknown_help() { ko: "번호를 다시 확인해 주세요. 열어 본 사실은 감사 로그에 남았어요.", en: "Check the number. That you looked is in the audit log." }
    pub fn customer_granted() { ko: "동의", en: "granted" }
    pub fn customer_not_granted() { ko: "거부", en: "not granted" }
    pub fn customer_text_hash() { ko: "본문 해시", en: "Text hash" }
    pub fn customer_export() { ko: "정보 파일 받기", en: "Take the data as a file" }
    pub fn customer_export_question() {
        ko: "이 고객의 정보를 가리지 않은 파일로 받아요. 고객에게 전한 뒤 바로 지워 주세요.",
        en: "Everything we hold of this person, unmasked, as a file. Delete it once the person has it."
    }
    pub fn customer_erase() { ko: "정보 지우기", en: "Erase" }
    pub fn customer_erase_question(count: usize) {
        ko: "주문 {count}건을 모든 조회에서 빼고, 보관 의무가 없는 정보는 지금 지워요. 되돌릴 수 없어요.",
        en: "{count} orders are taken out of every look-up and what no law keeps is erased now. This can’t be taken back."
    }
    pub fn customer_erased(orders: u64, messages: u64) {
        ko: "주문 {orders}건을 조회에서 빼고 문자 {messages}건을 지웠어요.",
        en: "{orders} orders taken out of look-ups, {messages} messages erased."
    }
    pub fn customer_hold() { ko: "보존 걸기", en: "Put a hold" }
    pub fn customer_hold_question() { ko: "이 날까지 이 고객의 정보를 지우지 않아요.", en: "Nothing of this person is erased until this day." }
    pub fn customer_hold_until() { ko: "이 날까지", en: "Until" }
    pub fn customer_hold_put() { ko: "보존을 걸었어요.", en: "The hold is in force." }
    pub fn customer_lift() { ko: "보존 풀기", en: "Lift the hold" }
    pub fn customer_lift_question() { ko: "보존을 풀면 보관 기간이 지난 정보는 다음 정리 때 지워져요.", en: "Once lifted, what is past its time goes at the next round." }
    pub fn customer_lifted() { ko: "보존을 풀었어요.", en: "The hold is lifted." }
    pub fn customer_held_until(day: &str) { ko: "{day}까지", en: "Until {day}" }
    pub fn customer_hold_over() { ko: "끝남", en: "over" }
    pub fn privacy_lead() {
        ko: "누가 어떤 개인정보를 몇 번 봤는지 매달 한 번 점검하고 기록해요.",
        en: "Once a month somebody looks over who read whose data, and says so."
    }
    pub fn privacy_month(month: &str) { ko: "{month} 열람", en: "Read in {month}" }
    pub fn privacy_lines() { ko: "횟수", en: "Times" }
    pub fn privacy_targets() { ko: "대상 수", en: "Of how many" }
    pub fn privacy_bare() { ko: "이유 없음", en: "No reason" }
    pub fn privacy_look() { ko: "기록 보기", en: "See the lines" }
    pub fn privacy_none() { ko: "이 달에는 열람이 없어요.", en: "Nobody read anything this month." }
    pub fn privacy_earlier() { ko: "앞 달", en: "Month before" }
    pub fn privacy_later() { ko: "다음 달", en: "Month after" }
    pub fn privacy_sign() { ko: "점검 마치기", en: "Sign off" }
    pub fn privacy_sign_question(month: &str) { ko: "{month} 열람을 점검했어요.", en: "I have looked over {month}." }
    pub fn privacy_note() { ko: "점검 결과", en: "What I found" }
    pub fn privacy_signed() { ko: "점검을 기록했어요.", en: "The review is recorded." }
    pub fn privacy_running() { ko: "달이 끝나면 점검할 수 있어요.", en: "A month can be reviewed when it is over." }
    pub fn privacy_reviews() { ko: "지난 점검", en: "Reviews" }
    pub fn privacy_no_reviews() { ko: "아직 점검한 달이 없어요.", en: "No month has been reviewed yet." }
    pub fn retention_title() { ko: "보관과 파기", en: "Keeping and erasing" }
    pub fn retention_lead() { ko: "매시간 기간이 지난 것을 조금씩 지워요. 아래는 지금 지울 수예요.", en: "Every hour what is past its time is erased, a little at a time. These are the rows of the next round." }
    pub fn retention_what() { ko: "무엇을", en: "What" }
    pub fn retention_keep() { ko: "최소 보관", en: "Kept at least" }
    pub fn retention_by() { ko: "늦어도", en: "Gone by" }
    pub fn retention_due() { ko: "지울 것", en: "To erase" }
    pub fn retention_held() { ko: "보존 중", en: "Held" }
    pub fn retention_late() { ko: "늦은 것", en: "Late" }
    pub fn retention_source() { ko: "근거", en: "Source" }
    pub fn retention_days(days: i64) { ko: "{days}일", en: "{days} days" }
    pub fn my_data_title() { ko: "내 정보", en: "My data" }
    pub fn my_data_link() { ko: "내 정보 받기·지우기", en: "Get or erase my data" }
    pub fn my_data_lead(phone: &str) {
        ko: "{phone} 번호로 남은 정보를 받거나 지워 달라고 할 수 있어요.",
        en: "You can ask for a copy of what we hold under {phone}, or ask us to erase it."
    }
    pub fn my_data_export() { ko: "사본 요청", en: "Ask for a copy" }
    pub fn my_data_erase() { ko: "삭제 요청", en: "Ask to be erased" }
    pub fn my_data_law() {
        ko: "거래 기록은 법에 따라 5년 동안 조회되지 않게 보관한 뒤 지워요. 나머지는 바로 지워요.",
        en: "Records of sales must be kept for five years by law, out of every look-up; the rest is erased at once."
    }
    pub fn my_data_answer() { ko: "10일 안에 이 화면에 답을 남겨 드려요.", en: "You will find our answer on this page within ten days." }
    pub fn my_data_asked() { ko: "요청한 것", en: "What you asked for" }
}
