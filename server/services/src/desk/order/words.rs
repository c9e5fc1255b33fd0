//! The words of the order's page that come from stored codes. A code nobody gave a word yet stands as it is.

use crate::desk::audit::words::action_word;
use domain::risk::kept_reason;
use domain::wire::ItemTone;
use domain::wire::desk::{HoldReason, ManualResult, StoryKind};
use domain::{AttemptState, HeldFrom, Lang, MessageKind, MessageState, OrderState, OutboxKind, PayoutState, Reason};
use store::orders::HolderFound;

domain::messages! {
    fn was_changed(who: &str, when: &str, what: &str) {
        ko: "{who} 님이 {when}에 먼저 바꿨어요({what}). 지금 상태를 확인하고 다시 해 주세요.",
        en: "{who} was faster, on {when} ({what}). Look at how it stands now, then try again."
    }
    fn moved_on(state: &str) {
        ko: "그 사이에 상태가 ‘{state}’로 바뀌었어요. 확인하고 다시 해 주세요.",
        en: "Meanwhile it has become “{state}”. Look at it and try again."
    }
    pub(super) fn note_empty() { ko: "메모를 입력해 주세요.", en: "Write the note first." }
    pub(super) fn note_long(got: usize, max: usize) {
        ko: "메모가 {got}자예요. {max}자 안으로 줄여 주세요.",
        en: "That’s {got} characters. Keep the note within {max}."
    }
    pub(super) fn hold_choose() { ko: "보류 이유를 골라 주세요.", en: "Choose why it is held." }
    pub(super) fn hold_over(state: &str) {
        ko: "‘{state}’인 주문은 보류할 수 없어요.",
        en: "An order that is “{state}” can’t be held."
    }
    pub(super) fn release_risk() {
        ko: "위험 심사에서 멈춘 주문이에요. 위험 심사 화면에서 풀어 주세요.",
        en: "The risk desk stopped this order, and releases it."
    }
    pub(super) fn reject_choose() { ko: "거절 이유를 골라 주세요.", en: "Choose why it is turned down." }
    pub(super) fn reject_begun(state: &str) {
        ko: "지금 상태(‘{state}’)에서는 거절할 수 없어요. 사용 처리가 시작됐거나 이미 끝난 상품권이에요.",
        en: "It can’t be turned down any more: it is “{state}”, so its redemption has begun or it is over."
    }
    pub(super) fn reject_claimed(who: &str, since: &str) {
        ko: "{who} 님이 {since}부터 수동 검증에서 보고 있어요. 먼저 이야기해 주세요.",
        en: "{who} has been working on it at the manual desk since {since}. Talk to them first."
    }
    pub(super) fn reopen_not() {
        ko: "다시 시도하면 안전하지 않은 작업이에요.",
        en: "Trying this again would not be safe."
    }
    pub(super) fn resend_underway() { ko: "아직 보내는 중인 문자예요.", en: "This message is still on its way." }
    pub(super) fn resend_tick() {
        ko: "두 번 도착할 수 있어요. 확인했다면 표시해 주세요.",
        en: "It may arrive twice. Tick the box if that is fine."
    }
    pub(super) fn reveal_limit(most: u32, minutes: u32) {
        ko: "한 시간에 {most}번까지 볼 수 있어요. {minutes}분 뒤에 다시 해 주세요.",
        en: "You can reveal {most} values an hour. Try again in {minutes} minutes."
    }
    pub(super) fn work_settle() {
        ko: "보류를 풀면 정산을 다시 계산해요. 수수료를 빼고 남는 금액이 없으면 다시 멈춰요.",
        en: "Releasing the order settles it anew. If the fee still leaves nothing, it stops again."
    }
    fn effect_inquire_lock() {
        ko: "발행사에 같은 참조번호로 결과를 다시 물어봐요. 묻는 것만으로는 아무것도 사용 처리되지 않아요. 두 번 ‘받은 적 없음’이 확인될 때만 같은 참조번호로 다시 보내요.",
        en: "Asks the issuer again what became of it, under the same reference. Asking redeems nothing. Only when it was twice never received is it sent again, under that same reference."
    }
    fn effect_inquire_payout() {
        ko: "은행에 이체 결과를 다시 물어봐요. 돈은 움직이지 않아요. 두 번 ‘받은 적 없음’이 확인될 때만 새 이체를 만들어요.",
        en: "Asks the bank again what became of the transfer. No money moves. Only when it was twice never received is a new transfer made."
    }
    fn effect_verify() {
        ko: "발행사에 잔액을 다시 물어봐요. 아무것도 바뀌지 않아요.",
        en: "Asks the issuer for the balance again. Nothing changes there."
    }
    fn effect_message() {
        ko: "문자 에이전트에 이 문자가 있는지 다시 찾아봐요. 두 번 없다고 확인될 때만 같은 키로 넣어요.",
        en: "Looks again whether the agent has this message. Only when it is twice nowhere is it handed over, under the same key."
    }
    fn effect_check() {
        ko: "사기 신고 이력을 다시 물어봐요. 답이 올 때까지 사용 처리와 이체는 기다려요.",
        en: "Asks for fraud reports again. Redemption and payout wait for the answer."
    }
    fn effect_begin() { ko: "주문 시작을 다시 시도해요.", en: "Begins the order again." }
    pub(super) fn effect_never() {
        ko: "돈이나 상품권이 두 번 움직일 수 있어 사람이 다시 시작하지 않아요.",
        en: "Money or a voucher could move twice, so nobody starts this by hand."
    }
    pub(super) fn effect_held() { ko: "주문이 보류되어 기다려요. 보류를 풀면 바로 이어서 해요.", en: "It waits while the order is held, and goes on when it is released." }
    pub(super) fn effect_asked() { ko: "더치트의 답을 기다려요.", en: "It waits for TheCheat’s answer." }
    pub(super) fn effect_runs() { ko: "기계가 알아서 다시 해요.", en: "It is tried again by itself." }
    pub(super) fn reveal_number() { ko: "번호", en: "Number" }
    pub(in crate::desk) fn reveal_name() { ko: "이름", en: "Name" }
    pub(in crate::desk) fn reveal_phone() { ko: "휴대폰", en: "Mobile" }
    pub(super) fn reveal_account() { ko: "계좌번호", en: "Account" }
    pub(super) fn reveal_holder() { ko: "예금주", en: "Holder" }
    pub(super) fn reveal_over() {
        ko: "볼 수 있는 시간이 지났어요. 필요하면 이유를 적고 다시 열어 주세요.",
        en: "Its half minute is over. Give a reason again if you still need it."
    }

    pub(in crate::desk) fn claim_other(who: &str, since: &str) {
        ko: "{who} 님이 {since}부터 보고 있어요. 다른 상품권을 골라 주세요.",
        en: "{who} has been working on it since {since}. Take another one."
    }
    pub(in crate::desk) fn claim_lapsed() {
        ko: "맡은 시간이 지났어요. 다시 맡은 다음 결과를 입력해 주세요.",
        en: "Your claim has lapsed. Take it again, then key the result."
    }
    pub(in crate::desk) fn item_over(state: &str) {
        ko: "이미 결과가 나온 상품권이에요. 지금 상태는 ‘{state}’예요.",
        en: "Its result is there already: it is “{state}” now."
    }
    pub(in crate::desk) fn manual_held() {
        ko: "보류 중인 주문이에요. 보류가 풀린 뒤에 결과를 입력해 주세요.",
        en: "The order is held. Key the result once it is released."
    }
    pub(in crate::desk) fn result_choose() { ko: "결과를 골라 주세요.", en: "Choose the result." }
    pub(in crate::desk) fn proof_missing() {
        ko: "발행사 화면 사진이나 PDF를 먼저 올려 주세요. 증빙이 있어야 이 결과를 넣을 수 있어요.",
        en: "Upload a picture or PDF of the issuer’s answer first. This result needs a proof."
    }
    pub(in crate::desk) fn face_missing() { ko: "사용 처리한 금액을 숫자로 입력해 주세요.", en: "Type the face value as a number." }
    pub(in crate::desk) fn balance_missing() { ko: "남은 금액을 숫자로 입력해 주세요.", en: "Type what is left on it as a number." }
    pub(in crate::desk) fn face_no_rate() {
        ko: "이 금액에는 매입가율이 없어요. 사용 처리하지 말고 ‘금액이 달라요’로 거절해 주세요.",
        en: "We have no rate for this face. Don’t redeem it: turn it down as another face."
    }
    pub(in crate::desk) fn face_differs(claimed: &str) {
        ko: "고객이 적은 금액({claimed})과 달라요. 맞으면 확인에 표시해 주세요.",
        en: "The customer said {claimed}. If yours is right, tick the box."
    }
    pub(in crate::desk) fn issuer_ref_missing() {
        ko: "발행사의 승인번호를 입력해 주세요.",
        en: "Type the issuer’s approval number."
    }
    pub(in crate::desk) fn file_missing() { ko: "올릴 파일을 골라 주세요.", en: "Choose a file." }
    pub(in crate::desk) fn file_large(most: usize) {
        ko: "파일이 너무 커요. {most}MB까지 올릴 수 있어요.",
        en: "The file is too large. Up to {most} MB."
    }
    pub(in crate::desk) fn file_kind() {
        ko: "PNG, JPEG, PDF 파일만 올릴 수 있어요. 화면을 사진으로 저장해 주세요.",
        en: "PNG, JPEG or PDF only. Save the screen as a picture."
    }
    pub(in crate::desk) fn file_many(most: usize) {
        ko: "증빙은 상품권마다 {most}개까지 올릴 수 있어요.",
        en: "A voucher takes up to {most} proofs."
    }
}

