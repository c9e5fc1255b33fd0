//! The orders list: what is asked for, where its next page begins, what of a row is shown.

mod columns;
mod cursor;
mod filter;
pub mod words;

pub use columns::{Column, parse_columns, print_columns};
pub use cursor::{Cursor, Spot};
pub use filter::{FilterProblem, Find, OrderFilter, Sort};
