//! Files made of lists.

mod give_up_export;
mod request_export;

pub use give_up_export::{GiveUpExport, give_up_export};
pub use request_export::{RequestExport, request_export};
