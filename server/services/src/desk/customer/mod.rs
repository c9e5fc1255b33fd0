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
use serde_json::{Value, json};
use store::people::Phones;

/// A person's page stays open for so long.
const OPEN_FOR: Span = Span::hours(1);
/// What a token is sealed for; no column.
const TOKEN: (&str, &str) = ("customer_page", "token");

/// What a person is called in the audit log.
const TARGET: &str = "customer";

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

    /// The person in the audit log: a piece of a keyed hash, the same for the same phone, and nothing to call. Under another
    /// look-up key it is another one.
    pub fn target(&self, services: &Services) -> (&'static str, String) {
        let [mark, _] = self.marks(services);
        (TARGET, mark)
    }

    /// Under the active key, and under the one before as long as it is given.
    fn marks(&self, services: &Services) -> [String; 2] {
        self.phones(services).map(|hash| hex::encode(hash.get(..8).unwrap_or_default()))
    }

    /// The same as the log is asked for it: what names the lines about this person, old and new.
    pub fn targets(&self, services: &Services) -> Vec<String> {
        let mut targets = self.marks(services).map(|mark| format!("{TARGET}:{mark}")).to_vec();
        targets.dedup();
        targets
    }

    /// For the line that says who was looked for: what names the person in lines from before. When the older key is gone nobody
    /// can make it any more, and this line still leads there.
    pub fn also_named(&self, services: &Services) -> Value {
        let [mark, older] = self.marks(services);
        if mark == older { json!({}) } else { json!({ "older_mark": older }) }
    }
}
