//! Sealing columns and hashing for look-ups.
//!
//! Format of an encrypted column: `version(1) | key id(2, big endian) | nonce(12) | cipher text and tag`.
//! AES-256-GCM; the additional data binds version, key id, table, column and row, so a cipher text moved to another
//! row or column does not open. Nonces are random, so one key may seal 2³² values; rotate yearly.
//!
//! Look-ups and uniqueness of encrypted values use `HMAC-SHA256(lookup key, domain ‖ value)`. PIN space is small
//! enough to try out, so the lookup key must be as secret as the data key; the two are never the same key.

use crate::error::StoreError;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use domain::{AccountNo, ChallengeId, Phone, Pin};
use hmac::{Hmac, Mac};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Domains of the keyed hashes. Changing one makes every stored hash unfindable.
pub(crate) const PHONE: &str = "phone";
pub(crate) const ACCOUNT: &str = "account";
pub(crate) const NUMBER: &str = "pin";
const ADDRESS: &str = "address";
const CODE: &str = "otp code";

/// The only format so far.
const VERSION: u8 = 1;
const HEADER: usize = 1 + 2 + 12;
const TAG: usize = 16;

/// Thirty-two secret bytes with a number.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct NumberedKey {
    /// Number of the key, written into each sealed value; 1 or more.
    #[zeroize(skip)]
    pub id: u16,
    /// The key.
    pub bytes: [u8; 32],
}

impl fmt::Debug for NumberedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberedKey({})", self.id)
    }
}

/// Which kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Seals columns.
    Data,
    /// Hashes for look-ups.
    Lookup,
}

impl KeyPurpose {
    /// As in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Lookup => "lookup",
        }
    }
}

struct DataKey {
    id: u16,
    cipher: Aes256Gcm,
    check: [u8; 32],
}

struct LookupKey {
    id: u16,
    mac: Hmac<Sha256>,
    check: [u8; 32],
}

/// The keys in use. Cheap to clone; Debug shows numbers only; the key schedules are wiped on drop.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

struct Inner {
    /// The first is the active one.
    data: Vec<DataKey>,
    /// The first is the active one.
    lookup: Vec<LookupKey>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("data", &self.0.data.iter().map(|key| key.id).collect::<Vec<_>>())
            .field("lookup", &self.0.lookup.iter().map(|key| key.id).collect::<Vec<_>>())
            .finish()
    }
}

impl Keyring {
    /// Keys of both kinds; in each list the first is the active one, the others still open and still find. At most two
    /// lookup keys. The given bytes are wiped.
    #[expect(clippy::needless_pass_by_value, reason = "dropping the keys here wipes them")]
    pub fn new(data: Vec<NumberedKey>, lookup: Vec<NumberedKey>) -> Result<Self, StoreError> {
        for (purpose, keys) in [("data", &data), ("lookup", &lookup)] {
            if keys.is_empty() {
                return Err(StoreError::Keys { what: format!("no {purpose} key was given") });
            }
            for (at, key) in keys.iter().enumerate() {
                if key.id == 0 || keys.iter().skip(at + 1).any(|other| other.id == key.id) {
                    return Err(StoreError::Keys {
                        what: format!("{purpose} key number {} is zero or used twice", key.id),
                    });
                }
                if key.bytes.iter().all(|byte| *byte == key.bytes[0]) {
                    return Err(StoreError::Keys { what: format!("{purpose} key {} is not random", key.id) });
                }
            }
        }
        if lookup.len() > 2 {
            return Err(StoreError::Keys {
                what: "at most two lookup keys: finish one rotation before the next".into(),
            });
        }
        if data.iter().any(|data| lookup.iter().any(|lookup| lookup.bytes == data.bytes)) {
            return Err(StoreError::Keys { what: "a data key is also a lookup key".into() });
        }
        let data = data
            .iter()
            .map(|key| DataKey {
                id: key.id,
                cipher: Aes256Gcm::new(&key.bytes.into()),
                check: check_value(KeyPurpose::Data, key),
            })
            .collect();
        let lookup = lookup
            .iter()
            .map(|key| LookupKey { id: key.id, mac: keyed(&key.bytes), check: check_value(KeyPurpose::Lookup, key) })
            .collect();
        Ok(Self(Arc::new(Inner { data, lookup })))
    }

