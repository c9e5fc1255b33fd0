//! What is said about drafts.

use crate::ServiceError;

domain::messages! {
    pub fn first_installation() { ko: "처음 설치", en: "First installation" }
    pub(in crate::desk) fn reason_missing() { ko: "이유를 두 글자 이상 적어 주세요.", en: "Write why, in two characters or more." }
    pub fn fill_in() { ko: "비워 둘 수 없어요.", en: "This can’t be empty." }
    pub fn too_long(most: usize, got: usize) {
        ko: "{most}자까지 쓸 수 있어요. 지금 {got}자예요.", en: "Up to {most} characters fit; this has {got}."
    }
    pub fn no_moment() {
        ko: "날짜와 시각을 2026-11-22 09:00처럼 한국 시간으로 적어 주세요.",
        en: "Write date and time in Korean time, like 2026-11-22 09:00."
    }
    pub fn in_the_past() {
        ko: "이미 지난 시각이에요. 앞으로의 시각을 고르거나, 게시하자마자 적용하려면 비워 주세요.",
        en: "That moment has passed. Choose a later one, or leave it empty to start on publishing."
    }
    pub fn changed_in_other_tab() {
        ko: "이 초안은 다른 창에서 이미 바뀌었어요. 지금 초안을 확인하고 다시 저장해 주세요.",
        en: "This draft was changed in another window. Look at it as it is now, then save again."
    }
    pub fn already_open() {
        ko: "이 항목에 내가 쓰던 초안이 있어요. 그 초안을 이어서 고쳐 주세요.",
        en: "You already have an open draft of this. Go on with that one."
    }
    pub fn ended_meanwhile() {
        ko: "이 초안은 그사이에 게시되었거나 취소되었어요. 새 초안으로 다시 저장해 주세요.",
        en: "This draft was published or withdrawn meanwhile. Save it again as a new draft."
    }
    pub fn draft_over() {
        ko: "이 초안은 이미 게시되었거나 취소되었어요. 목록에서 지금 상태를 확인해 주세요.",
        en: "This draft was already published or withdrawn. Look at the list for how it stands."
    }
    pub fn changed_since_seen() {
        ko: "작성자가 그사이에 초안을 고쳤어요. 바뀐 내용을 확인한 뒤 다시 게시해 주세요.",
        en: "The author changed this draft meanwhile. Look at it again before you publish it."
    }
    pub fn own_draft() {
        ko: "내가 쓴 초안은 내가 게시할 수 없어요. 게시 권한이 있는 다른 동료가 확인하고 게시해야 해요.",
        en: "You can’t publish your own draft. A colleague who may publish has to look at it and do it."
    }
    pub fn stale_base(base: u32, now: u32) {
        ko: "이 초안은 버전 {base}에서 시작했는데, 그사이에 버전 {now}이 게시되었어요. 작성자가 ‘지금 버전으로 맞추기’를 눌러 차이를 확인해야 게시할 수 있어요.",
        en: "This draft was made from version {base}, and version {now} was published meanwhile. Its author has to bring it up to date and look at the difference first."
    }
    pub fn time_over() {
        ko: "초안에 적힌 적용 시각이 이미 지났어요. 작성자가 시각을 다시 정해야 해요.",
        en: "The time this draft was to start has passed. Its author has to choose another."
    }
}

/// Somebody was faster, in words.
pub fn conflict(code: &'static str, message: impl Into<String>) -> ServiceError {
    ServiceError::Conflict { code, message: message.into() }
}
