//! The shop's numbers.

domain::messages! {
    pub fn settings_lead() {
        ko: "가게가 열려 있는 동안 바꿀 수 있는 숫자예요. 1초 안에 모든 화면에 적용되고 감사 로그에 남아요.",
        en: "Numbers that may change while the shop is open. They hold everywhere within a second, and the audit log tells who changed them."
    }
    pub fn settings_what() { ko: "설정", en: "Setting" }
    pub fn settings_value() { ko: "값", en: "Value" }
    pub fn settings_bounds() { ko: "범위와 기본값", en: "Bounds and default" }
    pub fn settings_bounds_of(least: u32, most: u32, before: u32) { ko: "{least}~{most}, 기본 {before}", en: "{least} to {most}, by default {before}" }
    pub fn settings_effect() { ko: "적용", en: "Felt" }
    pub fn settings_last() { ko: "마지막 변경", en: "Last change" }
    pub fn settings_never() { ko: "바꾼 적 없음", en: "Never changed" }
    pub fn settings_change() { ko: "바꾸기", en: "Change" }
    pub fn settings_question(name: &str, value: &str) { ko: "‘{name}’ — 지금 값: {value}. 새 값을 적어 주세요.", en: "“{name}” is {value} now. Type the new value." }
    pub fn settings_new() { ko: "새 값", en: "New value" }
    pub fn settings_done() { ko: "바꿨어요. 곧 모든 화면에 적용돼요.", en: "Changed. It holds everywhere in a moment." }
    pub fn settings_fixed() { ko: "설정 파일에 있는 값", en: "From the configuration file" }
    pub fn settings_fixed_lead() {
        ko: "돈이 나가거나 문을 여는 값은 화면에서 바꿀 수 없어요. 서버의 Leptos.toml을 고치고 프로그램을 다시 시작하세요.",
        en: "What moves money or opens doors isn't changed on a screen: edit Leptos.toml on the server and start the program anew."
    }
    pub fn settings_key() { ko: "설정 이름", en: "Key" }
}
