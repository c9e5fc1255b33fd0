//! Inquiries.

mod settle;

pub use settle::{InquiriesSettle, inquiries_settle};
