#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub use gateway_line::{BreakerSettings, Outcome, Secret, SettingsError};

use gateway_line::{Fault, Line, LineSettings, Method};
use std::fmt;
use std::time::Duration;

/// How to reach the webhook.
#[derive(Clone, Debug)]
pub struct AlertSettings {
    /// The whole address. Whoever has it may write there.
    pub url: Secret,
    /// Time to get a connection.
    pub connect_timeout: Duration,
    /// Time for a whole call.
    pub total_timeout: Duration,
    /// When to stop calling.
    pub breaker: BreakerSettings,
    /// PEM certificates to trust instead of the machine's list.
    pub ca_pem: Option<String>,
}

/// The webhook, seen from here. Make it once and share it.
pub struct AlertClient {
    line: Line,
    path: Secret,
}

impl fmt::Debug for AlertClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AlertClient")
    }
}

const JSON: &str = "application/json";
/// Longer texts are cut: Slack shows 40,000 characters, people read a screen.
const LONGEST: usize = 3_500;

impl AlertClient {
    /// Checks the settings and makes the client. No call is made.
    pub fn new(settings: AlertSettings) -> Result<Self, SettingsError> {
        let whole = settings.url.expose();
        let (base, path) = whole
            .find("://")
            .and_then(|scheme| whole.get(scheme + 3..)?.find('/').map(|slash| whole.split_at(scheme + 3 + slash)))
            .filter(|(_, path)| path.len() > 1)
            .ok_or_else(|| SettingsError::new("url", "must be an address with a path, https://host/path"))?;
        if path.contains(['?', '#']) || path.contains("..") || path.contains("//") {
            return Err(SettingsError::new("url", "must hold no query, no fragment and no relative part"));
        }
        let line = Line::new(&LineSettings {
            party: "alerts",
            base_url: base.to_owned(),
            connect_timeout: settings.connect_timeout,
            total_timeout: settings.total_timeout,
            max_concurrent: 1,
            max_answer: 16 * 1024,
            breaker: settings.breaker,
            ca_pem: settings.ca_pem,
        })?;
        Ok(Self { line, path: Secret::new(path.to_owned()) })
    }

    /// Says it, once.
    pub async fn say(&self, text: &str) -> Outcome<()> {
        let text: String = text.chars().take(LONGEST).collect();
        let Ok(body) = serde_json::to_vec(&serde_json::json!({ "text": text })) else {
            return Outcome::not_sent("bad_request");
        };
        match self.line.call("say", Method::POST, self.path.expose(), &[], Some((JSON, body)), None).await {
            Ok(answer) => match answer.status {
                200..=299 => Outcome::Accepted(()),
                400..=499 if answer.status != 429 => Outcome::Rejected(format!("http_{}", answer.status)),
                status => Outcome::unknown(format!("http_{status}")),
            },
            Err(Fault::NotSent { code }) => Outcome::not_sent(code),
            Err(Fault::Unknown { code }) => Outcome::unknown(code),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn made(url: &str) -> Result<AlertClient, SettingsError> {
        AlertClient::new(AlertSettings {
            url: Secret::new(url),
            connect_timeout: Duration::from_secs(1),
            total_timeout: Duration::from_secs(1),
            breaker: BreakerSettings::default(),
            ca_pem: None,
        })
    }

    #[test]
    fn an_address_that_can_not_be_right_is_refused_and_not_repeated() {
        made("https://hooks.example/services/T0/B0/hunter2").unwrap();
        made("http://127.0.0.1:9/alerts/hook").unwrap();
        for wrong in [
            "",
            "hooks.example/hunter2",
            "https://hooks.example",
            "https://hooks.example/",
            "https://hooks.example/a?token=hunter2",
            "https://hooks.example/a/../hunter2",
            "http://hooks.example/hunter2",
            "https://hunter2@hooks.example/a",
        ] {
            let error = made(wrong).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn debug_prints_no_address() {
        let shown = format!("{:?}", made("https://hooks.example/services/hunter2").unwrap());
        assert!(!shown.contains("hooks") && !shown.contains("hunter2"), "{shown}");
    }
}
