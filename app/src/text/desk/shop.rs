//! The shop's desks: brands, rates, notices, documents, inquiries.

domain::messages! {
    pub fn sd_position() { ko: "순서", en: "Place" }
    pub fn sd_brand() { ko: "브랜드", en: "Brand" }
    pub fn sd_status() { ko: "상태", en: "State" }
    pub fn sd_mode() { ko: "확인 방법", en: "Checked by" }
    pub fn sd_mode_issuer() { ko: "발행사 조회", en: "Issuer" }
    pub fn sd_mode_manual() { ko: "담당자", en: "A person" }
    pub fn sd_family() { ko: "중복 확인 묶음", en: "Family" }
    pub fn sd_rate() { ko: "매입가율", en: "Rate" }
    pub fn sd_updated() { ko: "바뀐 때", en: "Changed" }
    pub fn sd_accepting() { ko: "매입 중", en: "Buying" }
    pub fn sd_paused() { ko: "잠시 중지", en: "Paused" }
    pub fn sd_stopped() { ko: "종료", en: "Stopped" }
    pub fn sd_up() { ko: "위로", en: "Up" }
    pub fn sd_down() { ko: "아래로", en: "Down" }
    pub fn sd_move() { ko: "옮기기", en: "Move" }
    pub fn sd_moved() { ko: "순서를 바꿨어요.", en: "Moved." }
    pub fn sd_drafts(count: usize) { ko: "초안 {count}개", en: "{count} drafts" }
    pub fn sd_new_brand() { ko: "새 브랜드", en: "New brand" }
    pub fn sd_switch() { ko: "상태 바꾸기", en: "Switch" }
    pub fn sd_switch_q(name: &str, from: &str, to: &str) {
        ko: "{name}: {from} → {to}. 누르는 즉시 적용되고, 1초 안에 모든 화면에서 견적이 바뀌어요.",
        en: "{name}: {from} → {to}. It works at once; within a second no page quotes otherwise."
    }
    pub fn sd_switch_help() {
        ko: "이미 접수된 주문은 약속한 가격대로 계속돼요.", en: "Orders taken before go on at the price promised."
    }
    pub fn sd_switch_to(to: &str) { ko: "{to} 상태로 바꾸기", en: "Switch to {to}" }
    pub fn sd_switched() { ko: "상태를 바꿨어요.", en: "Switched." }
    pub fn sd_no_rate() { ko: "없음", en: "None" }
    pub fn sd_version(number: u32) { ko: "버전 {number}", en: "Version {number}" }
    pub fn sd_history() { ko: "바뀐 내역", en: "History" }
    pub fn sd_open_drafts() { ko: "게시를 기다리는 초안", en: "Drafts waiting to be published" }
    pub fn sd_no_drafts() {
        ko: "기다리는 초안이 없어요. 아래에서 고쳐 저장하면 초안이 되고, 다른 동료가 확인해서 게시해요.",
        en: "No draft waits. Change something below and save it; a colleague looks at it and publishes it."
    }
    pub fn sd_mine() { ko: "내 초안", en: "Yours" }
    pub fn sd_stale() { ko: "그사이 다른 버전이 게시됨", en: "Another version was published since" }
    pub fn sd_publish() { ko: "게시", en: "Publish" }
    pub fn sd_publish_q(name: &str, when: &str) {
        ko: "{name}: 이 초안을 게시할까요? 적용 시각: {when}", en: "{name}: publish this draft? It begins: {when}"
    }
    pub fn sd_published() { ko: "게시했어요.", en: "Published." }
    pub fn sd_withdraw() { ko: "초안 취소", en: "Withdraw" }
    pub fn sd_withdraw_q() { ko: "이 초안을 취소할까요? 되돌릴 수 없어요.", en: "Withdraw this draft? It can’t be brought back." }
    pub fn sd_withdrawn() { ko: "초안을 취소했어요.", en: "Withdrawn." }
    pub fn sd_rebase() { ko: "지금 버전으로 맞추기", en: "Bring up to date" }
    pub fn sd_rebased() {
        ko: "지금 버전을 바탕으로 맞췄어요. 차이를 한 번 더 확인해 주세요.", en: "It stands on the version in place now. Look at the difference once more."
    }
    pub fn sd_four_eyes() {
        ko: "내가 쓴 초안은 게시 권한이 있는 다른 동료가 게시해요.", en: "A colleague who may publish puts your draft to work."
    }
    pub fn sd_from_now() { ko: "게시하자마자", en: "On publishing" }
    pub fn sd_from() { ko: "적용 시각", en: "Begins" }
    pub fn sd_at_label() { ko: "적용 시각 (한국 시간, 비우면 게시하자마자)", en: "Begins (Korean time; empty for on publishing)" }
    pub fn sd_author() { ko: "작성", en: "Author" }
    pub fn sd_reason() { ko: "이유", en: "Reason" }
    pub fn sd_edit() { ko: "고치기", en: "Edit" }
    pub fn sd_edit_own() { ko: "내 초안 고치기", en: "Edit your draft" }
    pub fn sd_save() { ko: "초안 저장하고 미리보기", en: "Save draft and preview" }
    pub fn sd_saved() { ko: "초안을 저장했어요. 다른 동료가 게시하면 적용돼요.", en: "Draft saved. It holds once a colleague publishes it." }
    pub fn sd_preview() { ko: "미리보기", en: "Preview" }
    pub fn sd_preview_help() { ko: "입력하는 대로 손님이 볼 화면이 그려져요.", en: "What customers would see, drawn as you type." }
    pub fn sd_effect_help() { ko: "입력하는 대로 입금액이 얼마나 바뀌는지 계산해요.", en: "What would be paid instead, reckoned as you type." }
    pub fn sd_problems() { ko: "고칠 곳", en: "To mend" }
    pub fn sd_changes() { ko: "바뀌는 내용", en: "What changes" }
    pub fn sd_no_changes() { ko: "지금 버전과 같아요.", en: "The same as what is in place." }
    pub fn sd_skipped(count: usize) { ko: "… 같은 줄 {count}개", en: "… {count} lines the same" }
    pub fn sd_gone() { ko: "빠짐", en: "gone" }
    pub fn sd_come() { ko: "추가", en: "new" }
    pub fn sd_as_draft() { ko: "이 버전을 초안으로", en: "Make this a draft" }
    pub fn sd_key() { ko: "키 (영어 소문자, 바꿀 수 없음)", en: "Key (lower-case letters, fixed)" }
    pub fn sd_name_ko() { ko: "이름 (한국어)", en: "Name (Korean)" }
    pub fn sd_name_en() { ko: "이름 (영어)", en: "Name (English)" }
    pub fn sd_note_ko() { ko: "한 줄 설명 (한국어)", en: "Note (Korean)" }
    pub fn sd_note_en() { ko: "한 줄 설명 (영어)", en: "Note (English)" }
    pub fn sd_initials() { ko: "타일 글자", en: "Tile letters" }
    pub fn sd_hue() { ko: "타일 색 (0–359)", en: "Tile hue (0–359)" }
    pub fn sd_form() { ko: "양식 (JSON)", en: "Form (JSON)" }
    pub fn sd_form_help() {
        ko: "pin, companions, faces, free로 이루어져요. 틀린 곳은 경로와 함께 알려 드려요.",
        en: "Made of pin, companions, faces and free. What is wrong is told with its path."
    }
    pub fn sd_unpaid(face: &str) {
        ko: "{face}에는 지금 적용되는 매입가율이 없어서 견적을 낼 수 없어요. 매입가율도 함께 게시해 주세요.",
        en: "No rate in force pays {face}, so it can’t be quoted. Publish rates for it too."
    }
    pub fn sd_new_lead() {
        ko: "새 브랜드는 게시되면 ‘잠시 중지’로 시작해요. 매입가율을 게시한 뒤 매입을 시작하세요.",
        en: "A new brand starts paused. Publish its rates, then start buying."
    }

    pub fn sd_bands() { ko: "금액 구간", en: "Bands" }
    pub fn sd_min() { ko: "부터 (원)", en: "From (won)" }
    pub fn sd_max() { ko: "까지 (원)", en: "To (won)" }
    pub fn sd_percent() { ko: "매입가율 (%)", en: "Rate (%)" }
    pub fn sd_band_no(number: usize) { ko: "{number}번째 구간", en: "Band {number}" }
    pub fn sd_since() { ko: "적용 중", en: "Since" }
    pub fn sd_next() { ko: "예정", en: "Next" }
    pub fn sd_fees() { ko: "주문당 수수료", en: "Fees per order" }
    pub fn sd_fee_instant() { ko: "바로 입금 (원)", en: "Instant (won)" }
    pub fn sd_fee_morning() { ko: "다음 영업일 아침 (원)", en: "Next business morning (won)" }
    pub fn sd_effect() { ko: "바뀌면", en: "Effect" }
    pub fn sd_old() { ko: "지금", en: "Now" }
    pub fn sd_new() { ko: "초안", en: "Draft" }
    pub fn sd_per_ten() { ko: "1만 원당", en: "Per 10,000" }
    pub fn sd_typical() { ko: "대표 금액", en: "Typical face" }
    pub fn sd_volume(count: u64, old: &str, new: &str) {
        ko: "지난 30일에 입금한 {count}장 기준: {old} → {new}", en: "Over the {count} vouchers paid in 30 days: {old} → {new}"
    }
    pub fn sd_volume_more(by: &str) { ko: "{by} 더 입금", en: "{by} more paid" }
    pub fn sd_volume_less(by: &str) { ko: "{by} 덜 입금", en: "{by} less paid" }
    pub fn sd_volume_same() { ko: "입금액 같음", en: "the same" }
    pub fn sd_volume_none() { ko: "지난 30일에 입금한 상품권이 없어 비교할 수 없어요.", en: "No voucher was paid in 30 days to compare with." }
    pub fn sd_left_out(count: u64) { ko: "이 초안이 사지 않는 금액이 {count}장 있었어요.", en: "{count} of them had a face this draft doesn’t pay." }
    pub fn sd_jumps(key: &str) {
        ko: "매입가율이 2%p 넘게 바뀌어요. 게시할 때 브랜드 키 {key}를 입력해야 해요.",
        en: "A rate changes by more than 2 points: whoever publishes it types the brand’s key {key}."
    }
    pub fn sd_confirm_label(key: &str) { ko: "확인: {key} 입력", en: "Confirm: type {key}" }

    pub fn sd_notices() { ko: "공지", en: "Notices" }
    pub fn sd_faq() { ko: "자주 묻는 질문", en: "Questions" }
    pub fn sd_new_entry() { ko: "새 글", en: "New entry" }
    pub fn sd_title() { ko: "제목", en: "Title" }
    pub fn sd_title_ko() { ko: "제목 (한국어)", en: "Title (Korean)" }
    pub fn sd_title_en() { ko: "제목 (영어)", en: "Title (English)" }
    pub fn sd_body_ko() { ko: "본문 (한국어, Markdown)", en: "Text (Korean, Markdown)" }
    pub fn sd_body_en() { ko: "본문 (영어, Markdown)", en: "Text (English, Markdown)" }
    pub fn sd_slug() { ko: "주소 이름 (바꿀 수 없음)", en: "Address name (fixed)" }
    pub fn sd_published_at() { ko: "게시", en: "Published" }
    pub fn sd_is_draft() { ko: "게시 전", en: "Not published" }
    pub fn sd_is_seen() { ko: "보이는 중", en: "Seen" }
    pub fn sd_is_coming() { ko: "게시 예정", en: "Scheduled" }
    pub fn sd_show_at() { ko: "보이기 시작할 때 (한국 시간, 비우면 지금)", en: "Seen from (Korean time; empty for now)" }
    pub fn sd_show() { ko: "게시하기", en: "Publish" }
    pub fn sd_hide() { ko: "내리기", en: "Take back" }
    pub fn sd_shown() { ko: "게시했어요. 예약한 글은 그 시각에 보여요.", en: "Published. A scheduled entry is seen from its moment." }
    pub fn sd_hidden() { ko: "내렸어요.", en: "Taken back." }
    pub fn sd_entry_save() { ko: "저장하고 미리보기", en: "Save and preview" }
    pub fn sd_entry_saved() { ko: "저장했어요.", en: "Saved." }
    pub fn sd_see() { ko: "손님 화면에서 보기", en: "See it in the shop" }
    pub fn sd_from_first() { ko: "처음부터", en: "From the beginning" }
    pub fn sd_none_yet() { ko: "아직 글이 없어요. ‘새 글’로 시작해 주세요.", en: "Nothing yet. Start with “New entry”." }
    pub fn sd_in_ko() { ko: "한국어", en: "Korean" }
    pub fn sd_in_en() { ko: "영어", en: "English" }

    pub fn sd_document() { ko: "문서", en: "Document" }
    pub fn sd_in_force() { ko: "적용 중", en: "In force" }
    pub fn sd_publisher() { ko: "게시한 사람", en: "Publisher" }
    pub fn sd_hash() { ko: "해시 (SHA-256)", en: "Hash (SHA-256)" }
    pub fn sd_read() { ko: "읽기", en: "Read" }
    pub fn sd_documents_lead() {
        ko: "새 버전이 적용되면 동의를 새로 받아요. 주문에는 동의한 그 버전이 그대로 남아요.",
        en: "Once a new version is in force consents are asked anew. Orders keep the version they were made with."
    }

    pub fn sd_inq_open() { ko: "답변 대기", en: "Open" }
    pub fn sd_inq_answered() { ko: "답변함", en: "Answered" }
    pub fn sd_inq_closed() { ko: "닫음", en: "Closed" }
    pub fn sd_inq_none_help() { ko: "홈페이지의 문의 양식으로 온 글이 여기에 쌓여요.", en: "What visitors send through the shop’s form gathers here." }
    pub fn sd_inq_none() { ko: "여기에 해당하는 문의가 없어요.", en: "No inquiry here." }
    pub fn sd_name() { ko: "이름", en: "Name" }
    pub fn sd_phone() { ko: "휴대폰", en: "Phone" }
    pub fn sd_came() { ko: "접수", en: "Came" }
    pub fn sd_handled() { ko: "처리", en: "Handled" }
    pub fn sd_inq_body() { ko: "문의 내용", en: "What they ask" }
    pub fn sd_note() { ko: "처리 메모", en: "Note" }
    pub fn sd_note_help() { ko: "암호화해서 보관해요.", en: "It is kept encrypted." }
    pub fn sd_inq_reveal() { ko: "이름·번호 보기", en: "Show name and number" }
    pub fn sd_inq_reveal_question() { ko: "답하려면 문의한 사람의 이름과 번호를 30초 동안 볼 수 있어요. 누가 왜 봤는지 감사 로그에 남아요.", en: "To answer, you can see the asker’s name and number for 30 seconds. Who looked and why stands in the audit log." }
    pub fn sd_settle() { ko: "처리 결과 저장", en: "Save" }
    pub fn sd_settled() { ko: "처리 결과를 저장했어요.", en: "Saved." }
    pub fn sd_result() { ko: "처리 결과", en: "Result" }
    pub fn sd_older() { ko: "이전 문의", en: "Older" }
    pub fn sd_read_logged() { ko: "이 문의를 열어 본 것이 감사 로그에 남았어요.", en: "That you read this stands in the audit log." }
}
