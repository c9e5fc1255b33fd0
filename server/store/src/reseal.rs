//! Sealing and hashing anew: every table that holds something of a key, and how one of its rows passes to the active keys.
//!
//! What is opened here is never kept: a row comes in as stored and goes out as it must be stored. A row is written only
//! when it still is what was read, so whoever changed it meanwhile is not undone; they wrote under the active keys.

use crate::crypto::{Keyring, NUMBER};
use crate::db::{Conn, Tx};
use crate::dialect::locking;
use crate::retention::ERASED;
use crate::{StoreError, on, sql};
use domain::Timestamp;
use sqlx::Row as _;
use uuid::Uuid;
use zeroize::Zeroizing;

/// From what a keyed hash is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The sealed column of this place holds a phone.
    Phone(usize),
    /// The sealed column of this place holds an account, the row's word is its bank.
    Account(usize),
    /// The sealed column of this place holds a network address.
    Address(usize),
    /// The sealed column of this place holds what is blocked, the row's word says what kind that is.
    Blocked(usize),
    /// A voucher's number, and its digest where the number is erased; the row's word is its family.
    Number {
        /// Place of the number.
        number: usize,
        /// Place of the digest.
        digest: usize,
    },
    /// The phone of the row's order.
    OrdersPhone,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The table.
    pub name: &'static str,
    /// Rows read at a time, and written in one transaction.
    pub batch: u32,
    /// Sealed columns.
    pub sealed: &'static [&'static str],
    /// Keyed hashes, and what they are made from.
    pub hashed: &'static [(&'static str, Of)],
    shape: Shape,
    page: &'static str,
    count: &'static str,
    write: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Key, word, sealed columns, hashes.
    Plain,
    /// The key is a hash, of which the first half names the row when it is sealed.
    ByHash,
    /// The phone comes from the order.
    OfOrder,
}

macro_rules! sql_of {
    ("legal_holds", page) => {
        sql!("reseal/legal_holds_page.sql")
    };
    ("legal_holds", count) => {
        sql!("reseal/legal_holds_count.sql")
    };
    ("legal_holds", write) => {
        sql!("reseal/legal_holds_write.sql")
    };
    ("risk_blocks", page) => {
        sql!("reseal/risk_blocks_page.sql")
    };
    ("risk_blocks", count) => {
        sql!("reseal/risk_blocks_count.sql")
    };
    ("risk_blocks", write) => {
        sql!("reseal/risk_blocks_write.sql")
    };
    ("users", page) => {
        sql!("reseal/users_page.sql")
    };
    ("users", count) => {
        sql!("reseal/users_count.sql")
    };
    ("users", write) => {
        sql!("reseal/users_write.sql")
    };
    ("orders", page) => {
        sql!("reseal/orders_page.sql")
    };
    ("orders", count) => {
        sql!("reseal/orders_count.sql")
    };
    ("orders", write) => {
        sql!("reseal/orders_write.sql")
    };
    ("order_items", page) => {
        sql!("reseal/order_items_page.sql")
    };
    ("order_items", count) => {
        sql!("reseal/order_items_count.sql")
    };
    ("order_items", write) => {
        sql!("reseal/order_items_write.sql")
    };
    ("payouts", page) => {
        sql!("reseal/payouts_page.sql")
    };
    ("payouts", count) => {
        sql!("reseal/payouts_count.sql")
    };
    ("payouts", write) => {
        sql!("reseal/payouts_write.sql")
    };
    ("messages", page) => {
        sql!("reseal/messages_page.sql")
    };
    ("messages", count) => {
        sql!("reseal/messages_count.sql")
    };
    ("messages", write) => {
        sql!("reseal/messages_write.sql")
    };
    ("inquiries", page) => {
        sql!("reseal/inquiries_page.sql")
    };
    ("inquiries", count) => {
        sql!("reseal/inquiries_count.sql")
    };
    ("inquiries", write) => {
        sql!("reseal/inquiries_write.sql")
    };
    ("person_requests", page) => {
        sql!("reseal/person_requests_page.sql")
    };
    ("person_requests", count) => {
        sql!("reseal/person_requests_count.sql")
    };
    ("person_requests", write) => {
        sql!("reseal/person_requests_write.sql")
    };
    ("privacy_consents", page) => {
        sql!("reseal/privacy_consents_page.sql")
    };
    ("privacy_consents", count) => {
        sql!("reseal/privacy_consents_count.sql")
    };
    ("privacy_consents", write) => {
        sql!("reseal/privacy_consents_write.sql")
    };
    ("otp_challenges", page) => {
        sql!("reseal/otp_challenges_page.sql")
    };
    ("otp_challenges", count) => {
        sql!("reseal/otp_challenges_count.sql")
    };
    ("otp_challenges", write) => {
        sql!("reseal/otp_challenges_write.sql")
    };
    ("sell_drafts", page) => {
        sql!("reseal/sell_drafts_page.sql")
    };
    ("sell_drafts", count) => {
        sql!("reseal/sell_drafts_count.sql")
    };
    ("sell_drafts", write) => {
        sql!("reseal/sell_drafts_write.sql")
    };
    ("web_sessions", page) => {
        sql!("reseal/web_sessions_page.sql")
    };
    ("web_sessions", count) => {
        sql!("reseal/web_sessions_count.sql")
    };
    ("web_sessions", write) => {
        sql!("reseal/web_sessions_write.sql")
    };
    ("order_notes", page) => {
        sql!("reseal/order_notes_page.sql")
    };
    ("order_notes", count) => {
        sql!("reseal/order_notes_count.sql")
    };
    ("order_notes", write) => {
        sql!("reseal/order_notes_write.sql")
    };
    ("manual_proofs", page) => {
        sql!("reseal/manual_proofs_page.sql")
    };
    ("manual_proofs", count) => {
        sql!("reseal/manual_proofs_count.sql")
    };
    ("manual_proofs", write) => {
        sql!("reseal/manual_proofs_write.sql")
    };
}

