//! Keyed hashes by seed: what the journal holds instead of numbers and names. A test that knows the seed can make
//! the same ones.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The sandbox's hashing key.
#[derive(Clone)]
pub struct Hasher {
    key: [u8; 32],
}

impl Hasher {
    pub fn new(seed: u64) -> Self {
        Self { key: Sha256::digest(format!("pindesk-sandbox|{seed}").as_bytes()).into() }
    }

    fn mac(&self, kind: &str, parts: &[&[u8]]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            return [0; 32];
        };
        mac.update(kind.as_bytes());
        for part in parts {
            mac.update(b"|");
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// 32 hex digits.
    pub fn tag(&self, kind: &str, parts: &[&[u8]]) -> String {
        hex::encode(self.mac(kind, parts).get(..16).unwrap_or_default())
    }

    /// A number that looks like chance and is not.
    pub fn number(&self, kind: &str, parts: &[&[u8]]) -> u64 {
        self.mac(kind, parts).iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
    }
}

/// `v1=…` of the issuer contract; see docs/partners/issuer-bridge.md. Written again here on purpose: a partner does
/// not share our code.
pub fn contract_signature(secret: &str, time: &str, method: &str, path: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{time}.{method}.{path}.").as_bytes());
    mac.update(body);
    format!("v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Last four characters.
pub fn last4(text: &str) -> String {
    let mut tail: Vec<char> = text.chars().rev().take(4).collect();
    tail.reverse();
    tail.into_iter().collect()
}

/// The last five characters hidden, as on every screen.
pub fn masked_account(account: &str) -> String {
    let shown = account.len().saturating_sub(5);
    account.chars().enumerate().map(|(at, c)| if at < shown { c } else { '*' }).collect()
}

/// `010-1234-****`.
pub fn masked_phone(phone: &str) -> String {
    let shown = phone.len().saturating_sub(4);
    phone.chars().enumerate().map(|(at, c)| if at < shown { c } else { '*' }).collect()
}
