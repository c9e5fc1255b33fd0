#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod check;
mod client;
mod names;
mod settings;
mod token;
mod tran_id;
mod types;
mod wire;

pub use client::BankClient;
pub use gateway_line::{BreakerSettings, Outcome, Secret, SettingsError};
pub use names::{cut_euc_kr, lost_in_euc_kr};
pub use settings::BankSettings;
pub use tran_id::{BankTranId, TRAN_SPACE};
pub use types::{BankRefusal, DepositRequest, DepositResult, Holder, Paid, ReceiveInquiry, ResultInquiry};
