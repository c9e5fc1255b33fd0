//! What the desk's forms do. Every one is for signed-in staff with the right, except the few that let somebody in.

pub mod access;
pub mod audit;
pub mod brands;
pub mod content;
pub mod customer;
pub mod documents;
pub mod drafts;
pub mod exports;
pub mod fees;
pub mod inquiries;
pub mod jobs;
pub mod keys;
pub mod manual;
pub mod order;
pub mod orders;
pub mod privacy;
pub mod rates;
pub mod risk;
pub mod settings;
mod shop;
pub mod users;
