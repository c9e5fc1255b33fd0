//! Sessions, the shop's and the desk's: tower-sessions keeps the cookies' lives, this keeps the rows.
//!
//! The cookie's id is stored as SHA-256 only, what the session holds is sealed. A save changes a living row and never
//! brings an ended one back; idle and absolute limits are checked in the load itself. A desk session's row says whose it
//! is, of which epoch, and when the second factor was last shown, as its badge says it.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use services::Services;
use services::desk::access::Badge;
use sha2::{Digest as _, Sha256};
use store::sessions::{self, NewSession, SessionChange, SessionKind};
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// How long a session rests at most, and how long it lives at most.
const fn limits(kind: SessionKind) -> (Span, Span) {
    match kind {
        SessionKind::Shop => (Span::minutes(60), Span::minutes(24 * 60)),
        SessionKind::Desk => (Span::minutes(30), Span::minutes(10 * 60)),
    }
}

/// Sessions in our own table.
#[derive(Clone)]
pub struct Rows {
    services: Services,
    kind: SessionKind,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rows")
    }
}

/// The layer that gives each request of the shop its session. A link in a message must find the visitor's session, so
/// the cookie comes along from elsewhere.
pub fn shop(services: Services, https: bool) -> SessionManagerLayer<Rows> {
    worn(Rows { services, kind: SessionKind::Shop }, SessionKind::Shop, https)
}

/// The layer of the desk. Nothing leads there from elsewhere.
pub fn desk(services: Services, https: bool) -> SessionManagerLayer<Rows> {
    worn(Rows { services, kind: SessionKind::Desk }, SessionKind::Desk, https)
}

/// The cookie of a kind of session: its name, which over TLS no other host can set, and where it comes along.
fn worn<S: SessionStore>(store: S, kind: SessionKind, https: bool) -> SessionManagerLayer<S> {
    let (name, same_site) = match (kind, https) {
        (SessionKind::Shop, true) => ("__Host-sid", SameSite::Lax),
        (SessionKind::Shop, false) => ("sid", SameSite::Lax),
        (SessionKind::Desk, true) => ("__Host-desk", SameSite::Strict),
        (SessionKind::Desk, false) => ("desk", SameSite::Strict),
    };
    over(store, name, https).with_same_site(same_site)
}

/// The layer over any store. Over TLS the cookie is tied to this very host. It has no end of its own: a browser would
/// keep to the one it was given last, however active its owner was since; the row's limits decide.
pub fn over<S: SessionStore>(store: S, name: &'static str, https: bool) -> SessionManagerLayer<S> {
    SessionManagerLayer::new(store)
        .with_name(name)
        .with_secure(https)
        .with_http_only(true)
        .with_expiry(Expiry::OnSessionEnd)
}

/// What is stored of a session's id.
pub fn hash(id: Id) -> [u8; 32] {
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

    /// Whose the session is.
    fn badge(&self, record: &Record) -> Result<Option<Badge>> {
        let Some(held) = record.data.get(Badge::KEY).filter(|_| self.kind == SessionKind::Desk) else {
            return Ok(None);
        };
        serde_json::from_value(held.clone()).map(Some).map_err(|error| Error::Encode(error.to_string()))
    }

    /// The later of what the layer asks for and nothing past the idle limit.
    fn expiry(&self, record: &Record) -> Timestamp {
        let asked = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
        let limit = self.services.clock.now().plus(limits(self.kind).0);
        Timestamp::from_micros(asked).min(limit)
    }
}

#[async_trait]
impl SessionStore for Rows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let badge = self.badge(record)?;
        // A collision of 128 random bits doesn't happen; a broken generator would, and then three tries say so.
        for _ in 0..3 {
            let now = self.services.clock.now();
            let id_hash = hash(record.id);
            let new = NewSession {
                kind: self.kind,
                id_hash,
                user_id: badge.as_ref().map(|badge| badge.user),
                data_enc: self.seal(record, &id_hash)?,
                expires_at: self.expiry(record),
                absolute_expires_at: now.plus(limits(self.kind).1),
                address_hmac: None,
                agent_hmac: None,
                step_up_at: badge.as_ref().map(|badge| badge.step_up_at),
                epoch: badge.as_ref().map(|badge| badge.epoch),
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
        let badge = self.badge(record)?;
        let change = SessionChange {
            user_id: badge.as_ref().map(|badge| badge.user),
            data_enc: self.seal(record, &id_hash)?,
            expires_at: self.expiry(record),
            step_up_at: badge.as_ref().map(|badge| badge.step_up_at),
            epoch: badge.as_ref().map(|badge| badge.epoch),
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
            sessions::load(&mut reader, self.kind, id_hash, now).await.map_err(backend)?
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
            let later = now.plus(limits(self.kind).0);
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't build its request should stop")]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, header};
    use axum::routing::get;
    use tower::ServiceExt as _;
    use tower_sessions::Session;

    /// Keeps nothing and says yes.
    #[derive(Clone, Debug)]
    struct Willing;

    #[async_trait]
    impl SessionStore for Willing {
        async fn save(&self, _: &Record) -> Result<()> {
            Ok(())
        }

        async fn load(&self, _: &Id) -> Result<Option<Record>> {
            Ok(None)
        }

        async fn delete(&self, _: &Id) -> Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn the_cookie_of_a_session_is_this_hosts_alone_and_no_scripts() {
        let cases = [
            (SessionKind::Shop, true, "__Host-sid=", "SameSite=Lax"),
            (SessionKind::Desk, true, "__Host-desk=", "SameSite=Strict"),
            (SessionKind::Shop, false, "sid=", "SameSite=Lax"),
            (SessionKind::Desk, false, "desk=", "SameSite=Strict"),
        ];
        for (kind, https, begins, same_site) in cases {
            let handler = get(async |session: Session| session.insert("kept", 1).await.unwrap());
            let router = Router::new().route("/", handler).layer(worn(Willing, kind, https));
            let response = router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
            let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
            let parts: Vec<&str> = cookie.split("; ").collect();
            assert!(cookie.starts_with(begins), "{cookie}");
            for part in ["HttpOnly", "Path=/", same_site] {
                assert!(parts.contains(&part), "{part}: {cookie}");
            }
            assert_eq!(parts.contains(&"Secure"), https, "{cookie}");
            assert!(!cookie.to_ascii_lowercase().contains("domain="), "{cookie}");
        }
    }
}
