//! The risk desk.

use super::orders::grouped;
use domain::Lang;
use domain::risk::{Asked, Cause, Period, RiskLane};

pub use domain::risk::{cause_word, kept_reason, release_word, stop_word, subject_word};

domain::messages! {
    pub fn risk_title() { ko: "위험 심사", en: "Risk" }
    pub fn risk_lead() { ko: "규칙에 걸려 사람의 판단을 기다리는 주문이에요. 오래된 것부터 보여요.", en: "Orders the rules flagged that wait for a person, oldest first." }
    pub fn risk_empty() { ko: "기다리는 주문이 없어요", en: "Nothing waits" }
    pub fn risk_empty_help() { ko: "규칙에 걸린 주문이 생기면 여기에 나타나요.", en: "Orders the rules flag appear here." }
    pub fn risk_more() { ko: "다음 보기", en: "Next" }
    pub fn risk_to_blocks() { ko: "차단 목록", en: "Block list" }
    pub fn risk_to_rules() { ko: "규칙", en: "Rules" }
    pub fn risk_to_queue() { ko: "대기 주문", en: "Queue" }
    pub fn risk_col_order() { ko: "주문", en: "Order" }
    pub fn risk_col_lane() { ko: "판정", en: "Lane" }
    pub fn risk_col_score() { ko: "점수", en: "Score" }
    pub fn risk_col_amount() { ko: "금액", en: "Amount" }
    pub fn risk_col_items() { ko: "상품권", en: "Vouchers" }
    pub fn risk_col_state() { ko: "상태", en: "State" }
    pub fn risk_col_sent() { ko: "접수", en: "Sent" }
    pub fn risk_col_rule() { ko: "걸린 규칙", en: "Rule" }
    pub fn risk_col_points() { ko: "점수", en: "Points" }
    pub fn risk_col_seen() { ko: "확인된 값 / 기준", en: "Seen / bound" }
    pub fn risk_col_by() { ko: "무엇으로", en: "By" }
    pub fn risk_held() { ko: "보류", en: "Held" }
    pub fn risk_going() { ko: "진행 중", en: "Under way" }
    pub fn lane_auto() { ko: "자동", en: "Auto" }
    pub fn lane_review() { ko: "검토", en: "Review" }
    pub fn lane_hold() { ko: "보류", en: "Hold" }
    pub fn asked_off() { ko: "조회 안 함", en: "Not asked" }
    pub fn asked_due() { ko: "조회 중", en: "Being asked" }
    pub fn asked_done() { ko: "조회 완료", en: "Answered" }
    pub fn asked_failed() { ko: "조회 실패", en: "No answer" }
    pub fn case_title(code: &str) { ko: "위험 심사 {code}", en: "Risk case {code}" }
    pub fn case_person() { ko: "신청인", en: "Applicant" }
    pub fn case_holder() { ko: "예금주", en: "Holder" }
    pub fn case_cheat() { ko: "더치트", en: "TheCheat" }
    pub fn case_book() { ko: "판정한 규칙", en: "Judged by rules" }
    pub fn case_flags() { ko: "걸린 규칙", en: "What hit" }
    pub fn case_no_flags() { ko: "걸린 규칙이 없어요.", en: "No rule hit." }
    pub fn case_links() { ko: "연결된 주문", en: "Linked orders" }
    pub fn case_no_links() { ko: "같은 것을 쓰는 다른 주문이 없어요.", en: "No other order shares it." }
    pub fn case_more_links() { ko: "더 있어요. 최근 것만 보여요.", en: "There are more; the newest are shown." }
    pub fn case_history() { ko: "결정 기록", en: "Decisions" }
    pub fn case_no_history() { ko: "아직 결정이 없어요.", en: "Nothing was decided yet." }
    pub fn case_cleared(by: &str, reason: &str) { ko: "{by} 님이 보류를 풀었어요 ({reason}).", en: "{by} released it ({reason})." }
    pub fn case_order() { ko: "주문 페이지 열기", en: "Open the order’s page" }
    pub fn case_blocked() { ko: "차단 목록에 있는 주문이에요. 차단을 해제해야 보류를 풀 수 있어요.", en: "On the block list. It can be released once the block is lifted." }
    pub fn case_to_blocks() { ko: "차단 목록 보기", en: "Open the block list" }
    pub fn block_until_day(day: &str) { ko: "{day}까지", en: "until {day}" }
    pub fn case_act() { ko: "결정", en: "Decide" }
    pub fn release_label() { ko: "보류 해제", en: "Release" }
    pub fn release_question(code: &str, amount: &str) { ko: "주문 {code}({amount})의 보류를 풀까요? 상품권이 사용 처리되고 입금될 수 있어요.", en: "Release order {code} ({amount})? Its vouchers may be redeemed and paid." }
    pub fn release_done() { ko: "보류를 풀었어요.", en: "The order is released." }
    pub fn hold_label() { ko: "보류", en: "Hold" }
    pub fn hold_question(code: &str, amount: &str) { ko: "주문 {code}({amount})을 보류할까요? 고객에게 확인 중이라고 알려요.", en: "Hold order {code} ({amount})? The customer is told that we check it." }
    pub fn hold_done() { ko: "주문을 보류했어요.", en: "The order is held." }
    pub fn risk_note_help() { ko: "주문 메모로 남고, 주문을 보는 직원이 읽어요. ‘기타’에는 꼭 적어 주세요.", en: "Kept as a note on the order; whoever may open the order reads it. Wanted for “Other”." }
    pub fn risk_choose() { ko: "이유를 골라 주세요.", en: "Choose a reason." }
    pub fn release_other_holder() { ko: "은행이 알려 준 예금주가 달라요. 상품권은 사용 처리되지만, 입금은 ‘예금주 다름’으로 다시 보류돼요. 계좌가 맞는지 먼저 확인하세요.", en: "The bank names another holder. The vouchers are redeemed, but the payout is held again for that. Make sure of the account first." }
    pub fn case_unjudged() { ko: "규칙이 한 번도 심사하지 않은 주문이에요. 더치트도 조회하지 않았어요. 직접 확인하고 결정하세요.", en: "No rules ever judged this order, and TheCheat wasn’t asked. Look at it yourself." }
    pub fn risk_note() { ko: "메모", en: "Note" }
    pub fn case_linked_by(what: &str) { ko: "같은 {what}", en: "Same {what}" }
    pub fn block_label() { ko: "차단하기", en: "Block" }
    pub fn block_title() { ko: "차단 목록", en: "Block list" }
    pub fn block_lead() { ko: "차단한 휴대폰·계좌·기기·접속 주소의 주문은 종료일까지 보류돼요. 고객에게는 이유를 알리지 않아요.", en: "Orders of a blocked phone, account, device or address are held until the end. Customers aren’t told why." }
    pub fn block_kind() { ko: "종류", en: "Kind" }
    pub fn block_value() { ko: "번호 또는 주소", en: "Number or address" }
    pub fn block_bank() { ko: "은행 (계좌일 때)", en: "Bank (for an account)" }
    pub fn block_until() { ko: "종료일", en: "Last day" }
    pub fn block_who() { ko: "등록", en: "Added by" }
    pub fn block_add_title() { ko: "새로 차단", en: "Add a block" }
    pub fn block_done() { ko: "차단했어요. 진행 중인 주문도 곧 멈춰요.", en: "Blocked. Orders under way stop, too." }
    pub fn block_question(what: &str, code: &str, amount: &str) {
        ko: "{what}: 종료일까지 차단해요. 주문 {code}({amount})처럼 같은 것을 쓰는 진행 중인 주문도 멈춰요.",
        en: "{what}: blocked until the last day. Orders under way that share it stop too, as {code} ({amount}) does."
    }
    pub fn block_lift() { ko: "해제", en: "Lift" }
    pub fn block_lift_question(what: &str) { ko: "{what} 차단을 지금 해제해요. 이미 멈춘 주문은 그대로예요.", en: "Lifts the block of {what} now. Orders already held stay held." }
    pub fn block_lifted() { ko: "차단을 해제했어요.", en: "The block is lifted." }
    pub fn block_move() { ko: "종료일 바꾸기", en: "Change the end" }
    pub fn block_moved() { ko: "종료일을 바꿨어요.", en: "The end is changed." }
    pub fn block_in_force() { ko: "차단 중", en: "In force" }
    pub fn block_ended() { ko: "종료", en: "Ended" }
    pub fn block_empty_help() { ko: "여기서 직접 차단하거나, 위험 심사의 주문 화면에서 그 주문의 휴대폰·계좌·기기를 차단할 수 있어요.", en: "Add one here, or block an order’s phone, account or device from its case." }
    pub fn block_empty() { ko: "차단한 것이 없어요", en: "Nothing is blocked" }
    pub fn rules_title() { ko: "위험 규칙", en: "Risk rules" }
    pub fn rules_lead() { ko: "초안을 저장하면 최근 30일 주문에 시험해 볼 수 있어요. 적용은 다른 사람이 해야 해요.", en: "Save a draft to try it on the last 30 days. Somebody else has to publish it." }
    pub fn rules_version(version: i64) { ko: "규칙 {version}판", en: "Rules, version {version}" }
    pub fn rules_history() { ko: "지난 판", en: "Versions" }
    pub fn rules_edit() { ko: "초안 쓰기", en: "Write a draft" }
    pub fn rules_state() { ko: "상태", en: "State" }
    pub fn rules_on() { ko: "켬", en: "On" }
    pub fn rules_off() { ko: "끔", en: "Off" }
    pub fn rules_orders(orders: &str) { ko: "{orders}건", en: "{orders} orders" }
    pub fn rules_bound() { ko: "기준", en: "from" }
    pub fn rules_bound_won() { ko: "기준(원)", en: "From (won)" }
    pub fn rules_bound_vouchers() { ko: "기준(상품권 장수)", en: "From (vouchers)" }
    pub fn rules_bound_phones() { ko: "기준(번호 개수)", en: "From (phones)" }
    pub fn rules_bound_accounts() { ko: "기준(계좌 개수)", en: "From (accounts)" }
    pub fn rules_vouchers(count: &str) { ko: "{count}장", en: "{count} vouchers" }
    pub fn rules_phones(count: &str) { ko: "번호 {count}개", en: "{count} phones" }
    pub fn rules_accounts(count: &str) { ko: "계좌 {count}개", en: "{count} accounts" }
    pub fn rules_hours(from: u8, until: u8) { ko: "{from}시~{until}시", en: "{from}:00–{until}:00" }
    pub fn rules_thresholds(review: u32, hold: u32) { ko: "검토 {review}점부터 · 보류 {hold}점부터", en: "Review from {review} points · hold from {hold} points" }
    pub fn rules_from() { ko: "시작(0~23시)", en: "From (hour, 0–23)" }
    pub fn rules_until() { ko: "끝(0~23시)", en: "Until (hour, 0–23)" }
    pub fn rules_review_at() { ko: "검토 점수(점)", en: "Review from (points)" }
    pub fn rules_hold_at() { ko: "보류 점수(점)", en: "Hold from (points)" }
    pub fn rules_limits() { ko: "한도", en: "Limits" }
    pub fn rules_limits_help() { ko: "빈칸은 한도 없음이에요.", en: "An empty field is no limit." }
    pub fn rules_limit_orders() { ko: "주문 수(건)", en: "Orders (count)" }
    pub fn rules_limit_amount() { ko: "금액(원)", en: "Amount (won)" }
    pub fn rules_save() { ko: "초안 저장", en: "Save the draft" }
    pub fn rules_saved() { ko: "초안을 저장했어요. 아래에서 시험 결과를 보세요.", en: "The draft is saved. See below what it would have done." }
    pub fn rules_publish() { ko: "적용하기", en: "Publish" }
    pub fn rules_publish_question(version: i64) { ko: "규칙 {version}판을 지금부터 적용해요. 새 주문은 이 규칙으로 판정돼요.", en: "Version {version} is in force from now on. New orders are judged by it." }
    pub fn rules_published() { ko: "규칙을 적용했어요.", en: "The rules are in force." }
    pub fn rules_withdraw() { ko: "초안 버리기", en: "Withdraw the draft" }
    pub fn rules_withdrawn() { ko: "초안을 버렸어요.", en: "The draft is withdrawn." }
    pub fn rules_bad_number() { ko: "숫자를 확인해 주세요.", en: "Please check this number." }
    pub fn book_draft() { ko: "초안", en: "Draft" }
    pub fn book_in_force() { ko: "적용 중", en: "In force" }
    pub fn book_retired() { ko: "지난 판", en: "Retired" }
    pub fn book_withdrawn() { ko: "버림", en: "Withdrawn" }
    pub fn dry_title() { ko: "최근 30일에 적용했다면", en: "On the last 30 days" }
    pub fn dry_run(orders: u32) { ko: "주문 {orders}건을 다시 판정했어요.", en: "{orders} orders judged again." }
    pub fn dry_cut() { ko: "시간이 다 되어 최근 주문까지만 봤어요.", en: "Time ran out; only the newest orders were looked at." }
    pub fn dry_held(orders: u32, paid: u32, rejected: u32) { ko: "보류 {orders}건 (그중 {paid}건은 문제없이 입금, {rejected}건은 전부 거절)", en: "{orders} would have been held; of these {paid} were paid without trouble and {rejected} wholly refused" }
    pub fn dry_reviewed(orders: u32, paid: u32, rejected: u32) { ko: "검토 {orders}건 (그중 {paid}건은 문제없이 입금, {rejected}건은 전부 거절)", en: "{orders} would have been reviewed; of these {paid} were paid without trouble and {rejected} wholly refused" }
    pub fn dry_then(held: u32, reviewed: u32) { ko: "실제로는 보류 {held}건, 검토 {reviewed}건이었어요.", en: "In fact {held} were held and {reviewed} reviewed." }
    pub fn period_day() { ko: "하루", en: "day" }
    pub fn period_month() { ko: "한 달", en: "month" }
    pub fn risk_count(lane: &str, orders: i64) { ko: "{lane} {orders}건", en: "{lane}: {orders}" }
}

