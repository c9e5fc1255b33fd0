//! The order's page and the manual desk.

domain::messages! {
    pub fn od_title(code: &str) { ko: "주문 {code}", en: "Order {code}" }
    pub fn od_facts() { ko: "요약", en: "Facts" }
    pub fn od_state() { ko: "상태", en: "State" }
    pub fn od_created() { ko: "접수", en: "Submitted" }
    pub fn od_settled() { ko: "정산", en: "Settled" }
    pub fn od_paid() { ko: "입금", en: "Paid" }
    pub fn od_speed() { ko: "입금 방법", en: "Payout speed" }
    pub fn od_instant() { ko: "바로 입금", en: "Right away" }
    pub fn od_morning() { ko: "다음 영업일 아침", en: "Next business morning" }
    pub fn od_lang() { ko: "고객 언어", en: "Customer’s language" }
    pub fn od_face() { ko: "권종 합계", en: "Total face value" }
    pub fn od_quoted() { ko: "견적", en: "Quoted" }
    pub fn od_fee() { ko: "수수료", en: "Fee" }
    pub fn od_payable() { ko: "입금액", en: "Payout" }
    pub fn od_customer() { ko: "고객", en: "Customer" }
    pub fn od_name() { ko: "이름", en: "Name" }
    pub fn od_phone() { ko: "휴대폰", en: "Mobile" }
    pub fn od_account() { ko: "계좌", en: "Account" }
    pub fn od_holder() { ko: "예금주", en: "Holder" }
    pub fn od_risk() { ko: "위험 점수", en: "Risk points" }
    pub fn od_points(points: i64) { ko: "{points}점", en: "{points} points" }
    pub fn od_consents() { ko: "동의", en: "Consents" }
    pub fn od_yes() { ko: "동의", en: "yes" }
    pub fn od_no() { ko: "동의 안 함", en: "no" }
    pub fn od_items(count: usize) { ko: "상품권 {count}장", en: "Vouchers ({count})" }
    pub fn od_number() { ko: "번호", en: "No." }
    pub fn od_brand() { ko: "브랜드", en: "Brand" }
    pub fn od_pin() { ko: "핀 번호", en: "PIN" }
    pub fn od_claimed() { ko: "고객 권종", en: "Claimed" }
    pub fn od_verified() { ko: "확인 권종", en: "Verified" }
    pub fn od_rate() { ko: "매입가율", en: "Rate" }
    pub fn od_pays() { ko: "매입가", en: "Pays" }
    pub fn od_acts() { ko: "처리", en: "Actions" }
    pub fn od_next_check() { ko: "다음 확인", en: "Next look" }
    pub fn od_told(text: &str) { ko: "고객에게 보이는 말: {text}", en: "The customer reads: {text}" }
    pub fn od_with(names: &str) { ko: "함께: {names}", en: "with {names}" }
    pub fn od_to_manual() { ko: "수동 검증", en: "Manual desk" }
    pub fn od_claimed_by(who: &str, since: &str) { ko: "{who} 님이 {since}부터 보는 중", en: "{who} is on it since {since}" }
    pub fn od_payout() { ko: "입금", en: "Payout" }
    pub fn od_no_payout() { ko: "아직 입금이 없어요. 정산되면 생겨요.", en: "No payout yet. Settlement makes one." }
    pub fn od_not_before() { ko: "보낼 수 있는 때", en: "Not before" }
    pub fn od_executed() { ko: "이체한 때", en: "Executed" }
    pub fn od_held_for() { ko: "보류 이유", en: "Held because" }
    pub fn od_attempts() { ko: "이체 시도", en: "Transfers" }
    pub fn od_reference() { ko: "거래고유번호", en: "Reference" }
    pub fn od_codes() { ko: "응답 코드", en: "Codes" }
    pub fn od_inquiries() { ko: "조회", en: "Asked" }
    pub fn od_when() { ko: "시각", en: "When" }
    pub fn od_messages() { ko: "문자", en: "Messages" }
    pub fn od_no_messages() { ko: "보낸 문자가 없어요.", en: "No messages." }
    pub fn od_channel() { ko: "종류", en: "Channel" }
    pub fn od_works() { ko: "남은 작업", en: "Open work" }
    pub fn od_story() { ko: "모든 일", en: "Everything that happened" }
    pub fn od_story_cut() {
        ko: "오래된 통신과 기록 일부는 여기 없어요. 감사 로그에서 찾아 주세요.",
        en: "Some older calls and lines are left out. Look in the audit log."
    }
    pub fn od_story_none() { ko: "이 종류의 일은 없어요.", en: "Nothing of this kind." }
    pub fn od_all() { ko: "전체", en: "All" }
    pub fn od_newest() { ko: "새 일부터", en: "Newest first" }
    pub fn od_oldest() { ko: "처음부터", en: "Oldest first" }
    pub fn od_link() { ko: "이 줄의 링크", en: "Link to this line" }
    pub fn od_system() { ko: "시스템", en: "system" }
    pub fn od_note() { ko: "메모 남기기", en: "Write a note" }
    pub fn od_note_help() { ko: "지우거나 고칠 수 없어요. 동료가 볼 수 있게 적어 주세요.", en: "It can’t be changed or removed. Colleagues read it." }
    pub fn od_note_save() { ko: "메모 저장", en: "Save note" }
    pub fn od_note_saved() { ko: "메모를 남겼어요.", en: "The note is saved." }
    pub fn od_hold() { ko: "보류", en: "Hold" }
    pub fn od_hold_ask(code: &str, amount: &str) {
        ko: "주문 {code}({amount})을 보류할까요? 사용 처리와 이체가 멈춰요.",
        en: "Hold order {code} ({amount})? Nothing more is redeemed or paid."
    }
    pub fn od_hold_why() { ko: "보류 이유", en: "Why it is held" }
    pub fn od_hold_tell() { ko: "고객에게 보류 문자를 보내요 (주문마다 한 번)", en: "Tell the customer by text (once per order)" }
    pub fn od_hold_done() { ko: "주문을 보류했어요.", en: "The order is held." }
    pub fn od_release() { ko: "보류 해제", en: "Release" }
    pub fn od_release_ask(code: &str, amount: &str, to: &str) {
        ko: "주문 {code}({amount})의 보류를 풀까요? ‘{to}’에서 이어져요.",
        en: "Release order {code} ({amount})? It goes on at “{to}”."
    }
    pub fn od_release_done() { ko: "보류를 풀었어요.", en: "The order is released." }
    pub fn od_held_title(word: &str) { ko: "보류 중: {word}", en: "On hold: {word}" }
    pub fn od_held_from(from: &str) { ko: "‘{from}’에서 멈췄어요.", en: "It stopped at “{from}”." }
    pub fn od_held_risk() { ko: "위험 심사에서 풀 수 있어요.", en: "The risk desk releases it." }
    pub fn od_reject() { ko: "거절", en: "Turn down" }
    pub fn od_reject_ask(number: u32, brand: &str, amount: &str) {
        ko: "{number}번 {brand} {amount}을 거절할까요? 고객이 이유를 바로 봐요.",
        en: "Turn down no. {number}, {brand}, {amount}? The customer sees the reason at once."
    }
    pub fn od_reject_why() { ko: "고객에게 보이는 이유", en: "Reason the customer reads" }
    pub fn od_reject_done() { ko: "상품권을 거절했어요.", en: "The voucher is turned down." }
    pub fn od_choose() { ko: "골라 주세요", en: "Choose" }
    pub fn od_inside() { ko: "이유", en: "Reason" }
    pub fn od_inside_help() {
        ko: "감사 로그에 남아요. 이름이나 번호는 적지 마세요.",
        en: "It goes into the audit log. No names or numbers, please."
    }
    pub fn od_reveal() { ko: "보기", en: "Reveal" }
    pub fn od_reveal_ask(what: &str) {
        ko: "{what}: 30초 동안 보여 드려요. 누가 왜 봤는지 남아요.",
        en: "{what}: shown for 30 seconds. Who looked and why is recorded."
    }
    pub fn od_reveal_confirm() { ko: "30초 보기", en: "Show for 30 seconds" }
    pub fn od_revealed_title(what: &str) { ko: "{what} 열람", en: "{what}" }
    pub fn od_revealed_left() { ko: "초 뒤에 닫혀요", en: "seconds left" }
    pub fn od_revealed_help() {
        ko: "30초 뒤에 주문 화면으로 돌아가요. 돌아가지 않으면 이 화면을 닫아 주세요.",
        en: "After 30 seconds this goes back to the order. If it doesn’t, close the page."
    }
    pub fn od_revealed_back() { ko: "가리고 돌아가기", en: "Hide and go back" }
    pub fn od_resend() { ko: "다시 보내기", en: "Send again" }
    pub fn od_resend_ask(word: &str, phone: &str) {
        ko: "‘{word}’ 문자를 {phone}로 다시 보낼까요? 같은 내용으로 새 문자가 나가요.",
        en: "Send “{word}” to {phone} again? A new message with the same text goes out."
    }
    pub fn od_resend_twice() { ko: "두 번 도착할 수 있어요. 알고 보내요.", en: "It may arrive twice. I know." }
    pub fn od_resend_done() { ko: "문자를 다시 보내요.", en: "The message is sent again." }
    pub fn od_reopen() { ko: "다시 시도", en: "Try again" }
    pub fn od_reopen_done() { ko: "다시 시도해요.", en: "It is being tried again." }
    pub fn od_go() { ko: "주문 보기", en: "Open the order" }

    pub fn md_lead(count: u32) {
        ko: "{count}장이 사람을 기다려요. 오래 기다린 것부터예요.",
        en: "{count} wait for a person, the longest waiting first."
    }
    pub fn md_empty() { ko: "기다리는 상품권이 없어요", en: "Nothing waits" }
    pub fn md_empty_help() {
        ko: "발행사가 자동 조회를 지원하지 않거나 답하지 않은 상품권이 여기로 와요.",
        en: "Vouchers come here when their issuer has no bridge or gives no clear answer."
    }
    pub fn md_waits() { ko: "기다린 시간", en: "Waiting" }
    pub fn md_order() { ko: "주문", en: "Order" }
    pub fn md_why() { ko: "이유", en: "Why" }
    pub fn md_who() { ko: "담당", en: "Who" }
    pub fn md_take() { ko: "맡기", en: "Take" }
    pub fn md_mine() { ko: "내가 보는 중", en: "Mine" }
    pub fn md_open() { ko: "이어서 하기", en: "Go on" }
    pub fn md_held() { ko: "보류 주문", en: "Order on hold" }
    pub fn md_taken() { ko: "맡았어요. 15분 동안 다른 사람은 맡을 수 없어요.", en: "It’s yours for 15 minutes." }
    pub fn md_given_back() { ko: "내려놓았어요.", en: "Given back." }
    pub fn md_keyed() { ko: "결과를 넣었어요.", en: "The result is in." }
    pub fn md_item_title(brand: &str, face: &str) { ko: "{brand} {face}", en: "{brand} {face}" }
    pub fn md_lease(until: &str) { ko: "{until}까지 맡고 있어요", en: "Yours until {until}" }
    pub fn md_more() { ko: "15분 더", en: "15 more minutes" }
    pub fn md_give_back() { ko: "내려놓기", en: "Give back" }
    pub fn md_take_first() { ko: "먼저 맡아 주세요. 맡은 사람만 결과를 넣을 수 있어요.", en: "Take it first: only who has it keys the result." }
    pub fn md_voucher() { ko: "상품권", en: "Voucher" }
    pub fn md_step_look() { ko: "1. 번호 확인", en: "1. Look at the number" }
    pub fn md_step_proof() { ko: "2. 증빙 올리기", en: "2. Upload a proof" }
    pub fn md_step_key() { ko: "3. 결과 넣기", en: "3. Key the result" }
    pub fn md_proof_help() {
        ko: "발행사 화면 사진이나 PDF, 5MB까지. 암호화해서 보관해요.",
        en: "A picture or PDF of the issuer’s answer, up to 5 MB. It is stored encrypted."
    }
    pub fn md_proof_file() { ko: "파일", en: "File" }
    pub fn md_proof_add() { ko: "올리기", en: "Upload" }
    pub fn md_proof_added() { ko: "증빙을 올렸어요.", en: "The proof is stored." }
    pub fn md_proof_none() { ko: "아직 올린 증빙이 없어요.", en: "No proof yet." }
    pub fn md_proof_open() { ko: "내려받기", en: "Download" }
    pub fn md_result() { ko: "결과", en: "Result" }
    pub fn md_face() { ko: "사용 처리·확인한 금액", en: "Face redeemed or found" }
    pub fn md_face_help() { ko: "‘사용 처리했어요’와 ‘정상’에 필요해요.", en: "For “redeemed” and “good”." }
    pub fn md_ref() { ko: "발행사 승인번호", en: "Issuer’s approval number" }
    pub fn md_ref_help() { ko: "‘사용 처리했어요’에 필요해요.", en: "For “redeemed”." }
    pub fn md_balance() { ko: "남은 금액", en: "Left on it" }
    pub fn md_balance_help() { ko: "‘일부 사용됨’에 필요해요.", en: "For “partly used”." }
    pub fn md_differs() { ko: "고객이 적은 금액과 다른 것을 확인했어요", en: "I know it differs from what the customer said" }
    pub fn md_key() { ko: "결과 저장", en: "Save the result" }
    pub fn md_nothing_left() { ko: "사용 처리하지 마세요: 수수료를 빼면 남는 금액이 없어요", en: "Don’t redeem it: the fee leaves nothing" }
    pub fn md_nothing_left_help() {
        ko: "‘매입 안 함’으로 돌려주세요. 이미 사용 처리했다면 ‘사용 처리했어요’를 넣어 주세요. 주문은 사람이 다시 봐요.",
        en: "Turn it down as declined. If it is redeemed already, say so: people will look at the order."
    }
    pub fn md_decided(state: &str) { ko: "결과가 나왔어요: {state}", en: "It is decided: {state}" }
    pub fn md_next() { ko: "다음 상품권", en: "Next voucher" }
    pub fn md_list() { ko: "목록으로", en: "To the list" }
}