macro_rules! part {
    ($table:tt, $shape:ident, $batch:literal, [$($sealed:literal),*], [$(($hash:literal, $of:expr)),*]) => {
        Part {
            name: $table,
            batch: $batch,
            sealed: &[$($sealed),*],
            hashed: &[$(($hash, $of)),*],
            shape: Shape::$shape,
            page: sql_of!($table, page),
            count: sql_of!($table, count),
            write: sql_of!($table, write),
        }
    };
}

/// Holds first: where a hold has nothing sealed, whom it is about is learned from rows that still have the hash it has.
pub const PARTS: &[Part] = &[
    part!("legal_holds", Plain, 100, ["phone_enc"], [("phone_hmac", Of::Phone(0))]),
    part!("risk_blocks", Plain, 100, ["value_enc"], [("value_hmac", Of::Blocked(0))]),
    part!("users", Plain, 50, ["totp_enc"], []),
    part!(
        "orders",
        Plain,
        100,
        ["name_enc", "phone_enc", "account_no_enc", "holder_enc", "address_enc"],
        [("phone_hmac", Of::Phone(1)), ("account_no_hmac", Of::Account(2)), ("address_hmac", Of::Address(4))]
    ),
    part!(
        "order_items",
        Plain,
        100,
        ["pin_enc", "companion_enc", "pin_digest_enc"],
        [("pin_hmac", Of::Number { number: 0, digest: 2 })]
    ),
    part!("payouts", Plain, 100, ["account_no_enc", "holder_enc"], [("account_no_hmac", Of::Account(0))]),
    part!("messages", Plain, 100, ["phone_enc", "body_enc"], [("phone_hmac", Of::Phone(0))]),
    part!("inquiries", Plain, 100, ["name_enc", "phone_enc", "body_enc", "note_enc"], [("phone_hmac", Of::Phone(1))]),
    part!("person_requests", Plain, 100, ["phone_enc"], [("phone_hmac", Of::Phone(0))]),
    part!("privacy_consents", OfOrder, 100, [], [("phone_hmac", Of::OrdersPhone)]),
    part!("otp_challenges", Plain, 100, ["phone_enc"], [("phone_hmac", Of::Phone(0))]),
    part!("sell_drafts", Plain, 50, ["data_enc"], []),
    part!("web_sessions", ByHash, 100, ["data_enc"], []),
    part!("order_notes", Plain, 100, ["body_enc"], []),
    part!("manual_proofs", Plain, 2, ["name_enc", "body_enc"], []),
];