    /// Fresh random keys, number 1 each: for tests and for the sandbox.
    pub fn random() -> Result<Self, StoreError> {
        let fresh = || -> Result<NumberedKey, StoreError> {
            let mut bytes = [0; 32];
            random(&mut bytes)?;
            Ok(NumberedKey { id: 1, bytes })
        };
        Self::new(vec![fresh()?], vec![fresh()?])
    }

    /// Seals `plain` for one column of one row with the active data key.
    pub fn seal(&self, table: &str, column: &str, row_id: [u8; 16], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let key = &self.0.data[0];
        let mut nonce = [0; 12];
        random(&mut nonce)?;
        let aad = additional(key.id, table, column, row_id);
        let sealed = key
            .cipher
            .encrypt(&nonce.into(), Payload { msg: plain, aad: &aad })
            .map_err(|_| StoreError::Keys { what: "a value is too long to seal".into() })?;
        let mut out = Vec::with_capacity(HEADER + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&key.id.to_be_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what [`Keyring::seal`] made for the same table, column and row. What was erased when its time was over is
    /// [`StoreError::Erased`], anything else [`StoreError::Corrupt`].
    pub fn open(
        &self,
        table: &'static str,
        column: &str,
        row_id: [u8; 16],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let corrupt =
            |what: &str| StoreError::corrupt(table, uuid::Uuid::from_bytes(row_id), format!("{column} {what}"));
        if sealed == crate::retention::ERASED {
            let id = uuid::Uuid::from_bytes(row_id).to_string();
            return Err(StoreError::Erased { table, column: column.to_owned(), id });
        }
        let Some((id, nonce, cipher_text)) = parts(sealed) else {
            return Err(corrupt("has no known format"));
        };
        let Some(key) = self.0.data.iter().find(|key| key.id == id) else {
            return Err(corrupt(&format!("needs data key {id}, which was not given")));
        };
        let aad = additional(id, table, column, row_id);
        key.cipher
            .decrypt(&nonce.into(), Payload { msg: cipher_text, aad: &aad })
            .map_err(|_| corrupt("does not open: changed, moved or sealed with another key"))
    }

    /// Opens text.
    pub fn open_text(
        &self,
        table: &'static str,
        column: &str,
        row_id: [u8; 16],
        sealed: &[u8],
    ) -> Result<String, StoreError> {
        String::from_utf8(self.open(table, column, row_id, sealed)?).map_err(|error| {
            error.into_bytes().zeroize();
            StoreError::corrupt(table, uuid::Uuid::from_bytes(row_id), format!("{column} is not text"))
        })
    }

    /// Is this value sealed with a key that is no longer the active one?
    pub fn is_stale(&self, sealed: &[u8]) -> bool {
        parts(sealed).is_none_or(|(id, _, _)| id != self.0.data[0].id)
    }

    /// Keyed hash of a value with the active lookup key. `domain` keeps equal values of different kinds apart:
    /// a phone never equals an account number.
    pub fn hmac(&self, domain: &str, value: &[u8]) -> [u8; 32] {
        hashed(&self.0.lookup[0], domain, value)
    }

    /// The hash under every valid lookup key, the active one first. There are at most two; without a second one the
    /// first is given twice, so that a search can always say `x_hmac IN ($1, $2)`.
    pub fn hmac_all(&self, domain: &str, value: &[u8]) -> [[u8; 32]; 2] {
        let active = self.hmac(domain, value);
        [active, self.0.lookup.get(1).map_or(active, |key| hashed(key, domain, value))]
    }

    /// Rows may stand under an older lookup key.
    pub fn rotates_lookups(&self) -> bool {
        self.0.lookup.len() > 1
    }

    /// For `phone_hmac` columns.
    pub fn phone_hash(&self, phone: &Phone) -> [u8; 32] {
        self.hmac(PHONE, phone.expose().as_bytes())
    }

    /// To search `phone_hmac` columns.
    pub fn phone_hashes(&self, phone: &Phone) -> [[u8; 32]; 2] {
        self.hmac_all(PHONE, phone.expose().as_bytes())
    }

    /// For `account_no_hmac` columns: bank and number.
    pub fn account_hash(&self, bank_code: &str, account: &AccountNo) -> [u8; 32] {
        self.hmac(ACCOUNT, format!("{bank_code} {}", account.expose()).as_bytes())
    }

    /// To search `account_no_hmac` columns.
    pub fn account_hashes(&self, bank_code: &str, account: &AccountNo) -> [[u8; 32]; 2] {
        self.hmac_all(ACCOUNT, format!("{bank_code} {}", account.expose()).as_bytes())
    }

    /// What a number's keyed hash is made from: brand family and number in its normal form. Kept sealed when the number is
    /// erased; it is as secret as the number, since there are few enough numbers to try them all.
    pub fn pin_digest(family: &str, pin: &[u8]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(u64::try_from(family.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(family.as_bytes());
        digest.update(pin);
        digest.finalize().into()
    }

    /// For `pin_hmac` columns.
    pub fn pin_hash(&self, family: &str, pin: &Pin) -> [u8; 32] {
        self.hmac(NUMBER, &Self::pin_digest(family, pin.expose().as_bytes()))
    }

    /// To search `pin_hmac` columns.
    pub fn pin_hashes(&self, family: &str, pin: &Pin) -> [[u8; 32]; 2] {
        self.hmac_all(NUMBER, &Self::pin_digest(family, pin.expose().as_bytes()))
    }

    /// What stands in `pin_hmac` of numbers sold before their hash was made from a digest (until 2026-11-22): such a row is
    /// live like any other, so whoever sells its number again is looked for under these too. A rotation makes them new.
    pub fn pin_hashes_before_digests(&self, family: &str, pin: &[u8]) -> [[u8; 32]; 2] {
        let mut value = Zeroizing::new(Vec::with_capacity(family.len() + 1 + pin.len()));
        value.extend_from_slice(family.as_bytes());
        value.push(b' ');
        value.extend_from_slice(pin);
        self.hmac_all(NUMBER, &value)
    }

    /// For `address_hmac` columns.
    pub fn address_hash(&self, address: IpAddr) -> [u8; 32] {
        self.hmac(ADDRESS, network(address).as_bytes())
    }

    /// To search `address_hmac` columns.
    pub fn address_hashes(&self, address: IpAddr) -> [[u8; 32]; 2] {
        self.hmac_all(ADDRESS, network(address).as_bytes())
    }

    /// To search `address_hmac` columns by an address as it is written; what is no address counts as it stands.
    pub fn address_text_hashes(&self, address: &str) -> [[u8; 32]; 2] {
        match address.parse::<IpAddr>() {
            Ok(address) => self.address_hashes(address),
            Err(_) => self.hmac_all(ADDRESS, address.as_bytes()),
        }
    }

    /// For `otp_challenges.code_hmac`: bound to its challenge, so that equal codes are not seen to be equal.
    pub fn code_hash(&self, challenge: ChallengeId, code: &str) -> [u8; 32] {
        self.code_hashes(challenge, code)[0]
    }

    /// To try a code: one sent just before the lookup key changed is good too.
    pub fn code_hashes(&self, challenge: ChallengeId, code: &str) -> [[u8; 32]; 2] {
        let mut value = Zeroizing::new(Vec::with_capacity(16 + code.len()));
        value.extend_from_slice(&challenge.bytes());
        value.extend_from_slice(code.as_bytes());
        self.hmac_all(CODE, &value)
    }

    /// Number of the key that seals, or hashes.
    pub fn active(&self, purpose: KeyPurpose) -> u16 {
        match purpose {
            KeyPurpose::Data => self.0.data[0].id,
            KeyPurpose::Lookup => self.0.lookup[0].id,
        }
    }

    /// Numbers of all keys given, the active one first.
    pub fn numbers(&self, purpose: KeyPurpose) -> Vec<u16> {
        match purpose {
            KeyPurpose::Data => self.0.data.iter().map(|key| key.id).collect(),
            KeyPurpose::Lookup => self.0.lookup.iter().map(|key| key.id).collect(),
        }
    }

    /// Are there two lookup keys, so that equal values may stand under different hashes?
    pub fn is_rehashing(&self) -> bool {
        self.0.lookup.len() > 1
    }

    /// Numbers and check values of all keys, the active one of each purpose first.
    pub(crate) fn checks(&self) -> impl Iterator<Item = (KeyPurpose, u16, [u8; 32], bool)> + '_ {
        let data = self.0.data.iter().enumerate().map(|(at, key)| (KeyPurpose::Data, key.id, key.check, at == 0));
        let lookup = self.0.lookup.iter().enumerate().map(|(at, key)| (KeyPurpose::Lookup, key.id, key.check, at == 0));
        data.chain(lookup)
    }
}

/// Fills `bytes` from the operating system.
#[expect(clippy::disallowed_methods, reason = "nonces and keys are never chance that a test may set")]
pub fn random(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes)
        .map_err(|error| StoreError::Keys { what: format!("the system gives no randomness: {error}") })
}

fn parts(sealed: &[u8]) -> Option<(u16, [u8; 12], &[u8])> {
    let (header, cipher_text) = sealed.split_at_checked(HEADER)?;
    if header[0] != VERSION || cipher_text.len() < TAG {
        return None;
    }
    let id = u16::from_be_bytes([header[1], header[2]]);
    Some((id, header[3..].try_into().ok()?, cipher_text))
}

/// What the tag covers besides the text: version, key id, row, and table and column with their lengths.
fn additional(key_id: u16, table: &str, column: &str, row_id: [u8; 16]) -> Vec<u8> {
    let mut aad = Vec::with_capacity(1 + 2 + 16 + 16 + table.len() + column.len());
    aad.push(VERSION);
    aad.extend_from_slice(&key_id.to_be_bytes());
    aad.extend_from_slice(&row_id);
    for part in [table.as_bytes(), column.as_bytes()] {
        aad.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        aad.extend_from_slice(part);
    }
    aad
}

/// What counts as one visitor: an IPv4 address, or an IPv6 /64, of which one visitor has 2⁶⁴ addresses.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn hashed(key: &LookupKey, domain: &str, value: &[u8]) -> [u8; 32] {
    let mut mac = key.mac.clone();
    mac.update(&u64::try_from(domain.len()).unwrap_or(u64::MAX).to_be_bytes());
    mac.update(domain.as_bytes());
    mac.update(value);
    mac.finalize().into_bytes().into()
}

fn keyed(bytes: &[u8; 32]) -> Hmac<Sha256> {
    // A SHA-256 block takes any 32 bytes: from a fixed-size key this can't fail.
    Hmac::new(&{
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(bytes);
        block
    })
}

/// Says "same key" without saying which: kept in `encryption_keys`.
fn check_value(purpose: KeyPurpose, key: &NumberedKey) -> [u8; 32] {
    let mut mac = keyed(&key.bytes);
    mac.update(b"pindesk key check v1\0");
    mac.update(purpose.as_str().as_bytes());
    mac.update(&key.id.to_be_bytes());
    mac.finalize().into_bytes().into()
}
