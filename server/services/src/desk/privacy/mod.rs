//! Who read whose data, and what is erased when.

mod retention;
mod review;

pub use retention::{RULES, Rule, dry_run, retention};
pub use review::{month_of, privacy, sign_off};