/// What a person did a moment ago, to somebody who came second.
pub(in crate::desk) fn changed(lang: Lang, who: &str, when: &str, action: &str) -> String {
    was_changed(lang, who, when, action_word(action, lang))
}

/// Nobody of the staff did it: the machines moved on.
pub(in crate::desk) fn moved(lang: Lang, state: &str) -> String {
    moved_on(lang, state)
}

/// An order's state in a word.
pub(in crate::desk) fn order_state(state: OrderState, lang: Lang) -> &'static str {
    domain::desk::orders::words::state(state, lang)
}

pub(super) fn order_tone(state: OrderState) -> ItemTone {
    match state {
        OrderState::Submitted => ItemTone::Waiting,
        OrderState::Verifying | OrderState::Locking | OrderState::Settled | OrderState::Paying => ItemTone::Busy,
        OrderState::Paid => ItemTone::Good,
        OrderState::Rejected | OrderState::Cancelled => ItemTone::Bad,
        OrderState::Held => ItemTone::Person,
    }
}

pub(super) fn held_from(from: HeldFrom, lang: Lang) -> &'static str {
    order_state(from.state(), lang)
}

/// Its colour at the desk, where a manual check waits for one of us.
pub(in crate::desk) fn item_tone(state: domain::ItemState) -> ItemTone {
    if state == domain::ItemState::Manual { ItemTone::Person } else { state.tone() }
}

