//! What the back office's screens are told, one file per desk.

mod access;
mod audit;
mod manual;
mod order;
mod orders;
mod people;
mod risk;
mod system;
mod waiting;

pub use access::*;
pub use audit::*;
pub use manual::*;
pub use order::*;
pub use orders::*;
pub use people::*;
pub use risk::*;
pub use system::*;
pub use waiting::*;
