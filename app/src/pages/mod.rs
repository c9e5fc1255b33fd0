//! The screens. Made on the server; what lives in the browser is an island inside them.

pub mod admin;
pub mod customer;
mod frame;
mod load;
pub mod problem;

pub use frame::Frame;
pub use load::{load, query};
