//! What we buy and at what rate: landing, rate table, brands. Kept in the process for a second.
//!
//! Prices that are frozen or paid are never made from what is kept here: [`fresh`] asks the store first.

mod landing;
mod limits;
mod shelf;

pub use landing::{BankName, RateTable, bank_names, brands, landing, rates};
pub(crate) use landing::{choices, notice_lines};
pub(crate) use limits::Limits;
pub(crate) use shelf::{Shelf, ShelfCache, fresh, shelf};
