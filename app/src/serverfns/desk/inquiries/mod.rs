//! Inquiries.

mod reveal;
mod settle;

pub use reveal::{RevealInquirer, reveal_inquirer};
pub use settle::{InquiriesSettle, inquiries_settle};