/// A voucher's state as the desk says it: more exact than what the customer reads.
pub(in crate::desk) fn item_state(state: domain::ItemState, lang: Lang) -> &'static str {
    use domain::ItemState as S;
    match state {
        S::Submitted => lang.pick("접수", "submitted"),
        S::Verifying => lang.pick("검증 중", "verifying"),
        S::Verified => lang.pick("정상 확인", "verified"),
        S::Locking => lang.pick("사용 처리 중", "redeeming"),
        S::Locked => lang.pick("사용 처리됨", "redeemed"),
        S::Settled => lang.pick("정산됨", "settled"),
        S::Paid => lang.pick("입금됨", "paid"),
        S::Rejected => lang.pick("거절", "rejected"),
        S::UnknownVerify => lang.pick("검증 결과 모름", "inquiry unclear"),
        S::UnknownLock => lang.pick("사용 처리 결과 모름", "redemption unclear"),
        S::Manual => lang.pick("수동 검증", "manual check"),
        S::Cancelled => lang.pick("취소", "cancelled"),
    }
}

pub(super) fn payout_state(state: PayoutState, lang: Lang) -> (&'static str, ItemTone) {
    match state {
        PayoutState::Ready => (lang.pick("이체 대기", "ready"), ItemTone::Waiting),
        PayoutState::Sending => (lang.pick("이체 중", "sending"), ItemTone::Busy),
        PayoutState::Unknown => (lang.pick("결과 모름", "unclear"), ItemTone::Unknown),
        PayoutState::Paid => (lang.pick("입금됨", "paid"), ItemTone::Good),
        PayoutState::Held => (lang.pick("보류", "held"), ItemTone::Bad),
        PayoutState::Failed => (lang.pick("실패", "failed"), ItemTone::Bad),
        PayoutState::Returned => (lang.pick("반환됨", "returned"), ItemTone::Bad),
        PayoutState::Cancelled => (lang.pick("취소", "cancelled"), ItemTone::Bad),
    }
}

