//! Two calls that must not be confused: an inquiry changes nothing, a redemption can't be taken back.
//!
//! A redemption that ends `Unknown` is asked about with [`IssuerClient::redemption`]; the bridge is idempotent on
//! the reference, so the state machine may later send the very same request again, never one with a new reference.

use crate::signature::sign;
use crate::wire::{ErrorBody, InquiryBody, RedeemBody, Redemption, ResultBody, verdict};
use domain::{IssuerAnswer, Timestamp, Won};
use gateway_line::{Answer, BreakerSettings, Fault, Line, LineSettings, Method, Outcome, Secret, SettingsError};
use serde::Serialize;
use std::fmt;
use std::time::{Duration, Instant};

/// How to reach the issuer bridge.
#[derive(Clone, Debug)]
pub struct IssuerSettings {
    /// Where `/v1/…` begins: `https://bridge.example` or, on this machine, `http://127.0.0.1:9100/issuer`.
    pub base_url: String,
    /// Name of our key at the bridge.
    pub key_id: String,
    /// The key requests are signed with.
    pub secret: Secret,
    /// Time to get a connection; 3 s is usual.
    pub connect_timeout: Duration,
    /// Time for a whole call; 10 s is usual.
    pub total_timeout: Duration,
    /// Calls at the same time.
    pub max_concurrent: usize,
    /// When to stop calling.
    pub breaker: BreakerSettings,
    /// PEM certificates to trust instead of the machine's list.
    pub ca_pem: Option<String>,
}

/// A look at a voucher. Changes nothing at the issuer.
#[derive(Clone, Copy)]
pub struct InquiryRequest<'a> {
    /// Our name for this look, 1–64 of `[A-Za-z0-9_.-]`.
    pub reference: &'a str,
    /// Brand code.
    pub brand: &'a str,
    /// The normalised number.
    pub pin: &'a str,
    /// Companion fields of the brand's form, by name.
    pub companions: &'a [(&'a str, &'a str)],
    /// What the customer says it is worth; a help for bridges that can't see the face.
    pub claimed_face: Option<Won>,
}

/// Taking a voucher's whole value. Irreversible.
#[derive(Clone, Copy)]
pub struct RedeemRequest<'a> {
    /// Our name for this redemption, 1–64 of `[A-Za-z0-9_.-]`, committed to our database before the call.
    pub reference: &'a str,
    /// Brand code.
    pub brand: &'a str,
    /// The normalised number.
    pub pin: &'a str,
    /// Companion fields of the brand's form, by name.
    pub companions: &'a [(&'a str, &'a str)],
    /// The face that must be taken; the bridge takes all of it or nothing.
    pub expected_face: Won,
    /// Not sent after this moment: the claim on the voucher may be somebody else's then.
    pub send_by: Instant,
}

// Neither request may print its number.
impl fmt::Debug for InquiryRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InquiryRequest")
            .field("reference", &self.reference)
            .field("brand", &self.brand)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RedeemRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedeemRequest")
            .field("reference", &self.reference)
            .field("brand", &self.brand)
            .finish_non_exhaustive()
    }
}

/// The bridge, seen from here. Make it once and share it.
#[derive(Debug)]
pub struct IssuerClient {
    line: Line,
    key_id: String,
    secret: Secret,
}

const JSON: &str = "application/json";

impl IssuerClient {
    /// Is the breaker open: would a call be refused before it is made?
    pub fn is_refused(&self) -> bool {
        self.line.is_refused()
    }