/// A lane's word.
pub const fn risk_lane_word(lane: RiskLane, lang: Lang) -> &'static str {
    match lane {
        RiskLane::Auto => lane_auto(lang),
        RiskLane::Review => lane_review(lang),
        RiskLane::Hold => lane_hold(lang),
    }
}

/// Where the question to TheCheat stands.
pub const fn asked_word(asked: Asked, lang: Lang) -> &'static str {
    match asked {
        Asked::Off => asked_off(lang),
        Asked::Due => asked_due(lang),
        Asked::Done => asked_done(lang),
        Asked::Failed => asked_failed(lang),
    }
}

/// What a rule's bound is called in the editor, with what it counts; `None` for a rule without one.
pub const fn rules_bound_label(cause: Cause, lang: Lang) -> Option<&'static str> {
    Some(match cause {
        Cause::NewPhoneHigh | Cause::NightFirstHigh => rules_bound_won(lang),
        Cause::ManyPins | Cause::FailedPins => rules_bound_vouchers(lang),
        Cause::SharedAccount | Cause::SharedDevice => rules_bound_phones(lang),
        Cause::ManyAccounts => rules_bound_accounts(lang),
        Cause::HolderNotApplicant
        | Cause::HolderDiffers
        | Cause::HolderUnknown
        | Cause::CheatHit
        | Cause::Blocked
        | Cause::LimitDay
        | Cause::LimitMonth
        | Cause::CheckFailed => return None,
    })
}

