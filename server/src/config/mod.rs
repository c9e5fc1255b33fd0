//! `Leptos.toml` and the environment, read once at start. The only place that reads environment variables.

mod secret;

pub use secret::{SecretError, read_secret, read_url};

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Environment variables with our prefix that are not keys of the file: they belong to the build and the tests.
const NOT_OURS: &[&str] = &[
    "PINDESK_CACHE",
    "PINDESK_SHARED",
    "PINDESK_CONFIG",
    "PINDESK_BIN",
    "PINDESK_SANDBOX_BIN",
    "PINDESK_FAILPOINT",
    "PINDESK_E2E_URL",
    "PINDESK_CHROMIUM",
    "PINDESK_LOCKED",
    "PINDESK_BUILT",
    "PINDESK_SERVE_ARGS",
    "PINDESK_TORTURE_KILLS",
    "PINDESK_TEST_POSTGRES_URL",
];

/// Why the configuration can't be used: what, where, and the cure.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file isn't there.
    #[error(
        "{path}: can't be read ({reason}); copy Leptos.toml from the repository or set PINDESK_CONFIG to its place"
    )]
    Unreadable { path: String, reason: String },
    /// Not TOML, a key nobody knows, or a value of the wrong kind.
    #[error("{path}: {reason}")]
    Malformed { path: String, reason: String },
    /// An override of the wrong kind.
    #[error("{name}={value}: {key} wants {wants}")]
    Override { name: String, value: String, key: String, wants: &'static str },
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind,)* }
    };
}

section! {
    /// The web site.
    Site { addr: String, public_url: String, root: PathBuf, development: bool, trusted_proxies: u32, }
}
section! {
    /// Who runs the shop.
    Business {
        company: String, owner: String, number: String, mail_order: String, address: String, phone: String,
        email: String, kakao_url: String,
    }
}
section! {
    /// Our own files.
    Data { dir: PathBuf, }
}
section! {
    /// The main database.
    Database { url: String, max_connections: u32, migrate: bool, }
}
section! {
    /// Where keys come from.
    Keys { source: String, }
}
section! {
    /// The sandbox partners.
    Sandbox { enabled: bool, addr: String, url: String, seed: u64, agent_is_a_stand_in: bool, }
}
section! {
    /// The issuer bridge.
    Issuers { url: String, key_id: String, secret: String, connect_timeout_ms: u64, timeout_ms: u64, concurrency: u32, }
}
section! {
    /// TheCheat.
    TheCheat {
        enabled: bool, url: String, api_key: String, seal_key: String, connect_timeout_ms: u64, timeout_ms: u64,
        concurrency: u32,
    }
}
section! {
    /// Who is told when something is wrong.
    Alerts { url: String, connect_timeout_ms: u64, timeout_ms: u64, }
}
section! {
    /// The bank rail.
    Bank {
        url: String, client_id: String, client_secret: String, client_use_code: String, contract_account: String,
        print_content: String, connect_timeout_ms: u64, timeout_ms: u64, concurrency: u32, midnight_rest_min: Vec<i64>,
    }
}
section! {
    /// The message agent.
    Snap { url: String, callback_number: String, }
}
section! {
    /// What this version of the message agent calls its tables and columns.
    SnapNames {
        queue: String, log_prefix: String, client_key: String, channel: String, traffic: String, status: String,
        req_date: String, callback: String, phone: String, body: String, title: String, files: String, campaign: String,
        etc1: String, done_code: String, done_desc: String, done_date: String,
    }
}
section! {
    /// Limits and delays of the shop.
    Shop {
        quote_valid_s: i64, auto_payout_limit: i64, inquiry_schedule_s: Vec<i64>, settle_delay_s: i64,
        codes_per_phone: u32, codes_per_address: u32, inquiries_per_address: u32, posts_per_minute: u32,
    }
}
section! {
    /// The worker lanes.
    Work {
        inside_serve: bool, verify: u32, lock: u32, settle: u32, payout: u32, message: u32, housekeeping: u32,
        lease_s: i64,
    }
}
section! {
    /// What is written to the log.
    Log { filter: String, format: String, }
}
section! {
    /// The whole file.
    Config {
        site: Site, business: Business, data: Data, database: Database, keys: Keys, sandbox: Sandbox, issuers: Issuers, thecheat: TheCheat, alerts: Alerts,
        bank: Bank,
        snap: Snap, snap_names: SnapNames, shop: Shop, work: Work, log: Log,
    }
}

/// A configuration and where it came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The values in force.
    pub config: Config,
    /// The file read.
    pub path: PathBuf,
    /// Keys taken from the environment, `section.key`.
    pub overridden: Vec<String>,
    /// Variables with our prefix that name no key: probably a typing mistake.
    pub unknown: Vec<String>,
}

/// Read the file named by `path`, by PINDESK_CONFIG, or `Leptos.toml` in the working folder, then the environment.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn load(path: Option<&Path>) -> Result<Loaded, ConfigError> {
    let path = path.map_or_else(
        || std::env::var_os("PINDESK_CONFIG").map_or_else(|| PathBuf::from("Leptos.toml"), PathBuf::from),
        Path::to_path_buf,
    );
    let text = std::fs::read_to_string(&path)
        .map_err(|error| ConfigError::Unreadable { path: path.display().to_string(), reason: error.to_string() })?;
    let env: Vec<(String, String)> = std::env::vars().filter(|(name, _)| name.starts_with("PINDESK_")).collect();
    from_text(&path, &text, &env)
}

