//! The lanes.

mod pause;
mod reopen;
mod reopen_code;
mod reopen_picked;
mod resume;

pub use pause::{PauseLane, pause_lane};
pub use reopen::{ReopenJob, reopen_job};
pub use reopen_code::{ReopenJobs, reopen_jobs};
pub use reopen_picked::{ReopenPickedJobs, reopen_picked_jobs};
pub use resume::{ResumeLane, resume_lane};

const PAGE: &str = "/desk/jobs";
