//! What is done at the manual verification desk. Proofs come by a route of their own: they are files.

mod claim;
mod give_back;
mod key;

pub use claim::{ClaimItem, claim_item};
pub use give_back::{GiveBackItem, give_back_item};
pub use key::{KeyResult, key_result};

use domain::ItemId;

/// A voucher's work page; the list for what is no voucher.
fn page(item: &str) -> String {
    item.parse::<ItemId>().map_or_else(|_| "/desk/manual".to_owned(), |item| format!("/desk/manual/{item}"))
}
