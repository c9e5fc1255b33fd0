//! What the back office's screens are told, one file per desk.

mod access;
mod orders;
mod risk;
mod waiting;

pub use access::*;
pub use orders::*;
pub use risk::*;
pub use waiting::*;
