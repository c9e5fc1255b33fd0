//! Web sessions. The cookie's id is never stored, only its SHA-256; the data is sealed.
//!
//! `save` is an UPDATE and never an upsert: a request that ends after the logout must not bring the session back, and
//! an id the client chose must not become valid. Idle and absolute limits are part of `load`.

use crate::db::Conn;
use crate::row::{key, micros, moment};
use crate::{StoreError, exactly_one, on, sql};
use domain::{Span, Timestamp, UserId};
use uuid::Uuid;

/// The table, for sealing (the row id is the first sixteen bytes of the id's hash) and for errors.
pub const TABLE: &str = "web_sessions";

/// `last_seen_at` is written at most once in this time.
pub const SEEN_EVERY: Span = Span::minutes(1);

/// Whose door a session opens. One of the shop opens none of the desk, and the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// A customer's.
    Shop,
    /// A staff member's.
    Desk,
}

impl SessionKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Desk => "desk",
        }
    }
}

/// A session as it is first written.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose door it opens.
    pub kind: SessionKind,
    /// SHA-256 of the cookie's id.
    pub id_hash: [u8; 32],
    /// Whose it is; nobody's before the sign-in.
    pub user_id: Option<UserId>,
    /// What it holds, sealed.
    pub data_enc: Vec<u8>,
    /// Ends then unless it is seen again.
    pub expires_at: Timestamp,
    /// Ends then, whatever happens.
    pub absolute_expires_at: Timestamp,
    /// Visitor's address, hashed.
    pub address_hmac: Option<[u8; 32]>,
    /// Visitor's browser, hashed.
    pub agent_hmac: Option<[u8; 32]>,
    /// When a second factor was last shown.
    pub step_up_at: Option<Timestamp>,
    /// The epoch of the user's sessions it belongs to.
    pub epoch: Option<i64>,
}

/// A living session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub user_id: Option<UserId>,
    /// What it holds, sealed.
    pub data_enc: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last seen, to the minute.
    pub last_seen_at: Timestamp,
    /// Ends then unless it is seen again.
    pub expires_at: Timestamp,
    /// Ends then, whatever happens.
    pub absolute_expires_at: Timestamp,
    /// Visitor's address at the beginning, hashed.
    pub address_hmac: Option<Vec<u8>>,
    /// Visitor's browser at the beginning, hashed.
    pub agent_hmac: Option<Vec<u8>>,
    /// When a second factor was last shown.
    pub step_up_at: Option<Timestamp>,
    /// The epoch of the user's sessions it belongs to.
    pub epoch: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    user_id: Option<Uuid>,
    data_enc: Vec<u8>,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    absolute_expires_at: i64,
    address_hmac: Option<Vec<u8>>,
    agent_hmac: Option<Vec<u8>>,
    step_up_at: Option<i64>,
    epoch: Option<i64>,
}

/// Writes a new session; `false` when the id is taken: choose another and try again.
pub async fn create(conn: impl Into<Conn<'_>>, new: &NewSession, now: Timestamp) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("sessions/insert.sql"))
        .bind(new.id_hash.as_slice())
        .bind(new.user_id.map(|id| key(id.bytes())))
        .bind(new.data_enc.as_slice())
        .bind(now.micros())
        .bind(now.micros())
        .bind(new.expires_at.micros())
        .bind(new.absolute_expires_at.micros())
        .bind(new.address_hmac.as_ref().map(<[u8; 32]>::as_slice))
        .bind(new.agent_hmac.as_ref().map(<[u8; 32]>::as_slice))
        .bind(micros(new.step_up_at))
        .bind(new.kind.as_str())
        .bind(new.epoch)
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// The session, if it lives: neither idle for too long nor too old.
pub async fn load(
    conn: impl Into<Conn<'_>>,
    kind: SessionKind,
    id_hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    let row = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("sessions/load.sql"))
        .bind(id_hash.as_slice())
        .bind(now.micros())
        .bind(kind.as_str())
        .fetch_optional(&mut *c)
        .await?);
    Ok(row.map(|row| Session {
        user_id: row.user_id.map(|id| UserId::from_bytes(id.into_bytes())),
        data_enc: row.data_enc,
        created_at: Timestamp::from_micros(row.created_at),
        last_seen_at: Timestamp::from_micros(row.last_seen_at),
        expires_at: Timestamp::from_micros(row.expires_at),
        absolute_expires_at: Timestamp::from_micros(row.absolute_expires_at),
        address_hmac: row.address_hmac,
        agent_hmac: row.agent_hmac,
        step_up_at: moment(row.step_up_at),
        epoch: row.epoch,
    }))
}

