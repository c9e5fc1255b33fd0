//! What the back office asks for, as types: filters, cursors, columns, exports.

pub mod export;
pub mod orders;
pub mod stats;
