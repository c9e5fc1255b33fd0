//! Secrets come from outside: the environment, a file, or a command. Never from the configuration file itself.

use domain::Secret;

/// Why a secret could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The setting is empty.
    #[error("{key} is empty; set it to env:NAME, file:PATH or command:CMD")]
    Missing { key: &'static str },
    /// The setting is not one of the three forms; its text is not repeated, it may be the secret itself.
    #[error("{key} must be env:NAME, file:PATH or command:CMD; the secret itself does not belong in the file")]
    Form { key: &'static str },
    /// The source gave nothing.
    #[error("{key}: {source_name} gave nothing ({reason})")]
    Empty { key: &'static str, source_name: String, reason: String },
}

/// The secret behind a setting.
#[expect(clippy::disallowed_methods, reason = "secrets may come from the environment; this is their one door")]
pub fn read_secret(key: &'static str, setting: &str) -> Result<Secret<String>, SecretError> {
    let empty = |reason: String| SecretError::Empty { key, source_name: setting.to_owned(), reason };
    let text = if setting.is_empty() {
        return Err(SecretError::Missing { key });
    } else if let Some(name) = setting.strip_prefix("env:") {
        std::env::var(name).map_err(|error| empty(error.to_string()))?
    } else if let Some(path) = setting.strip_prefix("file:") {
        std::fs::read_to_string(path).map_err(|error| empty(error.to_string()))?
    } else if let Some(command) = setting.strip_prefix("command:") {
        let output = std::process::Command::new("sh")
            .args(["-c", command])
            .output()
            .map_err(|error| empty(error.to_string()))?;
        if !output.status.success() {
            return Err(empty(format!("it ended with {}", output.status)));
        }
        String::from_utf8(output.stdout).map_err(|_| empty("its output is not UTF-8".to_owned()))?
    } else {
        return Err(SecretError::Form { key });
    };
    let text = text.trim();
    if text.is_empty() { Err(empty("it is empty".to_owned())) } else { Ok(Secret::new(text.to_owned())) }
}

/// A setting that may be written out or, because it may hold a password, named by its source.
pub fn read_url(key: &'static str, setting: &str) -> Result<String, SecretError> {
    if ["env:", "file:", "command:"].iter().any(|source| setting.starts_with(source)) {
        return Ok(read_secret(key, setting)?.expose().clone());
    }
    Ok(setting.to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_a_command_give_their_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        std::fs::write(&path, "from-a-file\n").unwrap();
        assert_eq!(read_secret("k", &format!("file:{}", path.display())).unwrap().expose(), "from-a-file");
        assert_eq!(read_secret("k", "command:printf hello").unwrap().expose(), "hello");
    }

    #[test]
    fn a_secret_written_into_the_file_is_refused_and_not_repeated() {
        let error = read_secret("bank.client_secret", "hunter2").unwrap_err().to_string();
        assert!(error.contains("bank.client_secret") && !error.contains("hunter2"));
    }

    #[test]
    fn an_address_may_be_written_out_or_named_by_its_source() {
        assert_eq!(read_url("database.url", "postgres://u@localhost/x").unwrap(), "postgres://u@localhost/x");
        assert_eq!(read_url("database.url", "command:printf postgres://u:p@h/x").unwrap(), "postgres://u:p@h/x");
        let error = read_url("snap.url", "file:/nowhere/at/all").unwrap_err().to_string();
        assert!(error.starts_with("snap.url"), "{error}");
    }

    #[test]
    fn a_failing_command_says_so() {
        assert!(read_secret("k", "command:exit 3").unwrap_err().to_string().contains("exit status: 3"));
    }
}