pub(super) fn attempt_state(state: AttemptState, lang: Lang) -> (&'static str, ItemTone) {
    match state {
        AttemptState::Attempted => (lang.pick("보냄", "sent"), ItemTone::Busy),
        AttemptState::Accepted => (lang.pick("완료", "accepted"), ItemTone::Good),
        AttemptState::Rejected => (lang.pick("거절됨", "refused"), ItemTone::Bad),
        AttemptState::Unknown => (lang.pick("모름", "unclear"), ItemTone::Unknown),
        AttemptState::NotSent => (lang.pick("보내지 않음", "not sent"), ItemTone::Waiting),
    }
}

pub(in crate::desk) fn message_kind(kind: MessageKind, lang: Lang) -> &'static str {
    match kind {
        MessageKind::Otp => lang.pick("인증번호", "code"),
        MessageKind::Accepted => lang.pick("접수 안내", "order taken"),
        MessageKind::ItemProblem => lang.pick("상품권 문제 안내", "voucher problem"),
        MessageKind::Paid => lang.pick("입금 안내", "paid"),
        MessageKind::Held => lang.pick("보류 안내", "on hold"),
    }
}

pub(in crate::desk) fn message_state(state: MessageState, lang: Lang) -> (&'static str, ItemTone) {
    match state {
        MessageState::Ready => (lang.pick("보낼 예정", "to be sent"), ItemTone::Waiting),
        MessageState::Handing => (lang.pick("넘기는 중", "being handed over"), ItemTone::Busy),
        MessageState::Handed => (lang.pick("에이전트 접수", "with the agent"), ItemTone::Busy),
        MessageState::Delivered => (lang.pick("전달됨", "delivered"), ItemTone::Good),
        MessageState::Failed => (lang.pick("실패", "failed"), ItemTone::Bad),
        MessageState::Unknown => (lang.pick("결과 모름", "unclear"), ItemTone::Unknown),
        MessageState::Dropped => (lang.pick("보내지 않음", "not sent"), ItemTone::Bad),
    }
}

pub(super) fn holder_check(found: HolderFound, lang: Lang) -> (&'static str, ItemTone) {
    match found {
        HolderFound::Matched => (lang.pick("예금주 일치", "holder matches"), ItemTone::Good),
        HolderFound::Differs => (lang.pick("예금주 다름", "another holder"), ItemTone::Bad),
        HolderFound::Unknown => (lang.pick("예금주 확인 안 됨", "holder not known"), ItemTone::Unknown),
    }
}

pub(super) fn hold_choice(reason: HoldReason, lang: Lang) -> &'static str {
    match reason {
        HoldReason::CustomerAsked => lang.pick("고객 요청", "the customer asked"),
        HoldReason::Identity => lang.pick("본인 확인 필요", "identity to be confirmed"),
        HoldReason::Account => lang.pick("계좌 확인 필요", "account to be confirmed"),
        HoldReason::Suspicion => lang.pick("부정 거래 의심", "suspected fraud"),
        HoldReason::Authority => lang.pick("기관 요청", "an authority asked"),
        HoldReason::Other => lang.pick("기타", "other"),
    }
}

/// What stands before a reason chosen at this desk in `orders.hold_reason`.
pub(super) const DESK_PREFIX: &str = "desk_";
/// What stands before the risk desk's.
pub(super) const RISK_PREFIX: &str = "risk_";

