//! One access token for all callers.

use crate::wire::TokenAnswer;
use domain::{Span, Timestamp};
use gateway_line::{Fault, Line, Method, Secret};
use tokio::sync::Mutex;

/// Fetched again this long before the bank would refuse it.
const SPARE_SECONDS: i64 = 60;

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub value: Secret,
    number: u64,
    expires_at: Timestamp,
}

#[derive(Debug, Default)]
struct Kept {
    token: Option<Token>,
    fetched: u64,
}

/// Holding the lock while fetching is what makes it single flight; the line's total time bounds the wait.
#[derive(Debug, Default)]
pub(crate) struct TokenStore {
    kept: Mutex<Kept>,
}

impl TokenStore {
    /// The kept token, or a fresh one. The error is a stable word: without a token the real request was not sent.
    pub async fn get(
        &self,
        line: &Line,
        client_id: &str,
        client_secret: &Secret,
        now: Timestamp,
    ) -> Result<Token, String> {
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.token.as_ref().filter(|token| now < token.expires_at) {
            return Ok(token.clone());
        }
        kept.token = None;
        let (value, seconds) = fetch(line, client_id, client_secret).await?;
        kept.fetched += 1;
        let token = Token {
            value,
            number: kept.fetched,
            expires_at: now.plus(Span::seconds((seconds - SPARE_SECONDS).max(1))),
        };
        kept.token = Some(token.clone());
        Ok(token)
    }

    /// Throws away the token that was refused, unless somebody has fetched a newer one meanwhile.
    pub async fn refuse(&self, refused: &Token) {
        let mut kept = self.kept.lock().await;
        if kept.token.as_ref().is_some_and(|token| token.number == refused.number) {
            kept.token = None;
        }
    }
}

async fn fetch(line: &Line, client_id: &str, client_secret: &Secret) -> Result<(Secret, i64), String> {
    let form = [
        ("client_id", client_id),
        ("client_secret", client_secret.expose()),
        ("scope", "oob"),
        ("grant_type", "client_credentials"),
    ];
    let body = serde_urlencoded::to_string(form).map_err(|_| "token_request".to_owned())?;
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8";
    let answer = line
        .call("token", Method::POST, "/oauth/2.0/token", &[], Some((content_type, body.into_bytes())), None)
        .await
        .map_err(|fault| match fault {
            Fault::NotSent { code } | Fault::Unknown { code } => format!("token_{code}"),
        })?;
    let read =
        answer.text().and_then(|text| serde_json::from_str::<TokenAnswer>(text).ok()).ok_or_else(|| {
            match answer.status {
                200 => "token_unreadable".to_owned(),
                status => format!("token_http_{status}"),
            }
        })?;
    match (answer.status, read.access_token, read.expires_in.and_then(|seconds| seconds.value())) {
        (200, Some(value), Some(seconds))
            if !value.is_empty()
                && value.bytes().all(|b| b.is_ascii_graphic())
                && (1..=315_360_000).contains(&seconds) =>
        {
            Ok((Secret::new(value), seconds))
        }
        _ if crate::check::plain_code(&read.rsp_code) => Err(format!("token_{}", read.rsp_code)),
        (200, ..) => Err("token_unreadable".to_owned()),
        (status, ..) => Err(format!("token_http_{status}")),
    }
}
