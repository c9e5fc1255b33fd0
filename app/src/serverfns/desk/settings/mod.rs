//! The shop's numbers.

mod set;

pub use set::{SetSetting, set_setting};

const PAGE: &str = "/desk/settings";