/// What nobody writes anew, column by column, and why that is fine. A test holds this list and [`PARTS`] against the schema.
pub const LEFT_ALONE: &[(&str, &str, &str)] = &[
    ("export_chunks", "data_enc", "gone a day after the export; waited for"),
    ("otp_challenges", "address_hmac", "the address is not kept; counted for a day, waited for"),
    ("otp_challenges", "code_hmac", "a code is good for minutes and tried under both keys"),
    ("otp_challenges", "proof_hash", "no key in it: a hash of a random token"),
    ("inquiries", "address_hmac", "the address is not kept; counted for a day, waited for"),
    ("sign_in_tries", "login_hmac", "counted for a month, waited for"),
    ("sign_in_tries", "address_hmac", "counted for a month, waited for"),
    ("idempotency_keys", "key_hash", "a repeat comes within minutes; later its quote is used already"),
    ("idempotency_keys", "body_hash", "a repeat comes within minutes; later its quote is used already"),
    ("orders", "device_hmac", "nothing of the device is kept; counted for a month, waited for"),
    ("web_sessions", "id_hash", "no key in it: a hash of a random cookie"),
    ("web_sessions", "address_hmac", "never written"),
    ("web_sessions", "agent_hmac", "never written"),
    ("sell_drafts", "token_hash", "no key in it: a hash of a random token"),
    ("invitations", "token_hash", "no key in it: a hash of a random token"),
    ("recovery_codes", "code_hash", "keyed, but the code is not kept: whoever has some makes new ones, waited for"),
    ("users", "password_hash", "no key in it: argon2id"),
    ("privacy_consents", "text_hash", "no key in it: a hash of a text anybody may read"),
];

/// Are rows of this table found by somebody's phone?
pub fn is_by_phone(part: &Part) -> bool {
    part.hashed.iter().any(|(_, of)| matches!(of, Of::Phone(_) | Of::OrdersPhone))
}

/// A row as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its key.
    pub key: Vec<u8>,
    word: String,
    sealed: Vec<Option<Vec<u8>>>,
    hashed: Vec<Option<Vec<u8>>>,
    source: Option<(Uuid, Vec<u8>)>,
}

/// What must become of a row.
#[derive(Clone, Debug)]
pub enum Anew {
    /// It stands under the active keys already, or nothing of it does.
    Same,
    /// To be written.
    Changed(Box<Change>),
}

/// A row as it must be stored.
#[derive(Clone, Debug)]
pub struct Change {
    sealed: Vec<Option<Vec<u8>>>,
    hashed: Vec<Option<Vec<u8>>>,
}

/// Rows after `position`, in the order of their keys.
pub async fn page(conn: impl Into<Conn<'_>>, part: &Part, position: Option<&[u8]>) -> Result<Vec<Stored>, StoreError> {
    let by_hash = part.shape == Shape::ByHash;
    let none = [0_u8; 16];
    let from = position.unwrap_or(if by_hash { &[] } else { &none });
    Ok(on!(conn, |c| {
        let query = sqlx::query(part.page);
        let query = if by_hash { query.bind(from.to_vec()) } else { query.bind(id_of(part, from)?) };
        let rows = query.bind(i64::from(part.batch)).fetch_all(&mut *c).await?;
        let mut stored = Vec::with_capacity(rows.len());
        for row in rows {
            let key =
                if by_hash { row.try_get::<Vec<u8>, _>(0)? } else { row.try_get::<Uuid, _>(0)?.into_bytes().to_vec() };
            let column = |at: usize| row.try_get::<Option<Vec<u8>>, _>(at + 2);
            let sealed = (0..part.sealed.len()).map(column).collect::<Result<Vec<_>, _>>()?;
            let first = part.sealed.len();
            let hashed = (first..first + part.hashed.len()).map(column).collect::<Result<Vec<_>, _>>()?;
            let source = match part.shape {
                Shape::OfOrder => Some((row.try_get("source")?, row.try_get("source_enc")?)),
                _ => None,
            };
            stored.push(Stored { key, word: row.try_get("word")?, sealed, hashed, source });
        }
        stored
    }))
}

/// How many rows the table has.
pub async fn count(conn: impl Into<Conn<'_>>, part: &Part) -> Result<i64, StoreError> {
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(part.count).fetch_one(&mut *c).await?))
}

