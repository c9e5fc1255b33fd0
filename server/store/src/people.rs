//! What is known of one phone, over all tables; legal holds, wishes of the person, and who read what.

use crate::crypto::Keyring;
use crate::db::{Conn, Tx};
use crate::dialect::locking;
use crate::retention::{ERASED, Number, erase_numbers, take_turns};
use crate::row::{Of, key, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{MessageKind, MessageState, OrderId, Timestamp, UserId};
use uuid::Uuid;

/// The table of wishes, for sealing.
pub const REQUESTS: &str = "person_requests";
/// The table of legal holds, for sealing.
pub const HOLDS: &str = "legal_holds";

/// A phone's hashes, of both lookup keys.
pub type Phones = [[u8; 32]; 2];

/// A consent as given.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConsentRow {
    /// `consent_terms`, …
    pub consent_type: String,
    /// Of the document.
    pub document_version: i64,
    /// `ko` or `en`.
    pub lang: String,
    /// Of the text that was shown.
    pub text_hash: Vec<u8>,
    /// Yes or no.
    pub granted: bool,
    /// When, UTC microseconds.
    pub granted_at: i64,
    /// With which order.
    pub code: String,
}

/// Something sealed that was said to or by the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its key.
    pub id: [u8; 16],
    /// What it is: a message's kind; nothing for an inquiry.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// Who said it, sealed; an inquiry's only.
    pub name_enc: Option<Vec<u8>>,
    /// The text, sealed.
    pub body_enc: Vec<u8>,
    /// When.
    pub created_at: Timestamp,
}

/// Consents under this phone, newest first.
pub async fn consents(conn: impl Into<Conn<'_>>, phones: &Phones, limit: u32) -> Result<Vec<ConsentRow>, StoreError> {
    Ok(on!(conn, |c| sqlx::query_as::<_, ConsentRow>(sql!("people/consents.sql"))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?))
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: Uuid,
    kind: String,
    state: String,
    body_enc: Vec<u8>,
    created_at: i64,
}

/// Messages to this phone, newest first.
pub async fn messages(conn: impl Into<Conn<'_>>, phones: &Phones, limit: u32) -> Result<Vec<Said>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, MessageRow>(sql!("people/messages.sql"))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    let said = |row: MessageRow| Said {
        id: row.id.into_bytes(),
        kind: row.kind,
        state: row.state,
        name_enc: None,
        body_enc: row.body_enc,
        created_at: Timestamp::from_micros(row.created_at),
    };
    Ok(rows.into_iter().map(said).collect())
}

#[derive(sqlx::FromRow)]
struct InquiryRow {
    id: Uuid,
    state: String,
    name_enc: Vec<u8>,
    body_enc: Vec<u8>,
    created_at: i64,
}

/// Inquiries of this phone, newest first.
pub async fn inquiries(conn: impl Into<Conn<'_>>, phones: &Phones, limit: u32) -> Result<Vec<Said>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, InquiryRow>(sql!("people/inquiries.sql"))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    let said = |row: InquiryRow| Said {
        id: row.id.into_bytes(),
        kind: String::new(),
        state: row.state,
        name_enc: Some(row.name_enc),
        body_enc: row.body_enc,
        created_at: Timestamp::from_micros(row.created_at),
    };
    Ok(rows.into_iter().map(said).collect())
}

/// An order's address, sealed, and its browser.
pub async fn order_address(conn: impl Into<Conn<'_>>, order: OrderId) -> Result<Option<(Vec<u8>, String)>, StoreError> {
    Ok(on!(conn, |c| sqlx::query_as::<_, (Vec<u8>, String)>(sql!("people/order_address.sql"))
        .bind(key(order.bytes()))
        .fetch_optional(&mut *c)
        .await?))
}

/// Where this phone's orders stand, each held until the transaction ends.
pub async fn lock_orders(tx: &mut Tx, phones: &Phones) -> Result<Vec<String>, StoreError> {
    Ok(on!(&mut *tx, |c| sqlx::query_scalar::<_, String>(locking(c, sql!("people/lock_orders.sql")))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .fetch_all(&mut *c)
        .await?))
}

/// A message's kind, where it stands, and when it was written.
pub type MessageStand = (MessageKind, MessageState, Timestamp);

/// Where the messages to this phone stand, each held until the transaction ends.
pub async fn lock_messages(tx: &mut Tx, phones: &Phones) -> Result<Vec<MessageStand>, StoreError> {
    let rows = on!(&mut *tx, |c| {
        sqlx::query_as::<_, (String, String, i64)>(locking(c, sql!("people/lock_messages.sql")))
            .bind(phones[0].as_slice())
            .bind(phones[1].as_slice())
            .fetch_all(&mut *c)
            .await?
    });
    let of = Of { table: crate::messages::TABLE, id: Uuid::nil() };
    let stand = |(kind, state, at): (String, String, i64)| {
        Ok((of.word("kind", &kind)?, of.word("state", &state)?, Timestamp::from_micros(at)))
    };
    rows.into_iter().map(stand).collect()
}

