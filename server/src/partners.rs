//! The sandbox partners as our child: started with us, gone with us, also when we are killed.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Why the sandbox didn't start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The program isn't beside ours.
    #[error("the sandbox program is not at {path}; build it with `make run`, or set sandbox.url to a running one")]
    Missing { path: String },
    /// It ended or said something else than "ready".
    #[error("the sandbox at {addr} did not get ready ({reason}); is the port taken? set PINDESK_SANDBOX_ADDR")]
    NotReady { addr: String, reason: String },
}

/// A running sandbox. Its standard input is our end of its life line: when we are gone, it stops.
pub struct Sandbox {
    /// `http://127.0.0.1:3010`
    pub url: String,
    child: Option<Child>,
}

#[derive(Deserialize)]
struct Ready {
    ready: bool,
    addr: String,
}

impl Sandbox {
    /// A sandbox that somebody else runs.
    pub fn running(url: &str) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), child: None }
    }

    /// Start one and wait until it listens.
    pub async fn start(
        program: &Path,
        addr: &str,
        dir: &Path,
        agent_db: &str,
        seed: u64,
    ) -> Result<Self, SandboxError> {
        if !program.is_file() {
            return Err(SandboxError::Missing { path: program.display().to_string() });
        }
        let not_ready = |reason: String| SandboxError::NotReady { addr: addr.to_owned(), reason };
        let mut child = Command::new(program)
            .args(["--listen", addr, "--seed", &seed.to_string(), "--exit-with-stdin"])
            .arg("--data")
            .arg(dir)
            // It may hold a password, and everybody on the machine sees a program's arguments.
            .env("SANDBOX_AGENT_DB", agent_db)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| not_ready(error.to_string()))?;
        let Some(stdout) = child.stdout.take() else {
            return Err(not_ready("it has no output".to_owned()));
        };
        let mut lines = BufReader::new(stdout).lines();
        let wait = tokio::time::timeout(std::time::Duration::from_secs(20), lines.next_line());
        let line = match wait.await {
            Ok(Ok(Some(line))) => line,
            Ok(Ok(None)) => return Err(not_ready("it ended at once".to_owned())),
            Ok(Err(error)) => return Err(not_ready(error.to_string())),
            Err(_) => return Err(not_ready("nothing heard for 20 seconds".to_owned())),
        };
        let ready: Ready = serde_json::from_str(&line).map_err(|_| not_ready(line.clone()))?;
        if !ready.ready {
            return Err(not_ready(line));
        }
        Ok(Self { url: format!("http://{}", ready.addr), child: Some(child) })
    }

    /// End it and wait until it is gone.
    pub async fn stop(mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            if tokio::time::timeout(std::time::Duration::from_secs(5), child.wait()).await.is_err() {
                let _ = child.kill().await;
            }
        }
    }
}

/// The sandbox program stands beside ours.
pub fn program() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(|dir| dir.join("sandbox")))
        .unwrap_or_else(|| PathBuf::from("sandbox"))
}
