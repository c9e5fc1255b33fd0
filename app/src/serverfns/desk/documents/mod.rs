//! Terms and consents.

mod preview;
mod save;

pub use preview::{DocumentsPreview, documents_preview};
pub use save::{DocumentsSave, documents_save};