    /// Checks the settings and makes the client. No call is made.
    pub fn new(settings: IssuerSettings) -> Result<Self, SettingsError> {
        if settings.key_id.is_empty() || !settings.key_id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SettingsError::new("key_id", "must be visible ASCII without spaces"));
        }
        if settings.secret.expose().len() < 16 {
            return Err(SettingsError::new("secret", "must be at least 16 bytes"));
        }
        let line = Line::new(&LineSettings {
            party: "issuer",
            base_url: settings.base_url,
            connect_timeout: settings.connect_timeout,
            total_timeout: settings.total_timeout,
            max_concurrent: settings.max_concurrent,
            max_answer: 64 * 1024,
            breaker: settings.breaker,
            ca_pem: settings.ca_pem,
        })?;
        Ok(Self { line, key_id: settings.key_id, secret: settings.secret })
    }

    /// Asks what a voucher is worth.
    ///
    /// Every word of the issuer is `Accepted`, also its "no"; `Rejected` is the bridge refusing the request itself
    /// (`bad_signature`, `stale_time`, `invalid`, …). `Unknown` means "not learned"; as nothing changes at the issuer,
    /// asking again is safe.
    pub async fn inquire(&self, request: &InquiryRequest<'_>, now: Timestamp) -> Outcome<IssuerAnswer> {
        let body = InquiryBody {
            reference: request.reference,
            brand: request.brand,
            pin: request.pin,
            companions: request.companions.iter().copied().collect(),
            claimed_face: request.claimed_face,
        };
        self.post("inquiry", "/v1/inquiries", &body, request.reference, None, (now, None)).await
    }

    /// Redeems a voucher.
    ///
    /// `Accepted(Ok)` only when the answer names this reference and the expected face; any other accepted answer says
    /// that nothing was taken. After `Unknown` ask [`Self::redemption`].
    pub async fn redeem(&self, request: &RedeemRequest<'_>, now: Timestamp) -> Outcome<IssuerAnswer> {
        let body = RedeemBody {
            reference: request.reference,
            brand: request.brand,
            pin: request.pin,
            companions: request.companions.iter().copied().collect(),
            expected_face: request.expected_face,
        };
        let when = (now, Some(request.send_by));
        self.post("redeem", "/v1/redemptions", &body, request.reference, Some(request.expected_face), when).await
    }

    /// Asks what became of a redemption. `expected_face` is the one it was sent with; another one in the answer is
    /// `Unknown`.
    pub async fn redemption(&self, reference: &str, expected_face: Won, now: Timestamp) -> Redemption {
        if !good_reference(reference) {
            return Redemption::Unknown { code: "bad_reference".to_owned() };
        }
        let path = format!("/v1/redemptions/{reference}");
        let answer = match self.send("redemption", Method::GET, &path, None, (now, None)).await {
            Ok(answer) => answer,
            Err(Fault::NotSent { code } | Fault::Unknown { code }) => {
                return Redemption::Unknown { code: code.to_owned() };
            }
        };
        // "Not found" counts only in the contract's own words: a proxy's 404 says nothing about our voucher.
        if answer.status == 404 && refused_request(&answer).is_some_and(|code| code == "unknown_reference") {
            return Redemption::NotFound;
        }
        match read(&answer, reference, Some(expected_face)) {
            Outcome::Accepted(answer) => Redemption::Found(answer),
            // An error about this very question says nothing about the redemption.
            Outcome::Rejected(code) | Outcome::NotSent { code } | Outcome::Unknown { code } => {
                Redemption::Unknown { code }
            }
        }
    }

    async fn post(
        &self,
        operation: &'static str,
        path: &str,
        body: &impl Serialize,
        reference: &str,
        expected_face: Option<Won>,
        when: (Timestamp, Option<Instant>),
    ) -> Outcome<IssuerAnswer> {
        if !good_reference(reference) {
            return Outcome::not_sent("bad_reference");
        }
        let Ok(body) = serde_json::to_vec(body) else {
            return Outcome::not_sent("bad_request");
        };
        match self.send(operation, Method::POST, path, Some(body), when).await {
            Ok(answer) => read(&answer, reference, expected_face),
            Err(Fault::NotSent { code }) => Outcome::not_sent(code),
            Err(Fault::Unknown { code }) => Outcome::unknown(code),
        }
    }

    async fn send(
        &self,
        operation: &'static str,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        (now, send_by): (Timestamp, Option<Instant>),
    ) -> Result<Answer, Fault> {
        let now = now.micros().div_euclid(1_000_000);
        let signature = sign(self.secret.expose(), now, method.as_str(), path, body.as_deref().unwrap_or_default());
        let headers = [
            ("x-pindesk-key", self.key_id.clone()),
            ("x-pindesk-time", now.to_string()),
            ("x-pindesk-signature", signature),
            ("accept", JSON.to_owned()),
        ];
        self.line.call(operation, method, path, &headers, body.map(|bytes| (JSON, bytes)), send_by).await
    }
}

/// The answer, checked against what was asked.
fn read(answer: &Answer, reference: &str, expected_face: Option<Won>) -> Outcome<IssuerAnswer> {
    match answer.status {
        200 | 201 => {}
        // The contract's own refusals, made before anything is looked at. The same status with any other body may
        // come from a proxy that had already let the request through.
        400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 => {
            return match refused_request(answer) {
                Some(code) => Outcome::Rejected(code),
                None => Outcome::unknown(format!("http_{}", answer.status)),
            };
        }
        status => return Outcome::unknown(format!("http_{status}")),
    }
    let Some(body) = answer.text().and_then(|text| serde_json::from_str::<ResultBody>(text).ok()) else {
        return Outcome::unknown("unreadable");
    };
    if body.reference != reference {
        return Outcome::unknown("answer_mismatch");
    }
    match verdict(&body) {
        None => Outcome::unknown("unreadable"),
        Some(IssuerAnswer::Ok { face, .. }) if expected_face.is_some_and(|expected| expected != face) => {
            Outcome::unknown("answer_mismatch")
        }
        Some(answer) => Outcome::Accepted(answer),
    }
}

