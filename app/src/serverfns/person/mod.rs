//! A person's own data.

mod wish;

pub use wish::{Wish, wish};
