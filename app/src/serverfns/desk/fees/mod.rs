//! Fees.

mod save;

pub use save::{FeesSave, fees_save};
