use crate::breaker::{Breaker, BreakerSettings};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Method, Url, redirect, retry};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How to reach one partner.
#[derive(Clone, Debug)]
pub struct LineSettings {
    /// Short name for log lines, for example `bank`.
    pub party: &'static str,
    /// Where the partner's paths begin. `https`, or `http` on this machine only. No user, query or fragment.
    pub base_url: String,
    /// Time to get a connection.
    pub connect_timeout: Duration,
    /// Time for the whole call, connection and answer included, and for waiting for a free place.
    pub total_timeout: Duration,
    /// Calls to this partner at the same time.
    pub max_concurrent: usize,
    /// Bytes of an answer that are read at most; a longer one is `Unknown`.
    pub max_answer: usize,
    /// When to stop calling.
    pub breaker: BreakerSettings,
    /// PEM certificates to trust instead of the machine's own list.
    pub ca_pem: Option<String>,
}

/// The configuration can't be used. Names the setting, never a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct SettingsError {
    /// Name of the setting.
    pub setting: &'static str,
    /// What is wrong and what it should be.
    pub problem: &'static str,
}

impl SettingsError {
    /// One setting, one problem.
    pub fn new(setting: &'static str, problem: &'static str) -> Self {
        Self { setting, problem }
    }
}

/// Why there is no answer to read. `code` is a stable word and never holds data of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing left this machine.
    NotSent {
        /// `connect`, `breaker_open`, `busy`, `too_late` or `bad_request`.
        code: &'static str,
    },
    /// Something may have arrived.
    Unknown {
        /// `timeout`, `cut` or `too_long`.
        code: &'static str,
    },
}

/// A whole answer, whatever its status.
#[derive(Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as it came. May hold personal data: not for logs.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text; `None` when it is not UTF-8. Read answers through this: a JSON reader skips over bad bytes
    /// in fields nobody asked for, and an answer in another character set is not to be trusted in any field.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }
}

/// One partner. Cheap to share behind an `Arc`; make it once.
#[derive(Debug)]
pub struct Line {
    party: &'static str,
    base: Url,
    client: Client,
    places: Semaphore,
    total_timeout: Duration,
    max_answer: usize,
    breaker: Breaker,
}

impl Line {
    /// Is the breaker open: would a call be refused before it is made?
    pub fn is_refused(&self) -> bool {
        self.breaker.refuses()
    }

