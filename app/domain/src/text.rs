//! What is said to people, Korean and English side by side, each message a function.
//!
//! To add one, write an entry into a `messages!` block; a missing language, a wrong argument or a misspelled
//! placeholder doesn't compile, and what no screen uses isn't in the download. The app keeps its own block for labels.

use crate::Lang;

/// Declares messages: `pub fn name(lang, args…)`. Without arguments they give `&'static str`, with them a `String`.
///
/// ```ignore
/// domain::messages! {
///     pub fn greeting() { ko: "안녕하세요", en: "Hello" }
///     pub fn found(count: usize) { ko: "{count}장을 찾았어요", en: "Found {count}" }
/// }
/// assert_eq!(greeting(domain::Lang::Ko), "안녕하세요");
/// assert_eq!(found(domain::Lang::En, 3), "Found 3");
/// ```
#[macro_export]
macro_rules! messages {
    (@one $(#[$meta:meta])* $vis:vis $name:ident () $ko:literal $en:literal) => {
        $(#[$meta])*
        #[doc = concat!("`", $ko, "`")]
        #[doc = ""]
        #[doc = concat!("`", $en, "`")]
        $vis const fn $name(lang: $crate::Lang) -> &'static str {
            match lang {
                $crate::Lang::Ko => $ko,
                $crate::Lang::En => $en,
            }
        }
    };
    (@one $(#[$meta:meta])* $vis:vis $name:ident ($($arg:ident: $type:ty),+ $(,)?) $ko:literal $en:literal) => {
        $(#[$meta])*
        #[doc = concat!("`", $ko, "`")]
        #[doc = ""]
        #[doc = concat!("`", $en, "`")]
        $vis fn $name(lang: $crate::Lang, $($arg: $type),+) -> ::std::string::String {
            match lang {
                $crate::Lang::Ko => ::std::format!($ko),
                $crate::Lang::En => ::std::format!($en),
            }
        }
    };
    ($($(#[$meta:meta])* $vis:vis fn $name:ident $args:tt { ko: $ko:literal, en: $en:literal $(,)? })*) => {
        $($crate::messages!(@one $(#[$meta])* $vis $name $args $ko $en);)*
    };
}

/// The Korean particle that fits a word: `particle("번호", "을", "를")` is `를`. Digits and Latin letters go by how
/// they are read.
pub fn particle<'a>(word: &str, after_consonant: &'a str, after_vowel: &'a str) -> &'a str {
    let closed = match word.chars().rev().find(|c| c.is_alphanumeric()) {
        Some(c @ '\u{ac00}'..='\u{d7a3}') => !(u32::from(c) - 0xac00).is_multiple_of(28),
        Some(c) => "013678lmnrLMNR".contains(c),
        None => false,
    };
    if closed { after_consonant } else { after_vowel }
}

/// English plural: `plural(2, "voucher", "vouchers")`.
pub const fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

messages! {
    // Phone
    pub fn phone_missing() {
        ko: "휴대폰 번호를 입력해 주세요.",
        en: "Enter your mobile number."
    }
    pub fn phone_wrong_char(found: char) {
        ko: "휴대폰 번호에 ‘{found}’가 들어 있어요. 숫자만 입력해 주세요.",
        en: "The mobile number contains “{found}”. Use digits only."
    }
    pub fn phone_too_short(got: usize) {
        ko: "휴대폰 번호가 {got}자리예요. 010으로 시작하는 11자리를 모두 입력해 주세요.",
        en: "That’s {got} digits. Enter all 11, starting with 010."
    }
    pub fn phone_too_long(got: usize) {
        ko: "휴대폰 번호가 {got}자리예요. 010으로 시작하는 11자리인지 확인해 주세요.",
        en: "That’s {got} digits. A mobile number has 11, starting with 010."
    }
    pub fn phone_safe_number() {
        ko: "050 안심번호로는 본인 확인을 할 수 없어요. 010으로 시작하는 휴대폰 번호를 입력해 주세요.",
        en: "We can’t verify you with a 050 forwarding number. Enter your mobile number, starting with 010."
    }
    pub fn phone_internet() {
        ko: "070 인터넷 전화로는 인증번호를 받을 수 없어요. 휴대폰 번호를 입력해 주세요.",
        en: "A 070 internet phone can’t receive our code. Enter a mobile number."
    }
    pub fn phone_landline() {
        ko: "일반 전화로는 인증번호를 받을 수 없어요. 휴대폰 번호를 입력해 주세요.",
        en: "A landline can’t receive our code. Enter a mobile number."
    }
    pub fn phone_company() {
        ko: "대표번호로는 인증번호를 받을 수 없어요. 휴대폰 번호를 입력해 주세요.",
        en: "A company’s main number can’t receive our code. Enter a mobile number."
    }
    pub fn phone_foreign() {
        ko: "한국 휴대폰 번호만 쓸 수 있어요. 010으로 시작하는 번호를 입력해 주세요.",
        en: "Only Korean mobile numbers work here. Enter one that starts with 010."
    }
    pub fn phone_not_mobile() {
        ko: "휴대폰 번호는 010, 011, 016~019로 시작해요. 앞자리를 확인해 주세요.",
        en: "Mobile numbers start with 010, 011 or 016 to 019. Check the first digits."
    }

    // Name
    pub fn name_missing() {
        ko: "이름을 입력해 주세요.",
        en: "Enter your name."
    }
    pub fn name_too_long(got: usize, max: usize) {
        ko: "이름이 {got}자예요. {max}자 안으로 입력해 주세요.",
        en: "That’s {got} characters. Please keep the name within {max}."
    }
    pub fn name_impossible() {
        ko: "이름에 쓸 수 없는 글자가 있어요. 신분증이나 통장에 적힌 대로 입력해 주세요.",
        en: "The name contains a character we can’t use. Enter it as it is on your ID or bank book."
    }

    // Account
    pub fn account_missing() {
        ko: "계좌번호를 입력해 주세요.",
        en: "Enter the account number."
    }
    pub fn account_wrong_char(found: char) {
        ko: "계좌번호에 ‘{found}’가 들어 있어요. 숫자와 하이픈(-)만 입력해 주세요.",
        en: "The account number contains “{found}”. Use digits and hyphens only."
    }
    pub fn account_too_short(got: usize, min: usize) {
        ko: "계좌번호가 {got}자리예요. 적어도 {min}자리여야 하니 빠진 숫자가 없는지 확인해 주세요.",
        en: "That’s {got} digits. Account numbers have at least {min}, so check for a missing digit."
    }
    pub fn account_too_long(got: usize, max: usize) {
        ko: "계좌번호가 {got}자리예요. {max}자리를 넘지 않으니 더 들어간 숫자가 없는지 확인해 주세요.",
        en: "That’s {got} digits. Account numbers have at most {max}, so check for an extra digit."
    }
    pub fn account_unusual(bank: &str, usual: &str, got: usize) {
        ko: "{bank} 계좌는 보통 {usual}자리인데 {got}자리예요. 은행과 번호가 맞으면 그대로 진행해도 돼요.",
        en: "Accounts at {bank} usually have {usual} digits, and this one has {got}. If the bank and the number are right, just go on."
    }

    // Voucher fields
    pub fn field_missing(label: &str, object: &str) {
        ko: "{label}{object} 입력해 주세요.",
        en: "Enter the {label}."
    }
    pub fn field_short(wanted: usize, got: usize, signs: &str) {
        ko: "{wanted}자리 중 {got}자리예요. 빠진 {signs} 없는지 확인해 주세요.",
        en: "That’s {got} of {wanted} {signs}. Check for a missing one."
    }
    pub fn field_long(wanted: usize, got: usize, signs: &str) {
        ko: "{wanted}자리인데 {got}자리예요. 더 들어간 {signs} 없는지 확인해 주세요.",
        en: "That’s {got} {signs} instead of {wanted}. Check for an extra one."
    }
    pub fn field_length(wanted: &str, got: usize) {
        ko: "{wanted}자리여야 하는데 {got}자리예요. 번호를 다시 확인해 주세요.",
        en: "It should have {wanted} characters, but has {got}. Please check the number."
    }
    pub fn signs_digits() { ko: "숫자가", en: "digits" }
    pub fn signs_letters() { ko: "글자가", en: "letters" }
    pub fn signs_alnum() { ko: "글자가", en: "characters" }
    pub fn field_only_digits(found: char) {
        ko: "숫자만 쓰는 번호인데 ‘{found}’가 들어 있어요. 그 자리를 확인해 주세요.",
        en: "This number should be all digits, but it has “{found}” in it. Please check."
    }
    pub fn field_only_letters(found: char) {
        ko: "영문자만 쓰는 번호인데 ‘{found}’가 들어 있어요. 그 자리를 확인해 주세요.",
        en: "This number should be all letters, but it has “{found}” in it. Please check."
    }
    pub fn field_only_alnum(found: char) {
        ko: "영문자와 숫자만 쓰는 번호인데 ‘{found}’가 들어 있어요. 그 자리를 확인해 주세요.",
        en: "This number should be letters and digits only, but it has “{found}” in it. Please check."
    }
    pub fn field_masked() {
        ko: "일부가 가려진 번호예요. 가려지지 않은 전체 번호를 입력해 주세요.",
        en: "Part of this number is hidden. Enter the whole number."
    }
    pub fn field_cultureland_start() {
        ko: "컬쳐랜드 번호는 416, 4180 또는 311~319로 시작해요. 앞자리와 브랜드를 확인해 주세요.",
        en: "Cultureland numbers start with 416, 4180 or 311 to 319. Check the first digits and the brand."
    }
    pub fn field_munhwa_start() {
        ko: "18자리 번호는 2~5로 시작하고 41로는 시작하지 않아요. 앞자리와 브랜드를 확인해 주세요.",
        en: "18-digit numbers start with 2 to 5, but never with 41. Check the first digits and the brand."
    }
    pub fn field_not_a_date() {
        ko: "날짜로 읽을 수 없어요. 2026년 1월 31일이면 20260131처럼 8자리로 입력해 주세요.",
        en: "We can’t read this as a date. Enter 31 January 2026 as 20260131."
    }
    pub fn face_label() { ko: "금액", en: "face value" }
    pub fn face_missing() {
        ko: "상품권 금액을 골라 주세요.",
        en: "Choose the voucher’s face value."
    }
    pub fn face_not_taken() {
        ko: "이 금액은 매입하지 않아요. 보이는 금액 가운데서 골라 주세요.",
        en: "We don’t buy this face value. Choose one of those shown."
    }
    pub fn face_not_taken_step(min: &str, max: &str, step: &str) {
        ko: "{min}부터 {max}까지, {step} 단위로 입력해 주세요.",
        en: "Enter {min} to {max}, in steps of {step}."
    }

    // Quote
    pub fn quote_empty() {
        ko: "상품권을 한 장 이상 넣어 주세요.",
        en: "Add at least one voucher."
    }
    pub fn quote_too_many(got: usize, max: usize) {
        ko: "한 주문에 {max}장까지 넣을 수 있는데 {got}장이에요. 나눠서 접수해 주세요.",
        en: "An order takes up to {max} vouchers, and this one has {got}. Please split it."
    }
    pub fn quote_not_bought(face: &str) {
        ko: "지금은 {face}권을 매입하지 않아요. 금액을 확인하거나 이 상품권을 빼 주세요.",
        en: "We aren’t buying {face} vouchers right now. Check the face value or remove the voucher."
    }
    pub fn quote_nothing_left(gross: &str, fee: &str) {
        ko: "매입 금액 {gross}에서 수수료 {fee}을 빼면 남는 금액이 없어요. 상품권을 더 넣거나 다음 영업일 입금을 골라 주세요.",
        en: "After the {fee} fee nothing is left of {gross}. Add a voucher, or choose to be paid on the next business day."
    }
    pub fn quote_overflow() {
        ko: "금액이 너무 커요. 나눠서 접수해 주세요.",
        en: "The amount is too large. Please split the order."
    }

    // Steps of an order; its vouchers go by the same words
    pub fn step_submitted() { ko: "접수", en: "Received" }
    pub fn step_verifying() { ko: "검증중", en: "Checking" }
    pub fn step_locking() { ko: "사용처리중", en: "Redeeming" }
    pub fn step_settled() { ko: "정산완료", en: "Settled" }
    pub fn step_paying() { ko: "입금대기", en: "Payout due" }
    pub fn step_paid() { ko: "입금완료", en: "Paid" }

    // Results
    pub fn item_cancelled() { ko: "취소", en: "Cancelled" }
    pub fn result_good() { ko: "정상", en: "Good" }
    pub fn result_used() { ko: "사용됨", en: "Already used" }
    pub fn result_wrong_number() { ko: "번호오류", en: "Wrong number" }
    pub fn result_low_balance() { ko: "잔액부족", en: "Low balance" }
    pub fn result_expired() { ko: "기간만료", en: "Expired" }
    pub fn result_duplicate() { ko: "중복", en: "Duplicate" }
    pub fn result_other_face() { ko: "금액다름", en: "Different face value" }
    pub fn result_not_bought() { ko: "매입불가", en: "Not bought" }
    pub fn result_unknown() { ko: "확인필요", en: "Being confirmed" }
    pub fn reason_used() {
        ko: "발행사에서 이미 사용된 상품권으로 나와요.",
        en: "The issuer says this voucher has already been used."
    }
    pub fn reason_not_found() {
        ko: "발행사에 없는 번호예요. 번호를 다시 확인해서 보내 주세요.",
        en: "The issuer has no such number. Check it and send it again."
    }
    pub fn reason_zero_balance() {
        ko: "남은 금액이 없는 상품권이에요.",
        en: "There’s no money left on this voucher."
    }
    pub fn reason_partial() {
        ko: "일부가 사용되어 잔액이 액면보다 적어요. 상품권은 그대로 두었어요.",
        en: "Part of it has already been spent. We’ve left the voucher untouched."
    }
    pub fn reason_expired() {
        ko: "유효기간이 지났어요. 발행사에 환불을 문의해 주세요.",
        en: "It has expired. Please ask the issuer about a refund."
    }
    pub fn reason_bad_format() {
        ko: "이 브랜드의 번호 형식이 아니에요. 번호와 브랜드를 확인해 주세요.",
        en: "This brand’s numbers don’t look like this. Check the number and the brand."
    }
    pub fn reason_duplicate() {
        ko: "다른 주문에 이미 접수된 상품권이에요.",
        en: "This voucher is already in another order."
    }
    pub fn reason_other_face() {
        ko: "실제 금액이 고른 금액과 달라요. 금액을 고쳐서 다시 보내 주세요.",
        en: "Its real face value isn’t the one you chose. Correct it and send it again."
    }
    pub fn reason_locked_out() {
        ko: "발행사 조회가 잠시 막혀 담당자가 확인하고 있어요. 기다려 주시면 돼요.",
        en: "The issuer is limiting look-ups, so our staff are checking it. There’s nothing you need to do."
    }
    pub fn reason_not_supported() {
        ko: "담당자가 직접 확인하는 상품권이에요. 기다려 주시면 돼요.",
        en: "Our staff check this kind of voucher by hand. There’s nothing you need to do."
    }
    pub fn reason_no_answer() {
        ko: "발행사의 답을 기다리고 있어요. 곧 다시 확인해요.",
        en: "We’re waiting for the issuer’s answer and will ask again soon."
    }
    pub fn reason_brand_stopped() {
        ko: "지금은 매입하지 않는 브랜드예요.",
        en: "We aren’t buying this brand right now."
    }
    pub fn reason_declined() {
        ko: "이 상품권은 매입하지 않았어요. 상품권은 사용되지 않은 그대로예요.",
        en: "We didn’t buy this voucher. It hasn’t been used."
    }

    // Messages to phones
    pub fn sms_otp(code: &str, minutes: i64) {
        ko: "[핀데스크] 인증번호 {code} ({minutes}분 안에 입력). 누구에게도 알려 주지 마세요.",
        en: "[PinDesk] Your code {code} is valid for {minutes} min. Never share it."
    }
    pub fn sms_item_problem(code: &str, good: usize, all: usize) {
        ko: "[핀데스크] {code}: {all}장 중 {good}장 정상이에요. 나머지는 ‘내 주문’에서 확인해 주세요.",
        en: "[PinDesk] {code}: {good} of {all} vouchers are good. See the others under My orders."
    }
    pub fn sms_paid(code: &str, net: &str, bank: &str, account: &str) {
        ko: "[핀데스크] {code}: {net}을 {bank} {account} 계좌로 입금했어요.",
        en: "[PinDesk] {code}: we’ve paid {net} to {bank} {account}."
    }
    pub fn sms_held(code: &str) {
        ko: "[핀데스크] {code}: 확인할 것이 있어 입금을 잠시 멈췄어요. 더 여쭤볼 것이 있으면 저희가 먼저 연락드려요.",
        en: "[PinDesk] {code}: your payout is on hold while we check something. If we need anything from you, we’ll get in touch."
    }
}

/// An order was taken in. English counts its vouchers in two forms.
pub fn sms_accepted(lang: Lang, code: &str, count: usize, net: &str) -> String {
    match lang {
        Lang::Ko => {
            format!("[핀데스크] {code} 접수. {count}장, 입금 예정 {net}. 진행 상황은 ‘내 주문’에서 볼 수 있어요.")
        }
        Lang::En => {
            let vouchers = plural(count, "voucher", "vouchers");
            format!("[PinDesk] {code} received: {count} {vouchers}, expected payout {net}. Follow it under My orders.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Channel;

    // The example in the macro's own words.
    crate::messages! {
        pub fn greeting() { ko: "안녕하세요", en: "Hello" }
        pub fn found(count: usize) { ko: "{count}장을 찾았어요", en: "Found {count}" }
    }

    #[test]
    fn a_message_speaks_both_languages() {
        assert_eq!((greeting(Lang::Ko), greeting(Lang::En)), ("안녕하세요", "Hello"));
        assert_eq!((found(Lang::Ko, 3), found(Lang::En, 3)), ("3장을 찾았어요".into(), "Found 3".into()));
    }

    #[test]
    fn a_particle_fits_the_last_sound() {
        for (word, fits) in [
            ("핀", "을"),
            ("번호", "를"),
            ("PIN 번호", "를"),
            ("보안코드(3자리)", "를"),
            ("10", "을"),
            ("2", "를"),
            ("PIN", "을"),
        ] {
            assert_eq!(particle(word, "을", "를"), fits, "{word}");
        }
    }

    #[test]
    fn a_code_fits_one_short_message() {
        for lang in [Lang::Ko, Lang::En] {
            assert_eq!(Channel::for_text(&sms_otp(lang, "123456", 3)), Some(Channel::Sms));
        }
    }

    #[test]
    fn arguments_stand_where_they_belong() {
        assert_eq!(
            phone_too_short(Lang::Ko, 10),
            "휴대폰 번호가 10자리예요. 010으로 시작하는 11자리를 모두 입력해 주세요."
        );
        assert_eq!(field_missing(Lang::En, "PIN", "를"), "Enter the PIN.");
        assert_eq!(plural(1, "voucher", "vouchers"), "voucher");
    }
}
