//! Accounts of the staff.

domain::messages! {
    pub fn users_title() { ko: "사용자", en: "Users" }
    pub fn users_search() { ko: "이름·아이디로 찾기", en: "Find by name or login" }
    pub fn user_login() { ko: "아이디", en: "Login" }
    pub fn user_name() { ko: "이름", en: "Name" }
    pub fn user_roles() { ko: "역할", en: "Roles" }
    pub fn user_state() { ko: "상태", en: "State" }
    pub fn user_factor() { ko: "인증 앱", en: "App" }
    pub fn user_last() { ko: "마지막 로그인", en: "Last sign-in" }
    pub fn user_never() { ko: "없음", en: "Never" }
    pub fn user_factor_yes() { ko: "연결됨", en: "Connected" }
    pub fn user_factor_no() { ko: "없음", en: "None" }
    pub fn state_invited() { ko: "초대됨", en: "Invited" }
    pub fn state_active() { ko: "사용 중", en: "Active" }
    pub fn state_disabled() { ko: "정지됨", en: "Disabled" }
    pub fn user_invite() { ko: "사용자 초대", en: "Invite somebody" }
    pub fn user_invite_question() {
        ko: "새 계정을 만들고, 비밀번호를 정하는 링크를 한 번 보여 드려요.",
        en: "This makes an account and shows, once, the link by which its person chooses a password."
    }
    pub fn user_invite_confirm() { ko: "계정 만들기", en: "Make the account" }
    pub fn user_invited() { ko: "계정을 만들었어요. 아래 링크를 본인에게 전해 주세요.", en: "Account made. Hand the link below to its person." }
    pub fn user_linked() { ko: "새 링크를 만들었어요. 앞서 만든 링크는 쓸 수 없어요.", en: "New link made. Links made before no longer work." }
    pub fn user_link_title() { ko: "비밀번호를 정하는 링크", en: "Link to choose a password" }
    pub fn user_link_lead() { ko: "48시간 동안 한 번만 쓸 수 있고, 지금만 보여요.", en: "It works once, for 48 hours, and is shown only now." }
    pub fn user_roles_set() { ko: "역할을 바꿨어요. 다음 동작부터 적용돼요.", en: "Roles changed. They hold from the next thing the person does." }
    pub fn user_enabled() { ko: "다시 쓸 수 있게 했어요.", en: "The account may be used again." }
    pub fn user_disabled() { ko: "계정을 정지하고 모든 기기에서 로그아웃했어요.", en: "Account disabled and signed out everywhere." }
    pub fn user_sessions_ended() { ko: "모든 기기에서 로그아웃했어요.", en: "Signed out everywhere." }
    pub fn user_roles_change() { ko: "역할 바꾸기", en: "Change roles" }
    pub fn user_roles_question(name: &str) { ko: "{name} 님의 역할을 바꿔요.", en: "Change the roles of {name}." }
    pub fn user_disable() { ko: "계정 정지", en: "Disable" }
    pub fn user_disable_question(name: &str) {
        ko: "{name} 님의 계정을 정지해요. 하고 있던 일도 바로 막혀요.",
        en: "Disable the account of {name}. What they are in the middle of stops too."
    }
    pub fn user_enable() { ko: "다시 사용", en: "Enable" }
    pub fn user_enable_question(name: &str) { ko: "{name} 님이 다시 로그인할 수 있게 해요.", en: "Let {name} sign in again." }
    pub fn user_end_sessions() { ko: "모든 기기 로그아웃", en: "Sign out everywhere" }
    pub fn user_end_question(name: &str) { ko: "{name} 님을 모든 기기에서 로그아웃해요.", en: "Sign {name} out everywhere." }
    pub fn user_link() { ko: "비밀번호 링크", en: "Password link" }
    pub fn user_link_question(name: &str) {
        ko: "{name} 님이 비밀번호와 인증 앱을 새로 정할 링크를 만들어요.",
        en: "Make a link by which {name} chooses another password and connects an app anew."
    }
    pub fn user_history() { ko: "역할이 바뀐 기록", en: "How the roles came to be" }
    pub fn user_history_empty() { ko: "아직 바뀐 적이 없어요.", en: "Nothing has changed yet." }
    pub fn role_granted(role: &str) { ko: "{role} 역할을 받음", en: "Given {role}" }
    pub fn role_revoked(role: &str) { ko: "{role} 역할이 없어짐", en: "Lost {role}" }
    pub fn user_recovery(count: i64) { ko: "남은 복구 코드 {count}개", en: "{count} recovery codes left" }
    pub fn user_own() { ko: "내 계정이에요. 역할과 상태는 다른 소유자가 바꿀 수 있어요.", en: "This is your own account. Another owner can change its roles and state." }
    pub fn user_no_sessions() { ko: "로그인된 기기가 없어요.", en: "Not signed in anywhere." }
    pub fn step_up_hint() { ko: "이 일에는 본인 확인이 필요해요. 누르면 먼저 물어봐요.", en: "This asks once more whether it is you." }
}
