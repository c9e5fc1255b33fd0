//! What the use cases say to customers, Korean and English side by side.
//!
//! One message, one entry; a missing language doesn't compile. Words of single fields are in `domain::text`.

use domain::Lang;
use domain::text::plural;

// The status words of an order's page stand once, beside those of its vouchers.
pub(crate) use domain::text::{step_locking, step_paid, step_paying, step_settled, step_submitted, step_verifying};

domain::messages! {
    // Paste
    pub(crate) fn paste_empty() {
        ko: "붙여넣은 내용이 없어요. 받은 문자를 그대로 붙여넣어 주세요.",
        en: "Nothing was pasted. Paste the message just as you received it."
    }
    pub(crate) fn paste_too_long(limit: usize) {
        ko: "내용이 너무 길어요. 한 번에 {limit}KB까지 붙여넣을 수 있으니 나눠서 넣어 주세요.",
        en: "That’s too much at once. Paste up to {limit} KB at a time."
    }
    pub(crate) fn paste_nothing() {
        ko: "상품권 번호를 찾지 못했어요. 컬쳐랜드 16자리, 문화상품권 18자리처럼 모양이 뚜렷하거나 브랜드 이름이 함께 있는 번호를 찾아봤어요. 브랜드를 고르고 번호를 직접 입력할 수도 있어요.",
        en: "We couldn’t find a voucher number. We looked for numbers with a clear pattern, such as Cultureland’s 16 digits or Munhwa’s 18, or with a brand name beside them. You can also choose the brand and type the number."
    }
    pub(crate) fn paste_full(max: usize, left_out: usize) {
        ko: "한 주문에 {max}장까지 넣을 수 있어 {left_out}장은 넣지 못했어요. 나머지는 다음 주문에 넣어 주세요.",
        en: "An order takes up to {max} vouchers, so {left_out} didn’t fit. Put the rest in your next order."
    }
    pub(crate) fn refused_masked(shown: &str) {
        ko: "{shown}: 일부가 가려져 있어요. 가려지지 않은 전체 번호를 넣어 주세요.",
        en: "{shown}: part of the number is hidden. Paste the whole number."
    }
    pub(crate) fn refused_short(shown: &str) {
        ko: "{shown}: 번호가 짧아요. 빠진 숫자가 없는지 확인해 주세요.",
        en: "{shown}: too short. Check for a missing digit."
    }
    pub(crate) fn refused_long(shown: &str) {
        ko: "{shown}: 번호가 길어요. 더 들어간 숫자가 없는지 확인해 주세요.",
        en: "{shown}: too long. Check for an extra digit."
    }
    pub(crate) fn refused_start(shown: &str) {
        ko: "{shown}: 이 브랜드의 번호는 이렇게 시작하지 않아요. 앞자리를 확인해 주세요.",
        en: "{shown}: this brand’s numbers don’t start like that. Check the first digits."
    }
    pub(crate) fn refused_issuer(shown: &str) {
        ko: "{shown}: 매입하지 않는 발행사의 상품권이에요.",
        en: "{shown}: we don’t buy vouchers from this issuer."
    }
    pub(crate) fn paste_none_good() {
        ko: "매입할 수 있는 번호를 찾지 못했어요. 아래 번호를 확인해 주세요.",
        en: "We couldn’t take any of these numbers. Check the ones below."
    }
    pub(crate) fn paste_cut() {
        ko: "내용이 많아 끝까지 읽지 못했어요. 나머지는 나눠서 넣어 주세요.",
        en: "There was too much text to read it all. Paste the rest separately."
    }

    // Rows
    pub(crate) fn brand_missing() {
        ko: "브랜드를 골라 주세요.",
        en: "Choose the brand."
    }
    pub(crate) fn brand_stopped(brand: &str, topic: &str) {
        ko: "{brand}{topic} 이제 매입하지 않아요. 이 상품권은 빼고 계산해요.",
        en: "We no longer buy {brand}, so this voucher isn’t counted."
    }
    pub(crate) fn brand_paused(brand: &str, topic: &str) {
        ko: "{brand}{topic} 지금 잠시 매입하지 않아요. 이 상품권은 빼고 계산해요.",
        en: "We aren’t buying {brand} right now, so this voucher isn’t counted."
    }
    pub(crate) fn row_duplicate() {
        ko: "위에 있는 것과 같은 번호예요. 하나만 남겨 주세요.",
        en: "This number is already in the list above. Keep just one."
    }
    pub(crate) fn row_gone() {
        ko: "이미 빠진 상품권이에요.",
        en: "That voucher has already been removed."
    }
    pub(crate) fn rows_full(max: usize) {
        ko: "한 주문에 {max}장까지 넣을 수 있어요. 나머지는 다음 주문에 넣어 주세요.",
        en: "An order takes up to {max} vouchers. Put the rest in your next order."
    }
    pub(crate) fn face_unreadable() {
        ko: "금액을 숫자로 입력해 주세요. 예: 50,000",
        en: "Enter the face value in digits, such as 50,000."
    }

    // Draft
    pub(crate) fn draft_gone() {
        ko: "오랫동안 입력이 없어서 내용을 지웠어요. 번호를 안전하게 지키려는 것이니 처음부터 다시 넣어 주세요.",
        en: "Nothing changed for a long time, so we erased what you’d entered to keep your numbers safe. Please start again."
    }
    pub(crate) fn draft_other_tab() {
        ko: "다른 창에서 같은 주문을 고치고 있어요. 새로고침한 뒤 다시 해 주세요.",
        en: "You’re changing this order in another window. Reload and try again."
    }
    pub(crate) fn changed_since() {
        ko: "이 화면을 연 뒤에 금액이나 계좌, 상품권이 바뀌었어요. 아래 내용을 다시 확인하고 접수해 주세요.",
        en: "The amount, the account or the vouchers changed after this page was opened. Check them again, then submit."
    }
    pub(crate) fn draft_other_key() {
        ko: "이 화면은 지난 주문의 것이에요. 새로고침한 뒤 다시 해 주세요.",
        en: "This page belongs to an earlier order. Reload and try again."
    }

    // Quote
    pub(crate) fn quote_first() {
        ko: "견적을 먼저 확인해 주세요.",
        en: "Please check the quote first."
    }
    pub(crate) fn quote_changed(before: &str, now: &str) {
        ko: "견적이 {before}에서 {now}으로 바뀌었어요. 새 금액을 확인하고 다시 눌러 주세요.",
        en: "Your quote has changed from {before} to {now}. Check the new amount and confirm again."
    }
    pub(crate) fn quote_renewed() {
        ko: "견적 시간이 지나 새로 계산했어요. 금액을 확인하고 다시 눌러 주세요.",
        en: "Your quote expired, so we made a new one. Check the amount and confirm again."
    }
    pub(crate) fn eta_instant() {
        ko: "검증이 끝나는 대로, 보통 5분 안에 입금해요.",
        en: "We’ll pay as soon as your vouchers are checked, usually within 5 minutes."
    }
    pub(crate) fn eta_manual() {
        ko: "담당자가 확인하는 상품권이 있어요. 확인이 끝나는 대로 입금해요.",
        en: "Some of these vouchers are checked by hand. We’ll pay as soon as that’s done."
    }
    pub(crate) fn eta_resting(bank: &str, until: &str) {
        ko: "{bank} 점검이 끝나는 {until} 이후 순서대로 입금해요.",
        en: "{bank} is under maintenance. We’ll pay in turn after {until}."
    }
    pub(crate) fn eta_midnight(until: &str) {
        ko: "자정 전후에는 은행 이체가 쉬어서 {until} 이후 순서대로 입금해요.",
        en: "Bank transfers rest around midnight. We’ll pay in turn after {until}."
    }
    pub(crate) fn eta_morning(from: &str) {
        ko: "{from} 이후 입금해요.",
        en: "We’ll pay after {from}."
    }
    pub(crate) fn eta_queue(minutes: u32) {
        ko: "앞에 밀린 확인이 있어 {minutes}분쯤 더 걸려요.",
        en: "There’s a queue, so allow about {minutes} more minutes."
    }

    // You
    pub(crate) fn name_short() {
        ko: "이름을 두 글자 이상 입력해 주세요.",
        en: "Enter at least two letters of your name."
    }
    pub(crate) fn name_digits() {
        ko: "이름에는 숫자를 쓸 수 없어요. 신분증에 적힌 대로 입력해 주세요.",
        en: "A name can’t contain digits. Enter it as it is on your ID."
    }
    pub(crate) fn phone_unproved() {
        ko: "휴대폰 인증을 마쳐 주세요.",
        en: "Please verify your phone first."
    }
    pub(crate) fn code_missing() {
        ko: "문자로 받은 인증번호 6자리를 입력해 주세요.",
        en: "Enter the six digits from the text message."
    }
    pub(crate) fn code_spent() {
        ko: "다섯 번 모두 달랐어요. 인증번호를 새로 받아 주세요.",
        en: "That was your fifth wrong try. Get a new code."
    }
    pub(crate) fn code_expired() {
        ko: "인증번호를 쓸 수 있는 시간이 지났어요. 새로 받아 주세요.",
        en: "That code has expired. Get a new one."
    }
    pub(crate) fn code_too_soon(seconds: u32) {
        ko: "방금 보낸 인증번호를 확인해 주세요. {seconds}초 뒤에 다시 받을 수 있어요.",
        en: "We’ve just sent you a code. You can get another in {seconds} seconds."
    }
    pub(crate) fn code_limited(at: &str) {
        ko: "오늘 받을 수 있는 인증번호를 모두 받았어요. {at} 이후 다시 해 주세요.",
        en: "You’ve had all of today’s codes. Try again after {at}."
    }
    pub(crate) fn bank_missing() {
        ko: "입금받을 은행을 골라 주세요.",
        en: "Choose the bank we should pay."
    }
    pub(crate) fn bank_unknown(typed: &str) {
        ko: "‘{typed}’ 은행을 찾지 못했어요. 이름을 다시 확인하거나 목록에서 골라 주세요. 예: 국민, 카카오뱅크",
        en: "There is no bank called “{typed}”. Check the name or pick one from the list, for example KakaoBank."
    }
    pub(crate) fn bank_unclear(typed: &str, near: &str) {
        ko: "‘{typed}’만으로는 어느 은행인지 알 수 없어요. 이 중에서 골라 주세요: {near}",
        en: "“{typed}” isn’t clear enough. Choose one of these: {near}"
    }
    pub(crate) fn bank_rests(until: &str) {
        ko: "{until}까지 점검 중",
        en: "under maintenance until {until}"
    }
    pub(crate) fn bank_resting(until: &str) {
        ko: "지금 점검 중이라 {until} 이후에 입금해요. 접수는 할 수 있어요.",
        en: "This bank is under maintenance and can be paid after {until} KST. You can still sell."
    }
    pub(crate) fn rail_resting(until: &str) {
        ko: "자정 전후에는 은행 이체가 쉬어서 {until} 이후에 입금해요. 접수는 할 수 있어요.",
        en: "Bank transfers rest around midnight, so we can pay after {until} KST. You can still sell."
    }
    pub(crate) fn account_unpayable() {
        ko: "은행에서 이 계좌로는 입금할 수 없다고 해요. 은행과 계좌번호를 확인해 주세요.",
        en: "The bank says it can’t pay into this account. Check the bank and the number."
    }
    pub(crate) fn consent_changed(title: &str) {
        ko: "‘{title}’의 내용이 방금 바뀌었어요. 새 내용을 확인하고 다시 동의해 주세요.",
        en: "“{title}” has just changed. Please read the new text and agree again."
    }
    pub(crate) fn consent_required(title: &str) {
        ko: "‘{title}’에 동의해야 접수할 수 있어요.",
        en: "We need your consent to “{title}” to go on."
    }

    // Inquiry
    pub(crate) fn inquiry_short() {
        ko: "문의 내용을 열 글자 이상 적어 주세요.",
        en: "Please write at least ten characters."
    }
    pub(crate) fn inquiry_long(max: usize, got: usize) {
        ko: "문의 내용이 {got}자예요. {max}자 안으로 줄여 주세요.",
        en: "That’s {got} characters. Please keep it within {max}."
    }
    pub(crate) fn inquiry_limited() {
        ko: "한 시간에 보낼 수 있는 문의를 모두 보냈어요. 잠시 뒤에 다시 보내 주세요.",
        en: "You’ve sent as many messages as we take in an hour. Please try again later."
    }

    // Order
    pub(crate) fn head_verifying(all: usize, done: usize) {
        ko: "{all}장 중 {done}장을 확인했어요",
        en: "{done} of {all} vouchers checked"
    }
    pub(crate) fn head_locking(all: usize, good: usize) {
        ko: "{all}장 중 {good}장 정상, 사용 처리하고 있어요",
        en: "{good} of {all} are good. We’re redeeming them now."
    }
    pub(crate) fn head_paying(net: &str) {
        ko: "{net} 입금을 기다리고 있어요",
        en: "{net} is on its way to you"
    }
    pub(crate) fn head_paid(net: &str) {
        ko: "{net}을 입금했어요",
        en: "{net} has been paid"
    }
    pub(crate) fn head_rejected() {
        ko: "매입한 상품권이 없어요",
        en: "We couldn’t buy any of these vouchers"
    }
    pub(crate) fn head_cancelled() {
        ko: "주문을 취소했어요",
        en: "You cancelled this order"
    }
    pub(crate) fn head_held() {
        ko: "확인할 것이 있어 잠시 멈췄어요",
        en: "On hold while we check something"
    }
    pub(crate) fn advice_held() {
        ko: "담당자가 확인하고 있어요. 더 여쭤볼 것이 있으면 저희가 먼저 연락드려요.",
        en: "One of our staff is looking into it. If we need anything from you, we’ll get in touch."
    }
    pub(crate) fn advice_unknown(at: &str) {
        ko: "결과가 아직 확실하지 않은 것이 있어요. {at}에 다시 확인해요. 따로 하실 일은 없어요.",
        en: "Something hasn’t been confirmed yet. We’ll check again at {at} KST. There’s nothing you need to do."
    }
    pub(crate) fn advice_unknown_soon() {
        ko: "결과가 아직 확실하지 않은 것이 있어 담당자가 확인하고 있어요. 따로 하실 일은 없어요.",
        en: "Something hasn’t been confirmed yet, and one of our staff is looking into it. There’s nothing you need to do."
    }
    pub(crate) fn advice_cancel() {
        ko: "검증이 시작되기 전까지 취소할 수 있어요.",
        en: "You can cancel until checking starts."
    }
    pub(crate) fn cancel_too_late() {
        ko: "검증이 시작되어 취소할 수 없어요.",
        en: "Checking has already started, so it’s too late to cancel."
    }
    pub(crate) fn resend_nothing() {
        ko: "다시 보낼 수 있는 상품권이 없어요.",
        en: "None of this order’s vouchers can be sent again."
    }
    pub(crate) fn submit_held() {
        ko: "지금은 이 주문을 접수할 수 없어요. 문의하기로 남겨 주시면 확인해 드려요.",
        en: "We can’t take this order right now. Please use Contact us and we’ll look into it."
    }
}

