#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod client;
mod signature;
mod wire;

pub use client::{InquiryRequest, IssuerClient, IssuerSettings, RedeemRequest};
pub use gateway_line::{BreakerSettings, Outcome, Secret, SettingsError};
pub use signature::sign;
pub use wire::Redemption;
