//! By what an order is known to the block list, under every valid lookup key.

use super::assess::Hashes;
use crate::erased::if_kept;
use crate::order::{account_of, phone_of};
use crate::shop::address_hashes;
use crate::{ServiceError, Services};
use domain::risk::Subject;
use store::orders::{Order, TABLE};
use store::risk::Subjects;

/// As stored; and while lookup keys rotate, under the other one too, from what is sealed. A device has nothing sealed and
/// is known under its stored hash only.
pub(crate) fn hashes_of(
    services: &Services,
    order: &Order,
    subjects: &Subjects,
) -> Result<Vec<(Subject, [u8; 32])>, ServiceError> {
    let fixed = |stored: &[u8]| -> Result<[u8; 32], ServiceError> {
        stored.try_into().map_err(|_| ServiceError::Internal(format!("a hash of order {} is cut", order.id)))
    };
    let mut found = vec![
        (Subject::Phone, fixed(&subjects.phone)?),
        (Subject::Account, fixed(&subjects.account)?),
        (Subject::Address, fixed(&subjects.address)?),
    ];
    if let Some(device) = &subjects.device {
        found.push((Subject::Device, fixed(device)?));
    }
    let keys = &services.keys;
    let [active, old] = keys.hmac_all("rotation", b"");
    // Whoever was erased is known under nothing any more.
    let person = if_kept(phone_of(services, order))?;
    if let (true, Some(phone)) = (active != old, person) {
        let address = keys.open_text(TABLE, "address_enc", order.id.bytes(), &subjects.address_enc)?;
        let more: [(Subject, Hashes); 3] = [
            (Subject::Phone, keys.phone_hashes(&phone)),
            (Subject::Account, keys.account_hashes(&order.bank_code, &account_of(services, order)?)),
            (Subject::Address, address_hashes(services, &address)),
        ];
        for (kind, hashes) in more {
            // A person who was taken out of every look-up has hashes of nothing, and stays out.
            if found.iter().any(|(of, hash)| *of == kind && hashes.contains(hash)) {
                found.extend(hashes.map(|hash| (kind, hash)));
            }
        }
        found.sort_unstable();
        found.dedup();
    }
    Ok(found)
}
