//! Jobs and health.

use domain::Lang;

domain::messages! {
    pub fn jobs_lead() {
        ko: "할 일은 모두 대기열에 있고, 하나도 사라지지 않아요. 멈춘 줄은 다시 돌릴 때까지 새 일을 집지 않아요.",
        en: "All work is in lanes and none of it is ever lost. A stopped lane takes nothing new until it goes on."
    }
    pub fn jobs_lane() { ko: "줄", en: "Lane" }
    pub fn jobs_ready() { ko: "대기", en: "Waiting" }
    pub fn jobs_claimed() { ko: "하는 중", en: "Under way" }
    pub fn jobs_review() { ko: "사람이 볼 것", en: "In review" }
    pub fn jobs_oldest() { ko: "가장 오래 기다린 것", en: "Oldest due" }
    pub fn jobs_pause() { ko: "멈추기", en: "Stop" }
    pub fn jobs_pause_question(lane: &str) { ko: "‘{lane}’ 줄을 멈춰요. 하던 일은 끝나고, 새 일은 집지 않아요.", en: "Stop “{lane}”: what has begun ends, nothing new is taken." }
    pub fn jobs_resume() { ko: "다시 돌리기", en: "Let it go on" }
    pub fn jobs_resume_question(lane: &str) { ko: "‘{lane}’ 줄을 다시 돌려요.", en: "Let “{lane}” go on." }
    pub fn jobs_paused() { ko: "멈춤", en: "Stopped" }
    pub fn jobs_paused_done() { ko: "멈췄어요.", en: "It is stopped." }
    pub fn jobs_resumed() { ko: "다시 돌고 있어요.", en: "It goes on." }
    pub fn jobs_failures() { ko: "코드별 실패", en: "Failures by code" }
    pub fn jobs_no_failures() { ko: "실패한 일이 없어요.", en: "Nothing has failed." }
    pub fn jobs_code() { ko: "코드", en: "Code" }
    pub fn jobs_count() { ko: "개수", en: "Rows" }
    pub fn jobs_retrying() { ko: "저절로 다시 해요", en: "tried again by itself" }
    pub fn jobs_wake_all() { ko: "모두 다시 시도", en: "Wake all" }
    pub fn jobs_wake_question() {
        ko: "이미 보낸 것을 또 보내지 않아요. 남은 기록을 읽고, 결과가 불분명하면 먼저 물어봐요.",
        en: "Nothing is sent twice: each row reads what is known, and asks first where the outcome isn’t clear."
    }
    pub fn jobs_wake() { ko: "다시 시도", en: "Wake" }
    pub fn jobs_woken(count: u64) { ko: "{count}개를 다시 시도해요.", en: "{count} woken." }
    pub fn jobs_gone(count: usize, names: &str) {
        ko: "{count}개는 그 사이 다시 시도했거나 끝나서 그대로 뒀어요: {names}",
        en: "{count} left alone, woken or over in the meantime: {names}"
    }
    pub fn jobs_pick() { ko: "고르기", en: "Pick" }
    pub fn jobs_pick_one(name: &str) { ko: "{name} 고르기", en: "Pick: {name}" }
    pub fn jobs_pick_all() { ko: "모두 고르기", en: "Pick all" }
    pub fn jobs_picked() { ko: "고른 일", en: "Picked" }
    pub fn jobs_wake_picked() { ko: "고른 일 다시 시도", en: "Wake the picked" }
    pub fn jobs_pick_help() {
        ko: "j·k로 옮기고 x로 골라요. Enter를 누르면 고른 일을 다시 시도할지 물어봐요.",
        en: "j and k move, x picks; Enter asks about what is picked."
    }
    pub fn jobs_rows() { ko: "사람이 볼 일", en: "Rows in review" }
    pub fn jobs_no_rows() { ko: "사람이 볼 일이 없어요.", en: "Nothing waits for a person." }
    pub fn jobs_kind() { ko: "일", en: "Work" }
    pub fn jobs_since() { ko: "언제부터", en: "Since" }
    pub fn desk_paused(lanes: &str) { ko: "멈춘 줄: {lanes}", en: "Stopped: {lanes}" }
    pub fn health_lead() { ko: "제휴사, 대기열, 데이터베이스, 감사 로그가 지금 어떤지.", en: "How partners, lanes, database and audit log are right now." }
    pub fn health_partners() { ko: "제휴사", en: "Partners" }
    pub fn party_issuer() { ko: "발행사", en: "Issuers" }
    pub fn party_bank() { ko: "은행", en: "Bank" }
    pub fn party_thecheat() { ko: "더치트", en: "TheCheat" }
    pub fn party_agent() { ko: "문자 에이전트", en: "Message agent" }
    pub fn health_partner() { ko: "제휴사", en: "Partner" }
    pub fn health_good() { ko: "마지막 정상 응답", en: "Last answer" }
    pub fn health_bad() { ko: "마지막 실패", en: "Last failure" }
    pub fn health_calls() { ko: "최근 1시간 호출", en: "Calls, last hour" }
    pub fn health_median() { ko: "중간값", en: "Median" }
    pub fn health_slow() { ko: "95%", en: "95 %" }
    pub fn health_breaker() { ko: "차단기", en: "Breaker" }
    pub fn health_closed() { ko: "정상", en: "closed" }
    pub fn health_open() { ko: "열림: 호출 막음", en: "open: calls refused" }
    pub fn health_never() { ko: "최근 7일 없음", en: "none in 7 days" }
    pub fn health_ms(ms: i64) { ko: "{ms}ms", en: "{ms} ms" }
    pub fn health_queues() { ko: "대기열", en: "Lanes" }
    pub fn health_queue(works: u32, age: i64) { ko: "{works}개, {age}초", en: "{works} rows, {age} s" }
    pub fn health_idle() { ko: "지금 기다리는 일이 없어요.", en: "Nothing waits at the moment." }
    pub fn health_system() { ko: "시스템", en: "System" }
    pub fn health_version() { ko: "버전", en: "Version" }
    pub fn health_database() { ko: "데이터베이스", en: "Database" }
    pub fn health_private() { ko: "암호화되었거나 기기 안", en: "encrypted, or on this machine" }
    pub fn health_chain(head: i64, waiting: i64) { ko: "고리 {head}, 대기 {waiting}", en: "link {head}, {waiting} waiting" }
    pub fn health_alerts() { ko: "알림", en: "Alerts" }
    pub fn health_alerts_off() { ko: "꺼져 있어요. Leptos.toml의 alerts.url을 정하면 켜져요.", en: "Off. Set alerts.url in Leptos.toml." }
    pub fn health_alerts_none() { ko: "아직 알린 적이 없어요.", en: "Nothing was told so far." }
    pub fn health_alerts_failing(tries: u32, code: &str) { ko: "{tries}번째 보내지 못했어요 ({code})", en: "{tries} tries failed ({code})" }
    pub fn health_ok() { ko: "정상", en: "fine" }
    pub fn health_not_ok() { ko: "확인 필요", en: "look at it" }
}

/// How many of the picked rows were woken, and which were in review no more.
pub fn jobs_picked_done(woken: u64, gone: &[String], lang: Lang) -> String {
    let told = jobs_woken(lang, woken);
    if gone.is_empty() { told } else { format!("{told} {}", jobs_gone(lang, gone.len(), &gone.join(", "))) }
}
