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
    /// Nothing was asked for, or what can't be done.
    #[error("{0}")]
    Asked(String),
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
    let entry = || -> Result<KeyEntry, KeysError> { Ok(KeyEntry { id: 1, key: fresh_key()? }) };
    written(&KeyFile { data: vec![entry()?], lookup: vec![entry()?] })
}

/// The keyring named by `keys.source`.
pub fn load(source: &str, sandbox: bool, data_dir: &Path) -> Result<Keyring, KeysError> {
    parse(&text(source, sandbox, data_dir)?)
}

/// The keys with a new one in front of each list asked for. Numbers only grow, so that none ever means two keys.
pub fn with_new(text: &str, data: bool, lookup: bool) -> Result<String, KeysError> {
    if !(data || lookup) {
        return Err(KeysError::Asked("say which: --data, --lookup, or both".to_owned()));
    }
    let mut file = file_of(text)?;
    if lookup && file.lookup.len() > 1 {
        let old = file.lookup.last().map_or(0, |key| key.id);
        return Err(KeysError::Asked(format!(
            "there are two look-up keys already: finish that rotation, retire key {old} at /desk/keys, and print the \
             file without it (pindesk keys remove --lookup {old})"
        )));
    }
    for (wanted, list) in [(data, &mut file.data), (lookup, &mut file.lookup)] {
        if wanted {
            let highest = list.iter().map(|key| key.id).max().unwrap_or(0);
            let id = highest.checked_add(1).ok_or_else(|| KeysError::Asked("no number is left".to_owned()))?;
            list.insert(0, KeyEntry { id, key: fresh_key()? });
        }
    }
    written(&file)
}

/// The keys without one of each list, which is never the one in front.
pub fn without(text: &str, data: Option<u16>, lookup: Option<u16>) -> Result<String, KeysError> {
    if data.is_none() && lookup.is_none() {
        return Err(KeysError::Asked("say which: --data NUMBER or --lookup NUMBER".to_owned()));
    }
    let mut file = file_of(text)?;
    for (name, number, list) in [("data", data, &mut file.data), ("lookup", lookup, &mut file.lookup)] {
        let Some(number) = number else { continue };
        match list.iter().position(|key| key.id == number) {
            None => return Err(KeysError::Asked(format!("there is no {name} key {number}"))),
            Some(0) => return Err(KeysError::Asked(format!("{name} key {number} is in front: it is the one in use"))),
            Some(at) => drop(list.remove(at)),
        }
    }
    written(&file)
}

/// What the source gives: the sandbox's own file, made when it is missing, or the secret it names.
pub fn text(source: &str, sandbox: bool, data_dir: &Path) -> Result<String, KeysError> {
    if source != "sandbox" {
        return Ok(read_secret("keys.source", source)?.expose().clone());
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
    std::fs::read_to_string(&path).map_err(file_error)
}

fn file_of(text: &str) -> Result<KeyFile, KeysError> {
    // serde's own message may quote the text; the line and column are enough.
    serde_json::from_str(text.trim())
        .map_err(|error| KeysError::Malformed { reason: format!("line {}, column {}", error.line(), error.column()) })
}

/// What is printed is a file that starts.
fn written(file: &KeyFile) -> Result<String, KeysError> {
    let text = serde_json::to_string(file).map_err(|error| KeysError::Malformed { reason: error.to_string() })?;
    parse(&text)?;
    Ok(text)
}

fn fresh_key() -> Result<String, KeysError> {
    let mut bytes = [0; 32];
    store::crypto::random(&mut bytes)?;
    Ok(hex::encode(bytes))
}

fn parse(text: &str) -> Result<Keyring, KeysError> {
    let file = file_of(text)?;
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
    fn a_new_key_stands_in_front_and_its_number_is_nobodys() {
        let (first, numbers) = (fresh().unwrap(), |text: &str| {
            let keys = parse(text).unwrap();
            (keys.numbers(store::crypto::KeyPurpose::Data), keys.numbers(store::crypto::KeyPurpose::Lookup))
        });
        let second = with_new(&first, true, true).unwrap();
        assert_eq!(numbers(&second), (vec![2, 1], vec![2, 1]));
        // What was sealed and hashed before still opens and is found.
        let (old, new) = (parse(&first).unwrap(), parse(&second).unwrap());
        let sealed = old.seal("t", "c", [1; 16], b"v").unwrap();
        assert_eq!(new.open("t", "c", [1; 16], &sealed).unwrap(), b"v");
        assert_eq!(new.hmac_all("d", b"v")[1], old.hmac("d", b"v"));
        let error = with_new(&second, false, true).err().unwrap().to_string();
        assert!(error.contains("remove --lookup 1"), "{error}");
        let third = without(&with_new(&second, true, false).unwrap(), Some(1), Some(1)).unwrap();
        assert_eq!(numbers(&third), (vec![3, 2], vec![2]));
        assert_eq!(numbers(&with_new(&third, false, true).unwrap()).1, [3, 2]);
        for (data, lookup) in [(Some(3), None), (None, Some(2)), (Some(1), None), (None, None)] {
            without(&third, data, lookup).unwrap_err();
        }
        with_new(&third, false, false).unwrap_err();
    }

    #[test]
    fn a_broken_key_text_is_not_repeated_in_the_error() {
        let error = parse("{\"data\":[{\"id\":1,\"key\":\"5ecre7\"}],\"lookup\":[]}").unwrap_err().to_string();
        assert!(!error.contains("5ecre7"), "{error}");
    }
}
