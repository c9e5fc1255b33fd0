//! Types and rules of PinDesk without any I/O; builds for wasm.
//!
//! Here is everything that can be decided without asking anybody: what a well-formed phone number is, which step may
//! follow which, what a voucher is worth, how a name is hidden. Clock and chance come in as parameters.
//!
//! Where to stand for a change:
//! - a new message to a person: [`text`], the `messages!` macro (one entry, Korean and English side by side);
//! - a new move of an order, item, payout or message: that machine's `next` and its table test;
//! - a new brand: [`catalogue`]; a new kind of voucher field: [`form`];
//! - money: [`Won`] only; whole won, never negative, checked.
#![warn(missing_docs)]
#![deny(clippy::as_conversions, clippy::float_arithmetic)]

pub mod attempt;
pub mod bank;
pub mod catalogue;
pub mod code;
#[cfg(any(feature = "seed", test))]
pub mod content;
pub mod desk;
pub mod diff;
pub mod draft;
pub mod form;
pub mod id;
pub mod item;
pub mod lang;
pub mod mask;
pub mod message;
pub mod moment;
pub mod order;
pub mod otp;
pub mod outbox;
pub mod payout;
pub mod phone;
pub mod pin;
pub mod policy;
pub mod quote;
pub mod rate;
pub mod rate_plan;
pub mod reason;
pub mod risk;
pub mod role;
pub mod secret;
pub mod setting;
mod state;
pub mod text;
#[expect(missing_docs, clippy::struct_excessive_bools, reason = "plain data; each field says itself what it is")]
pub mod wire;
pub mod won;

pub use attempt::{AttemptEvent, AttemptState};
pub use bank::{AccountNo, AccountProblem, Bank, BankHours, BankKind};
pub use code::OrderCode;
pub use desk::export::{ExportFormat, ExportState};
pub use draft::{DraftKind, DraftState, InquiryState};
pub use id::*;
pub use item::{ItemEvent, ItemState};
pub use lang::Lang;
pub use message::{Channel, MessageEvent, MessageKind, MessageState};
pub use moment::{KstDate, Span, Timestamp, Weekday};
pub use order::{HeldFrom, ItemsStand, OrderEvent, OrderState, order_after_items};
pub use otp::{OtpEvent, OtpPurpose, OtpState};
pub use outbox::{Lane, OutboxKind, OutboxState};
pub use payout::{PayoutEvent, PayoutState};
pub use phone::{Phone, PhoneProblem};
pub use policy::{CallOutcome, IssuerAnswer};
pub use quote::{PriceLine, PricedLine, Quote, QuoteProblem};
pub use rate::Rate;
pub use reason::Reason;
pub use role::{Role, Roles};
pub use secret::{PersonName, Pin, Secret};
pub use state::{Refused, UnknownWord};
pub use wire::{BrandStatus, Speed};
pub use won::{Won, WonProblem};