/// What a rule saw, or its bound, with its unit.
pub fn rules_amount(cause: Cause, number: i64, lang: Lang) -> String {
    let count = grouped(number);
    match cause {
        Cause::NewPhoneHigh | Cause::NightFirstHigh => won(number, lang),
        // A limit of orders is a small number; no limit of won is.
        Cause::LimitDay | Cause::LimitMonth if number >= 1_000 => won(number, lang),
        Cause::LimitDay | Cause::LimitMonth => rules_orders(lang, &count),
        Cause::ManyPins | Cause::FailedPins => rules_vouchers(lang, &count),
        Cause::SharedAccount | Cause::SharedDevice => rules_phones(lang, &count),
        Cause::ManyAccounts => rules_accounts(lang, &count),
        Cause::HolderNotApplicant
        | Cause::HolderDiffers
        | Cause::HolderUnknown
        | Cause::CheatHit
        | Cause::Blocked
        | Cause::CheckFailed => count,
    }
}

fn won(number: i64, lang: Lang) -> String {
    domain::Won::new(number).map_or_else(|_| grouped(number), |amount| amount.fmt(lang))
}

/// A limit's time.
pub const fn period_word(period: Period, lang: Lang) -> &'static str {
    match period {
        Period::Day => period_day(lang),
        Period::Month => period_month(lang),
    }
}

/// A version's state.
pub fn book_word(state: &str, lang: Lang) -> &'static str {
    match state {
        "draft" => book_draft(lang),
        "in_force" => book_in_force(lang),
        "retired" => book_retired(lang),
        _ => book_withdrawn(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::risk::{RuleBook, bound_of};

    #[test]
    fn every_bound_says_what_it_counts() {
        for rule in RuleBook::usual().rules {
            let cause = rule.when.cause();
            for lang in [Lang::Ko, Lang::En] {
                let label = rules_bound_label(cause, lang);
                assert_eq!(label.is_some(), bound_of(&rule.when).is_some(), "{cause:?}");
                assert!(label.is_none_or(|label| label.ends_with(')')), "{label:?}");
                if let Some(bound) = bound_of(&rule.when) {
                    assert_ne!(rules_amount(cause, bound, lang), grouped(bound), "{cause:?} has a unit");
                }
            }
        }
    }
}
