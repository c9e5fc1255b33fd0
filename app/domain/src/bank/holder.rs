//! Is the account's holder the person who was named?

use crate::message::euc_kr_len;
use unicode_normalization::UnicodeNormalization;

/// Where banks cut names, in bytes of EUC-KR (domain-facts §4.5).
const CUTS: [usize; 2] = [12, 20];

/// Does the name a bank answered belong to the name that was typed?
///
/// Spaces and case don't count. Names come back cut at 12 or 20 bytes, so an answer of such a length (a Hangul letter
/// that didn't fit may leave one byte) need only be the beginning of what was typed. Company forms such as (주) are
/// part of the name.
pub fn holder_matches(typed: &str, answered: &str) -> bool {
    let (typed_plain, answered_plain) = (folded(typed), folded(answered));
    if answered_plain.is_empty() || typed_plain.is_empty() {
        return false;
    }
    if typed_plain == answered_plain {
        return true;
    }
    // The bank counts its spaces too, so both lengths are looked at.
    let full = euc_kr_len(&answered.nfc().collect::<String>());
    let bare = euc_kr_len(&answered_plain);
    let cut = CUTS.iter().any(|cut| [full, bare].iter().any(|len| *len == *cut || len + 1 == *cut));
    cut && typed_plain.starts_with(&answered_plain)
}

fn folded(name: &str) -> String {
    name.nfc()
        .map(crate::form::half_width)
        .filter(|c| !c.is_whitespace() && !crate::form::is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_match_whatever_their_spaces_and_case() {
        assert!(holder_matches("홍길동", "홍길동"));
        assert!(holder_matches("홍 길동", "홍길동 "));
        assert!(holder_matches("John Smith", "JOHN SMITH"));
        assert!(holder_matches("\u{1112}\u{1169}\u{11bc}길동", "홍길동"));
    }

    #[test]
    fn a_name_cut_by_the_bank_still_matches() {
        assert!(holder_matches("프리드리히빌헬름", "프리드리히빌"));
        assert!(holder_matches("ABC 주식회사핀데스크", "ABC주식회사"), "11 of 12 bytes: half a letter didn't fit");
        assert!(holder_matches("주식회사핀데스크서울지점", "주식회사핀데스크서울"));
        assert!(holder_matches("ALEXANDER HAMILTON SMITH", "ALEXANDER HAMILTON S"));
    }

    #[test]
    fn a_short_beginning_is_another_person() {
        assert!(!holder_matches("홍길동", "홍길"));
        assert!(!holder_matches("홍길", "홍길동"));
        assert!(!holder_matches("홍길동", "홍길순"));
        assert!(!holder_matches("홍길동", ""));
        assert!(!holder_matches("", ""));
    }

    #[test]
    fn a_company_form_is_part_of_the_name() {
        assert!(!holder_matches("핀데스크", "(주)핀데스크"));
        assert!(holder_matches("(주)핀데스크", "(주)핀데스크"));
    }
}
