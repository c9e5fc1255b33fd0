//! A message that is about to be written, sealed before any transaction begins.

use crate::{ServiceError, Services};
use domain::{Channel, Lang, MessageId, MessageKind, OutboxId, OutboxKind, Phone, Timestamp, Won};
use store::messages::{self, NewMessage};
use store::orders::{self, Order};
use store::outbox::Work;
use store::{Keyring, StoreError, Tx};

/// Crockford's base 32, as ULIDs use it.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A sealed message and the work of sending it.
#[derive(Clone, Debug)]
pub struct Draft {
    message: NewMessage,
    work: Work,
}

impl Draft {
    /// Seals a message. `unique_key` keeps it from being written twice.
    ///
    /// Errors: [`ServiceError::Internal`] when the text is longer than an LMS carries.
    pub fn new(
        services: &Services,
        kind: MessageKind,
        subject: [u8; 16],
        unique_key: String,
        phone: &Phone,
        body: &str,
        now: Timestamp,
    ) -> Result<Self, ServiceError> {
        let channel = Channel::for_text(body)
            .ok_or_else(|| ServiceError::Internal(format!("a message of kind {kind} is too long")))?;
        let bytes = services.chance.id(now);
        let keys = &services.keys;
        let message = NewMessage {
            id: MessageId::from_bytes(bytes),
            client_key: client_key(bytes),
            kind,
            subject_id: subject,
            unique_key,
            channel,
            phone_enc: keys.seal(messages::TABLE, "phone_enc", bytes, phone.expose().as_bytes())?,
            phone_hmac: keys.phone_hash(phone).to_vec(),
            body_enc: keys.seal(messages::TABLE, "body_enc", bytes, body.as_bytes())?,
            created_at: now,
        };
        let work = Work {
            id: OutboxId::from_bytes(services.chance.id(now)),
            kind: OutboxKind::SendMessage,
            subject: bytes,
            unique_key: hex::encode(bytes),
            run_at: now,
        };
        Ok(Self { message, work })
    }

    /// A message to an order's customer, once per order and kind.
    pub(crate) fn of_order(
        services: &Services,
        order: &Order,
        kind: MessageKind,
        body: &str,
        now: Timestamp,
    ) -> Result<Self, ServiceError> {
        let phone = phone_of(&services.keys, order)?;
        let unique_key = format!("{kind}:{}", hex::encode(order.id.bytes()));
        Self::new(services, kind, order.id.bytes(), unique_key, &phone, body, now)
    }

    /// Writes messages; the work that sends them is to be put into the outbox in the same transaction. There is none
    /// for one that was written before.
    pub async fn write(tx: &mut Tx, drafts: &[&Self]) -> Result<Vec<Work>, StoreError> {
        let rows: Vec<&NewMessage> = drafts.iter().map(|draft| &draft.message).collect();
        let written = messages::insert_many(tx, &rows).await?;
        Ok(drafts.iter().filter(|draft| written.contains(&draft.message.id)).map(|draft| draft.work.clone()).collect())
    }
}

/// The phone of an order.
fn phone_of(keys: &Keyring, order: &Order) -> Result<Phone, ServiceError> {
    let digits = keys.open_text(orders::TABLE, "phone_enc", order.id.bytes(), &order.phone_enc)?;
    Phone::parse(&digits).map_err(|_| ServiceError::Internal(format!("order {} has no phone", order.id)))
}

/// An amount as the agent can carry it: EUC-KR has no won sign of the Unicode kind.
pub(crate) fn sms_won(amount: Won, lang: Lang) -> String {
    match lang {
        Lang::Ko => amount.fmt_ko(),
        Lang::En => format!("KRW {amount}"),
    }
}

/// Twenty-eight characters the agent and the hub take: `PD` and the row's id.
fn client_key(id: [u8; 16]) -> String {
    let number = u128::from_be_bytes(id);
    let mut key = String::from("PD");
    for place in (0..26).rev() {
        let digit = usize::try_from((number >> (5 * place)) & 31).unwrap_or(0);
        key.push(char::from(ALPHABET[digit]));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::client_key;

    #[test]
    fn every_id_has_its_own_key_of_28_characters() {
        let (low, high) = (client_key([0; 16]), client_key([255; 16]));
        assert_eq!((low.len(), high.len()), (28, 28));
        assert_ne!(client_key([1; 16]), client_key([2; 16]));
        assert!(high.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
