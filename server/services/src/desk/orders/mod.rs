//! The orders list: finding a page, what stands in its rows.

mod rows;
mod spots;

pub use rows::{Listed, listed};
pub use spots::{Bounds, Spots, find_of, spots, spots_within};
