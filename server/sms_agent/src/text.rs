//! What the carrier's character set can carry. Lengths are `domain::message`'s.

use domain::message::{SMS_BYTES, euc_kr_len};
use encoding_rs::EUC_KR;

/// Longest title, bytes. Some carriers cut at 40.
pub const TITLE_BYTES: usize = 60;

/// Characters of `text` that EUC-KR (with the extended Hangul of code page 949) can't hold, each once, in order.
/// Shown before a send, never replaced silently.
pub fn unencodable(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut buffer = [0_u8; 4];
    for character in text.chars() {
        let unmappable = EUC_KR.encode(character.encode_utf8(&mut buffer)).2;
        if unmappable && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// Does this body go as an SMS?
pub fn fits_sms(body: &str) -> bool {
    euc_kr_len(body) <= SMS_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `domain` counts is what the encoder makes.
    #[test]
    fn the_count_is_the_encoders() {
        for text in ["인증번호 123456", "뷁펲", "[PinDesk] 입금완료 50,000원\n(주)핀데스크 ①"] {
            assert_eq!(euc_kr_len(text), EUC_KR.encode(text).0.len(), "{text}");
        }
        assert!(fits_sms(&"가".repeat(45)));
        assert!(!fits_sms(&format!("{}a", "가".repeat(45))));
    }

    #[test]
    fn what_it_cannot_hold_is_named_once() {
        assert_eq!(unencodable("축하🎉합니다🎉 é ①"), ['🎉', 'é']);
        assert!(unencodable("[PinDesk] 입금완료 50,000원\n(주)핀데스크").is_empty());
    }
}