fn refused_request(answer: &Answer) -> Option<String> {
    let code = serde_json::from_str::<ErrorBody>(answer.text()?).ok()?.error.code;
    let plain =
        !code.is_empty() && code.len() <= 40 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    plain.then_some(code)
}

/// 1–64 of `[A-Za-z0-9_.-]`, and not a path step. References stand in a path, so nothing else may.
fn good_reference(reference: &str) -> bool {
    (1..=64).contains(&reference.len())
        && reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        && reference.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.as_bytes().to_vec() }
    }

    const OK: &str =
        r#"{"reference":"R-1","result":"ok","face":50000,"balance":0,"expires_at":"2029-01-01","issuer_ref":"I-9"}"#;

    fn voucher() -> IssuerAnswer {
        IssuerAnswer::Ok {
            face: Won::whole(50_000),
            balance: Won::ZERO,
            // 2029-01-02 00:00 in Korea
            expires_at: Timestamp::from_kst_yyyymmddhhmmss("20290102000000"),
            issuer_ref: Some("I-9".to_owned()),
        }
    }

    fn won(amount: u32) -> Won {
        Won::whole(amount)
    }

    #[test]
    fn a_full_answer_to_this_request_is_accepted() {
        assert_eq!(read(&answer(200, OK), "R-1", Some(won(50_000))), Outcome::Accepted(voucher()));
        assert_eq!(read(&answer(201, OK), "R-1", None), Outcome::Accepted(voucher()));
    }

    #[test]
    fn an_answer_to_another_request_is_unknown() {
        assert_eq!(read(&answer(200, OK), "R-2", Some(won(50_000))), Outcome::unknown("answer_mismatch"));
        assert_eq!(read(&answer(200, OK), "R-1", Some(won(10_000))), Outcome::unknown("answer_mismatch"));
    }

    #[test]
    fn every_result_word_has_its_meaning_and_others_have_none() {
        let with = |result: &str| {
            read(
                &answer(200, &format!(r#"{{"reference":"R-1","result":"{result}","balance":3000}}"#)),
                "R-1",
                Some(won(5000)),
            )
        };
        for (word, meaning) in [
            ("used", IssuerAnswer::Used),
            ("not_found", IssuerAnswer::NotFound),
            ("zero_balance", IssuerAnswer::ZeroBalance),
            ("partial", IssuerAnswer::Partial { balance: Won::whole(3000) }),
            ("locked_out", IssuerAnswer::LockedOut),
            ("not_supported", IssuerAnswer::NotSupported),
            ("temporary", IssuerAnswer::Temporary),
        ] {
            assert_eq!(with(word), Outcome::Accepted(meaning), "{word}");
        }
        for word in ["ok", "OK", "", "success"] {
            assert_eq!(with(word), Outcome::unknown("unreadable"), "{word}: the face is missing or the word is new");
        }
    }

    #[test]
    fn nonsense_amounts_are_unreadable() {
        for amounts in [
            r#""face":0,"balance":0"#,
            r#""face":-1,"balance":0"#,
            r#""face":100,"balance":101"#,
            r#""face":"100","balance":0"#,
        ] {
            let body = format!(r#"{{"reference":"R-1","result":"ok",{amounts},"issuer_ref":"I"}}"#);
            assert_eq!(read(&answer(200, &body), "R-1", None), Outcome::unknown("unreadable"), "{amounts}");
        }
    }

    #[test]
    fn only_the_contracts_own_refusals_are_final() {
        let worded = r#"{"error":{"code":"bad_signature"}}"#;
        assert_eq!(read(&answer(401, worded), "R-1", None), Outcome::Rejected("bad_signature".to_owned()));
        assert_eq!(read(&answer(401, "<html>"), "R-1", None), Outcome::unknown("http_401"));
        for status in [204, 302, 307, 408, 429, 500, 502, 503, 504] {
            assert_eq!(read(&answer(status, worded), "R-1", None), Outcome::unknown(format!("http_{status}")));
        }
    }

    #[test]
    fn a_reference_cannot_be_a_path() {
        for bad in ["", ".", "..", "a/b", "a?b", "a b", "가", &"a".repeat(65)] {
            assert!(!good_reference(bad), "{bad}");
        }
        assert!(good_reference("rdm_01J.x-9"));
    }

    #[test]
    fn debug_prints_no_number_and_no_key() {
        let request = RedeemRequest {
            reference: "R-1",
            brand: "b",
            pin: "4111222233334444",
            companions: &[("code", "777")],
            expected_face: Won::whole(1),
            send_by: Instant::now(),
        };
        let shown = format!("{request:?}");
        assert!(!shown.contains("4111") && !shown.contains("777"));
        assert!(!format!("{:?}", Secret::new("hush-hush")).contains("hush"));
    }
}
