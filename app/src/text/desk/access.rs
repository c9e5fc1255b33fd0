//! Signing in, one's own account, users.

domain::messages! {
    pub fn sign_in_title() { ko: "직원 로그인", en: "Staff sign-in" }
    pub fn sign_in_lead() { ko: "이 화면은 직원만 써요. 상품권 판매는 첫 화면에서 할 수 있어요.", en: "This page is for staff. To sell vouchers, go to the front page." }
    pub fn login_label() { ko: "아이디", en: "Login" }
    pub fn password_label() { ko: "비밀번호", en: "Password" }
    pub fn sign_in_button() { ko: "로그인", en: "Sign in" }
    pub fn to_shop() { ko: "매장 첫 화면", en: "Front page" }
    pub fn signed_out_note() { ko: "로그인이 끝났어요. 다시 로그인해 주세요.", en: "Your session has ended. Please sign in again." }
    pub fn code_title() { ko: "인증 앱 코드", en: "Code of your app" }
    pub fn code_lead() {
        ko: "인증 앱에 지금 보이는 6자리를 입력해 주세요. 휴대폰이 없으면 복구 코드를 써도 돼요.",
        en: "Type the six digits your app shows now. Without your phone, type one of your recovery codes."
    }
    pub fn code_label() { ko: "6자리 코드 또는 복구 코드", en: "Six digits, or a recovery code" }
    pub fn code_button() { ko: "확인", en: "Confirm" }
    pub fn start_over() { ko: "처음부터 다시", en: "Start over" }
    pub fn enrol_title() { ko: "인증 앱 연결", en: "Connect an app" }
    pub fn enrol_lead() {
        ko: "비밀번호만으로는 들어올 수 없어요. 휴대폰의 인증 앱(Google OTP 등)으로 그림을 찍고, 앱에 나온 6자리를 입력해 주세요.",
        en: "A password alone opens nothing here. Scan the picture with an authenticator app on your phone, then type the six digits it shows."
    }
    pub fn enrol_by_hand() { ko: "그림을 찍을 수 없으면 이 열쇠를 입력해 주세요", en: "If you can’t scan, type this key" }
    pub fn recovery_title() { ko: "복구 코드를 보관해 주세요", en: "Keep your recovery codes" }
    pub fn recovery_lead() {
        ko: "휴대폰을 잃어버렸을 때 코드 대신 한 번씩 쓸 수 있어요. 지금만 보이니 적거나 인쇄해 주세요.",
        en: "Each works once in place of a code when your phone is gone. They are shown only now: write them down or print them."
    }
    pub fn recovery_done() { ko: "보관했어요", en: "I keep them safe" }
    pub fn invite_title() { ko: "비밀번호 정하기", en: "Choose a password" }
    pub fn invite_lead(name: &str, login: &str) {
        ko: "{name} 님({login}), 데스크에서 쓸 비밀번호를 정해 주세요.",
        en: "{name} ({login}), choose the password you will use at the desk."
    }
    pub fn invite_reset() {
        ko: "저장하면 모든 기기에서 로그아웃되고, 인증 앱도 새로 연결해요.",
        en: "Saving signs you out everywhere, and you connect your app anew."
    }
    pub fn new_password_label() { ko: "새 비밀번호", en: "New password" }
    pub fn new_password_help() {
        ko: "12자 이상. 낱말 여러 개를 이어 쓰면 외우기 쉽고 안전해요. 붙여넣기도 돼요.",
        en: "At least 12 characters. Several words in a row are easy to remember and safe. Pasting is fine."
    }
    pub fn again_label() { ko: "한 번 더", en: "Once more" }
    pub fn choose_button() { ko: "비밀번호 저장", en: "Save password" }
    pub fn link_dead_title() { ko: "쓸 수 없는 링크예요", en: "This link can’t be used" }
    pub fn link_dead_body() {
        ko: "만료되었거나 이미 쓰였어요. 소유자에게 새 링크를 부탁해 주세요.",
        en: "It has expired or was used. Ask an owner for a new one."
    }
    pub fn step_up_title() { ko: "본인 확인", en: "Is it you?" }
    pub fn step_up_lead() {
        ko: "되돌릴 수 없는 일 앞에서는 한 번 더 확인해요. 확인은 10분 동안 유지돼요.",
        en: "Before something that can’t be taken back we ask once more. It counts for ten minutes."
    }
    pub fn step_up_password() { ko: "비밀번호", en: "Password" }
    pub fn me_title() { ko: "내 계정", en: "My account" }
    pub fn me_roles() { ko: "역할", en: "Roles" }
    pub fn me_sessions() { ko: "로그인된 기기", en: "Where you are signed in" }
    pub fn me_sessions_lead() { ko: "모르는 기기가 있으면 끝내고 비밀번호를 바꿔 주세요.", en: "If one isn’t yours, end it and change your password." }
    pub fn session_here() { ko: "지금 이 기기", en: "This one" }
    pub fn session_address() { ko: "주소", en: "Address" }
    pub fn session_agent() { ko: "브라우저", en: "Browser" }
    pub fn session_began() { ko: "시작", en: "Began" }
    pub fn session_seen() { ko: "마지막", en: "Last seen" }
    pub fn session_end() { ko: "끝내기", en: "End" }
    pub fn session_end_others() { ko: "다른 기기 모두 로그아웃", en: "Sign out everywhere else" }
    pub fn session_ended() { ko: "그 기기에서 로그아웃했어요.", en: "Signed out there." }
    pub fn sessions_ended(count: u64) { ko: "다른 기기 {count}곳에서 로그아웃했어요.", en: "Signed out in {count} other places." }
    pub fn me_password() { ko: "비밀번호 바꾸기", en: "Change password" }
    pub fn old_password_label() { ko: "지금 비밀번호", en: "Current password" }
    pub fn password_changed() { ko: "비밀번호를 바꾸고 다른 기기에서 로그아웃했어요.", en: "Password changed. You are signed out everywhere else." }
    pub fn me_recovery() { ko: "복구 코드 새로 만들기", en: "Make new recovery codes" }
    pub fn me_recovery_lead() { ko: "앞서 받은 코드는 모두 못 쓰게 돼요.", en: "All codes you had before stop working." }
    pub fn me_recovery_button() { ko: "새로 만들기", en: "Make new codes" }
}
