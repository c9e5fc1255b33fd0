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
}