    /// Makes the client. Fails on settings that would be unsafe or can't work.
    pub fn new(settings: &LineSettings) -> Result<Self, SettingsError> {
        let mut base = Url::parse(&settings.base_url).map_err(|_| {
            SettingsError::new("base_url", "is not a URL; expected for example https://partner.example")
        })?;
        if !base.username().is_empty()
            || base.password().is_some()
            || base.query().is_some()
            || base.fragment().is_some()
        {
            return Err(SettingsError::new("base_url", "must hold no user, password, query or fragment"));
        }
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => {
                return Err(SettingsError::new(
                    "base_url",
                    "plain http is for this machine only (127.0.0.1, ::1, localhost)",
                ));
            }
            _ => return Err(SettingsError::new("base_url", "must begin with https://")),
        }
        if settings.max_concurrent == 0 {
            return Err(SettingsError::new("max_concurrent", "must be at least 1"));
        }
        if settings.connect_timeout.is_zero() || settings.total_timeout.is_zero() {
            return Err(SettingsError::new("timeouts", "must be longer than zero"));
        }
        // `join` below replaces the last segment unless the path ends in a slash.
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.total_timeout)
            // Shorter than what servers usually keep, so that we close first.
            .pool_idle_timeout(Duration::from_secs(15))
            .pool_max_idle_per_host(settings.max_concurrent);
        if let Some(pem) = &settings.ca_pem {
            let certificates = Certificate::from_pem_bundle(pem.as_bytes())
                .map_err(|_| SettingsError::new("ca_pem", "is not a list of PEM certificates"))?;
            builder = builder.tls_certs_only(certificates);
        }
        let client = builder.build().map_err(|_| {
            SettingsError::new("client", "could not be made; are CA certificates installed on this machine?")
        })?;
        Ok(Self {
            party: settings.party,
            base,
            client,
            places: Semaphore::new(settings.max_concurrent),
            total_timeout: settings.total_timeout,
            max_answer: settings.max_answer,
            breaker: Breaker::new(settings.breaker),
        })
    }

    /// One call, once. `operation` is for the log; `path` is relative to the base URL and holds no secret.
    ///
    /// `send_by` is for calls with an effect: whoever waited past it for a place does not send any more, for the work
    /// may be somebody else's by then. `None` for calls that may be made at any time.
    pub async fn call(
        &self,
        operation: &'static str,
        method: Method,
        path: &str,
        headers: &[(&'static str, String)],
        body: Option<(&'static str, Vec<u8>)>,
        send_by: Option<Instant>,
    ) -> Result<Answer, Fault> {
        let result = self.call_quietly(method, path, headers, body, send_by).await;
        match &result {
            Ok(answer) if answer.status >= 500 || answer.status == 429 => {
                tracing::warn!(
                    party = self.party,
                    operation,
                    status = answer.status,
                    "partner answered with an error status"
                );
            }
            Ok(_) => {}
            Err(Fault::NotSent { code }) => {
                tracing::warn!(party = self.party, operation, code, "partner call was not sent");
            }
            Err(Fault::Unknown { code }) => {
                tracing::warn!(party = self.party, operation, code, "partner call has no known outcome");
            }
        }
        result
    }

    async fn call_quietly(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, String)],
        body: Option<(&'static str, Vec<u8>)>,
        send_by: Option<Instant>,
    ) -> Result<Answer, Fault> {
        let bad_request = Fault::NotSent { code: "bad_request" };
        let url = self.base.join(path.trim_start_matches('/')).map_err(|_| bad_request)?;
        if url.origin() != self.base.origin() || !url.path().starts_with(self.base.path()) {
            return Err(bad_request);
        }
        let mut request = self.client.request(method, url);
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            let mut value = HeaderValue::from_str(value).map_err(|_| bad_request)?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        if let Some((content_type, bytes)) = body {
            request = request.header(CONTENT_TYPE, content_type).body(bytes);
        }
        let request = request.build().map_err(|_| bad_request)?;

        // A place first, the breaker second: a call that waited long must see what the breaker learned meanwhile.
        let Ok(Ok(_place)) = tokio::time::timeout(self.total_timeout, self.places.acquire()).await else {
            return Err(Fault::NotSent { code: "busy" });
        };
        // The last look before bytes go out; from here on only the call's own time passes.
        if send_by.is_some_and(|send_by| Instant::now() >= send_by) {
            return Err(Fault::NotSent { code: "too_late" });
        }
        let Some(pass) = self.breaker.enter() else {
            return Err(Fault::NotSent { code: "breaker_open" });
        };
        let result = self.exchange(request).await;
        pass.tell(matches!(&result, Ok(answer) if answer.status < 500 && answer.status != 429));
        result
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Answer, Fault> {
        let mut response = self.client.execute(request).await.map_err(|error| fault_of(&error))?;
        let too_long = Fault::Unknown { code: "too_long" };
        let limit = u64::try_from(self.max_answer).unwrap_or(u64::MAX);
        if response.content_length().is_some_and(|length| length > limit) {
            return Err(too_long);
        }
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unknown_of(&error))? {
            if body.len() + chunk.len() > self.max_answer {
                return Err(too_long);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, body })
    }
}

/// Only a failure to connect proves that nothing was sent. Everything else may have arrived.
fn fault_of(error: &reqwest::Error) -> Fault {
    if error.is_connect() { Fault::NotSent { code: "connect" } } else { unknown_of(error) }
}

fn unknown_of(error: &reqwest::Error) -> Fault {
    Fault::Unknown { code: if error.is_timeout() { "timeout" } else { "cut" } }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    })
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn settings(base_url: &str) -> LineSettings {
        LineSettings {
            party: "test",
            base_url: base_url.to_owned(),
            connect_timeout: Duration::from_secs(1),
            total_timeout: Duration::from_millis(400),
            max_concurrent: 2,
            max_answer: 1000,
            breaker: BreakerSettings { failures: 2, open: Duration::from_secs(30) },
            ca_pem: None,
        }
    }

    fn line(base_url: &str) -> Line {
        Line::new(&settings(base_url)).expect("settings are good")
    }

    async fn get(line: &Line) -> Result<Answer, Fault> {
        line.call("test", Method::GET, "/v1/x", &[], None, None).await
    }

    /// Answers every connection with these bytes and closes it.
    async fn server(answer: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let answer = answer.clone();
                tokio::spawn(async move {
                    let mut buffer = [0_u8; 4096];
                    let _ = socket.read(&mut buffer).await;
                    let _ = socket.write_all(&answer).await;
                });
            }
        });
        format!("http://{address}/base")
    }

    fn http(status: &str, body: &str) -> Vec<u8> {
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[tokio::test]
    async fn a_refused_connection_is_not_sent_and_opens_the_breaker() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        drop(listener);
        let line = line(&format!("http://{address}"));
        assert_eq!(get(&line).await.err(), Some(Fault::NotSent { code: "connect" }));
        assert_eq!(get(&line).await.err(), Some(Fault::NotSent { code: "connect" }));
        assert_eq!(get(&line).await.err(), Some(Fault::NotSent { code: "breaker_open" }));
    }

    #[tokio::test]
    async fn a_connection_closed_without_an_answer_is_unknown() {
        let line = line(&server(Vec::new()).await);
        assert_eq!(get(&line).await.err(), Some(Fault::Unknown { code: "cut" }));
    }

    #[tokio::test]
    async fn a_cut_body_is_unknown() {
        let line = line(&server(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"a\":".to_vec()).await);
        assert_eq!(get(&line).await.err(), Some(Fault::Unknown { code: "cut" }));
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_unknown_with_and_without_a_length() {
        let long = "x".repeat(1001);
        let line_a = line(&server(http("200 OK", &long)).await);
        assert_eq!(get(&line_a).await.err(), Some(Fault::Unknown { code: "too_long" }));
        let line_b = line(&server(format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{long}").into_bytes()).await);
        assert_eq!(get(&line_b).await.err(), Some(Fault::Unknown { code: "too_long" }));
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_is_not_followed() {
        let line = line(&server(b"HTTP/1.1 307 X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".to_vec()).await);
        assert_eq!(get(&line).await.map(|answer| answer.status), Ok(307));
    }

    #[tokio::test]
    async fn silence_is_unknown_after_the_total_time() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let line = line(&format!("http://{}", listener.local_addr().expect("address")));
        assert_eq!(get(&line).await.err(), Some(Fault::Unknown { code: "timeout" }));
    }

    #[tokio::test]
    async fn a_call_that_finds_no_free_place_is_not_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let line = line(&format!("http://{}", listener.local_addr().expect("address")));
        let _both = line.places.acquire_many(2).await.expect("places");
        assert_eq!(get(&line).await.err(), Some(Fault::NotSent { code: "busy" }));
    }

    #[tokio::test]
    async fn a_call_that_waited_past_its_time_for_a_place_is_not_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let line = line(&format!("http://{}", listener.local_addr().expect("address")));
        let both = line.places.acquire_many(2).await.expect("places");
        let send_by = Instant::now() + Duration::from_millis(100);
        let call = line.call("test", Method::POST, "/v1/x", &[], None, Some(send_by));
        let free = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            drop(both);
        };
        let (result, ()) = tokio::join!(call, free);
        assert_eq!(result.err(), Some(Fault::NotSent { code: "too_late" }));
        let nobody_came = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
        assert!(nobody_came.is_err(), "not even a connection was made");
    }

    #[tokio::test]
    async fn five_hundreds_count_for_the_breaker_and_four_hundreds_do_not() {
        let line_a = line(&server(http("500 X", "{}")).await);
        let _ = get(&line_a).await;
        let _ = get(&line_a).await;
        assert_eq!(get(&line_a).await.err(), Some(Fault::NotSent { code: "breaker_open" }));
        let line_b = line(&server(http("404 X", "{}")).await);
        for _ in 0..5 {
            assert_eq!(get(&line_b).await.map(|answer| answer.status), Ok(404));
        }
    }

    #[tokio::test]
    async fn a_path_cannot_leave_the_base() {
        let line = line("http://127.0.0.1:1/base");
        for path in ["/../other", "http://elsewhere.example/", "//elsewhere.example/x", "../../x"] {
            let result = line.call("test", Method::GET, path, &[], None, None).await;
            assert!(matches!(result, Err(Fault::NotSent { .. })), "{path}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in ["https://bank.example", "http://127.0.0.1:8080/bank", "http://[::1]:1", "http://localhost:3"] {
            assert!(Line::new(&settings(good)).is_ok(), "{good}");
        }
        for bad in [
            "http://bank.example",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://u:p@bank.example",
            "https://bank.example/?k=1",
            "bank",
        ] {
            assert!(Line::new(&settings(bad)).is_err(), "{bad}");
        }
    }
}
