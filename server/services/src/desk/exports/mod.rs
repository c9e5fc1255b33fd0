//! Handing tables out as files: asked for by one person, written in the background, fetched by the same person, gone after a day.
//!
//! Why: a hundred thousand rows take longer than a request may, and hold people; so who asked, why and who fetched it stand in
//! the books, and the file lies sealed.
//! Transactions: the asking, with its work in the outbox. Then for each piece one that holds the claim, writes the piece
//! and says how far it is. The last one ends the export and its work together.
//! Failure: a try that is cut leaves pieces under its own number. The lease runs out, the next try begins from the start under
//! a higher number and removes them. Nothing is "done" before its last piece is written, and only the newest try may say so.

mod cells;
mod desk;
mod file;
mod keep;
mod write;

pub use desk::{Wanted, fetch, give_up, list, request};
pub use keep::{Asked, ask, cancel, piece, remove_expired};
pub(crate) use write::write;

/// Most rows of one file. A spreadsheet takes about a million; what is longer is asked for in two halves.
pub const MOST_ROWS: i64 = 500_000;
/// Most exports of one person that are not done.
pub const MOST_AT_ONCE: i64 = 3;
