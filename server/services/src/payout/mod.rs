//! Payouts: sent once, asked after when the bank gave no clear answer.

mod inquire;
mod outcome;
mod payee;
mod send;

pub(crate) use inquire::inquire;
pub(crate) use outcome::hold_message;
pub(crate) use payee::{account_of, holder_of};
pub(crate) use send::send;
