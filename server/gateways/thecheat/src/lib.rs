#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod seal;

pub use gateway_line::{BreakerSettings, Outcome, Secret, SettingsError};

use gateway_line::{Answer, Fault, Line, LineSettings, Method};
use seal::Sealer;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// How to reach TheCheat.
#[derive(Clone, Debug)]
pub struct CheatSettings {
    /// Where `/api/v2/…` begins.
    pub base_url: String,
    /// The key that says who we are.
    pub api_key: Secret,
    /// The key texts are sealed with: 32 characters, or 64 hexadecimal digits.
    pub seal_key: Secret,
    /// Time to get a connection.
    pub connect_timeout: Duration,
    /// Time for a whole call.
    pub total_timeout: Duration,
    /// Calls at the same time.
    pub max_concurrent: usize,
    /// When to stop calling.
    pub breaker: BreakerSettings,
    /// PEM certificates to trust instead of the machine's list.
    pub ca_pem: Option<String>,
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keyword<'a> {
    /// A phone, digits only.
    Phone(&'a str),
    /// An account, digits only, with its bank's three digits.
    Account {
        /// The bank.
        bank_code: &'a str,
        /// The number.
        number: &'a str,
    },
}

// A keyword is a person's phone or account.
impl fmt::Debug for Keyword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keyword").field(&self.kind()).finish()
    }
}

impl<'a> Keyword<'a> {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Phone(_) => "phone",
            Self::Account { .. } => "account",
        }
    }

    const fn text(&self) -> &'a str {
        match self {
            Self::Phone(text) | Self::Account { number: text, .. } => text,
        }
    }

    const fn bank_code(&self) -> &'a str {
        match self {
            Self::Phone(_) => "",
            Self::Account { bank_code, .. } => bank_code,
        }
    }
}

/// What TheCheat knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Nothing.
    Clean,
    /// It was reported.
    Caution,
}

/// TheCheat, seen from here. Make it once and share it.
pub struct CheatClient {
    line: Line,
    api_key: Secret,
    sealer: Sealer,
}

impl fmt::Debug for CheatClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheatClient").field("line", &self.line).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct SearchBody<'a> {
    keyword: String,
    keyword_type: &'a str,
    bank_code: &'a str,
}

#[derive(Deserialize)]
struct AnswerBody {
    result_code: i64,
    #[serde(default)]
    content: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    keyword: String,
    keyword_type: String,
    #[serde(default)]
    bank_code: Option<String>,
    caution: String,
}

const PATH: &str = "/api/v2/fraud/search/encrypted";

impl CheatClient {
    /// Is the breaker open: would a call be refused before it is made?
    pub fn is_refused(&self) -> bool {
        self.line.is_refused()
    }

    /// Checks the settings and makes the client. No call is made.
    pub fn new(settings: CheatSettings) -> Result<Self, SettingsError> {
        let api_key = settings.api_key.expose();
        if api_key.is_empty() || !api_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SettingsError::new("api_key", "must be visible ASCII without spaces"));
        }
        let sealer = Sealer::new(settings.seal_key.expose())
            .ok_or_else(|| SettingsError::new("seal_key", "must be 32 characters or 64 hexadecimal digits"))?;
        let line = Line::new(&LineSettings {
            party: "thecheat",
            base_url: settings.base_url,
            connect_timeout: settings.connect_timeout,
            total_timeout: settings.total_timeout,
            max_concurrent: settings.max_concurrent,
            max_answer: 64 * 1024,
            breaker: settings.breaker,
            ca_pem: settings.ca_pem,
        })?;
        Ok(Self { line, api_key: settings.api_key, sealer })
    }

    /// Asks for one phone or account. Changes nothing, so it may be asked again.
    ///
    /// `iv`: sixteen bytes by chance, never the same twice. `Rejected` is TheCheat refusing the request itself; it says
    /// nothing about the keyword.
    pub async fn search(&self, keyword: Keyword<'_>, iv: [u8; 16]) -> Outcome<Report> {
        let body = SearchBody {
            keyword: self.sealer.seal(keyword.text().as_bytes(), iv),
            keyword_type: keyword.kind(),
            bank_code: keyword.bank_code(),
        };
        let Ok(body) = serde_json::to_vec(&body) else { return Outcome::not_sent("bad_request") };
        let headers = [("x-thecheat-apikey", self.api_key.expose().to_owned()), ("accept", JSON.to_owned())];
        match self.line.call("search", Method::POST, PATH, &headers, Some((JSON, body)), None).await {
            Ok(answer) => self.read(&answer, keyword),
            Err(Fault::NotSent { code }) => Outcome::not_sent(code),
            Err(Fault::Unknown { code }) => Outcome::unknown(code),
        }
    }

    fn read(&self, answer: &Answer, keyword: Keyword<'_>) -> Outcome<Report> {
        if answer.status != 200 {
            return Outcome::unknown(format!("http_{}", answer.status));
        }
        let Some(body) = answer.text().and_then(|text| serde_json::from_str::<AnswerBody>(text).ok()) else {
            return Outcome::unknown("unreadable");
        };
        if body.result_code != 1 {
            return Outcome::Rejected(format!("result_{}", body.result_code));
        }
        let content = body.content.as_deref().and_then(|content| self.sealer.open(content));
        let Some(content) = content.and_then(|plain| serde_json::from_slice::<Content>(&plain).ok()) else {
            return Outcome::unknown("unreadable");
        };
        let same_bank = content.bank_code.is_none_or(|bank| bank.is_empty() || bank == keyword.bank_code());
        if content.keyword != keyword.text() || content.keyword_type != keyword.kind() || !same_bank {
            return Outcome::unknown("answer_mismatch");
        }
        match content.caution.as_str() {
            "Y" => Outcome::Accepted(Report::Caution),
            "N" => Outcome::Accepted(Report::Clean),
            _ => Outcome::unknown("unreadable"),
        }
    }
}

