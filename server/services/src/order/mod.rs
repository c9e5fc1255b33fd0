//! Orders: taken, cancelled, begun, settled.

mod begin;
mod cancel;
pub(crate) mod people;
mod seal;
mod settle;
mod submission;
mod submit;
mod take;

pub(crate) use begin::begin;
pub use cancel::cancel;
pub use people::{account_of, holder_of, name_of, phone_of};
pub(crate) use settle::{nothing_left, settle};
pub use submission::{Submission, Submitted, SubmittedConsent, SubmittedItem};
pub use submit::submit;
pub(crate) use submit::{Asked, Prices};
pub(crate) use take::Till;