/// Writes a row that still is what was read; `false` when it isn't, or when somebody holds it at this moment.
///
/// Errors: [`StoreError::Unique`] when the hash is another row's already.
pub async fn write(tx: &mut Tx, part: &Part, was: &Stored, change: &Change) -> Result<bool, StoreError> {
    Ok(on!(&mut *tx, |c| {
        let query = sqlx::query(locking(c, part.write));
        let query =
            if part.shape == Shape::ByHash { query.bind(was.key.clone()) } else { query.bind(id_of(part, &was.key)?) };
        let columns = [&change.sealed, &change.hashed, &was.sealed, &was.hashed];
        let query = columns.into_iter().flatten().fold(query, |query, value| query.bind(value.clone()));
        query.execute(&mut *c).await?.rows_affected() == 1
    }))
}

/// The phone behind a hold that has nothing sealed, from a row that has it.
pub async fn hold_source(
    conn: impl Into<Conn<'_>>,
    keys: &Keyring,
    hold: &Stored,
) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let Some(Some(hash)) = hold.hashed.first() else { return Ok(None) };
    let found = on!(conn, |c| sqlx::query_as::<_, (String, Uuid, Vec<u8>)>(sql!("reseal/hold_source.sql"))
        .bind(hash.as_slice())
        .fetch_optional(&mut *c)
        .await?);
    let Some((place, id, sealed)) = found else { return Ok(None) };
    let Some(table) = ["orders", "inquiries", "messages"].into_iter().find(|table| *table == place) else {
        return Ok(None);
    };
    keys.open(table, "phone_enc", id.into_bytes(), &sealed).map(|plain| Some(Zeroizing::new(plain)))
}

impl Stored {
    /// Has this hold nothing sealed?
    pub fn is_bare(&self, part: &Part) -> bool {
        part.name == "legal_holds" && self.sealed.iter().all(Option::is_none)
    }

    /// Gives a hold the phone it is about.
    pub fn learn(&mut self, keys: &Keyring, part: &Part, phone: &[u8]) -> Result<Anew, StoreError> {
        let row = row_of(part, &self.key);
        let sealed = keys.seal(part.name, "phone_enc", row, phone)?;
        let hashed = vec![keys.again(Of::Phone(0), "", phone, self.hashed.first().and_then(Option::as_deref))];
        Ok(Anew::Changed(Box::new(Change { sealed: vec![Some(sealed)], hashed })))
    }

    /// The row under the active keys. What was erased, and a hash nobody's value makes any more, stays what it is.
    ///
    /// Errors: [`StoreError::Corrupt`] when something of it does not open.
    pub fn anew(&self, keys: &Keyring, part: &Part) -> Result<Anew, StoreError> {
        let row = row_of(part, &self.key);
        let (mut plain, mut sealed) = (Vec::with_capacity(part.sealed.len()), Vec::with_capacity(part.sealed.len()));
        let mut changed = false;
        for (column, value) in part.sealed.iter().zip(&self.sealed) {
            let Some(value) = value.as_ref().filter(|value| value.as_slice() != ERASED) else {
                plain.push(None);
                sealed.push(value.clone());
                continue;
            };
            let text = Zeroizing::new(keys.open(part.name, column, row, value)?);
            let stale = keys.is_stale(value);
            sealed.push(Some(if stale { keys.seal(part.name, column, row, &text)? } else { value.clone() }));
            changed |= stale;
            plain.push(Some(text));
        }
        let source = match &self.source {
            Some((id, value)) if value.as_slice() != ERASED => {
                Some(Zeroizing::new(keys.open("orders", "phone_enc", id.into_bytes(), value)?))
            }
            _ => None,
        };
        let mut hashed = Vec::with_capacity(part.hashed.len());
        for ((_, of), value) in part.hashed.iter().zip(&self.hashed) {
            let at = |place: usize| plain.get(place).and_then(Option::as_ref);
            let from = match of {
                Of::Phone(place) | Of::Account(place) | Of::Address(place) | Of::Blocked(place) => at(*place).cloned(),
                Of::Number { number, digest } => match (at(*digest), at(*number)) {
                    (Some(digest), _) => Some(digest.clone()),
                    (None, Some(number)) => Some(Zeroizing::new(Keyring::pin_digest(&self.word, number).to_vec())),
                    (None, None) => None,
                },
                Of::OrdersPhone => source.clone(),
            };
            let new = match (from, value) {
                (Some(from), Some(value)) => keys.again(*of, &self.word, &from, Some(value)),
                // Erased before digests were kept: under which key its hash is can't be told.
                (None, Some(_)) if matches!(of, Of::Number { .. }) && keys.is_rehashing() => {
                    return Err(StoreError::corrupt(
                        part.name,
                        Uuid::from_bytes(row),
                        "the number is erased without a digest",
                    ));
                }
                (_, value) => value.clone(),
            };
            changed |= new != *value;
            hashed.push(new);
        }
        Ok(if changed { Anew::Changed(Box::new(Change { sealed, hashed })) } else { Anew::Same })
    }
}

