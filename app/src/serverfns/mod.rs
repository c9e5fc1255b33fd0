//! The public endpoints, one per file, each about fifteen lines: who asks, one use case, the view.
//!
//! A plain form gets a redirect to the page that shows the result; an island gets the view as JSON.

pub mod inquiry;
pub mod lookup;
pub mod order;
pub mod sell;
