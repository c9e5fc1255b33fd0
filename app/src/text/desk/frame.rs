//! The desk's frame.

domain::messages! {
    pub fn desk_from_start() { ko: "처음 설치", en: "First installation" }
    pub fn desk_name() { ko: "핀데스크 데스크", en: "PinDesk Desk" }
    pub fn desk_nav() { ko: "업무", en: "Desks" }
    pub fn desk_menu() { ko: "메뉴", en: "Menu" }
    pub fn desk_account() { ko: "내 계정", en: "My account" }
    pub fn desk_sign_out() { ko: "로그아웃", en: "Sign out" }
    pub fn desk_palette() { ko: "빠른 이동", en: "Go to" }
    pub fn desk_palette_hint() { ko: "화면 이름이나 주문번호를 입력하세요", en: "Type a screen or an order code" }
    pub fn desk_palette_empty() { ko: "맞는 화면이 없어요", en: "No screen fits" }
    pub fn desk_palette_order() { ko: "주문 열기", en: "Open order" }
    pub fn desk_sandbox() { ko: "모의 환경", en: "Sandbox" }
    pub fn desk_look_below() { ko: "표시한 칸을 확인해 주세요.", en: "Please check the marked fields." }
    pub fn desk_not_found() { ko: "없는 화면이에요", en: "No such page" }
    pub fn desk_not_found_body() {
        ko: "주소가 바뀌었거나, 이 역할로는 볼 수 없는 화면이에요.",
        en: "The address has changed, or your role has no such page."
    }
    pub fn desk_to_start() { ko: "처음 화면으로", en: "To the start" }
    pub fn desk_keys() { ko: "단축키", en: "Keys" }
    pub fn desk_keys_help() {
        ko: "j·k 위아래 이동, Enter 열기, x 선택, / 검색, Ctrl+K 빠른 이동, ? 단축키 보기",
        en: "j and k move, Enter opens, x selects, / searches, Ctrl+K goes anywhere, ? shows the keys"
    }
    pub fn desk_live_lost() { ko: "실시간 연결이 끊겼어요. 새로고침하면 최신이에요.", en: "Live updates are off. Reload to be up to date." }
    pub fn desk_no_roles() { ko: "역할 없음", en: "No roles" }
    pub fn desk_close() { ko: "닫기", en: "Close" }
    pub fn desk_cancel() { ko: "취소", en: "Cancel" }
    pub fn desk_save() { ko: "저장", en: "Save" }
    pub fn desk_reason() { ko: "이유", en: "Reason" }
    pub fn desk_reason_help() { ko: "감사 로그에 남아요.", en: "It goes into the audit log." }
    pub fn desk_kst() { ko: "시각은 한국 시간(KST)이에요.", en: "Times are Korean time (KST)." }

    pub fn place_start() { ko: "대시보드", en: "Dashboard" }
    pub fn place_orders() { ko: "주문", en: "Orders" }
    pub fn place_manual() { ko: "수동 검증", en: "Manual checks" }
    pub fn place_risk() { ko: "위험 심사", en: "Risk" }
    pub fn place_catalogue() { ko: "브랜드", en: "Brands" }
    pub fn place_rates() { ko: "매입가율", en: "Rates" }
    pub fn place_content() { ko: "공지·FAQ", en: "Notices & FAQ" }
    pub fn place_documents() { ko: "약관·동의", en: "Terms & consents" }
    pub fn place_inquiries() { ko: "문의", en: "Inquiries" }
    pub fn place_customers() { ko: "고객", en: "Customers" }
    pub fn place_privacy() { ko: "개인정보 열람", en: "Privacy review" }
    pub fn place_exports() { ko: "내보내기", en: "Exports" }
    pub fn place_audit() { ko: "감사 로그", en: "Audit log" }
    pub fn place_users() { ko: "사용자", en: "Users" }
    pub fn place_keys() { ko: "암호화 키", en: "Keys" }
    pub fn place_jobs() { ko: "작업 대기열", en: "Jobs" }
    pub fn place_health() { ko: "상태", en: "Health" }
    pub fn place_settings() { ko: "설정", en: "Settings" }
    pub fn group_work() { ko: "업무", en: "Work" }
    pub fn group_shop() { ko: "매장", en: "Shop" }
    pub fn group_people() { ko: "고객·기록", en: "People & records" }
    pub fn group_system() { ko: "시스템", en: "System" }
}