/// Before which moment what is erased.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// Numbers of vouchers nothing happened to since.
    pub vouchers: Timestamp,
    /// Codes that were not sent, or of which it isn't known: they are worth nothing any more.
    pub codes: Timestamp,
    /// Other messages of which the same is true.
    pub messages: Timestamp,
}

/// What was done to a person's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Orders taken out of every look-up.
    pub orders: u64,
    /// Vouchers whose numbers were erased.
    pub vouchers: u64,
    /// Messages erased.
    pub messages: u64,
    /// Inquiries taken out of every look-up.
    pub inquiries: u64,
}

/// Takes a phone out of every look-up and erases what nothing keeps: messages, and numbers of vouchers done before a
/// moment. `nobody` is a random value in the place of every keyed hash: the person's own orders stay each
/// other's, and nobody's else. The orders' people and the inquiries stay sealed until their own time is over.
pub async fn close(
    tx: &mut Tx,
    keys: &Keyring,
    phones: &Phones,
    nobody: [u8; 32],
    before: Before,
    now: Timestamp,
) -> Result<Closed, StoreError> {
    let (a, b, nobody) = (phones[0].as_slice(), phones[1].as_slice(), nobody.as_slice());
    let (orders, inquiries, messages, numbers) = on!(&mut *tx, |c| {
        let orders = sqlx::query(sql!("people/close_orders.sql"))
            .bind(a)
            .bind(b)
            .bind(nobody)
            .bind(now.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        sqlx::query(sql!("people/close_payouts.sql")).bind(nobody).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query(sql!("people/close_consents.sql")).bind(a).bind(b).bind(nobody).execute(&mut *c).await?;
        let inquiries = sqlx::query(sql!("people/close_inquiries.sql"))
            .bind(a)
            .bind(b)
            .bind(nobody)
            .execute(&mut *c)
            .await?
            .rows_affected();
        let messages = sqlx::query(sql!("people/erase_messages.sql"))
            .bind(a)
            .bind(b)
            .bind(ERASED)
            .bind(nobody)
            .bind(now.micros())
            .bind(before.codes.micros())
            .bind(before.messages.micros())
            .execute(&mut *c)
            .await?
            .rows_affected();
        let numbers = sqlx::query_as::<_, Number>(sql!("people/items_to_erase.sql"))
            .bind(now.micros())
            .bind(before.vouchers.micros())
            .fetch_all(&mut *c)
            .await?;
        (orders, inquiries, messages, numbers)
    });
    let vouchers = erase_numbers(tx, keys, numbers, before.vouchers, now).await?.gone;
    Ok(Closed { orders, vouchers, messages, inquiries })
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its key.
    pub id: [u8; 16],
    /// Why.
    pub reason: String,
    /// Who put it there.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
    /// It ends by itself.
    pub ends_at: Timestamp,
    /// Somebody ended it before.
    pub lifted_at: Option<Timestamp>,
}

impl Hold {
    /// Does it keep anything now?
    pub fn holds(&self, now: Timestamp) -> bool {
        self.lifted_at.is_none() && now < self.ends_at
    }
}

#[derive(sqlx::FromRow)]
struct HoldRow {
    id: Uuid,
    reason: String,
    actor: String,
    created_at: i64,
    ends_at: i64,
    lifted_at: Option<i64>,
}

/// All holds of this phone, newest first.
pub async fn holds(conn: impl Into<Conn<'_>>, phones: &Phones) -> Result<Vec<Hold>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, HoldRow>(sql!("people/holds.sql"))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .fetch_all(&mut *c)
        .await?);
    let hold = |row: HoldRow| Hold {
        id: row.id.into_bytes(),
        reason: row.reason,
        actor: row.actor,
        created_at: Timestamp::from_micros(row.created_at),
        ends_at: Timestamp::from_micros(row.ends_at),
        lifted_at: moment(row.lifted_at),
    };
    Ok(rows.into_iter().map(hold).collect())
}