// What is counted has two forms in English.

fn vouchers(count: usize) -> String {
    format!("{count} {}", plural(count, "voucher", "vouchers"))
}

/// A count for [`plural`].
fn many(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

pub(crate) fn paste_found(lang: Lang, found: u32) -> String {
    match lang {
        Lang::Ko => format!("상품권 {found}장을 찾았어요."),
        Lang::En => format!("We found {}.", vouchers(many(found))),
    }
}

pub(crate) fn paste_found_again(lang: Lang, found: u32, duplicates: u32) -> String {
    match lang {
        Lang::Ko => format!("상품권 {found}장을 찾았어요. 같은 번호 {duplicates}개는 하나로 합쳤어요."),
        Lang::En => {
            let repeats = plural(many(duplicates), "repeated number was", "repeated numbers were");
            format!("We found {}. {duplicates} {repeats} merged.", vouchers(many(found)))
        }
    }
}

pub(crate) fn paste_only_again(lang: Lang, duplicates: u32) -> String {
    match lang {
        Lang::Ko => format!("새로운 번호가 없어요. 찾은 {duplicates}개는 이미 아래에 있는 번호예요."),
        Lang::En => {
            let known = plural(many(duplicates), "number we found is", "numbers we found are");
            format!("Nothing new. The {duplicates} {known} already in the list below.")
        }
    }
}

pub(crate) fn rows_unready(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Ko => format!("고칠 것이 있는 상품권이 {count}장 있어요. 표시된 곳을 고치거나 빼 주세요."),
        Lang::En => {
            let (need, them) = (plural(count, "needs", "need"), plural(count, "it", "them"));
            format!("{} {need} fixing. Fix the marked fields, or remove {them}.", vouchers(count))
        }
    }
}

pub(crate) fn code_wrong(lang: Lang, left: u32) -> String {
    match lang {
        Lang::Ko => format!("인증번호가 달라요. {left}번 더 입력할 수 있어요."),
        Lang::En => format!("That code doesn’t match. You have {left} {} left.", plural(many(left), "try", "tries")),
    }
}

pub(crate) fn head_submitted(lang: Lang, all: usize) -> String {
    match lang {
        Lang::Ko => format!("상품권 {all}장을 접수했어요"),
        Lang::En => format!("We’ve received {}", vouchers(all)),
    }
}

pub(crate) fn advice_resend(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Ko => format!("번호를 고치면 다시 보낼 수 있는 상품권이 {count}장 있어요."),
        Lang::En => format!("You can correct {} and send {} again.", vouchers(count), plural(count, "it", "them")),
    }
}

pub(crate) fn advice_bad(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Ko => format!("{count}장은 매입하지 않았어요. 이유는 아래에 있어요."),
        Lang::En => format!("We didn’t buy {}. The reasons are below.", vouchers(count)),
    }
}
