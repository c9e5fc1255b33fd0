//! Rates.

mod preview;
mod save;

pub use preview::{RatesPreview, rates_preview};
pub use save::{RatesSave, rates_save};

use crate::serverfns::desk::shop::revision;
use crate::ssr::Cx;
use domain::rate_plan::MOST_BANDS;
use services::desk::rates::RatesInput;

/// The editor's fields.
fn input(cx: &Cx) -> RatesInput {
    let row = |row: usize| ["min", "max", "rate"].map(|name| cx.typed(&format!("{name}_{row}")));
    RatesInput {
        rows: (0..MOST_BANDS).map(row).collect(),
        at: cx.typed("at"),
        reason: cx.typed("reason"),
        revision: revision(cx),
    }
}
