//! One order.

mod cancel_order;
mod resend_order;
mod view_order;

pub use cancel_order::{CancelOrder, cancel_order};
pub use resend_order::{ResendOrder, resend_order};
pub use view_order::{ViewOrder, view_order};

/// The order's page. The code comes from a form, so only what a code can hold goes into an address.
fn page(code: &str) -> String {
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect();
    format!("/orders/{plain}")
}
