//! Keys, jobs and health.

mod health;
mod jobs;
mod keys;

pub use health::HealthPage;
pub use jobs::JobsPage;
pub use keys::KeysPage;
