//! TheCheat's form of a sealed text: `base64(iv ‖ AES-256-CBC, PKCS7)`. It proves nothing about who wrote it; TLS does.

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};

pub(crate) struct Sealer {
    key: [u8; 32],
}

impl Sealer {
    /// 32 characters, or 64 hexadecimal digits.
    pub fn new(key: &str) -> Option<Self> {
        let bytes = if key.len() == 64 { hex::decode(key).ok()? } else { key.as_bytes().to_vec() };
        Some(Self { key: bytes.try_into().ok()? })
    }

    pub fn seal(&self, plain: &[u8], iv: [u8; 16]) -> String {
        let sealed = cbc::Encryptor::<Aes256>::new(&self.key.into(), &iv.into()).encrypt_padded_vec::<Pkcs7>(plain);
        STANDARD.encode([&iv[..], &sealed].concat())
    }

    pub fn open(&self, text: &str) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(text).ok()?;
        let (iv, sealed) = bytes.split_first_chunk::<16>()?;
        cbc::Decryptor::<Aes256>::new(&self.key.into(), iv.into()).decrypt_padded_vec::<Pkcs7>(sealed).ok()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::Sealer;

    #[test]
    fn what_was_sealed_opens_with_the_same_key_only() {
        let sealer = Sealer::new("0123456789abcdef0123456789abcdef").unwrap();
        let sealed = sealer.seal("01012345678".as_bytes(), [9; 16]);
        assert_eq!(sealer.open(&sealed).as_deref(), Some("01012345678".as_bytes()));
        let other = Sealer::new("1123456789abcdef0123456789abcdef").unwrap();
        assert_ne!(other.open(&sealed).as_deref(), Some("01012345678".as_bytes()));
    }

    /// `openssl enc -aes-256-cbc -K 30313233343536373839616263646566 (twice) -iv 09…` of the same text.
    #[test]
    fn it_is_the_cipher_everybody_means() {
        let sealer = Sealer::new("0123456789abcdef0123456789abcdef").unwrap();
        assert_eq!(sealer.seal(b"01012345678", [9; 16]), "CQkJCQkJCQkJCQkJCQkJCW5AsV6+CMrmucz2nQ0ijCY=");
    }
}
