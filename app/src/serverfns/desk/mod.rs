//! What the desk's forms do. Every one is for signed-in staff with the right, except the few that let somebody in.

pub mod access;
pub mod audit;
pub mod customer;
pub mod exports;
pub mod jobs;
pub mod orders;
pub mod privacy;
pub mod risk;
pub mod users;
pub mod brands;
pub mod content;
pub mod documents;
pub mod drafts;
pub mod fees;
pub mod inquiries;
pub mod rates;
mod shop;
