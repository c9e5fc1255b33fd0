//! What the back office's screens are told, one file per desk.

mod access;
mod orders;
mod waiting;

pub use access::*;
pub use orders::*;
pub use waiting::*;
mod risk;

pub use access::*;
pub use risk::*;
