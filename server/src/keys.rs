//! Where the keys come from, and how new ones are made.

use crate::config::{SecretError, read_secret};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use store::crypto::NumberedKey;
use store::{Keyring, StoreError};

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The source gave nothing.
    #[error(transparent)]
    Source(#[from] SecretError),
    /// The text isn't what `pindesk keys new` prints. The text is not repeated.
    #[error("keys.source: the text is not the JSON that `pindesk keys new` prints ({reason})")]
    Malformed { reason: String },
    /// The keys themselves are no good.
    #[error(transparent)]
    Keys(#[from] StoreError),
    /// The sandbox's own key file.
    #[error("{path}: {reason}")]
    File { path: String, reason: String },
    /// Sandbox keys outside the sandbox.
    #[error("keys.source is \"sandbox\" while sandbox.enabled is false; set it to env:, file: or command:")]
    SandboxOnly,
}

/// Both lists; in each the first key is the active one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    data: Vec<KeyEntry>,
    lookup: Vec<KeyEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    id: u16,
    key: String,
}

/// Text of a fresh key file: one key of each kind.
pub fn fresh() -> Result<String, KeysError> {
    let entry = || -> Result<KeyEntry, KeysError> {
        let mut bytes = [0; 32];
        store::crypto::random(&mut bytes)?;
        Ok(KeyEntry { id: 1, key: hex::encode(bytes) })
    };
    let file = KeyFile { data: vec![entry()?], lookup: vec![entry()?] };
    serde_json::to_string(&file).map_err(|error| KeysError::Malformed { reason: error.to_string() })
}

/// The keyring named by `keys.source`.
pub fn load(source: &str, sandbox: bool, data_dir: &Path) -> Result<Keyring, KeysError> {
    if source != "sandbox" {
        return parse(read_secret("keys.source", source)?.expose());
    }
    if !sandbox {
        return Err(KeysError::SandboxOnly);
    }
    let path = data_dir.join("sandbox-keys.json");
    let file_error =
        |error: std::io::Error| KeysError::File { path: path.display().to_string(), reason: error.to_string() };
    if !path.exists() {
        let text = fresh()?;
        let mut file =
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(file_error)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(file_error)?;
        tracing::warn!(path = %path.display(), "made keys for the sandbox; never use them for real vouchers");
    }
    parse(&std::fs::read_to_string(&path).map_err(file_error)?)
}

fn parse(text: &str) -> Result<Keyring, KeysError> {
    // serde's own message may quote the text; the line and column are enough.
    let file: KeyFile = serde_json::from_str(text.trim()).map_err(|error| KeysError::Malformed {
        reason: format!("line {}, column {}", error.line(), error.column()),
    })?;
    let numbered = |entries: Vec<KeyEntry>| -> Result<Vec<NumberedKey>, KeysError> {
        entries
            .into_iter()
            .map(|entry| {
                let mut bytes = [0; 32];
                hex::decode_to_slice(&entry.key, &mut bytes).map_err(|_| KeysError::Malformed {
                    reason: format!("key {} is not 64 hexadecimal digits", entry.id),
                })?;
                Ok(NumberedKey { id: entry.id, bytes })
            })
            .collect()
    };
    Ok(Keyring::new(numbered(file.data)?, numbered(file.lookup)?)?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't prepare its files should stop")]
mod tests {
    use super::*;

    #[test]
    fn fresh_keys_can_be_read_back() {
        parse(&fresh().unwrap()).unwrap();
    }

    #[test]
    fn the_sandbox_makes_its_keys_once_and_only_for_itself() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let first = load("sandbox", true, dir.path()).unwrap().hmac("t", b"v");
        assert_eq!(load("sandbox", true, dir.path()).unwrap().hmac("t", b"v"), first);
        let mode = std::fs::metadata(dir.path().join("sandbox-keys.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn sandbox_keys_are_refused_outside_the_sandbox() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(load("sandbox", false, dir.path()), Err(KeysError::SandboxOnly)));
    }

    #[test]
    fn a_broken_key_text_is_not_repeated_in_the_error() {
        let error = parse("{\"data\":[{\"id\":1,\"key\":\"5ecre7\"}],\"lookup\":[]}").unwrap_err().to_string();
        assert!(!error.contains("5ecre7"), "{error}");
    }
}
