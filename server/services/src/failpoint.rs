//! Places where a test may make the process fail: before and after every commit and every call of the money path.
//!
//! `PINDESK_FAILPOINT=name:action` or `name:action:3` for the third time it is passed; actions are `abort`, `panic`,
//! `error`, `stall` (five seconds) and `stall30` (thirty, longer than any lease of a test). Built without debug
//! assertions nothing is looked at.

use crate::ServiceError;

/// Every name there is; the torture run walks through them, and a name that is not here does not compile.
pub const FAILPOINTS: &[&str] = &[
    "submit.before_commit",
    "submit.after_commit",
    "cancel.before_commit",
    "work.after_claim",
    "begin.before_commit",
    "begin.after_commit",
    "verify.before_call",
    "verify.after_call",
    "verify.before_commit",
    "verify.after_commit",
    "check_risk.before_call",
    "check_risk.after_call",
    "check_risk.before_commit",
    "lock.before_intent",
    "lock.after_intent",
    "lock.after_call",
    "lock.before_commit",
    "lock.after_commit",
    "inquire_lock.before_call",
    "inquire_lock.after_resend_intent",
    "inquire_lock.after_call",
    "inquire_lock.before_commit",
    "settle.before_commit",
    "settle.after_commit",
    "send.before_inquiry",
    "send.before_intent",
    "send.after_intent",
    "send.after_call",
    "send.before_commit",
    "send.after_commit",
    "inquire_payout.before_call",
    "inquire_payout.after_call",
    "inquire_payout.before_commit",
    "hand.after_intent",
    "hand.after_call",
    "hand.before_commit",
    "poll.before_commit",
];

/// Is the name in the list? Asked while compiling.
pub(crate) const fn known(name: &str) -> bool {
    let mut at = 0;
    while at < FAILPOINTS.len() {
        if same(FAILPOINTS[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A place that may fail. Inside a function that answers with a `Result<_, ServiceError>`.
macro_rules! failpoint {
    ($name:literal) => {{
        const { assert!($crate::failpoint::known($name), "not in FAILPOINTS") };
        $crate::failpoint::hit($name).await?
    }};
}
pub(crate) use failpoint;

/// What was asked for in the environment.
#[cfg(debug_assertions)]
struct Asked {
    name: String,
    action: String,
    /// Fails when it is passed for this time.
    at: u64,
    passed: std::sync::atomic::AtomicU64,
}

#[cfg(debug_assertions)]
fn asked() -> Option<&'static Asked> {
    static ASKED: std::sync::OnceLock<Option<Asked>> = std::sync::OnceLock::new();
    ASKED
        .get_or_init(|| {
            #[expect(clippy::disallowed_methods, reason = "a switch for tests, compiled out of releases")]
            let text = std::env::var("PINDESK_FAILPOINT").ok()?;
            let mut parts = text.split(':');
            let (name, action) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            let at = parts.next().and_then(|at| at.parse().ok()).unwrap_or(1);
            Some(Asked { name, action, at, passed: std::sync::atomic::AtomicU64::new(0) })
        })
        .as_ref()
}

/// Passes a place.
#[cfg(debug_assertions)]
pub(crate) async fn hit(name: &'static str) -> Result<(), ServiceError> {
    let Some(asked) = asked().filter(|asked| asked.name == name) else { return Ok(()) };
    if asked.passed.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1 != asked.at {
        return Ok(());
    }
    tracing::error!(name, action = asked.action, "a failpoint was hit");
    match asked.action.as_str() {
        "abort" => std::process::abort(),
        "panic" => panic!("failpoint {name}"),
        "stall" | "stall30" => {
            let seconds = if asked.action == "stall" { 5 } else { 30 };
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            Ok(())
        }
        _ => Err(ServiceError::Internal(format!("failpoint {name}"))),
    }
}

/// Passes a place.
#[cfg(not(debug_assertions))]
pub(crate) fn hit(_name: &'static str) -> std::future::Ready<Result<(), ServiceError>> {
    std::future::ready(Ok(()))
}
