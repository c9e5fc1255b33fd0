//! Messages to phones: written with the change they tell of, handed to the SNAP agent afterwards, followed to the end.

mod draft;
mod hand;
mod poll;

pub use draft::Draft;
pub(crate) use draft::sms_won;
pub(crate) use hand::{hand, is_under_way, worth};
pub use poll::{Walk, poll};
