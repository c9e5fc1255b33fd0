//! Notices and questions.

mod add;
mod place;
mod preview;
mod publish;
mod save;
mod unpublish;

pub use add::{ContentAdd, content_add};
pub use place::{ContentPlace, content_place};
pub use preview::{ContentPreview, content_preview};
pub use publish::{ContentPublish, content_publish};
pub use save::{ContentSave, content_save};
pub use unpublish::{ContentUnpublish, content_unpublish};