impl Change {
    /// The same with the hashes left as they were: for a row whose new hash is another row's already.
    #[must_use]
    pub fn without_hashes(mut self, was: &Stored) -> Self {
        self.hashed.clone_from(&was.hashed);
        self
    }

    /// Is there nothing to write?
    pub fn is_same(&self, was: &Stored) -> bool {
        self.sealed == was.sealed && self.hashed == was.hashed
    }
}

/// What still stands under an older key and goes by itself: so many rows, by what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Pieces of exports, gone after a day. Under the data key with this number.
    Exports(u16),
    /// Codes and how many a network asked for, counted per day.
    Codes,
    /// Inquiries per network, counted per day.
    Inquiries,
    /// Tries to sign in.
    SignIns,
    /// Orders by device, counted for a month.
    Devices,
    /// Blocks of devices, until they end or are lifted.
    Blocks,
    /// Recovery codes nobody has used, until whoever has them makes new ones.
    Recovery,
}

/// How many rows from `since` or before that are still asked for after `horizon`.
pub async fn lapsing(
    conn: impl Into<Conn<'_>>,
    lapse: Lapse,
    since: Timestamp,
    horizon: Timestamp,
) -> Result<i64, StoreError> {
    let text = match lapse {
        Lapse::Exports(number) => {
            return Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(sql!("reseal/lapse_exports.sql"))
                .bind(number.to_be_bytes().to_vec())
                .fetch_one(&mut *c)
                .await?));
        }
        Lapse::Codes => sql!("reseal/lapse_codes.sql"),
        Lapse::Inquiries => sql!("reseal/lapse_inquiries.sql"),
        Lapse::SignIns => sql!("reseal/lapse_sign_ins.sql"),
        Lapse::Devices => sql!("reseal/lapse_devices.sql"),
        Lapse::Blocks => sql!("reseal/lapse_blocks.sql"),
        Lapse::Recovery => sql!("reseal/lapse_recovery.sql"),
    };
    Ok(on!(conn, |c| sqlx::query_scalar::<_, i64>(text)
        .bind(since.micros())
        .bind(horizon.micros())
        .fetch_one(&mut *c)
        .await?))
}

/// What names a row when it is sealed: its key, or the first half of a key that is a hash.
fn row_of(part: &Part, key: &[u8]) -> [u8; 16] {
    let mut row = [0; 16];
    let half = key.get(..16).unwrap_or(if part.shape == Shape::ByHash { &[] } else { key });
    row.iter_mut().zip(half).for_each(|(to, from)| *to = *from);
    row
}

fn id_of(part: &Part, key: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(key).map_err(|error| StoreError::corrupt(part.name, Uuid::nil(), error))
}

impl Keyring {
    /// The hash under the active key, when the one given is of this value under any key of ours; else what was given. A
    /// number's is always its own.
    fn again(&self, of: Of, word: &str, from: &[u8], given: Option<&[u8]>) -> Option<Vec<u8>> {
        let [active, old] = match of {
            Of::Phone(_) | Of::OrdersPhone => self.hmac_all(crate::crypto::PHONE, from),
            Of::Account(_) => {
                let mut value = Zeroizing::new(Vec::with_capacity(word.len() + 1 + from.len()));
                value.extend_from_slice(word.as_bytes());
                value.push(b' ');
                value.extend_from_slice(from);
                self.hmac_all(crate::crypto::ACCOUNT, &value)
            }
            Of::Address(_) => self.address_text_hashes(&String::from_utf8_lossy(from)),
            Of::Blocked(place) => match word {
                "phone" => return self.again(Of::Phone(place), "", from, given),
                "address" => return self.again(Of::Address(place), "", from, given),
                // The bank stands in the value itself.
                _ => self.hmac_all(crate::crypto::ACCOUNT, from),
            },
            // A number is never let go: whatever was given, made before digests were or under a key long gone, its hash is its own.
            Of::Number { .. } => return Some(self.hmac(NUMBER, from).to_vec()),
        };
        let given = given?;
        Some(if given == old.as_slice() { active.to_vec() } else { given.to_vec() })
    }
}
