//! The inquiry form.

mod send_inquiry;

pub use send_inquiry::{SendInquiry, send_inquiry};
