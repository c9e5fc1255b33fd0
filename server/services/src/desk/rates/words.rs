//! What is said about rates and fees.

domain::messages! {
    pub fn plan_empty() { ko: "구간을 하나 이상 적어 주세요.", en: "Fill in at least one band." }
    pub fn plan_many(most: usize) { ko: "구간은 {most}개까지예요.", en: "Up to {most} bands." }
    pub fn no_amount() { ko: "금액을 숫자로 적어 주세요.", en: "Write an amount in digits." }
    pub fn no_percent() { ko: "90.5처럼 소수 둘째 자리까지의 숫자로 적어 주세요.", en: "Write a number like 90.5, with up to two decimals." }
    pub fn backwards() { ko: "끝 금액이 시작 금액보다 작아요.", en: "The band ends before it begins." }
    pub fn overlap() { ko: "앞 구간과 겹쳐요. 앞 구간의 끝보다 큰 금액에서 시작해 주세요.", en: "It overlaps the band before. Begin above that one’s end." }
    pub fn rate_range() { ko: "0%보다 크고 100%까지예요.", en: "More than 0 % and up to 100 %." }
    pub fn uncovered(face: &str) {
        ko: "이 브랜드가 받는 {face}이 어느 구간에도 없어요. 구간을 이어 주세요.", en: "The brand takes {face}, and no band pays it. Close the gap."
    }
    pub fn confirm_jump(key: &str) {
        ko: "매입가율이 2%p 넘게 바뀌어요. 확인했다면 브랜드 키 {key}를 그대로 입력해 주세요.",
        en: "A rate changes by more than 2 points. If that is meant, type the brand’s key {key}."
    }
    pub fn fee_range(most: &str) { ko: "0원부터 {most}까지의 금액을 숫자로 적어 주세요.", en: "Write an amount from 0 to {most} in digits." }
    pub fn form_moved(face: &str) {
        ko: "초안을 쓴 뒤 양식이 바뀌어 {face}을 받게 되었는데, 이 초안에는 그 금액이 없어요. 작성자가 초안을 고쳐야 해요.",
        en: "The form changed since: the brand takes {face} now, and this draft doesn’t pay it. Its author has to mend it."
    }
}
