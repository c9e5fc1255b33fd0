//! One order.

mod cancel_order;
mod resend_order;
mod view_order;

pub use cancel_order::{CancelOrder, cancel_order};
pub use resend_order::{ResendOrder, resend_order};
pub use view_order::{ViewOrder, view_order};

/// The order's page. The code comes from a form: what isn't one is repeated in no address.
fn page(code: &str) -> String {
    code.parse::<domain::OrderCode>().map_or_else(|_| "/orders".to_owned(), |code| format!("/orders/{code}"))
}
