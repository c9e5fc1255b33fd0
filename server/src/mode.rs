//! Sandbox or real, and never a bit of both.
//!
//! The sandbox tells every customer that nothing is real, plays issuer and bank, and marks messages as delivered. Pointed
//! at a real bank it would pay, at a real agent's tables it would throw codes away. So in the sandbox every partner must
//! be on this machine, and a database remembers which of the two it was begun as.

use crate::config::{Config, SecretError};
use axum::http::Uri;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::IpAddr;
use store::{Db, StoreError, dialect, settings};

/// Under this name the database remembers.
const NAME: &str = "mode";
/// Two machines that begin at once agree on who was first.
const LOCK: i64 = 0x6d6f_6465;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing is real.
    Sandbox,
    /// Everything is.
    Real,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sandbox => "sandbox",
            Self::Real => "real",
        })
    }
}

/// Why this configuration or database can't be used in this mode.
#[derive(Debug, thiserror::Error)]
pub enum ModeError {
    /// The sandbox with somebody's real address.
    #[error(
        "{key}: in the sandbox a partner must be on this machine (127.0.0.1, localhost), and this address is not; \
         empty the key, or set sandbox.enabled = false (PINDESK_SANDBOX_ENABLED=false, without --sandbox)"
    )]
    Outside { key: &'static str },
    /// A database of the other kind.
    #[error(
        "this database was begun as {was} and is opened as {is}; give {is} its own (data.dir, or database.url), or set \
         sandbox.enabled back to {}", *.was == Mode::Sandbox
    )]
    Other { was: Mode, is: Mode },
    /// An address that can't be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The database.
    #[error("database: {0}")]
    Store(#[from] StoreError),
}

impl Mode {
    /// As configured.
    pub fn of(config: &Config) -> Self {
        if config.sandbox.enabled { Self::Sandbox } else { Self::Real }
    }
}

/// Every partner's address of a sandbox is on this machine.
pub fn check_partners(config: &Config) -> Result<(), ModeError> {
    if Mode::of(config) == Mode::Real {
        return Ok(());
    }
    let snap = crate::config::read_url("snap.url", &config.snap.url)?;
    let own = snap.starts_with("sqlite");
    for (key, url, fine) in [
        ("issuers.url", config.issuers.url.as_str(), false),
        ("bank.url", &config.bank.url, false),
        ("sandbox.url", &config.sandbox.url, false),
        ("snap.url", &snap, own),
    ] {
        if !(fine || url.is_empty() || is_here(url)) {
            return Err(ModeError::Outside { key });
        }
    }
    Ok(())
}

/// Is this address on this machine, or a name that is nobody's by RFC 6761? What can't be read is not.
fn is_here(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host.rsplit('.').next().is_some_and(|last| matches!(last, "localhost" | "test")),
    }
}

/// What the database was begun as, if it ever was.
pub async fn begun_as(db: &Db) -> Result<Option<Mode>, StoreError> {
    settings::get(&mut db.read().await?, NAME).await
}

/// A fresh database remembers the mode; one of the other mode is refused.
pub async fn hold(db: &Db, is: Mode, now: Timestamp) -> Result<(), ModeError> {
    let mut tx = db.begin().await?;
    dialect::advisory_lock(&mut tx, LOCK).await?;
    match settings::get::<Mode>(&mut tx, NAME).await? {
        Some(was) if was != is => return Err(ModeError::Other { was, is }),
        Some(_) => return Ok(()),
        None => settings::put(&mut tx, NAME, &is, now).await?,
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;
    use std::path::Path;
    use testkit::clock::NOON;

    const FILE: &str = include_str!("../../Leptos.toml");

    fn config(set: &[(&str, &str)]) -> Config {
        let env: Vec<_> = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        crate::config::from_text(Path::new("Leptos.toml"), FILE, &env).unwrap().config
    }

    #[test]
    fn a_sandbox_with_somebodys_address_is_refused_and_named() {
        for (name, key, url) in [
            ("PINDESK_ISSUERS_URL", "issuers.url", "https://bridge.example/v1"),
            ("PINDESK_BANK_URL", "bank.url", "https://openapi.openbanking.or.kr"),
            ("PINDESK_SANDBOX_URL", "sandbox.url", "http://10.0.0.7:3010"),
            ("PINDESK_SNAP_URL", "snap.url", "mysql://snap:hunter2@10.1.2.3/agent"),
            ("PINDESK_SNAP_URL", "snap.url", "mysql://snap:hun ter2@127.0.0.1/agent"),
        ] {
            let error = check_partners(&config(&[(name, url)])).unwrap_err().to_string();
            assert!(error.starts_with(key) && error.contains("sandbox.enabled"), "{error}");
            assert!(!error.contains("hunter2") && !error.contains("ter2"), "{error}");
            // Where it is real, an address is only an address.
            check_partners(&config(&[(name, url), ("PINDESK_SANDBOX_ENABLED", "false")])).unwrap();
        }
    }

    #[test]
    fn any_program_on_this_machine_can_stand_in() {
        for url in ["http://127.0.0.1:9/issuer", "http://localhost:9", "http://[::1]:9", "http://bridge.test/x"] {
            check_partners(&config(&[("PINDESK_ISSUERS_URL", url), ("PINDESK_BANK_URL", url)])).unwrap();
        }
        for url in ["sqlite", "sqlite:/tmp/agent.db", "mysql://root@127.0.0.1:3306/agent"] {
            check_partners(&config(&[("PINDESK_SNAP_URL", url)])).unwrap();
        }
        assert!(!is_here("http://127.0.0.1.evil.example"));
        assert!(!is_here("http://localhost@evil.example"));
    }

    testkit::both_engines! {
        async fn a_database_stays_what_it_was_begun_as(db: TestDb) {
            assert_eq!(begun_as(&db).await.unwrap(), None);
            hold(&db, Mode::Sandbox, NOON).await.unwrap();
            hold(&db, Mode::Sandbox, NOON).await.unwrap();
            let error = hold(&db, Mode::Real, NOON).await.unwrap_err().to_string();
            assert!(error.contains("begun as sandbox") && error.contains("database.url"), "{error}");
            assert_eq!(begun_as(&db).await.unwrap(), Some(Mode::Sandbox));
        }
    }
}
