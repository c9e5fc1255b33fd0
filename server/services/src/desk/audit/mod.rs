//! The audit log and its chain.
//!
//! Every change leaves its line in its own transaction (`work::Unit::audit`). A sealer links the lines seconds later
//! ([`seal`]), so that writers don't queue behind each other; how long a line waits is watched. [`verify`] walks the
//! chain and says the first place where it doesn't hold.
//!
//! What it can't tell by itself: whoever may write to the database can make the chain anew from some place on, or cut
//! off its end, and note the new end where we note it ([`HEAD`]). Against that stand anchors: heads that were written
//! down elsewhere. The log of the process has one every hour; `pindesk audit verify --anchor` takes them.

mod check;
mod export;
mod list;
mod seal;
mod verify;
pub(in crate::desk) mod words;

pub use check::{NIGHTLY, begin_check, check_now, nightly_check};
pub use export::{Export, begin_export};
pub use list::{AuditQuery, list};
pub use seal::{AuditState, LATE, seal, state};
pub use verify::{Fault, Report, verify};

/// The setting that keeps where the chain ended when it was last sealed.
pub const HEAD: &str = "audit_head";

/// A head as it is kept and printed: `17:9f86d0…`.
pub fn head_text(head: &store::chain::Head) -> String {
    format!("{}:{}", head.seq, hex::encode(head.hash))
}

/// The other way round.
pub fn head_of(text: &str) -> Option<store::chain::Head> {
    let (seq, hash) = text.trim().split_once(':')?;
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash, &mut bytes).ok()?;
    Some(store::chain::Head { seq: seq.parse().ok().filter(|seq| *seq > 0)?, hash: bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let head = store::chain::Head { seq: 17, hash: [0xab; 32] };
        assert_eq!(head_of(&head_text(&head)), Some(head));
        for other in ["", "17", "0:ab", "x:ab", "17:ab"] {
            assert_eq!(head_of(other), None, "{other}");
        }
    }
}
