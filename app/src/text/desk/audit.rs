//! The audit log.

domain::messages! {
    pub fn audit_lead() {
        ko: "누가, 언제, 어디서, 무엇을, 왜 했는지. 지우거나 고칠 수 없고, 고치면 고리가 끊어져요.",
        en: "Who did what, when, from where and why. Nothing here can be changed without breaking the chain."
    }
    pub fn audit_chain() { ko: "고리", en: "Chain" }
    pub fn audit_head() { ko: "마지막 고리", en: "Last link" }
    pub fn audit_hash() { ko: "해시", en: "Hash" }
    pub fn audit_waiting() { ko: "봉인 대기", en: "Waiting" }
    pub fn audit_sound() { ko: "이상 없음", en: "Sound" }
    pub fn audit_late() { ko: "봉인이 늦어지고 있어요. 작업자를 확인해 주세요.", en: "Sealing is late. Look at the workers." }
    pub fn audit_shrunk() {
        ko: "고리가 전에 봤던 것과 달라요. 데이터베이스에 손을 댄 사람이 있어요.",
        en: "The chain isn’t the one it was. Somebody has touched the database."
    }
    pub fn audit_verify() { ko: "고리 전체 확인", en: "Check the whole chain" }
    pub fn audit_verify_begun() { ko: "확인을 시작했어요. 새로고침하면 결과가 보여요.", en: "The check has begun. Reload to see its result." }
    pub fn audit_checks() { ko: "확인 기록", en: "Checks" }
    pub fn audit_no_checks() { ko: "아직 확인한 적이 없어요. 매일 한 번 자동으로 확인해요.", en: "Not checked yet. It is checked by itself once a day." }
    pub fn audit_check_running(done: i64, of: i64) { ko: "확인 중 {done}/{of}", en: "Checking {done} of {of}" }
    pub fn audit_check_sound(count: i64) { ko: "{count}개 이상 없음", en: "{count} links, all sound" }
    pub fn audit_check_broken() { ko: "끊어졌어요", en: "Broken" }
    pub fn audit_check_failed() { ko: "끝까지 확인하지 못했어요", en: "Could not finish" }
    pub fn audit_by_clock() { ko: "자동", en: "by itself" }
    pub fn audit_at() { ko: "시각", en: "When" }
    pub fn audit_who() { ko: "누가", en: "Who" }
    pub fn audit_action() { ko: "무엇을", en: "What" }
    pub fn audit_target() { ko: "대상", en: "Target" }
    pub fn audit_kind() { ko: "종류", en: "Kind" }
    pub fn audit_from() { ko: "부터", en: "From" }
    pub fn audit_until() { ko: "까지", en: "Until" }
    pub fn audit_address() { ko: "주소", en: "Address" }
    pub fn audit_more() { ko: "자세히", en: "Details" }
    pub fn audit_link() { ko: "고리", en: "Link" }
    pub fn audit_unsealed() { ko: "대기", en: "waiting" }
    pub fn audit_all() { ko: "전체", en: "All" }
    pub fn audit_kind_change() { ko: "변경", en: "Change" }
    pub fn audit_kind_view() { ko: "열람", en: "View" }
    pub fn audit_kind_export() { ko: "내보내기", en: "Export" }
    pub fn audit_kind_sign_in() { ko: "로그인", en: "Sign-in" }
    pub fn audit_filter() { ko: "찾기", en: "Filter" }
    pub fn audit_clear() { ko: "조건 지우기", en: "Clear" }
    pub fn audit_none() { ko: "조건에 맞는 기록이 없어요.", en: "No line fits." }
    pub fn audit_none_help() { ko: "날짜를 넓히거나 조건을 지워 보세요.", en: "Widen the dates, or clear the filter." }
    pub fn audit_next() { ko: "더 오래된 기록", en: "Older" }
    pub fn audit_newest() { ko: "처음으로", en: "Newest" }
    pub fn audit_export() { ko: "CSV로 받기", en: "Export CSV" }
    pub fn audit_export_question() {
        ko: "지금 조건에 맞는 기록을 파일로 받아요. 받은 사실도 기록돼요.",
        en: "The lines that fit the filter go into a file. That you took it is a line of the log too."
    }
    pub fn audit_target_help() { ko: "주문번호(PD-…)나 order:ord_…", en: "An order’s code (PD-…) or order:ord_…" }
}
