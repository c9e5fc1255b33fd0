//! Orders list, exports, dashboard.

use domain::desk::export::ExportState;
use domain::desk::stats::Measure;
use domain::{Lane, Lang};

domain::messages! {
    pub fn orders_search() { ko: "주문번호·휴대폰·계좌번호", en: "Order code, phone or account" }
    pub fn orders_search_do() { ko: "찾기", en: "Find" }
    pub fn orders_filter_do() { ko: "적용", en: "Apply" }
    pub fn orders_clear() { ko: "필터 지우기", en: "Clear filters" }
    pub fn orders_begin() { ko: "아직 주문이 없어요", en: "No orders yet" }
    pub fn orders_begin_help() {
        ko: "고객이 상품권을 팔면 여기에 바로 나타나요. 고객 화면에서 어떻게 보이는지 먼저 확인해 보세요.",
        en: "When a customer sells vouchers, the order appears here at once. Look at the customer’s side first."
    }
    pub fn orders_begin_go() { ko: "판매 화면 보기", en: "See the selling page" }
    pub fn orders_none() { ko: "맞는 주문이 없어요", en: "No order fits" }
    pub fn orders_none_help() {
        ko: "기간을 넓히거나 필터를 하나씩 지워 보세요. 고객을 찾을 때는 위 검색창에 번호를 입력하세요.",
        en: "Widen the days or remove filters one by one. To find a customer, type a number into the search box."
    }
    pub fn orders_problems() { ko: "필터를 읽을 수 없어서 아무것도 보여 주지 않았어요.", en: "The filter can’t be read, so nothing is shown." }
    pub fn orders_looked(until: &str) {
        ko: "{until}까지 찾아봤어요. 더 있을 수 있어요.",
        en: "Looked as far as {until}. There may be more."
    }
    pub fn orders_look_on() { ko: "이어서 찾기", en: "Look further" }
    pub fn orders_next() { ko: "다음 50건", en: "Next 50" }
    pub fn orders_first() { ko: "처음으로", en: "First page" }
    pub fn orders_table() { ko: "주문 목록", en: "Orders" }
    pub fn filter_any() { ko: "전체", en: "Any" }
    pub fn filter_states() { ko: "상태", en: "States" }
    pub fn filter_from() { ko: "시작일", en: "From" }
    pub fn filter_to() { ko: "끝일", en: "To" }
    pub fn filter_brand() { ko: "브랜드", en: "Brand" }
    pub fn filter_bank() { ko: "은행", en: "Bank" }
    pub fn filter_speed() { ko: "입금 방법", en: "Speed" }
    pub fn filter_held() { ko: "보류 이유", en: "Held for" }
    pub fn filter_min() { ko: "최소 금액", en: "At least" }
    pub fn filter_max() { ko: "최대 금액", en: "At most" }
    pub fn filter_risk() { ko: "위험 점수 이상", en: "Risk at least" }
    pub fn filter_open() { ko: "수동·확인 필요만", en: "Manual or unknown only" }
    pub fn filter_sort() { ko: "정렬", en: "Sort" }
    pub fn filter_more() { ko: "필터 더 보기", en: "More filters" }
    pub fn sort_newest() { ko: "최신순", en: "Newest" }
    pub fn sort_oldest() { ko: "오래된순", en: "Oldest" }
    pub fn sort_amount() { ko: "금액순", en: "Amount" }
    pub fn sort_risk() { ko: "위험 점수순", en: "Risk" }
    pub fn columns_title() { ko: "열 고르기", en: "Columns" }
    pub fn columns_kept() { ko: "열을 바꿨어요.", en: "Columns changed." }
    pub fn views_title() { ko: "저장한 보기", en: "Saved views" }
    pub fn views_all() { ko: "모든 주문", en: "All orders" }
    pub fn view_name() { ko: "이 필터의 이름", en: "Name for this filter" }
    pub fn view_default() { ko: "처음 열 때 이 보기로", en: "Begin with this view" }
    pub fn view_save() { ko: "보기 저장", en: "Save view" }
    pub fn view_saved() { ko: "보기를 저장했어요.", en: "View saved." }
    pub fn view_drop(name: &str) { ko: "‘{name}’ 보기 지우기", en: "Remove view “{name}”" }
    pub fn view_dropped() { ko: "보기를 지웠어요.", en: "View removed." }
    pub fn export_title() { ko: "파일로 내보내기", en: "Export" }
    pub fn export_lead() {
        ko: "지금 필터와 열 그대로 만들어요. 개인정보는 가려져요. 파일은 하루 뒤 지워져요.",
        en: "Made with these filters and columns, people masked. The file is removed after a day."
    }
    pub fn export_format() { ko: "형식", en: "Format" }
    pub fn export_unmasked() { ko: "개인정보 가리지 않기 (2단계 인증 필요)", en: "People unmasked (needs your second factor)" }
    pub fn export_do() { ko: "만들기", en: "Make the file" }
    pub fn export_asked() { ko: "파일을 만들고 있어요. 끝나면 여기서 받을 수 있어요.", en: "The file is being made. Fetch it here when it is done." }
    pub fn export_given_up() { ko: "파일 만들기를 그만뒀어요.", en: "Making the file was stopped." }
    pub fn export_give_up() { ko: "그만두기", en: "Stop" }
    pub fn export_fetch() { ko: "받기", en: "Download" }
    pub fn exports_none() { ko: "내보낸 파일이 없어요", en: "No files yet" }
    pub fn exports_none_help() { ko: "주문 목록에서 필터를 고르고 ‘파일로 내보내기’를 누르세요.", en: "Choose filters in the orders list, then press “Export”." }
    pub fn exports_lead() { ko: "내가 만든 파일만 보여요. 하루 뒤 지워져요.", en: "Only files you asked for. They are removed after a day." }
    pub fn export_asked_at() { ko: "요청", en: "Asked" }
    pub fn export_state() { ko: "상태", en: "State" }
    pub fn export_rows() { ko: "행", en: "Rows" }
    pub fn export_what() { ko: "내용", en: "What" }
    pub fn export_clear_mark() { ko: "가리지 않음", en: "Unmasked" }
    pub fn export_masked_mark() { ko: "가림", en: "Masked" }
    pub fn export_progress(done: &str, total: &str) { ko: "{total}행 중 {done}행", en: "{done} of {total} rows" }
    fn export_queued() { ko: "기다리는 중", en: "Waiting" }
    fn export_running() { ko: "만드는 중", en: "Being made" }
    fn export_done() { ko: "완료", en: "Done" }
    fn export_failed() { ko: "실패", en: "Failed" }
    fn export_cancelled() { ko: "그만둠", en: "Stopped" }
    fn export_expired() { ko: "기한 지남", en: "Removed" }

    pub fn dash_today() { ko: "오늘", en: "Today" }
    pub fn dash_week() { ko: "최근 7일", en: "Last 7 days" }
    pub fn dash_month() { ko: "최근 30일", en: "Last 30 days" }
    pub fn dash_days(days: i64) { ko: "{days}일", en: "{days} days" }
    pub fn dash_counted(clock: &str) { ko: "{clock} 기준 (KST)", en: "As of {clock} KST" }
    pub fn dash_not_counted() { ko: "아직 집계 전이에요. 곧 채워져요.", en: "Not counted yet. Figures follow shortly." }
    pub fn dash_figures() { ko: "기간별 숫자", en: "Figures" }
    pub fn dash_orders_chart() { ko: "날짜별 주문", en: "Orders per day" }
    pub fn dash_paid_chart() { ko: "날짜별 입금액", en: "Paid per day" }
    pub fn dash_funnel() { ko: "판매 단계별 진행", en: "How far sales come" }
    pub fn dash_refused() { ko: "최근 7일 거절된 상품권", en: "Vouchers refused, last 7 days" }
    pub fn dash_refused_none() { ko: "최근 7일 동안 거절된 상품권이 없어요.", en: "No voucher was refused in the last 7 days." }
    pub fn dash_standing() { ko: "진행 중인 주문", en: "Orders under way" }
    pub fn dash_standing_none() { ko: "진행 중인 주문이 없어요.", en: "No order is under way." }
    pub fn dash_waiting() { ko: "작업 대기열", en: "Work that waits" }
    pub fn dash_waiting_none() { ko: "기다리는 작업이 없어요.", en: "No work waits." }
    pub fn dash_oldest() { ko: "가장 오래된 것", en: "Oldest" }
    pub fn dash_count() { ko: "건수", en: "Count" }
    pub fn dash_day() { ko: "날짜", en: "Day" }
    pub fn dash_won() { ko: "금액(원)", en: "Won" }
    pub fn dash_reason() { ko: "이유", en: "Reason" }
    pub fn dash_lane() { ko: "종류", en: "Lane" }
    pub fn dash_step() { ko: "단계", en: "Step" }
    pub fn dash_rate() { ko: "시작 대비", en: "Of those begun" }
    pub fn dash_as_table() { ko: "표로 보기", en: "As a table" }
    fn measure_begun() { ko: "판매 시작", en: "Sales begun" }
    fn measure_quoted() { ko: "견적 확인", en: "Price seen" }
    fn measure_proved() { ko: "휴대폰 인증", en: "Phone proved" }
    fn measure_orders() { ko: "주문 접수", en: "Orders taken" }
    fn measure_items() { ko: "상품권", en: "Vouchers" }
    fn measure_paid() { ko: "입금 완료", en: "Orders paid" }
    fn measure_rejected() { ko: "거절된 상품권", en: "Vouchers refused" }
    pub fn dash_paid_sum() { ko: "입금액", en: "Paid" }
    fn lane_verify() { ko: "검증", en: "Verify" }
    fn lane_lock() { ko: "사용 처리", en: "Lock" }
    fn lane_settle() { ko: "정산", en: "Settle" }
    fn lane_payout() { ko: "입금", en: "Payout" }
    fn lane_message() { ko: "문자", en: "Messages" }
    fn lane_housekeeping() { ko: "정리", en: "Housekeeping" }
    fn work_ready() { ko: "차례를 기다림", en: "ready" }
    fn work_claimed() { ko: "하는 중", en: "being done" }
    fn work_review() { ko: "사람이 봐야 함", en: "a person must look" }
}

