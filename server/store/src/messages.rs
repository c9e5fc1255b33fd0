//! Logical SMS and LMS. The phone and the text are sealed; the agent's tables are another crate's.

use crate::db::Conn;
use crate::dialect::{multi_row, portions};
use crate::row::{Of, key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{Channel, MessageId, MessageKind, MessageState, Timestamp};
use uuid::Uuid;

/// The table, for sealing and for errors.
pub const TABLE: &str = "messages";

/// A message as it is first written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its key.
    pub id: MessageId,
    /// Its key in the agent's tables, at most 30 characters.
    pub client_key: String,
    /// What it says.
    pub kind: MessageKind,
    /// The order or code it is about.
    pub subject_id: [u8; 16],
    /// Written at most once under this.
    pub unique_key: String,
    /// SMS, LMS or MMS.
    pub channel: Channel,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Phone, hashed.
    pub phone_hmac: Vec<u8>,
    /// Text, sealed.
    pub body_enc: Vec<u8>,
    /// Now.
    pub created_at: Timestamp,
}

/// A message as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub id: MessageId,
    /// Its key in the agent's tables.
    pub client_key: String,
    /// What it says.
    pub kind: MessageKind,
    /// The order or code it is about.
    pub subject_id: [u8; 16],
    /// SMS, LMS or MMS.
    pub channel: Channel,
    /// Phone, sealed.
    pub phone_enc: Vec<u8>,
    /// Text, sealed.
    pub body_enc: Vec<u8>,
    /// Where it stands.
    pub state: MessageState,
    /// The agent's result code.
    pub done_code: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When handing it to the agent began, then when the agent had it.
    pub handed_at: Option<Timestamp>,
    /// When it was settled.
    pub done_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    client_key: String,
    kind: String,
    subject_id: Uuid,
    channel: String,
    phone_enc: Vec<u8>,
    body_enc: Vec<u8>,
    state: String,
    done_code: Option<String>,
    created_at: i64,
    handed_at: Option<i64>,
    done_at: Option<i64>,
}

impl TryFrom<Row> for Message {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let of = Of { table: TABLE, id: row.id };
        Ok(Self {
            id: MessageId::from_bytes(row.id.into_bytes()),
            client_key: row.client_key,
            kind: of.word("kind", &row.kind)?,
            subject_id: row.subject_id.into_bytes(),
            channel: of.word("channel", &row.channel)?,
            phone_enc: row.phone_enc,
            body_enc: row.body_enc,
            state: of.word("state", &row.state)?,
            done_code: row.done_code,
            created_at: Timestamp::from_micros(row.created_at),
            handed_at: moment(row.handed_at),
            done_at: moment(row.done_at),
        })
    }
}

/// Writes messages, state `ready`, and gives those that went in; one whose unique key was there before did not.
pub async fn insert_many(conn: impl Into<Conn<'_>>, messages: &[&NewMessage]) -> Result<Vec<MessageId>, StoreError> {
    let mut written = Vec::with_capacity(messages.len());
    on!(conn, |c| {
        for portion in portions(messages) {
            let mut query =
                sqlx::query_scalar::<_, Uuid>(multi_row(c, sql!("messages/insert_many.sql"), portion.len()));
            for message in portion {
                query = query
                    .bind(key(message.id.bytes()))
                    .bind(message.client_key.as_str())
                    .bind(message.kind.as_str())
                    .bind(key(message.subject_id))
                    .bind(message.unique_key.as_str())
                    .bind(message.channel.as_str())
                    .bind(message.phone_enc.as_slice())
                    .bind(message.phone_hmac.as_slice())
                    .bind(message.body_enc.as_slice())
                    .bind(MessageState::Ready.as_str())
                    .bind(message.created_at.micros());
            }
            written.extend(query.fetch_all(&mut *c).await?);
        }
    });
    Ok(written.into_iter().map(|id| MessageId::from_bytes(id.into_bytes())).collect())
}

/// The message, if there is one.
pub async fn find(conn: impl Into<Conn<'_>>, id: MessageId) -> Result<Option<Message>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("messages/find.sql"))
        .bind(key(id.bytes()))
        .fetch_optional(&mut *c)
        .await?);
    row.map(Message::try_from).transpose()
}

/// The messages about one order or code, oldest first.
pub async fn of_subject(conn: impl Into<Conn<'_>>, subject: [u8; 16]) -> Result<Vec<Message>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("messages/of_subject.sql"))
        .bind(key(subject))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Message::try_from).collect()
}

/// Writes what changed between two versions of a message, if `before` still stands.
///
/// Errors: [`StoreError::Conflict`] when its state moved on.
pub async fn write(conn: impl Into<Conn<'_>>, before: &Message, after: &Message) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("messages/write.sql"))
        .bind(key(before.id.bytes()))
        .bind(before.state.as_str())
        .bind(after.state.as_str())
        .bind(after.done_code.as_deref())
        .bind(micros(after.handed_at))
        .bind(micros(after.done_at))
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "message")
}

/// The newest messages the agent has and has not settled.
pub async fn handed_newest(conn: impl Into<Conn<'_>>, limit: u32) -> Result<Vec<Message>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("messages/handed_newest.sql"))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Message::try_from).collect()
}

/// The oldest messages after `after` that the agent has and has not settled: walking through all of them in turns
/// keeps old ones from being forgotten and new ones from waiting.
pub async fn handed_oldest(
    conn: impl Into<Conn<'_>>,
    after: (Timestamp, MessageId),
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("messages/handed_oldest.sql"))
        .bind(after.0.micros())
        .bind(key(after.1.bytes()))
        .bind(i64::from(limit))
        .fetch_all(&mut *c)
        .await?);
    rows.into_iter().map(Message::try_from).collect()
}
