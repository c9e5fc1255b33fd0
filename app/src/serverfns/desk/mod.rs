//! What the desk's forms do. Every one is for signed-in staff with the right, except the few that let somebody in.

pub mod access;
pub mod exports;
pub mod orders;
pub mod risk;
pub mod users;
