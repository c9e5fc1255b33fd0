//! What this process keeps in mind of its own work: how far it saw the audit log's chain, and what people should be
//! told of.

use domain::Lane;
use std::sync::{Mutex, PoisonError};
use store::chain::Head;

/// One per process.
#[derive(Debug, Default)]
pub struct Watch {
    head: Mutex<Option<Head>>,
    paused: Mutex<Vec<Lane>>,
    missing_keys: Mutex<Vec<String>>,
}

impl Watch {
    /// The chain's end, as this process sealed it.
    pub(crate) fn saw_head(&self, head: Head) {
        let mut kept = self.head.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none_or(|kept| kept.seq < head.seq) {
            *kept = Some(head);
        }
    }

    /// As far as this process sealed it.
    pub(crate) fn head(&self) -> Option<Head> {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lanes that stand still.
    pub(crate) fn saw_pauses(&self, lanes: Vec<Lane>) {
        *self.paused.lock().unwrap_or_else(PoisonError::into_inner) = lanes;
    }

    /// Lanes that stand still, as last seen.
    pub fn paused(&self) -> Vec<Lane> {
        self.paused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keys in use that this process was not given.
    pub(crate) fn saw_missing_keys(&self, keys: Vec<String>) {
        *self.missing_keys.lock().unwrap_or_else(PoisonError::into_inner) = keys;
    }

    /// Keys in use that this process was not given, as last seen: it was started before they were, and must be started anew.
    pub fn missing_keys(&self) -> Vec<String> {
        self.missing_keys.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
