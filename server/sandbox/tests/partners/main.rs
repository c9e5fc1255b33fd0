//! The gateways and the message agent's tables against the real sandbox program: every operation, every fault, every
//! kill. The journals are the oracle.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod agent;
mod alerts;
mod bank;
mod harness;
mod issuer;
mod program;
mod thecheat;
