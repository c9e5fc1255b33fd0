//! The orders list: finding a page, what stands in its rows, how a person likes to see it.

mod list;
mod rows;
mod spots;

pub use list::{PAGE, choose_columns, drop_view, find, list, save_view};
pub use rows::{Listed, listed};
pub use spots::{Bounds, Spots, find_of, spots, spots_within};