/// Puts a hold on a phone. Waits for whoever erases at this moment, and nobody erases until the transaction ends.
pub async fn insert_hold(
    tx: &mut Tx,
    hold: &Hold,
    (phone_hmac, phone_enc): (&[u8; 32], &[u8]),
) -> Result<(), StoreError> {
    take_turns(tx).await?;
    on!(&mut *tx, |c| {
        sqlx::query(sql!("people/insert_hold.sql"))
            .bind(key(hold.id))
            .bind(phone_hmac.as_slice())
            .bind(hold.reason.as_str())
            .bind(hold.actor.as_str())
            .bind(hold.created_at.micros())
            .bind(hold.ends_at.micros())
            .bind(phone_enc)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Ends a hold.
///
/// Errors: [`StoreError::Conflict`] when it has ended.
pub async fn lift_hold(conn: impl Into<Conn<'_>>, id: [u8; 16], actor: &str, now: Timestamp) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("people/lift_hold.sql"))
        .bind(key(id))
        .bind(actor)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "legal hold")
}

/// What a person asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its key.
    pub id: [u8; 16],
    /// `export` or `erase`.
    pub kind: String,
    /// Their phone, sealed.
    pub phone_enc: Vec<u8>,
    /// `open`, `done` or `refused`.
    pub state: String,
    /// What the person is told.
    pub note: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When it was answered.
    pub done_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: Uuid,
    kind: String,
    phone_enc: Vec<u8>,
    state: String,
    note: Option<String>,
    created_at: i64,
    done_at: Option<i64>,
}

impl From<RequestRow> for Request {
    fn from(row: RequestRow) -> Self {
        Self {
            id: row.id.into_bytes(),
            kind: row.kind,
            phone_enc: row.phone_enc,
            state: row.state,
            note: row.note,
            created_at: Timestamp::from_micros(row.created_at),
            done_at: moment(row.done_at),
        }
    }
}

/// Writes down what a person asked for.
///
/// Errors: [`StoreError::Unique`] while the same wish is open.
pub async fn insert_request(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    kind: &str,
    phone_enc: &[u8],
    phone_hmac: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("people/insert_request.sql"))
            .bind(key(id))
            .bind(kind)
            .bind(phone_enc)
            .bind(phone_hmac.as_slice())
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// What this phone asked for, newest first.
pub async fn requests_of(conn: impl Into<Conn<'_>>, phones: &Phones) -> Result<Vec<Request>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, RequestRow>(sql!("people/requests_of.sql"))
        .bind(phones[0].as_slice())
        .bind(phones[1].as_slice())
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Request::from).collect())
}

/// What waits for an answer, the oldest first.
pub async fn open_requests(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<Request>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, RequestRow>(sql!("people/open_requests.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    Ok(rows.into_iter().map(Request::from).collect())
}

/// One of them.
pub async fn request(conn: impl Into<Conn<'_>>, id: [u8; 16]) -> Result<Option<Request>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, RequestRow>(sql!("people/request.sql"))
        .bind(key(id))
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(Request::from))
}

/// Answers one.
///
/// Errors: [`StoreError::Conflict`] when it was answered already.
pub async fn close_request(
    conn: impl Into<Conn<'_>>,
    id: [u8; 16],
    (state, note): (&str, &str),
    actor: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("people/close_request.sql"))
        .bind(key(id))
        .bind(state)
        .bind(note)
        .bind(actor)
        .bind(now.micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "request")
}

/// How often somebody read or took what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Views {
    /// Who.
    pub user: UserId,
    /// `view` or `export`.
    pub kind: String,
    /// What they did.
    pub action: String,
    /// How often.
    pub lines: i64,
    /// Of how many people or orders.
    pub targets: i64,
    /// How often without a reason.
    pub bare: i64,
}

/// Who read what in a time, the busiest first.
pub async fn views(conn: impl Into<Conn<'_>>, from: Timestamp, until: Timestamp) -> Result<Vec<Views>, StoreError> {
    type Row = (Uuid, String, String, i64, i64, i64);
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("people/views.sql"))
        .bind(from.micros())
        .bind(until.micros())
        .fetch_all(&mut *c)
        .await?);
    let views = |(user, kind, action, lines, targets, bare): Row| Views {
        user: UserId::from_bytes(user.into_bytes()),
        kind,
        action,
        lines,
        targets,
        bare,
    };
    Ok(rows.into_iter().map(views).collect())
}

/// A month looked over.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Review {
    /// `2026-11`
    pub month: String,
    /// Who did it.
    pub actor: String,
    /// What they found.
    pub note: String,
    /// How many lines there were.
    pub views: i64,
    /// When, UTC microseconds.
    pub created_at: i64,
}

/// The last reviews, newest first.
pub async fn reviews(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<Review>, StoreError> {
    Ok(on!(conn, |c| sqlx::query_as::<_, Review>(sql!("people/reviews.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?))
}

/// Notes that a month was looked over.
pub async fn insert_review(conn: impl Into<Conn<'_>>, id: [u8; 16], review: &Review) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("people/insert_review.sql"))
            .bind(key(id))
            .bind(review.month.as_str())
            .bind(review.actor.as_str())
            .bind(review.note.as_str())
            .bind(review.views)
            .bind(review.created_at)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}
