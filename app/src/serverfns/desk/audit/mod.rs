//! The audit log.

mod verify;

pub use verify::{VerifyAudit, verify_audit};
