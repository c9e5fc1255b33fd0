//! Who read whose data.

mod sign_off;

pub use sign_off::{SignOff, sign_off_month};
