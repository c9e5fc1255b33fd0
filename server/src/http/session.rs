//! The visitor's session: tower-sessions keeps the cookie's life, this keeps the rows.
//!
//! The cookie's id is stored as SHA-256 only, what the session holds is sealed. A save changes a living row and never
//! brings an ended one back; idle and absolute limits are checked in the load itself.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use services::Services;
use sha2::{Digest as _, Sha256};
use store::sessions::{self, NewSession, SessionChange};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// A customer's session rests at most this long …
const IDLE: Span = Span::minutes(60);
/// … and lives at most this long.
const ABSOLUTE: Span = Span::minutes(24 * 60);

/// Sessions in our own table.
#[derive(Clone)]
pub struct Rows {
    services: Services,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rows")
    }
}

/// The layer that gives each request its session.
pub fn layer(services: Services, https: bool) -> SessionManagerLayer<Rows> {
    over(Rows { services }, https)
}

/// The layer over any store. Over TLS the cookie is tied to this very host. It has no end of its own: a browser would
/// keep to the one it was given last, however active its owner was since; the row's limits decide.
pub fn over<S: SessionStore>(store: S, https: bool) -> SessionManagerLayer<S> {
    SessionManagerLayer::new(store)
        .with_name(if https { "__Host-sid" } else { "sid" })
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnSessionEnd)
}

fn hash(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_be_bytes()).into()
}

/// The sealed data is bound to its row by the first half of the row's key.
fn row(hash: &[u8; 32]) -> [u8; 16] {
    let mut row = [0; 16];
    row.copy_from_slice(&hash[..16]);
    row
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

impl Rows {
    fn seal(&self, record: &Record, hash: &[u8; 32]) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        self.services.keys.seal(sessions::TABLE, "data_enc", row(hash), &plain).map_err(backend)
    }

    /// The later of what the layer asks for and nothing past the idle limit.
    fn expiry(&self, record: &Record) -> Timestamp {
        let asked = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
        let limit = self.services.clock.now().plus(IDLE);
        Timestamp::from_micros(asked).min(limit)
    }
}

#[async_trait]
impl SessionStore for Rows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // A collision of 128 random bits doesn't happen; a broken generator would, and then three tries say so.
        for _ in 0..3 {
            let now = self.services.clock.now();
            let id_hash = hash(record.id);
            let new = NewSession {
                id_hash,
                user_id: None,
                data_enc: self.seal(record, &id_hash)?,
                expires_at: self.expiry(record),
                absolute_expires_at: now.plus(ABSOLUTE),
                address_hmac: None,
                agent_hmac: None,
            };
            let mut tx = self.services.db.begin().await.map_err(backend)?;
            let made = sessions::create(&mut tx, &new, now).await.map_err(backend)?;
            tx.commit().await.map_err(backend)?;
            if made {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("three session ids in a row were taken".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let id_hash = hash(record.id);
        let change = SessionChange {
            user_id: None,
            data_enc: self.seal(record, &id_hash)?,
            expires_at: self.expiry(record),
            step_up_at: None,
        };
        let mut tx = self.services.db.begin().await.map_err(backend)?;
        sessions::save(&mut tx, id_hash, &change, self.services.clock.now()).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.services.clock.now();
        let id_hash = hash(*id);
        let found = {
            let mut reader = self.services.db.read().await.map_err(backend)?;
            sessions::load(&mut reader, id_hash, now).await.map_err(backend)?
        };
        let Some(session) = found else {
            return Ok(None);
        };
        let plain = self
            .services
            .keys
            .open(sessions::TABLE, "data_enc", row(&id_hash), &session.data_enc)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let data = serde_json::from_slice(&plain).map_err(|error| Error::Decode(error.to_string()))?;
        let mut expires_at = session.expires_at;
        if sessions::is_due(&session, now) {
            let mut tx = self.services.db.begin().await.map_err(backend)?;
            let later = now.plus(IDLE);
            if sessions::touch(&mut tx, id_hash, now, later).await.map_err(backend)? {
                expires_at = later;
            }
            tx.commit().await.map_err(backend)?;
        }
        let expiry_date = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at.micros()) * 1_000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.services.db.begin().await.map_err(backend)?;
        sessions::delete(&mut tx, hash(*id)).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}