/// An export's state in a word.
pub const fn export_state_word(state: ExportState, lang: Lang) -> &'static str {
    match state {
        ExportState::Queued => export_queued(lang),
        ExportState::Running => export_running(lang),
        ExportState::Done => export_done(lang),
        ExportState::Failed => export_failed(lang),
        ExportState::Cancelled => export_cancelled(lang),
        ExportState::Expired => export_expired(lang),
    }
}

/// What is counted, in words.
pub const fn measure_word(measure: Measure, lang: Lang) -> &'static str {
    match measure {
        Measure::Begun => measure_begun(lang),
        Measure::Quoted => measure_quoted(lang),
        Measure::Proved => measure_proved(lang),
        Measure::Orders => measure_orders(lang),
        Measure::Items => measure_items(lang),
        Measure::Paid => measure_paid(lang),
        Measure::Rejected => measure_rejected(lang),
    }
}

/// A lane in a word.
pub const fn lane_word(lane: Lane, lang: Lang) -> &'static str {
    match lane {
        Lane::Verify => lane_verify(lang),
        Lane::Lock => lane_lock(lang),
        Lane::Settle => lane_settle(lang),
        Lane::Payout => lane_payout(lang),
        Lane::Message => lane_message(lang),
        Lane::Housekeeping => lane_housekeeping(lang),
    }
}

/// Where a piece of work stands.
pub const fn work_word(state: domain::OutboxState, lang: Lang) -> &'static str {
    match state {
        domain::OutboxState::Ready | domain::OutboxState::Done => work_ready(lang),
        domain::OutboxState::Claimed => work_claimed(lang),
        domain::OutboxState::Review => work_review(lang),
    }
}

/// `12,300`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_number_is_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
