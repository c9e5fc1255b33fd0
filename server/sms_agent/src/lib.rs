#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod agent;
mod dialect;
mod done;
mod kst;
mod row;
mod text;
mod types;

pub use agent::SmsAgent;
pub use dialect::{Columns, Names};
pub use domain::Channel;
pub use done::{DoneKind, done_kind};
pub use kst::KstTime;
pub use row::{Row, Traffic};
pub use text::{TITLE_BYTES, fits_sms, unencodable};
pub use types::{AgentError, AgentSettings, CancelOutcome, InsertOutcome, QueueStatus, Where};
