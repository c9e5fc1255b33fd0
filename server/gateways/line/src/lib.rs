#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod breaker;
mod line;
mod outcome;
mod secret;

pub use breaker::BreakerSettings;
pub use line::{Answer, Fault, Line, LineSettings, SettingsError};
pub use outcome::Outcome;
pub use reqwest::Method;
pub use secret::Secret;
