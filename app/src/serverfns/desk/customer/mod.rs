//! A person's page.

mod answer;
mod erase;
mod find;
mod from_request;
mod hold;
mod lift;

pub use answer::{AnswerRequest, answer_request};
pub use erase::{EraseCustomer, erase_customer};
pub use find::{FindCustomer, find_customer};
pub use from_request::{OpenRequest, open_request};
pub use hold::{HoldCustomer, hold_customer};
pub use lift::{LiftHold, lift_hold};

/// The person's page; a token is hexadecimal, whatever was posted.
fn page(token: &str) -> String {
    let plain: String = token.chars().filter(char::is_ascii_hexdigit).take(2_400).collect();
    format!("/desk/customers/{plain}")
}
