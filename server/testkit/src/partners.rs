//! The outside parties of a test: the real sandbox program, with its journals and its faults.
//!
//! The journals are the oracle: they say what really happened, whatever our database believes.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use tempfile::TempDir;

/// A party of the sandbox, for its journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The issuer bridge.
    Issuer,
    /// The bank rail.
    Bank,
    /// The message agent.
    Agent,
    /// TheCheat.
    TheCheat,
}

impl Party {
    const fn word(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Bank => "bank",
            Self::Agent => "agent",
            Self::TheCheat => "thecheat",
        }
    }
}

/// A running sandbox of a test's own. Stopped, and its folder removed, when dropped.
#[derive(Debug)]
pub struct Partners {
    address: String,
    running: Mutex<Child>,
    folder: TempDir,
}

impl Drop for Partners {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.kill().ok();
        running.wait().ok();
    }
}

impl Partners {
    /// Starts the program and waits until it listens.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("pindesk-partners-").tempdir().unwrap();
        let (running, address) = spawn(folder.path(), "127.0.0.1:0");
        Self { address, running: Mutex::new(running), folder }
    }

    /// Base address of the issuer bridge.
    pub fn issuer_url(&self) -> String {
        format!("http://{}/issuer", self.address)
    }

    /// Base address of the bank.
    pub fn bank_url(&self) -> String {
        format!("http://{}/bank", self.address)
    }

    /// Base address of TheCheat.
    pub fn thecheat_url(&self) -> String {
        format!("http://{}/thecheat", self.address)
    }

    /// The agent's tables, as `SmsAgent` wants them.
    pub fn agent_url(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("agent.db").display())
    }

    /// Replaces the fault rules; see the sandbox's README.
    pub async fn faults(&self, rules: Value) {
        let answer = client().put(format!("http://{}/faults", self.address)).json(&rules).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap_or_default());
        assert!(status.is_success(), "the sandbox refused the rules: {text}");
    }

    /// Sets the partners' clock; it runs on from there.
    pub async fn clock(&self, now: domain::Timestamp) {
        let body = serde_json::json!({ "now": now.micros() });
        let answer = client().put(format!("http://{}/clock", self.address)).json(&body).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    /// All partners behave again.
    pub async fn behave(&self) {
        let answer = client().delete(format!("http://{}/faults", self.address)).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    /// What a party really did, line by line.
    pub fn journal(&self, party: Party) -> Vec<Value> {
        let path = self.folder.path().join("data").join(format!("{}.jsonl", party.word()));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The references of an operation with this decision, in the order they happened.
    pub fn references(&self, party: Party, operation: &str, decision: &str) -> Vec<String> {
        self.journal(party)
            .iter()
            .filter(|line| line["operation"] == operation && line["decision"] == decision)
            .filter_map(|line| line["reference"].as_str().map(ToOwned::to_owned))
            .collect()
    }

    /// Kills the program. Its journals stay.
    pub fn kill(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.kill().ok();
        running.wait().ok();
    }

    /// Starts it again on the same address with the same memory.
    pub fn revive(&self) {
        let (child, _) = spawn(self.folder.path(), &self.address);
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = child;
    }
}

/// A client per call: a test may run several runtimes, one after the other.
fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn spawn(folder: &Path, listen: &str) -> (Child, String) {
    let mut child = Command::new(program())
        .args(["--listen", listen, "--seed", "20261121"])
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--agent-db")
        .arg(folder.join("agent.db"))
        .args(["--parent-pid", &std::process::id().to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap_or_default();
    let address = ready["addr"].as_str().unwrap_or_default().to_owned();
    assert!(!address.is_empty(), "the sandbox did not start: {line:?}");
    (child, address)
}

/// `PINDESK_SANDBOX_BIN`, or the program beside the test's own, built when it is missing.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        #[expect(clippy::disallowed_methods, reason = "how CI says where its own build is")]
        if let Some(path) = std::env::var_os("PINDESK_SANDBOX_BIN") {
            return PathBuf::from(path);
        }
        // target/debug/deps/<test> → target/debug/sandbox
        let test = std::env::current_exe().unwrap();
        let beside = test.parent().and_then(Path::parent).unwrap().join("sandbox");
        if !beside.exists() {
            let built = Command::new(env!("CARGO"))
                .args(["build", "-p", "sandbox"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status();
            assert!(built.is_ok_and(|status| status.success()), "the sandbox could not be built");
        }
        beside
    })
}
