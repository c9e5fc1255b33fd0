use encoding_rs::EUC_KR;

/// The beginning of `text` that fits into `bytes` bytes of EUC-KR, whole characters only; what EUC-KR can't hold
/// is left out.
pub fn cut_euc_kr(text: &str, bytes: usize) -> String {
    let mut left = bytes;
    let mut cut = String::new();
    let mut buffer = [0_u8; 4];
    for character in text.chars() {
        let (encoded, _, unmappable) = EUC_KR.encode(character.encode_utf8(&mut buffer));
        if unmappable || character.is_control() {
            continue;
        }
        let Some(rest) = left.checked_sub(encoded.len()) else {
            break;
        };
        left = rest;
        cut.push(character);
    }
    cut
}

/// The characters of a name that EUC-KR can't hold, each once, in order. The rail would lose them, and no bank's books
/// can hold them either, so a name with one is nobody's account.
pub fn lost_in_euc_kr(name: &str) -> Vec<char> {
    let mut lost = Vec::new();
    for character in name.chars() {
        if cut_euc_kr(character.encode_utf8(&mut [0; 4]), 4).is_empty() && !lost.contains(&character) {
            lost.push(character);
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_whole_characters() {
        assert_eq!(cut_euc_kr("홍길동", 20), "홍길동");
        assert_eq!(cut_euc_kr("홍길동", 5), "홍길");
        assert_eq!(cut_euc_kr("a홍길동", 6), "a홍길");
        assert_eq!(cut_euc_kr("주식회사 아주아주 긴이름상사", 20), "주식회사 아주아주 긴");
        assert_eq!(cut_euc_kr("홍😀길", 20), "홍길");
    }

    #[test]
    fn what_the_rail_would_lose_of_a_name_is_told() {
        assert_eq!(cut_euc_kr("张伟", 20), "");
        assert_eq!(lost_in_euc_kr("张伟张"), ['张', '伟']);
        assert_eq!(lost_in_euc_kr("José"), ['é']);
        assert!(lost_in_euc_kr("뷁길동 (주)핀데스크 張偉 O'Neil ㈜·").is_empty());
    }
}