/// What a save may change.
#[derive(Clone, Debug)]
pub struct SessionChange {
    /// Whose it is.
    pub user_id: Option<UserId>,
    /// What it holds, sealed.
    pub data_enc: Vec<u8>,
    /// Ends then unless it is seen again.
    pub expires_at: Timestamp,
    /// When a second factor was last shown.
    pub step_up_at: Option<Timestamp>,
    /// The epoch of the user's sessions it belongs to.
    pub epoch: Option<i64>,
}

/// Writes a living session anew.
///
/// Errors: [`StoreError::Conflict`] when it has ended or was deleted meanwhile; it is not brought back.
pub async fn save(
    conn: impl Into<Conn<'_>>,
    id_hash: [u8; 32],
    change: &SessionChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("sessions/save.sql"))
        .bind(id_hash.as_slice())
        .bind(now.micros())
        .bind(change.user_id.map(|id| key(id.bytes())))
        .bind(change.data_enc.as_slice())
        .bind(change.expires_at.micros())
        .bind(micros(change.step_up_at))
        .bind(change.epoch)
        .execute(&mut *c)
        .await?
        .rows_affected());
    exactly_one(done, "session")
}

/// Notes that a living session was seen and moves its idle limit to `expires_at`, at most once a minute: ask
/// [`is_due`] before opening a transaction for it. `false` when nothing was written.
pub async fn touch(
    conn: impl Into<Conn<'_>>,
    id_hash: [u8; 32],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("sessions/touch.sql"))
        .bind(id_hash.as_slice())
        .bind(now.micros())
        .bind(expires_at.micros())
        .bind(now.minus(SEEN_EVERY).micros())
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Is it time to note that the session was seen?
pub fn is_due(session: &Session, now: Timestamp) -> bool {
    now.since(session.last_seen_at) >= SEEN_EVERY
}

/// Ends a session; ending one that is not there is no error.
pub async fn delete(conn: impl Into<Conn<'_>>, id_hash: [u8; 32]) -> Result<(), StoreError> {
    on!(conn, |c| {
        sqlx::query(sql!("sessions/delete.sql")).bind(id_hash.as_slice()).execute(&mut *c).await?;
    });
    Ok(())
}

/// Ends all sessions of a person and says how many there were.
pub async fn delete_of_user(conn: impl Into<Conn<'_>>, user: UserId) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("sessions/delete_of_user.sql"))
        .bind(key(user.bytes()))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// One of a person's living sessions, as a list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// SHA-256 of the cookie's id.
    pub id_hash: Vec<u8>,
    /// What it holds, sealed.
    pub data_enc: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last seen, to the minute.
    pub last_seen_at: Timestamp,
}

/// A person's living sessions, the last seen first.
pub async fn of_user(conn: impl Into<Conn<'_>>, user: UserId, now: Timestamp) -> Result<Vec<Listed>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, (Vec<u8>, Vec<u8>, i64, i64)>(sql!("sessions/of_user.sql"))
        .bind(key(user.bytes()))
        .bind(now.micros())
        .fetch_all(&mut *c)
        .await?);
    Ok(rows
        .into_iter()
        .map(|(id_hash, data_enc, created_at, last_seen_at)| Listed {
            id_hash,
            data_enc,
            created_at: Timestamp::from_micros(created_at),
            last_seen_at: Timestamp::from_micros(last_seen_at),
        })
        .collect())
}

/// Ends one session of a person; `false` when it was none of theirs or had ended.
pub async fn delete_one_of_user(conn: impl Into<Conn<'_>>, user: UserId, id_hash: &[u8]) -> Result<bool, StoreError> {
    let done = on!(conn, |c| sqlx::query(sql!("sessions/delete_one_of_user.sql"))
        .bind(key(user.bytes()))
        .bind(id_hash)
        .execute(&mut *c)
        .await?
        .rows_affected());
    Ok(done == 1)
}

/// Ends all sessions of a person but one and says how many there were.
pub async fn delete_others_of_user(conn: impl Into<Conn<'_>>, user: UserId, kept: [u8; 32]) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("sessions/delete_others_of_user.sql"))
        .bind(key(user.bytes()))
        .bind(kept.as_slice())
        .execute(&mut *c)
        .await?
        .rows_affected()))
}

/// Throws at most `limit` ended sessions away and says how many.
pub async fn delete_expired(conn: impl Into<Conn<'_>>, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    Ok(on!(conn, |c| sqlx::query(sql!("sessions/delete_expired.sql"))
        .bind(now.micros())
        .bind(i64::from(limit))
        .execute(&mut *c)
        .await?
        .rows_affected()))
}
