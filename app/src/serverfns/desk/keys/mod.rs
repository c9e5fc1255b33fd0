//! The keys.

mod begin;
mod pause;
mod resume;
mod retire;

pub use begin::{BeginRotation, begin_rotation};
pub use pause::{PauseRotation, pause_rotation};
pub use resume::{ResumeRotation, resume_rotation};
pub use retire::{RetireKey, retire_key};

const PAGE: &str = "/desk/keys";