/// Why an order or a payout is held.
pub(super) fn hold_reason(code: &str, lang: Lang) -> String {
    if let Some(chosen) = code.strip_prefix(DESK_PREFIX).and_then(|word| word.parse::<HoldReason>().ok()) {
        return hold_choice(chosen, lang).to_owned();
    }
    if let Some(cause) = code.strip_prefix(RISK_PREFIX) {
        return format!("{} ({})", lang.pick("위험 심사", "risk rules"), kept_reason(cause, lang));
    }
    if let Some(bank) = code.strip_prefix("bank_").filter(|rest| *rest != "silent") {
        return format!("{} {bank}", lang.pick("은행이 거절", "the bank refused:"));
    }
    match code {
        "nothing_left" => lang.pick("수수료를 빼면 남는 금액 없음", "the fee leaves nothing").to_owned(),
        "needs_approval" => lang.pick("승인 필요", "needs approval").to_owned(),
        "holder_differs" => lang.pick("예금주 다름", "another holder").to_owned(),
        "bank_silent" => lang.pick("은행 무응답", "the bank says nothing").to_owned(),
        "returned" => lang.pick("은행이 반환", "the bank gave it back").to_owned(),
        other => other.to_owned(),
    }
}

pub(in crate::desk) fn work_kind(kind: OutboxKind, lang: Lang) -> &'static str {
    match kind {
        OutboxKind::BeginOrder => lang.pick("주문 시작", "begin the order"),
        OutboxKind::VerifyItem => lang.pick("상품권 검증", "verify a voucher"),
        OutboxKind::LockItem => lang.pick("상품권 사용 처리", "redeem a voucher"),
        OutboxKind::InquireLock => lang.pick("사용 처리 결과 조회", "ask about a redemption"),
        OutboxKind::SettleOrder => lang.pick("정산", "settle"),
        OutboxKind::SendPayout => lang.pick("이체", "send the payout"),
        OutboxKind::InquirePayout => lang.pick("이체 결과 조회", "ask about a transfer"),
        OutboxKind::SendMessage => lang.pick("문자 보내기", "hand over a message"),
        OutboxKind::CheckRisk => lang.pick("사기 이력 조회", "look-up of fraud reports"),
        OutboxKind::HoldBlocked => lang.pick("차단 대상 보류", "hold what is blocked"),
        OutboxKind::WriteExport => lang.pick("파일 내보내기", "write an export"),
        OutboxKind::RotateKeys => lang.pick("키 바꾸기", "pass everything to the active keys"),
        OutboxKind::PollMessage | OutboxKind::Sweep => lang.pick("정기 작업", "periodic"),
    }
}

/// What happens when a person lets work of this kind be tried again; `None` where nobody may.
pub(super) fn reopen_effect(kind: OutboxKind, lang: Lang) -> Option<&'static str> {
    match kind {
        OutboxKind::InquireLock => Some(effect_inquire_lock(lang)),
        OutboxKind::InquirePayout => Some(effect_inquire_payout(lang)),
        OutboxKind::VerifyItem => Some(effect_verify(lang)),
        OutboxKind::SendMessage => Some(effect_message(lang)),
        OutboxKind::BeginOrder => Some(effect_begin(lang)),
        OutboxKind::CheckRisk => Some(effect_check(lang)),
        OutboxKind::LockItem
        | OutboxKind::SendPayout
        | OutboxKind::SettleOrder
        | OutboxKind::HoldBlocked
        | OutboxKind::WriteExport
        | OutboxKind::RotateKeys
        | OutboxKind::PollMessage
        | OutboxKind::Sweep => None,
    }
}

pub(in crate::desk) fn consent(kind: &str, lang: Lang) -> String {
    match kind {
        "consent_terms" => lang.pick("이용약관", "terms"),
        "consent_privacy" => lang.pick("개인정보 수집·이용", "privacy"),
        "consent_own_voucher" => lang.pick("본인 상품권 확인", "own vouchers"),
        "consent_marketing" => lang.pick("광고 수신", "marketing"),
        other => other,
    }
    .to_owned()
}

pub(in crate::desk) fn manual_result(result: ManualResult, lang: Lang) -> &'static str {
    match result {
        ManualResult::Redeemed => lang.pick("사용 처리했어요", "redeemed by hand"),
        ManualResult::Good => lang.pick("정상, 자동 사용 처리로", "good, let the bridge redeem"),
        ManualResult::Used => lang.pick("이미 사용됨", "used before"),
        ManualResult::NotFound => lang.pick("없는 번호", "no such number"),
        ManualResult::ZeroBalance => lang.pick("잔액 없음", "empty"),
        ManualResult::Partial => lang.pick("일부 사용됨", "partly used"),
        ManualResult::Expired => lang.pick("기한 지남", "expired"),
        ManualResult::BadFormat => lang.pick("번호 모양이 다름", "not a number of this brand"),
        ManualResult::OtherFace => lang.pick("금액이 달라요", "another face"),
        ManualResult::Declined => lang.pick("매입 안 함", "we decline"),
    }
}

