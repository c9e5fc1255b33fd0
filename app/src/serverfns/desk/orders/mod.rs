//! The orders list.

mod choose_columns;
mod drop_view;
mod find_orders;
mod save_view;

pub use choose_columns::{ChooseColumns, choose_columns};
pub use drop_view::{DropView, drop_view};
pub use find_orders::{FindOrders, find_orders};
pub use save_view::{SaveView, save_view};

/// The list, with what was asked for.
fn page(query: &str) -> String {
    if query.is_empty() { "/desk/orders?all=1".to_owned() } else { format!("/desk/orders?{query}") }
}
