//! Small things the customer-facing use cases share.

use crate::{Actor, ServiceError, Services, Visitor};
use sha2::{Digest as _, Sha256};

/// The visitor; staff and the system sell nothing and look nothing up.
pub(crate) fn visitor(actor: &Actor) -> Result<&Visitor, ServiceError> {
    match actor {
        Actor::Visitor(visitor) => Ok(visitor),
        Actor::Staff(_) | Actor::System { .. } => Err(ServiceError::Forbidden),
    }
}

/// What is stored of a random token that somebody else keeps.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new random token: 256 bits, 64 hexadecimal digits.
pub(crate) fn new_token(services: &Services) -> String {
    hex::encode(services.chance.bytes::<32>())
}

/// The visitor's address, hashed to be looked for. What is no address counts as itself.
pub(crate) fn address_hashes(services: &Services, address: &str) -> [[u8; 32]; 2] {
    services.keys.address_text_hashes(address)
}

/// At most so many characters, without control characters: what is kept of a typed field.
pub(crate) fn kept(typed: &str, max: usize) -> String {
    typed.chars().filter(|c| !c.is_control()).take(max).collect()
}

/// Holds back every other transaction that counts the same hashed values, so that "count, then insert" is one act.
pub(crate) async fn one_at_a_time(tx: &mut store::Tx, hashes: &[[u8; 32]]) -> Result<(), ServiceError> {
    let mut keys: Vec<i64> =
        hashes.iter().filter_map(|hash| hash.first_chunk::<8>().map(|head| i64::from_be_bytes(*head))).collect();
    // Always in the same order, so that two transactions can't wait for each other.
    keys.sort_unstable();
    for key in keys {
        store::dialect::advisory_lock(tx, key).await?;
    }
    Ok(())
}
