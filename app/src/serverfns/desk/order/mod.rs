//! What is done from the order's page.

mod hold;
mod note;
mod reject;
mod release;
mod reopen;
mod resend;
mod reveal;

pub use hold::{HoldOrder, hold_order};
pub use note::{WriteNote, write_note};
pub use reject::{RejectItem, reject_item};
pub use release::{ReleaseOrder, release_order};
pub use reopen::{ReopenWork, reopen_work};
pub use resend::{ResendMessage, resend_message};
pub use reveal::{RevealValue, reveal_value};

use domain::OrderCode;

/// The page of an order, by the code a form carries; the list for what is no code.
fn page(code: &str) -> String {
    code.parse::<OrderCode>().map_or_else(|_| "/desk/orders".to_owned(), |code| format!("/desk/orders/{code}"))
}
