//! Keys, jobs, health and settings.

mod health;
mod jobs;
mod keys;
mod settings;

pub use health::HealthPage;
pub use jobs::JobsPage;
pub use keys::KeysPage;
pub use settings::SettingsPage;
