//! What answers without a reload. Each island is first rendered whole on the server, as plain forms and links.

mod calculator;
mod flow;
mod glance;
mod lookup_flow;
mod order_live;
mod post;
mod sell;
mod ticking;

pub use calculator::{CalcAsk, CalcBrand, Calculator};
pub use glance::Glance;
pub use lookup_flow::LookupFlow;
pub use order_live::OrderLive;
pub use sell::{CompanionFields, FaceField, PinField, SellFlow};
