//! Keys and their rotation.

domain::messages! {
    pub fn keys_lead() {
        ko: "키는 프로그램 밖(환경 변수, 파일, 명령)에 있고 여기에는 번호만 있어요. 새 키로 바꿔도 옛 키는 다 옮길 때까지 함께 열려요.",
        en: "Keys live outside the program (environment, file, command); here are their numbers only. A new key works beside the old one until everything has passed to it."
    }
    pub fn keys_key() { ko: "키", en: "Key" }
    pub fn keys_data(number: u16) { ko: "암호화 {number}번", en: "Encryption {number}" }
    pub fn keys_lookup(number: u16) { ko: "조회 {number}번", en: "Look-up {number}" }
    pub fn keys_state() { ko: "상태", en: "State" }
    pub fn keys_active() { ko: "사용 중", en: "In use" }
    pub fn keys_retiring() { ko: "물러나는 중", en: "On its way out" }
    pub fn keys_retired() { ko: "내려놓음", en: "Retired" }
    pub fn keys_since() { ko: "처음 쓴 때", en: "First given" }
    pub fn keys_needed() { ko: "아직 필요한 곳", en: "Still needed by" }
    pub fn keys_writes() { ko: "새 자료는 이 키로 써요.", en: "New data is written with it." }
    pub fn keys_remove() { ko: "키 파일에서 빼도 돼요.", en: "May be taken out of the key file." }
    pub fn keys_removed() { ko: "키 파일에서 뺐어요.", en: "Taken out of the key file." }
    pub fn keys_missing() { ko: "이 프로그램에 없어요. 다시 시작하세요.", en: "This process doesn’t have it. Start it anew." }
    pub fn keys_free() { ko: "필요한 곳이 없어요. 내려놓을 수 있어요.", en: "Nothing needs it. It may be retired." }
    pub fn keys_retire() { ko: "내려놓기", en: "Retire" }
    pub fn keys_retire_question(key: &str) {
        ko: "‘{key}’ 키를 내려놓아요. 되돌릴 수 없어요. 그다음 키 파일에서 빼고 프로그램을 다시 시작하세요. 백업을 열 때를 위해 금고에는 남겨 두세요.",
        en: "Retire “{key}”. This can’t be undone. Then take it out of the key file and start the program anew. Keep it in the vault: old backups need it."
    }
    pub fn keys_retired_done() { ko: "내려놓았어요. 이제 키 파일에서 빼세요.", en: "Retired. Take it out of the key file now." }
    pub fn keys_rotation() { ko: "키 교체", en: "Rotation" }
    pub fn keys_begin() { ko: "교체 시작", en: "Begin the rotation" }
    pub fn keys_begin_question() {
        ko: "모든 자료를 새 키로 다시 잠가요. 가게는 그대로 열려 있고, 언제든 멈췄다 이어 할 수 있어요.",
        en: "Seal everything anew with the keys in use. The shop stays open; it can be stopped and go on at any time."
    }
    pub fn keys_begun() { ko: "교체를 시작했어요.", en: "The rotation has begun." }
    pub fn keys_pause() { ko: "멈추기", en: "Pause" }
    pub fn keys_pause_question() { ko: "지금 하는 묶음까지만 하고 멈춰요.", en: "Stop after the batch under way." }
    pub fn keys_paused() { ko: "멈췄어요.", en: "It is paused." }
    pub fn keys_resume() { ko: "이어 하기", en: "Let it go on" }
    pub fn keys_resume_question() { ko: "멈춘 곳에서 이어 해요.", en: "Go on where it stopped." }
    pub fn keys_resumed() { ko: "이어 하고 있어요.", en: "It goes on." }
    pub fn keys_none() { ko: "교체한 적이 없어요. 키는 1년에 한 번, 새어 나갔다면 곧바로 바꾸세요.", en: "No rotation so far. Change keys yearly, and at once after a leak." }
    pub fn keys_running() { ko: "진행 중", en: "Running" }
    pub fn keys_standing() { ko: "멈춤", en: "Paused" }
    pub fn keys_done() { ko: "끝남", en: "Done" }
    pub fn keys_replaced() { ko: "다른 교체로 바뀜", en: "Replaced by another" }
    pub fn keys_to(data: u16, lookup: u16) { ko: "암호화 {data}번, 조회 {lookup}번으로", en: "To encryption {data} and look-up {lookup}" }
    pub fn keys_percent(percent: u8) { ko: "{percent}%", en: "{percent} %" }
    pub fn keys_round(round: u32) { ko: "{round}번째 훑는 중", en: "round {round}" }
    pub fn keys_round_help() {
        ko: "바꿀 것이 하나도 없을 때까지 처음부터 다시 훑어요.",
        en: "It goes through everything again until a round finds nothing to do."
    }
    pub fn keys_by() { ko: "시작한 사람", en: "Begun by" }
    pub fn keys_last() { ko: "마지막 움직임", en: "Last step" }
    pub fn keys_table() { ko: "자료", en: "Data" }
    pub fn keys_left() { ko: "남은 행", en: "Rows left" }
    pub fn keys_changed() { ko: "새로 쓴 행", en: "Written anew" }
    pub fn keys_stuck() { ko: "옮기지 못함", en: "Stuck" }
    pub fn keys_stuck_help(count: i64) {
        ko: "옮기지 못한 행이 {count}개 있어요. 로그에서 표와 행을 찾아보세요. 옛 키는 계속 필요해요.",
        en: "{count} rows could not be passed on; the log names table and row. The old key stays needed."
    }
    pub fn keys_waiting() { ko: "차례를 기다려요", en: "waits for its turn" }
    pub fn keys_guide() { ko: "키를 바꾸는 순서", en: "How to rotate" }
    pub fn keys_step_1() {
        ko: "서버에서 새 키를 만들어요. 찍힌 내용을 금고와 키 파일에 넣으세요.",
        en: "Make a new key on the server, and put what is printed into the vault and the key file."
    }
    pub fn keys_step_2() {
        ko: "모든 프로그램을 멈췄다가 새 파일로 다시 시작해요. 새 키가 맨 앞, 옛 키가 그 뒤에 있어야 해요.",
        en: "Stop every process and start it with the new file: the new key first, the old one behind it."
    }
    pub fn keys_step_3() { ko: "여기에서 교체를 시작하고 끝날 때까지 두세요. 가게는 열어 둬도 돼요.", en: "Begin the rotation here and let it run. The shop may stay open." }
    pub fn keys_step_4() {
        ko: "옛 키에 ‘필요한 곳이 없어요’가 나오면 내려놓고, 키 파일에서 빼고, 다시 시작해요. 조회 키는 로그인·기기 기록 때문에 한 달쯤 더 걸려요.",
        en: "When nothing needs the old key, retire it here, take it out of the file and start anew. A look-up key waits about a month longer, for sign-ins and devices."
    }
    pub fn keys_leak() {
        ko: "1년에 한 번 하세요. 키가 새어 나갔다면 그날 바로: 새 키로 시작하고, 교체를 돌리고, 모든 로그인 세션을 끊고, 데이터베이스 복사본이 어디 있는지 확인하세요. 이미 복사된 자료는 교체로 지켜지지 않아요.",
        en: "Do this once a year. After a leak do it the same day: start with new keys, run the rotation, end all sessions, and find out where copies of the database are. What was copied already is not saved by a rotation."
    }
}

/// A table, in words.
pub fn keys_part(lang: domain::Lang, table: &str) -> String {
    let (ko, en) = match table {
        "legal_holds" => ("법적 보존", "Legal holds"),
        "risk_blocks" => ("차단 목록", "Block list"),
        "users" => ("직원 2단계 인증", "Second factors of staff"),
        "orders" => ("주문", "Orders"),
        "order_items" => ("상품권", "Vouchers"),
        "payouts" => ("입금", "Payouts"),
        "messages" => ("문자", "Messages"),
        "inquiries" => ("문의", "Inquiries"),
        "person_requests" => ("개인정보 요청", "Wishes of customers"),
        "privacy_consents" => ("동의", "Consents"),
        "otp_challenges" => ("인증번호", "Codes"),
        "sell_drafts" => ("쓰던 신청서", "Sales in the making"),
        "web_sessions" => ("접속", "Sessions"),
        "order_notes" => ("주문 메모", "Notes"),
        "manual_proofs" => ("수동 확인 증빙", "Proofs"),
        other => return other.to_owned(),
    };
    lang.pick(ko, en).to_owned()
}
