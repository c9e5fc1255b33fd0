//! What the use cases say to customers, Korean and English side by side.
//!
//! One message, one entry; a missing language doesn't compile. Words of single fields are in `domain::text`.

domain::messages! {
    // Paste
    pub(crate) fn paste_empty() {
        ko: "붙여넣은 내용이 없어요. 받은 문자를 그대로 붙여넣어 주세요.",
        en: "Nothing was pasted. Paste the message just as you received it."
    }
    pub(crate) fn paste_too_long(limit: usize) {
        ko: "내용이 너무 길어요. 한 번에 {limit}KB까지 붙여넣을 수 있으니 나눠서 넣어 주세요.",
        en: "That is too long. Paste up to {limit} KB at a time."
    }
    pub(crate) fn paste_nothing() {
        ko: "상품권 번호를 찾지 못했어요. 컬쳐랜드 16자리, 문화상품권 18자리처럼 모양이 뚜렷하거나 브랜드 이름이 함께 있는 번호를 찾아봤어요. 브랜드를 고르고 번호를 직접 입력할 수도 있어요.",
        en: "No voucher number was found. We looked for numbers with a clear shape, such as Cultureland’s 16 or Munhwa’s 18 digits, or with a brand’s name beside them. You can also choose the brand and type the number."
    }
    pub(crate) fn paste_found(found: u32) {
        ko: "상품권 {found}장을 찾았어요.",
        en: "Found {found} voucher(s)."
    }
    pub(crate) fn paste_found_again(found: u32, duplicates: u32) {
        ko: "상품권 {found}장을 찾았어요. 같은 번호 {duplicates}개는 하나로 합쳤어요.",
        en: "Found {found} voucher(s). {duplicates} repeated number(s) were merged."
    }
    pub(crate) fn paste_only_again(duplicates: u32) {
        ko: "새로운 번호가 없어요. 찾은 {duplicates}개는 이미 아래에 있는 번호예요.",
        en: "Nothing new: the {duplicates} number(s) found are already below."
    }
    pub(crate) fn paste_full(max: usize, left_out: usize) {
        ko: "한 번에 {max}장까지 신청할 수 있어 {left_out}장은 넣지 못했어요. 나머지는 다음 신청에 넣어 주세요.",
        en: "One order takes {max} vouchers; {left_out} did not fit. Put them into your next order."
    }
    pub(crate) fn refused_masked(shown: &str) {
        ko: "{shown}: 일부가 가려져 있어요. 가려지지 않은 전체 번호를 넣어 주세요.",
        en: "{shown}: part of it is hidden. Paste the whole number."
    }
    pub(crate) fn refused_short(shown: &str) {
        ko: "{shown}: 번호가 짧아요. 빠진 숫자가 없는지 확인해 주세요.",
        en: "{shown}: too short. Check for missing digits."
    }
    pub(crate) fn refused_long(shown: &str) {
        ko: "{shown}: 번호가 길어요. 더 들어간 숫자가 없는지 확인해 주세요.",
        en: "{shown}: too long. Check for extra digits."
    }
    pub(crate) fn refused_start(shown: &str) {
        ko: "{shown}: 이 브랜드의 번호는 이렇게 시작하지 않아요. 앞자리를 확인해 주세요.",
        en: "{shown}: this brand’s numbers don’t start so. Check the first digits."
    }
    pub(crate) fn refused_issuer(shown: &str) {
        ko: "{shown}: 매입하지 않는 발행사의 상품권이에요.",
        en: "{shown}: we don’t buy this issuer’s vouchers."
    }
    pub(crate) fn paste_none_good() {
        ko: "받을 수 있는 번호를 찾지 못했어요. 아래 번호를 확인해 주세요.",
        en: "No number could be taken. Check those below."
    }
    pub(crate) fn paste_cut() {
        ko: "내용이 많아 끝까지 읽지 못했어요. 나머지는 나눠서 넣어 주세요.",
        en: "There was too much to read to the end. Paste the rest separately."
    }

    // Rows
    pub(crate) fn brand_missing() {
        ko: "브랜드를 골라 주세요.",
        en: "Choose the brand."
    }
    pub(crate) fn brand_stopped(brand: &str, topic: &str) {
        ko: "{brand}{topic} 매입이 끝나서 살 수 없어요. 이 상품권은 빼고 계산해요.",
        en: "We no longer buy {brand}. It is left out of the sale."
    }
    pub(crate) fn brand_paused(brand: &str, topic: &str) {
        ko: "{brand}{topic} 지금 잠시 매입을 쉬고 있어요. 이 상품권은 빼고 계산해요.",
        en: "We are not buying {brand} for the moment. It is left out of the sale."
    }
    pub(crate) fn row_duplicate() {
        ko: "위에 있는 것과 같은 번호예요. 하나만 남겨 주세요.",
        en: "This number is already above. Keep only one."
    }
    pub(crate) fn row_gone() {
        ko: "이미 빠진 상품권이에요.",
        en: "That voucher has already been removed."
    }
    pub(crate) fn rows_full(max: usize) {
        ko: "한 번에 {max}장까지 신청할 수 있어요. 나머지는 다음 신청에 넣어 주세요.",
        en: "One order takes {max} vouchers. Put the others into your next order."
    }
    pub(crate) fn rows_unready(count: usize) {
        ko: "고칠 것이 있는 상품권이 {count}장 있어요. 표시된 곳을 고치거나 빼 주세요.",
        en: "{count} voucher(s) need mending. Mend what is marked, or remove them."
    }
    pub(crate) fn face_unreadable() {
        ko: "금액을 숫자로 입력해 주세요. 예: 50,000",
        en: "Write the face value in digits, for example 50,000."
    }

    // Draft
    pub(crate) fn draft_gone() {
        ko: "오래 쉬어서 입력한 내용이 지워졌어요. 번호를 안전하게 지키려는 것이니 처음부터 다시 넣어 주세요.",
        en: "What you typed was removed after a long pause, to keep your numbers safe. Please start again."
    }
    pub(crate) fn draft_other_tab() {
        ko: "다른 창에서 같은 신청을 고치고 있어요. 새로고침한 뒤 다시 해 주세요.",
        en: "This sale is being changed in another window. Reload and try again."
    }
    pub(crate) fn changed_since() {
        ko: "이 화면을 연 뒤에 금액이나 계좌, 상품권이 바뀌었어요. 아래 내용을 다시 확인하고 접수해 주세요.",
        en: "The amount, the account or the vouchers changed after this page was opened. Check them again, then submit."
    }
    pub(crate) fn draft_other_key() {
        ko: "이 화면은 지난 신청의 것이에요. 새로고침한 뒤 다시 해 주세요.",
        en: "This page belongs to an earlier sale. Reload and try again."
    }

    // Quote
    pub(crate) fn quote_first() {
        ko: "견적을 먼저 확인해 주세요.",
        en: "Look at the quote first."
    }
    pub(crate) fn quote_changed(before: &str, now: &str) {
        ko: "견적이 {before}에서 {now}으로 바뀌었어요. 새 금액을 확인하고 다시 눌러 주세요.",
        en: "The quote changed from {before} to {now}. Check it and confirm again."
    }
    pub(crate) fn quote_renewed() {
        ko: "견적 시간이 지나 새로 계산했어요. 금액을 확인하고 다시 눌러 주세요.",
        en: "The quote had expired and was made anew. Check the amount and confirm again."
    }
    pub(crate) fn eta_instant() {
        ko: "검증이 끝나는 대로, 보통 5분 안에 입금해요.",
        en: "Paid as soon as the vouchers are checked, usually within 5 minutes."
    }
    pub(crate) fn eta_manual() {
        ko: "담당자가 확인하는 상품권이 있어요. 확인이 끝나는 대로 입금해요.",
        en: "A person checks some of these vouchers. Paid as soon as that is done."
    }
    pub(crate) fn eta_resting(bank: &str, until: &str) {
        ko: "{bank} 점검이 끝나는 {until} 이후 순서대로 입금해요.",
        en: "{bank} rests now; paid in turn after {until}."
    }
    pub(crate) fn eta_morning(from: &str) {
        ko: "{from} 이후 입금해요.",
        en: "Paid after {from}."
    }
    pub(crate) fn eta_queue(minutes: u32) {
        ko: "앞에 밀린 확인이 있어 {minutes}분쯤 더 걸려요.",
        en: "Others are before you; it takes about {minutes} minutes more."
    }

    // You
    pub(crate) fn name_short() {
        ko: "이름을 두 글자 이상 입력해 주세요.",
        en: "Write at least two letters of your name."
    }
    pub(crate) fn name_digits() {
        ko: "이름에는 숫자를 쓸 수 없어요. 신분증에 적힌 대로 입력해 주세요.",
        en: "A name has no digits. Write it as on your ID."
    }
    pub(crate) fn phone_unproved() {
        ko: "휴대폰 인증을 마쳐 주세요.",
        en: "Prove your phone with the code."
    }
    pub(crate) fn code_missing() {
        ko: "문자로 받은 인증번호 6자리를 입력해 주세요.",
        en: "Enter the six digits from the text message."
    }
    pub(crate) fn code_wrong(left: u32) {
        ko: "인증번호가 달라요. {left}번 더 입력할 수 있어요.",
        en: "That is another code. You can try {left} more time(s)."
    }
    pub(crate) fn code_spent() {
        ko: "다섯 번 모두 달랐어요. 인증번호를 새로 받아 주세요.",
        en: "All five tries were wrong. Ask for a new code."
    }
    pub(crate) fn code_expired() {
        ko: "인증번호를 쓸 수 있는 시간이 지났어요. 새로 받아 주세요.",
        en: "The code’s time is over. Ask for a new one."
    }
    pub(crate) fn code_too_soon(seconds: u32) {
        ko: "방금 보낸 인증번호를 확인해 주세요. {seconds}초 뒤에 다시 받을 수 있어요.",
        en: "A code was just sent. You can ask for another in {seconds} s."
    }
    pub(crate) fn code_limited(at: &str) {
        ko: "오늘 받을 수 있는 인증번호를 모두 받았어요. {at} 이후 다시 해 주세요.",
        en: "That was the last code for today. Try again after {at}."
    }
    pub(crate) fn bank_missing() {
        ko: "입금받을 은행을 골라 주세요.",
        en: "Choose the bank to be paid at."
    }
    pub(crate) fn account_unpayable() {
        ko: "은행에서 이 계좌로는 입금할 수 없다고 해요. 은행과 계좌번호를 확인해 주세요.",
        en: "The bank says this account can’t be paid. Check the bank and the number."
    }
    pub(crate) fn consent_required(title: &str) {
        ko: "‘{title}’에 동의해야 신청할 수 있어요.",
        en: "Your consent to “{title}” is needed."
    }

    // Inquiry
    pub(crate) fn inquiry_short() {
        ko: "문의 내용을 열 글자 이상 적어 주세요.",
        en: "Write at least ten letters."
    }
    pub(crate) fn inquiry_long(max: usize, got: usize) {
        ko: "문의 내용이 {got}자예요. {max}자 안으로 줄여 주세요.",
        en: "That is {got} characters; write up to {max}."
    }
    pub(crate) fn inquiry_limited() {
        ko: "한 시간에 보낼 수 있는 문의를 모두 보냈어요. 잠시 뒤에 다시 보내 주세요.",
        en: "You have sent all inquiries one hour allows. Try again later."
    }

    // Order
    pub(crate) fn step_submitted() { ko: "접수", en: "Received" }
    pub(crate) fn step_verifying() { ko: "검증중", en: "Checking" }
    pub(crate) fn step_locking() { ko: "사용처리중", en: "Redeeming" }
    pub(crate) fn step_settled() { ko: "정산완료", en: "Settled" }
    pub(crate) fn step_paying() { ko: "입금대기", en: "Payment due" }
    pub(crate) fn step_paid() { ko: "입금완료", en: "Paid" }
    pub(crate) fn head_submitted(all: usize) {
        ko: "상품권 {all}장을 접수했어요",
        en: "{all} voucher(s) received"
    }
    pub(crate) fn head_verifying(all: usize, done: usize) {
        ko: "{all}장 중 {done}장을 확인했어요",
        en: "{done} of {all} checked"
    }
    pub(crate) fn head_locking(all: usize, good: usize) {
        ko: "{all}장 중 {good}장 정상, 사용 처리하고 있어요",
        en: "{good} of {all} good; redeeming them now"
    }
    pub(crate) fn head_paying(net: &str) {
        ko: "{net} 입금을 기다리고 있어요",
        en: "{net} is about to be paid"
    }
    pub(crate) fn head_paid(net: &str) {
        ko: "{net}을 입금했어요",
        en: "{net} has been paid"
    }
    pub(crate) fn head_rejected() {
        ko: "살 수 있는 상품권이 없었어요",
        en: "None of the vouchers could be bought"
    }
    pub(crate) fn head_cancelled() {
        ko: "신청을 취소했어요",
        en: "You cancelled this order"
    }
    pub(crate) fn head_held() {
        ko: "확인할 것이 있어 잠시 멈췄어요",
        en: "Paused while we check something"
    }
    pub(crate) fn advice_held() {
        ko: "담당자가 확인하고 있어요. 연락을 드릴 수 있으니 휴대폰을 확인해 주세요.",
        en: "A person is looking at it and may call you."
    }
    pub(crate) fn advice_unknown(at: &str) {
        ko: "결과가 아직 확실하지 않은 것이 있어요. {at}에 다시 확인해요. 따로 하실 일은 없어요.",
        en: "Something isn’t certain yet. We look again at {at}. You needn’t do anything."
    }
    pub(crate) fn advice_unknown_soon() {
        ko: "결과가 아직 확실하지 않은 것이 있어 담당자가 확인하고 있어요. 따로 하실 일은 없어요.",
        en: "Something isn’t certain yet and a person is looking. You needn’t do anything."
    }
    pub(crate) fn advice_resend(count: usize) {
        ko: "번호를 고치면 다시 보낼 수 있는 상품권이 {count}장 있어요.",
        en: "{count} voucher(s) can be corrected and sent again."
    }
    pub(crate) fn advice_cancel() {
        ko: "검증이 시작되기 전까지 취소할 수 있어요.",
        en: "You can cancel until checking starts."
    }
    pub(crate) fn advice_bad(count: usize) {
        ko: "{count}장은 사지 않았어요. 이유는 아래에 있어요.",
        en: "{count} voucher(s) were not bought; the reasons are below."
    }
    pub(crate) fn cancel_too_late() {
        ko: "검증이 시작되어 취소할 수 없어요.",
        en: "Checking has started; it is too late to cancel."
    }
    pub(crate) fn resend_nothing() {
        ko: "다시 보낼 수 있는 상품권이 없어요.",
        en: "No voucher of this order can be sent again."
    }
    pub(crate) fn submit_held() {
        ko: "지금은 이 신청을 받을 수 없어요. 고객센터로 연락해 주세요.",
        en: "We can’t take this order now. Please contact us."
    }
}
