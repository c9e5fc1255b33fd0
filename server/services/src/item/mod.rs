//! Vouchers: asked about, redeemed, and asked after when a redemption had no clear answer.

pub(crate) mod answer;
mod inquire;
mod lock;
mod numbers;
mod verify;

pub(crate) use inquire::inquire;
pub(crate) use lock::lock;
pub use numbers::{companions_of, pin_of};
pub(crate) use verify::verify;
