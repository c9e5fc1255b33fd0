//! Rules and reasons of the risk desk in words.

use super::Subject;
use super::{Cause, ReleaseReason, StopReason};
use crate::wire::desk::HoldReason;
use crate::{Lang, messages};

messages! {
    fn cause_holder_not_applicant() { ko: "예금주가 신청인과 다름", en: "Holder isn’t the applicant" }
    fn cause_holder_differs() { ko: "은행이 다른 예금주를 알려 줌", en: "The bank names another holder" }
    fn cause_holder_unknown() { ko: "예금주를 확인하지 못함", en: "The bank didn’t name the holder" }
    fn cause_new_phone_high() { ko: "처음 입금받는 번호, 높은 금액", en: "New phone, high amount" }
    fn cause_many_pins() { ko: "한 시간에 상품권이 많음", en: "Many vouchers within an hour" }
    fn cause_shared_account() { ko: "한 계좌를 여러 번호가 씀", en: "One account, several phones" }
    fn cause_many_accounts() { ko: "한 번호가 여러 계좌를 씀", en: "One phone, several accounts" }
    fn cause_shared_device() { ko: "한 기기를 여러 번호가 씀", en: "One device, several phones" }
    fn cause_failed_pins() { ko: "하루에 거절된 상품권이 많음", en: "Many refused vouchers within a day" }
    fn cause_night_first_high() { ko: "심야의 첫 주문, 높은 금액", en: "First order at night, high amount" }
    fn cause_cheat_hit() { ko: "더치트에 신고됨", en: "Reported at TheCheat" }
    fn cause_blocked() { ko: "차단 목록에 있음", en: "On the block list" }
    fn cause_limit_day() { ko: "하루 한도 초과", en: "Over the day’s limit" }
    fn cause_limit_month() { ko: "한 달 한도 초과", en: "Over the month’s limit" }
    fn cause_check_failed() { ko: "확인하지 못함", en: "A check could not be made" }
    fn why_called_back() { ko: "전화로 본인 확인", en: "Called back" }
    fn why_proof_seen() { ko: "구매·계좌 증빙 확인", en: "Proof seen" }
    fn why_limit_agreed() { ko: "이번만 한도 허용", en: "Limit lifted this once" }
    fn why_false_alarm() { ko: "잘못 걸림", en: "False alarm" }
    fn why_other() { ko: "기타 (메모 필수)", en: "Other (note wanted)" }
    fn why_suspicion() { ko: "사기 의심", en: "Looks like fraud" }
    fn why_claimed() { ko: "상품권 소유자라는 신고", en: "Somebody claims the vouchers" }
    fn why_authority() { ko: "수사기관·은행 요청", en: "Asked by police or a bank" }
    fn subject_phone() { ko: "휴대폰", en: "Phone" }
    fn subject_account() { ko: "계좌", en: "Account" }
    fn subject_device() { ko: "기기", en: "Device" }
    fn subject_address() { ko: "접속 주소", en: "Address" }
    fn hold_customer() { ko: "고객 요청", en: "The customer asked" }
    fn hold_identity() { ko: "본인 확인 필요", en: "Identity to be confirmed" }
    fn hold_account() { ko: "계좌 확인 필요", en: "Account to be confirmed" }
    fn hold_suspicion() { ko: "부정 거래 의심", en: "Suspected fraud" }
    fn hold_authority() { ko: "기관 요청", en: "An authority asked" }
    fn hold_other() { ko: "기타", en: "Other" }
    fn why_customer() { ko: "고객 요청", en: "Asked by the customer" }
}

/// A rule's name.
pub const fn cause_word(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::HolderNotApplicant => cause_holder_not_applicant(lang),
        Cause::HolderDiffers => cause_holder_differs(lang),
        Cause::HolderUnknown => cause_holder_unknown(lang),
        Cause::NewPhoneHigh => cause_new_phone_high(lang),
        Cause::ManyPins => cause_many_pins(lang),
        Cause::SharedAccount => cause_shared_account(lang),
        Cause::ManyAccounts => cause_many_accounts(lang),
        Cause::SharedDevice => cause_shared_device(lang),
        Cause::FailedPins => cause_failed_pins(lang),
        Cause::NightFirstHigh => cause_night_first_high(lang),
        Cause::CheatHit => cause_cheat_hit(lang),
        Cause::Blocked => cause_blocked(lang),
        Cause::LimitDay => cause_limit_day(lang),
        Cause::LimitMonth => cause_limit_month(lang),
        Cause::CheckFailed => cause_check_failed(lang),
    }
}

/// What orders share, and what can be blocked.
pub const fn subject_word(subject: Subject, lang: Lang) -> &'static str {
    match subject {
        Subject::Phone => subject_phone(lang),
        Subject::Account => subject_account(lang),
        Subject::Device => subject_device(lang),
        Subject::Address => subject_address(lang),
    }
}

/// Why an order may go on.
pub const fn release_word(reason: ReleaseReason, lang: Lang) -> &'static str {
    match reason {
        ReleaseReason::CalledBack => why_called_back(lang),
        ReleaseReason::ProofSeen => why_proof_seen(lang),
        ReleaseReason::LimitAgreed => why_limit_agreed(lang),
        ReleaseReason::FalseAlarm => why_false_alarm(lang),
        ReleaseReason::Other => why_other(lang),
    }
}

/// Why an order is stopped.
pub const fn stop_word(reason: StopReason, lang: Lang) -> &'static str {
    match reason {
        StopReason::Suspicion => why_suspicion(lang),
        StopReason::Claimed => why_claimed(lang),
        StopReason::Authority => why_authority(lang),
        StopReason::Customer => why_customer(lang),
        StopReason::Other => why_other(lang),
    }
}

/// Why somebody held an order at its own page.
pub const fn hold_word(reason: HoldReason, lang: Lang) -> &'static str {
    match reason {
        HoldReason::CustomerAsked => hold_customer(lang),
        HoldReason::Identity => hold_identity(lang),
        HoldReason::Account => hold_account(lang),
        HoldReason::Suspicion => hold_suspicion(lang),
        HoldReason::Authority => hold_authority(lang),
        HoldReason::Other => hold_other(lang),
    }
}

/// A reason as it was kept, in words where it is one of ours.
pub fn kept_reason(word: &str, lang: Lang) -> String {
    let own = word.strip_prefix("risk_").unwrap_or(word);
    let own = own.strip_prefix("desk_").unwrap_or(own);
    if let Ok(cause) = own.parse::<Cause>() {
        return cause_word(cause, lang).to_owned();
    }
    if let Ok(reason) = own.parse::<ReleaseReason>() {
        return release_word(reason, lang).to_owned();
    }
    if let Ok(reason) = own.parse::<StopReason>() {
        return stop_word(reason, lang).to_owned();
    }
    own.parse::<HoldReason>().map_or_else(|_| word.to_owned(), |reason| hold_word(reason, lang).to_owned())
}