/// The pure part of [`load`].
pub fn from_text(path: &Path, text: &str, env: &[(String, String)]) -> Result<Loaded, ConfigError> {
    let malformed = |reason: String| ConfigError::Malformed { path: path.display().to_string(), reason };
    let mut table: toml::Table = text.parse().map_err(|error| malformed(reason(&error, text)))?;
    let mut overridden = Vec::new();
    let mut unknown = Vec::new();
    for (name, value) in env {
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let lower = name.trim_start_matches("PINDESK_").to_lowercase();
        let slot = table.iter_mut().find_map(|(section, keys)| {
            let key = lower.strip_prefix(section.as_str())?.strip_prefix('_')?;
            let keys = keys.as_table_mut()?;
            keys.get_mut(key).map(|slot| (format!("{section}.{key}"), slot))
        });
        match slot {
            Some((key, slot)) => {
                *slot = parse_like(slot, value).map_err(|wants| ConfigError::Override {
                    name: name.clone(),
                    value: value.clone(),
                    key: key.clone(),
                    wants,
                })?;
                overridden.push(key);
            }
            None => unknown.push(name.clone()),
        }
    }
    let config = table.try_into().map_err(|error| malformed(reason(&error, text)))?;
    Ok(Loaded { config, path: path.to_path_buf(), overridden, unknown })
}

/// What is wrong and where, without the line itself: somebody may have written a secret into it. serde quotes the value
/// of a wrong kind, so only what it wanted is kept of that.
fn reason(error: &toml::de::Error, text: &str) -> String {
    let message = match error.message().split_once(", expected ") {
        Some((said, wanted)) if said.starts_with("invalid") => format!("a value of the wrong kind, wanted {wanted}"),
        _ => error.message().to_owned(),
    };
    let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
    let shown = error.to_string();
    // For a value of the wrong kind there is no place in the text, but the key's name.
    let key = shown.lines().find_map(|line| line.strip_prefix("in `")?.strip_suffix('`'));
    match (line, key) {
        (Some(line), _) => format!("line {line}: {message}"),
        (None, Some(key)) => format!("{key}: {message}"),
        (None, None) => message,
    }
}

/// An override has the kind of the value it replaces.
fn parse_like(slot: &toml::Value, value: &str) -> Result<toml::Value, &'static str> {
    match slot {
        toml::Value::Integer(_) => value.parse().map(toml::Value::Integer).map_err(|_| "a whole number"),
        toml::Value::Boolean(_) => value.parse().map(toml::Value::Boolean).map_err(|_| "true or false"),
        toml::Value::Array(_) => value
            .split(',')
            .map(|part| part.trim().parse().map(toml::Value::Integer))
            .collect::<Result<Vec<_>, _>>()
            .map(toml::Value::Array)
            .map_err(|_| "whole numbers with commas between"),
        _ => Ok(toml::Value::String(value.to_owned())),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../Leptos.toml");

    fn load_with(env: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
        let env: Vec<_> = env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        from_text(Path::new("Leptos.toml"), FILE, &env)
    }

    #[test]
    fn the_committed_file_is_complete() {
        let loaded = load_with(&[]).unwrap();
        assert!(loaded.overridden.is_empty());
        assert_eq!(loaded.config.site.addr, "127.0.0.1:3000");
    }

    #[test]
    fn every_key_of_the_file_has_a_comment() {
        let mut commented = false;
        for line in FILE.lines() {
            if line.starts_with('#') {
                commented = true;
            } else if line.is_empty() || line.starts_with('[') {
                commented = false;
            } else {
                // A run of keys may share the comment above it.
                assert!(commented, "no comment above: {line}");
            }
        }
    }

    #[test]
    fn the_environment_overrides_a_key_of_each_kind() {
        let loaded = load_with(&[
            ("PINDESK_SITE_ADDR", "127.0.0.1:4000"),
            ("PINDESK_SITE_DEVELOPMENT", "true"),
            ("PINDESK_SHOP_QUOTE_VALID_S", "5"),
            ("PINDESK_SHOP_INQUIRY_SCHEDULE_S", "1, 2"),
        ])
        .unwrap();
        assert_eq!(loaded.config.site.addr, "127.0.0.1:4000");
        assert!(loaded.config.site.development);
        assert_eq!(loaded.config.shop.quote_valid_s, 5);
        assert_eq!(loaded.config.shop.inquiry_schedule_s, [1, 2]);
        assert_eq!(loaded.overridden.len(), 4);
    }

    #[test]
    fn an_override_of_the_wrong_kind_names_the_variable_and_the_cure() {
        let error = load_with(&[("PINDESK_SHOP_QUOTE_VALID_S", "soon")]).unwrap_err().to_string();
        assert_eq!(error, "PINDESK_SHOP_QUOTE_VALID_S=soon: shop.quote_valid_s wants a whole number");
    }

    #[test]
    fn a_mistyped_variable_is_reported() {
        assert_eq!(load_with(&[("PINDESK_SITE_ADRR", "x")]).unwrap().unknown, ["PINDESK_SITE_ADRR"]);
    }

    #[test]
    fn an_error_says_where_and_never_repeats_the_line() {
        let broken = [
            ("client_secret = \"\"", "client_secret = hunter2", "line "),
            ("client_secret = \"\"", "client_secret = \"hunter2", "line "),
            ("timeout_ms = 15000", "timeout_ms = \"hunter2\"", "timeout_ms: "),
        ];
        for (from, to, place) in broken {
            let text = FILE.replace(from, to);
            assert_ne!(text, FILE, "{from}");
            let error = from_text(Path::new("x.toml"), &text, &[]).unwrap_err().to_string();
            assert!(error.contains(place) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused() {
        let error = from_text(Path::new("x.toml"), &FILE.replace("addr = \"127.0.0.1:3000\"", "adr = \"1\""), &[]);
        assert!(error.unwrap_err().to_string().contains("adr"));
    }
}