pub(in crate::desk) fn reason_word(reason: Reason, lang: Lang) -> &'static str {
    match reason {
        Reason::Used => lang.pick("이미 사용됨", "used"),
        Reason::NotFound => lang.pick("없는 번호", "no such number"),
        Reason::ZeroBalance => lang.pick("잔액 없음", "empty"),
        Reason::Partial => lang.pick("일부 사용됨", "partly used"),
        Reason::Expired => lang.pick("기한 지남", "expired"),
        Reason::BadFormat => lang.pick("번호 모양이 다름", "wrong form"),
        Reason::Duplicate => lang.pick("중복", "duplicate"),
        Reason::OtherFace => lang.pick("권종 다름", "another face"),
        Reason::LockedOut => lang.pick("발행사 조회 잠김", "issuer locked us out"),
        Reason::NotSupported => lang.pick("자동 조회 안 됨", "no bridge for it"),
        Reason::NoAnswer => lang.pick("발행사 무응답", "no clear answer"),
        Reason::BrandStopped => lang.pick("매입 중단 브랜드", "brand not bought"),
        Reason::Declined => lang.pick("매입 안 함", "declined"),
    }
}

/// A rule of the risk desk; its own words are that desk's.
pub(super) fn flag(reason: &str, lang: Lang) -> String {
    format!("{}: {}", lang.pick("위험 규칙", "risk rule"), kept_reason(reason, lang))
}

/// A line of history in a word.
pub(super) fn event_word(kind: &str, lang: Lang) -> String {
    match kind {
        "order_submitted" => lang.pick("주문 접수", "order taken"),
        "order_start_verify" | "item_start_verify" => lang.pick("검증 시작", "verification began"),
        "order_start_lock" => lang.pick("사용 처리 시작", "redemption began"),
        "order_settle" => lang.pick("정산", "settled"),
        "order_start_pay" => lang.pick("입금 시작", "payout made"),
        "order_paid" => lang.pick("입금 완료", "paid"),
        "order_payout_returned" => lang.pick("입금 반환", "payout returned"),
        "order_all_rejected" => lang.pick("모두 거절", "all turned down"),
        "order_cancel" => lang.pick("고객이 취소", "cancelled by the customer"),
        "order_hold" => lang.pick("보류", "held"),
        "order_release" => lang.pick("보류 해제", "released"),
        "risk_checked" => lang.pick("더치트 조회됨", "TheCheat answered"),
        "risk_cleared" => lang.pick("위험 심사에서 넘김", "cleared at the risk desk"),
        "order_decline" => lang.pick("거절", "declined"),
        "item_verify_passed" => lang.pick("정상 확인", "found good"),
        "item_verify_unclear" => lang.pick("검증 답 없음", "inquiry unclear"),
        "item_sent_to_desk" => lang.pick("수동 검증으로", "sent to the manual desk"),
        "item_refused" => lang.pick("거절", "turned down"),
        "item_declined" => lang.pick("매입 안 함", "declined"),
        "item_start_lock" => lang.pick("사용 처리 요청", "redemption sent"),
        "item_lock_accepted" => lang.pick("사용 처리됨", "redeemed"),
        "item_lock_not_sent" => lang.pick("사용 처리 요청이 나가지 않음", "redemption never left"),
        "item_lock_unclear" => lang.pick("사용 처리 결과 모름", "redemption unclear"),
        "item_lock_proved_unsent" => lang.pick("사용 처리되지 않음이 확인됨", "proved not redeemed"),
        "item_lock_resent" => lang.pick("같은 참조로 다시 보냄", "sent again under its reference"),
        "item_needs_person" => lang.pick("사람이 봐야 해요", "needs a person"),
        "item_settled" => lang.pick("정산됨", "settled"),
        "item_paid" => lang.pick("입금됨", "paid"),
        "payout_start_send" => lang.pick("이체 보냄", "transfer sent"),
        "payout_paid" => lang.pick("이체 완료", "transfer done"),
        "payout_unclear" => lang.pick("이체 결과 모름", "transfer unclear"),
        "payout_refused" | "payout_refused_hold" => lang.pick("은행이 거절", "refused by the bank"),
        "payout_hold" => lang.pick("입금 보류", "payout held"),
        "payout_not_sent" => lang.pick("이체가 나가지 않음", "transfer never left"),
        "payout_proved_unsent" => lang.pick("이체되지 않음이 확인됨", "proved not sent"),
        "payout_release" => lang.pick("입금 보류 해제", "payout released"),
        "payout_returned" => lang.pick("이체 반환", "transfer returned"),
        "payout_cancel" => lang.pick("입금 취소", "payout cancelled"),
        "payout_needs_person" => lang.pick("입금을 사람이 봐야 해요", "payout needs a person"),
        other => other,
    }
    .to_owned()
}

