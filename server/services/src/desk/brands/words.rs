//! What is said about brands and their forms.

domain::messages! {
    pub fn json_syntax(line: usize, column: usize) {
        ko: "JSON을 읽을 수 없어요. {line}번째 줄 {column}번째 글자 근처에서 쉼표, 따옴표, 괄호를 확인해 주세요.",
        en: "This isn’t JSON. Check commas, quotes and brackets near line {line}, column {column}."
    }
    pub fn json_deep() { ko: "너무 깊거나 길어요. 양식 하나는 12,000자까지예요.", en: "Too long or too deep: a form has up to 12,000 characters." }
    pub fn want_object(path: &str) { ko: "{path}: {{ … }} 모양이어야 해요.", en: "{path}: write an object, {{ … }}." }
    pub fn want_list(path: &str) { ko: "{path}: [ … ] 모양의 목록이어야 해요.", en: "{path}: write a list, [ … ]." }
    pub fn want_text(path: &str) { ko: "{path}: 따옴표로 감싼 글자여야 해요.", en: "{path}: write text in quotes." }
    pub fn want_truth(path: &str) { ko: "{path}: true 또는 false여야 해요.", en: "{path}: write true or false." }
    pub fn want_number(path: &str, low: i64, high: i64) {
        ko: "{path}: {low}부터 {high}까지의 정수여야 해요.", en: "{path}: write a whole number from {low} to {high}."
    }
    pub fn want_one_of(path: &str, known: &str) { ko: "{path}: {known} 중 하나여야 해요.", en: "{path}: write one of {known}." }
    pub fn key_missing(path: &str) { ko: "{path}: 빠졌어요. 추가해 주세요.", en: "{path}: it is missing. Add it." }
    pub fn key_unknown(path: &str, known: &str) {
        ko: "{path}: 모르는 이름이에요. 쓸 수 있는 이름은 {known}예요.", en: "{path}: no such name. Names that work: {known}."
    }
    pub fn count_between(path: &str, low: usize, high: usize) {
        ko: "{path}: {low}개부터 {high}개까지 쓸 수 있어요.", en: "{path}: it takes {low} to {high} entries."
    }
    pub fn text_length(path: &str, low: usize, high: usize) {
        ko: "{path}: {low}자부터 {high}자까지 쓸 수 있어요.", en: "{path}: it takes {low} to {high} characters."
    }
    pub fn pin_name() { ko: "pin.name: \"pin\"이어야 해요.", en: "pin.name: it must be \"pin\"." }
    pub fn pin_required() {
        ko: "pin.required: 상품권 번호는 꼭 받아야 하니 true여야 해요.", en: "pin.required: a voucher needs its number, so write true."
    }
    pub fn name_snake(path: &str) {
        ko: "{path}: 영어 소문자, 숫자, _ 만 쓰고 영어로 시작해 주세요. pin과 face는 쓸 수 없어요.",
        en: "{path}: use lower-case letters, digits and _, a letter first; pin and face are taken."
    }
    pub fn name_twice(path: &str) { ko: "{path}: 같은 이름이 앞에 있어요.", en: "{path}: this name stands there already." }
    pub fn group_sum(path: &str, got: i64) {
        ko: "{path}: 자릿수 합이 3부터 40까지여야 해요. 지금 {got}이에요.", en: "{path}: its groups must add up to 3 to 40; they make {got}."
    }
    pub fn grammar_fit(path: &str, grammar: &str, length: i64) {
        ko: "{path}: {grammar} 규칙은 charset이 digits이고 길이가 모두 {length}일 때만 쓸 수 있어요.",
        en: "{path}: the rule {grammar} needs charset digits and every length to be {length}."
    }
    pub fn faces_ascend(path: &str) { ko: "{path}: 앞의 금액보다 커야 해요.", en: "{path}: it must be more than the one before." }
    pub fn faces_none() {
        ko: "faces: 금액을 하나 이상 적거나 free를 추가해 주세요.", en: "faces: list at least one amount, or add free."
    }
    pub fn free_backwards() { ko: "free.max: free.min보다 작을 수 없어요.", en: "free.max: it can’t be less than free.min." }
    pub fn free_never(step: i64) {
        ko: "free.step: {step}의 배수가 min과 max 사이에 없어요.", en: "free.step: no multiple of {step} lies between min and max."
    }

    pub fn key_shape() {
        ko: "영어 소문자로 시작하고 소문자, 숫자, _ 로 3자에서 31자까지 적어 주세요.",
        en: "3 to 31 lower-case letters, digits and _, a letter first."
    }
    pub fn key_taken() { ko: "이미 있는 브랜드예요. 그 브랜드의 화면에서 고쳐 주세요.", en: "That brand exists. Change it on its own page." }
    pub fn family_fixed() {
        ko: "중복 확인이 이 묶음 안에서 이루어지므로 바꿀 수 없어요.", en: "Duplicates are looked for within it, so it can’t change."
    }
    pub fn hue_range() { ko: "0부터 359까지의 숫자예요.", en: "A number from 0 to 359." }
    pub fn verification_unknown() { ko: "확인 방법을 골라 주세요.", en: "Choose who checks it." }
    pub fn status_moved() {
        ko: "그사이에 다른 동료가 이 브랜드의 상태를 바꿨어요. 지금 상태를 확인하고 다시 눌러 주세요.",
        en: "A colleague switched this brand meanwhile. Look at its state now and press again."
    }
    pub fn no_rates() {
        ko: "지금 적용되는 매입가율이 없어서 매입을 시작할 수 없어요. 매입가율을 먼저 게시해 주세요.",
        en: "It has no rate in force, so nothing can be bought. Publish its rates first."
    }
    pub fn same_status() { ko: "이미 그 상태예요.", en: "It is in that state already." }
    pub fn no_place() { ko: "순서는 1부터의 숫자예요.", en: "A place is a number from 1." }
}