const JSON: &str = "application/json";

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const PHONE: Keyword<'_> = Keyword::Phone("01012345678");

    fn settings() -> CheatSettings {
        CheatSettings {
            base_url: "https://cheat.example".to_owned(),
            api_key: Secret::new("k-1"),
            seal_key: Secret::new(KEY),
            connect_timeout: Duration::from_secs(1),
            total_timeout: Duration::from_secs(1),
            max_concurrent: 1,
            breaker: BreakerSettings::default(),
            ca_pem: None,
        }
    }

    fn read(status: u16, body: &str) -> Outcome<Report> {
        let client = CheatClient::new(settings()).unwrap();
        client.read(&Answer { status, body: body.as_bytes().to_vec() }, PHONE)
    }

    fn said(content: &str) -> Outcome<Report> {
        let sealed = Sealer::new(KEY).unwrap().seal(content.as_bytes(), [7; 16]);
        read(200, &format!(r#"{{"result_code":1,"result_msg":"OK","content":"{sealed}"}}"#))
    }

    #[test]
    fn only_a_whole_answer_about_this_keyword_is_believed() {
        let content = |keyword: &str, kind: &str, caution: &str| {
            said(&format!(r#"{{"keyword":"{keyword}","keyword_type":"{kind}","bank_code":"","caution":"{caution}"}}"#))
        };
        assert_eq!(content("01012345678", "phone", "Y"), Outcome::Accepted(Report::Caution));
        assert_eq!(content("01012345678", "phone", "N"), Outcome::Accepted(Report::Clean));
        assert_eq!(content("01012345679", "phone", "N"), Outcome::unknown("answer_mismatch"));
        assert_eq!(content("01012345678", "account", "N"), Outcome::unknown("answer_mismatch"));
        for caution in ["", "n", "no", "false"] {
            assert_eq!(content("01012345678", "phone", caution), Outcome::unknown("unreadable"), "{caution}");
        }
        assert_eq!(said("{}"), Outcome::unknown("unreadable"));
        assert_eq!(said("not json"), Outcome::unknown("unreadable"));
    }

    #[test]
    fn an_answer_that_does_not_open_says_nothing() {
        for content in ["\"AAAA\"", "\"!!\"", "null", "\"\"", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""] {
            let body = format!(r#"{{"result_code":1,"content":{content}}}"#);
            assert_eq!(read(200, &body), Outcome::unknown("unreadable"), "{content}");
        }
        assert_eq!(read(200, "<html>"), Outcome::unknown("unreadable"));
        assert_eq!(read(200, r#"{"result_code":-3}"#), Outcome::Rejected("result_-3".to_owned()));
        for status in [204, 302, 401, 403, 404, 429, 500, 503] {
            let clean = r#"{"result_code":1,"content":""}"#;
            assert_eq!(read(status, clean), Outcome::unknown(format!("http_{status}")));
        }
    }

    #[test]
    fn unusable_keys_are_refused_by_name() {
        let with = |change: fn(&mut CheatSettings)| {
            let mut settings = settings();
            change(&mut settings);
            CheatClient::new(settings).err().map(|error| error.setting)
        };
        assert_eq!(with(|_| {}), None);
        assert_eq!(with(|s| s.api_key = Secret::new("")), Some("api_key"));
        assert_eq!(with(|s| s.api_key = Secret::new("a b")), Some("api_key"));
        assert_eq!(with(|s| s.seal_key = Secret::new("short")), Some("seal_key"));
        assert_eq!(with(|s| s.seal_key = Secret::new("z".repeat(64))), Some("seal_key"));
        assert_eq!(with(|s| s.seal_key = Secret::new("ab".repeat(32))), None);
        assert_eq!(with(|s| s.base_url = "http://cheat.example".to_owned()), Some("base_url"));
    }

    #[test]
    fn debug_prints_no_person_and_no_key() {
        let shown = format!("{:?} {PHONE:?}", CheatClient::new(settings()).unwrap());
        assert!(!shown.contains("0101234") && !shown.contains("k-1") && !shown.contains(KEY), "{shown}");
    }
}