/// Which look at a line of history deserves.
pub(super) fn event_tone(kind: &str) -> ItemTone {
    match kind {
        "order_paid" | "order_settle" | "item_verify_passed" | "item_lock_accepted" | "item_settled" | "item_paid"
        | "payout_paid" => ItemTone::Good,
        "order_hold"
        | "order_all_rejected"
        | "order_cancel"
        | "order_decline"
        | "item_refused"
        | "item_declined"
        | "payout_refused"
        | "payout_refused_hold"
        | "payout_hold"
        | "payout_returned"
        | "payout_cancel" => ItemTone::Bad,
        "item_verify_unclear"
        | "item_lock_unclear"
        | "item_sent_to_desk"
        | "item_needs_person"
        | "payout_unclear"
        | "payout_needs_person" => ItemTone::Unknown,
        _ => ItemTone::Waiting,
    }
}

/// A partner and what was asked of it.
pub(super) fn call_word(party: &str, operation: &str, lang: Lang) -> String {
    let party = match party {
        "issuer" => lang.pick("발행사", "issuer"),
        "bank" => lang.pick("은행", "bank"),
        "agent" => lang.pick("문자 에이전트", "message agent"),
        other => other,
    };
    let operation = match operation {
        "inquiry" => lang.pick("잔액 조회", "balance inquiry"),
        "redeem" => lang.pick("사용 처리", "redemption"),
        "redeem_again" => lang.pick("같은 참조로 다시 사용 처리", "redemption again, same reference"),
        "redemption" => lang.pick("사용 처리 결과 조회", "what became of a redemption"),
        "receive_inquiry" => lang.pick("예금주 조회", "holder inquiry"),
        "deposit" => lang.pick("이체", "transfer"),
        "result" => lang.pick("이체 결과 조회", "what became of a transfer"),
        "insert" => lang.pick("문자 넣기", "message handed over"),
        other => other,
    };
    format!("{party} · {operation}")
}

/// How a call ended.
pub(super) fn outcome(word: &str, lang: Lang) -> (String, ItemTone) {
    let (text, tone) = match word {
        "accepted" => (lang.pick("응답", "answered"), ItemTone::Good),
        "rejected" => (lang.pick("거절", "refused"), ItemTone::Bad),
        "unknown" => (lang.pick("모름", "unclear"), ItemTone::Unknown),
        "not_sent" => (lang.pick("보내지 않음", "not sent"), ItemTone::Waiting),
        "not_found" => (lang.pick("없음", "not found"), ItemTone::Waiting),
        other => (other, ItemTone::Waiting),
    };
    (text.to_owned(), tone)
}

/// The filters over the timeline.
pub fn story_kind(kind: StoryKind, lang: Lang) -> &'static str {
    match kind {
        StoryKind::Order => lang.pick("주문", "Order"),
        StoryKind::Partner => lang.pick("제휴사 통신", "Partners"),
        StoryKind::Message => lang.pick("문자", "Messages"),
        StoryKind::Risk => lang.pick("위험", "Risk"),
        StoryKind::Change => lang.pick("직원 처리", "Staff"),
        StoryKind::View => lang.pick("열람", "Views"),
        StoryKind::Note => lang.pick("메모", "Notes"),
    }
}
