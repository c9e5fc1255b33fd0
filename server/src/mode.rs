//! Sandbox or real, and never a bit of both.
//!
//! The sandbox tells every customer that nothing is real, plays issuer and bank, and marks messages as delivered. Pointed
//! at a real bank it would pay, at a real agent's tables it would throw codes away. So in the sandbox every partner must
//! be on this machine and take no secret of ours (a real one may be reached through a tunnel on localhost), and a
//! database remembers which of the two it was begun as.

use crate::config::{Config, SecretError};
use axum::http::Uri;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::IpAddr;
use store::{Db, StoreError, dialect, orders, settings};

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
    /// The sandbox with the means to speak to a real partner.
    #[error(
        "{key}: the sandbox's partners take no secret, so this one is a real partner's; empty the key, or set \
         sandbox.enabled = false (PINDESK_SANDBOX_ENABLED=false, without --sandbox)"
    )]
    Secretive { key: &'static str },
    /// The sandbox with an agent's server that may be a real one.
    #[error(
        "snap.url: a real agent's tables may be on this machine too; set it to \"sqlite\", or sandbox.agent_is_a_stand_in \
         = true when no real agent reads them, or sandbox.enabled = false"
    )]
    Agent,
    /// A database of the other kind.
    #[error(
        "this database was begun as {was} and is opened as {is}; give {is} its own (data.dir, or database.url), or set \
         sandbox.enabled back to {}", *.was == Mode::Sandbox
    )]
    Other { was: Mode, is: Mode },
    /// Orders from a time when databases did not remember.
    #[error(
        "this database has orders and no note of its mode, so they may be real and the sandbox does not touch it; give \
         the sandbox its own (data.dir, or database.url); docs/operations.md says what to do when they are made up"
    )]
    Unmarked,
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

/// Every partner of a sandbox is on this machine and nothing but a stand-in.
pub fn check_partners(config: &Config) -> Result<(), ModeError> {
    if Mode::of(config) == Mode::Real {
        return Ok(());
    }
    let snap = crate::config::read_url("snap.url", &config.snap.url)?;
    let own = snap.starts_with("sqlite");
    for (key, url, fine) in [
        ("issuers.url", config.issuers.url.as_str(), false),
        ("thecheat.url", &config.thecheat.url, false),
        ("bank.url", &config.bank.url, false),
        ("sandbox.url", &config.sandbox.url, false),
        ("snap.url", &snap, own),
    ] {
        if !(fine || url.is_empty() || is_here(url)) {
            return Err(ModeError::Outside { key });
        }
    }
    if !(own || config.sandbox.agent_is_a_stand_in) {
        return Err(ModeError::Agent);
    }
    // Only whether there is a source: the sandbox never reads a real partner's secret.
    for (key, source) in [
        ("issuers.secret", &config.issuers.secret),
        ("thecheat.api_key", &config.thecheat.api_key),
        ("thecheat.seal_key", &config.thecheat.seal_key),
        ("bank.client_secret", &config.bank.client_secret),
        ("alerts.url", &config.alerts.url),
    ] {
        if !source.is_empty() {
            return Err(ModeError::Secretive { key });
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

/// What the database was begun as, if it ever was. One without tables was begun as nothing yet.
pub async fn begun_as(db: &Db) -> Result<Option<Mode>, StoreError> {
    match settings::get(&mut db.read().await?, NAME).await {
        Err(error) if error.is_missing_table() => Ok(None),
        other => other,
    }
}

async fn has_orders(db: &Db) -> Result<bool, StoreError> {
    match orders::any(&mut db.read().await?).await {
        Err(error) if error.is_missing_table() => Ok(false),
        other => other,
    }
}

/// Refuses a database of the other mode. Reads only, so that it can be asked before anything in it is changed.
pub async fn check_database(db: &Db, is: Mode) -> Result<(), ModeError> {
    match begun_as(db).await? {
        Some(was) if was != is => Err(ModeError::Other { was, is }),
        None if is == Mode::Sandbox && has_orders(db).await? => Err(ModeError::Unmarked),
        _ => Ok(()),
    }
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
    use testkit::books::one_order;
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
        for url in ["sqlite", "sqlite:/tmp/agent.db"] {
            check_partners(&config(&[("PINDESK_SNAP_URL", url)])).unwrap();
        }
        assert!(!is_here("http://127.0.0.1.evil.example"));
        assert!(!is_here("http://localhost@evil.example"));
    }

    #[test]
    fn a_sandbox_with_a_partners_secret_is_refused_and_the_secret_not_read() {
        for (name, key) in
            [("PINDESK_ISSUERS_SECRET", "issuers.secret"), ("PINDESK_BANK_CLIENT_SECRET", "bank.client_secret")]
        {
            // A tunnel to the real one has a local address.
            let tunnel = [("PINDESK_BANK_URL", "http://127.0.0.1:9"), (name, "file:/nowhere/at/all")];
            let error = check_partners(&config(&tunnel)).unwrap_err().to_string();
            assert!(error.starts_with(key) && error.contains("sandbox.enabled"), "{error}");
            check_partners(&config(&[(name, "file:/x"), ("PINDESK_SANDBOX_ENABLED", "false")])).unwrap();
        }
    }

    #[test]
    fn an_agents_server_on_this_machine_must_be_said_to_be_a_stand_in() {
        for url in ["mysql://root@127.0.0.1:3306/agent", "command:printf mysql://root@localhost/agent"] {
            let error = check_partners(&config(&[("PINDESK_SNAP_URL", url)])).unwrap_err().to_string();
            assert!(error.starts_with("snap.url") && error.contains("sandbox.agent_is_a_stand_in"), "{error}");
            let said = [("PINDESK_SNAP_URL", url), ("PINDESK_SANDBOX_AGENT_IS_A_STAND_IN", "true")];
            check_partners(&config(&said)).unwrap();
        }
        // Saying so makes no address of somebody else's ours.
        let outside = [("PINDESK_SNAP_URL", "mysql://u@10.1.2.3/a"), ("PINDESK_SANDBOX_AGENT_IS_A_STAND_IN", "true")];
        assert!(matches!(check_partners(&config(&outside)), Err(ModeError::Outside { key: "snap.url" })));
    }

    #[tokio::test]
    async fn a_database_without_tables_was_begun_as_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&store::DbSettings::sqlite(folder.path().join("new.db"))).await.unwrap();
        assert_eq!(begun_as(&db).await.unwrap(), None);
        check_database(&db, Mode::Sandbox).await.unwrap();
        check_database(&db, Mode::Real).await.unwrap();
    }

    testkit::both_engines! {
        async fn orders_without_a_note_of_their_mode_are_taken_for_real(db: TestDb) {
            check_database(&db, Mode::Sandbox).await.unwrap();
            one_order(&db).await;
            let error = check_database(&db, Mode::Sandbox).await.unwrap_err().to_string();
            assert!(error.contains("docs/operations.md"), "{error}");
            check_database(&db, Mode::Real).await.unwrap();
            hold(&db, Mode::Real, NOON).await.unwrap();
            assert!(matches!(check_database(&db, Mode::Sandbox).await, Err(ModeError::Other { .. })));
        }

        async fn a_sandbox_with_orders_stays_one(db: TestDb) {
            hold(&db, Mode::Sandbox, NOON).await.unwrap();
            one_order(&db).await;
            check_database(&db, Mode::Sandbox).await.unwrap();
        }

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
