//! Starting, killing and asking the program.

use domain::{Timestamp, Won};
use gateway_bank::{BankClient, BankSettings, BankTranId};
use gateway_issuer::{BreakerSettings, IssuerClient, IssuerSettings, Secret};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};
use tempfile::TempDir;

pub const SECRET: &str = "pindesk-sandbox-secret";
pub const NO_BREAKER: BreakerSettings = BreakerSettings { failures: 0, open: Duration::from_secs(1) };

/// A running sandbox. Killed when dropped.
pub struct Sandbox {
    pub child: Child,
    pub url: String,
    http: reqwest::Client,
}

impl Sandbox {
    /// With its own folder.
    pub fn start() -> (Self, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Self::start_in(folder.path(), &[]);
        (sandbox, folder)
    }

    /// In a folder that may hold an earlier life.
    pub fn start_in(folder: &Path, more: &[&str]) -> Self {
        let agent_db = folder.join("agent.db");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
        command
            .args(["--listen", "127.0.0.1:0", "--seed", "7", "--exit-with-stdin", "--data"])
            .arg(folder.join("data"));
        if !more.contains(&"--agent-db") {
            command.arg("--agent-db").arg(agent_db);
        }
        let mut child = command.args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["ready"], true);
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(5)).build().unwrap();
        Self { child, url: format!("http://{}", ready["addr"].as_str().unwrap()), http }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn issuer(&self) -> IssuerClient {
        self.issuer_with(|_| {})
    }

    pub fn issuer_with(&self, change: impl FnOnce(&mut IssuerSettings)) -> IssuerClient {
        let mut settings = IssuerSettings {
            base_url: format!("{}/issuer", self.url),
            key_id: "pindesk".to_owned(),
            secret: Secret::new(SECRET),
            connect_timeout: Duration::from_secs(1),
            total_timeout: Duration::from_millis(400),
            max_concurrent: 64,
            breaker: NO_BREAKER,
            ca_pem: None,
        };
        change(&mut settings);
        IssuerClient::new(settings).unwrap()
    }

    pub fn bank(&self) -> BankClient {
        self.bank_with(|_| {})
    }

    pub fn bank_with(&self, change: impl FnOnce(&mut BankSettings)) -> BankClient {
        let mut settings = BankSettings::new(
            format!("{}/bank", self.url),
            "pindesk",
            Secret::new(SECRET),
            "M202600001",
            Secret::new("1000012345678"),
            Secret::new("NONE"),
        );
        settings.total_timeout = Duration::from_millis(400);
        settings.breaker = NO_BREAKER;
        settings.max_concurrent = 64;
        change(&mut settings);
        BankClient::new(settings).unwrap()
    }

    /// Replaces the rules. Answers the status.
    pub async fn faults(&self, rules: Value) -> u16 {
        let sent = self.http.put(format!("{}/faults", self.url)).body(rules.to_string()).send().await;
        sent.unwrap().status().as_u16()
    }

    /// Sets the partners' clock; it runs on from there.
    pub async fn clock(&self, now: Timestamp) {
        let body = serde_json::json!({ "now": now.micros() }).to_string();
        let sent = self.http.put(format!("{}/clock", self.url)).body(body).send().await.unwrap();
        assert!(sent.status().is_success());
    }

    pub async fn no_faults(&self) {
        self.http.delete(format!("{}/faults", self.url)).send().await.unwrap();
    }

    pub async fn text(&self, path: &str) -> String {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap().text().await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).unwrap()
    }

    pub async fn journal(&self, party: &str) -> Vec<Value> {
        let text = self.text(&format!("/journal/{party}.jsonl")).await;
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// How often this was decided about a reference.
    pub async fn decided(&self, party: &str, reference: &str, decision: &str) -> usize {
        let lines = self.journal(party).await;
        lines.iter().filter(|line| line["reference"] == reference && line["decision"] == decision).count()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn now() -> Timestamp {
    Timestamp::from_micros(i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_micros()).unwrap())
}

/// Time enough to send.
pub fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

pub fn won(amount: u32) -> Won {
    Won::whole(amount)
}

pub fn tran_id() -> BankTranId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    BankTranId::new("M202600001", NEXT.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// Asks until it is so, or fails after some seconds.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(Instant::now() < until, "never happened: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
