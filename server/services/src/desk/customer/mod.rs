//! A person's page, by their phone; what we hold of them as a file; erasing them under the rules; their own wishes.
//!
//! A person has no account here: the phone is the person. A page is named by a token in which the phone is sealed for the
//! one member of staff who gave a reason to look: a link copied to a colleague opens nothing.

mod erase;
mod export;
mod find;
mod page;
mod wish;

pub use erase::{answer_request, erase, hold, lift};
pub use export::export;
pub use find::{find, from_request};
pub use page::{desk, open};
pub use wish::{MyData, my_data, wish};

use crate::{ServiceError, Services, Staff};
use domain::{Phone, Span, Timestamp};
use store::people::Phones;

/// A person's page stays open for so long.
const OPEN_FOR: Span = Span::hours(1);
/// What a token is sealed for; no column.
const TOKEN: (&str, &str) = ("customer_page", "token");

/// Whose page, and why.
pub(super) struct Person {
    pub phone: Phone,
    pub reason: String,
}

impl Person {
    /// The page's name in its address.
    pub fn token(&self, services: &Services, staff: &Staff) -> Result<String, ServiceError> {
        let until = services.clock.now().plus(OPEN_FOR).micros();
        let plain = format!("{until}\n{}\n{}", self.phone.expose(), self.reason);
        Ok(hex::encode(services.keys.seal(TOKEN.0, TOKEN.1, staff.user.bytes(), plain.as_bytes())?))
    }

    /// The other way round.
    ///
    /// Errors: [`ServiceError::NotFound`] for a token of somebody else, an old one, or none.
    pub fn of(services: &Services, staff: &Staff, token: &str) -> Result<Self, ServiceError> {
        let sealed = hex::decode(token).map_err(|_| ServiceError::NotFound)?;
        let plain = services.keys.open_text(TOKEN.0, TOKEN.1, staff.user.bytes(), &sealed);
        let plain = plain.map_err(|_| ServiceError::NotFound)?;
        let mut parts = plain.splitn(3, '\n');
        let until = parts.next().and_then(|until| until.parse().ok()).map(Timestamp::from_micros);
        if until.is_none_or(|until| until < services.clock.now()) {
            return Err(ServiceError::NotFound);
        }
        let phone = parts.next().and_then(|phone| Phone::parse(phone).ok()).ok_or(ServiceError::NotFound)?;
        Ok(Self { phone, reason: parts.next().unwrap_or_default().to_owned() })
    }

    pub fn phones(&self, services: &Services) -> Phones {
        services.keys.phone_hashes(&self.phone)
    }

    /// The person in the audit log: a piece of a keyed hash, the same for the same phone, and nothing to call.
    pub fn target(&self, services: &Services) -> (&'static str, String) {
        let hash = services.keys.phone_hash(&self.phone);
        ("customer", hex::encode(hash.get(..8).unwrap_or_default()))
    }
}
