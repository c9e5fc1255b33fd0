//! Jobs and health.

mod health;
mod jobs;

pub use health::HealthPage;
pub use jobs::JobsPage;
