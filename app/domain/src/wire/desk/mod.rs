//! What the back office's screens are told, one file per desk.

mod access;

pub use access::*;
