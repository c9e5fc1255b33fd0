//! What the dashboard counts.

use crate::state::words;
use serde::{Deserialize, Serialize};

/// One thing counted per day in Korea. The words are those of `day_stats.measure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Sales begun.
    Begun,
    /// Sales that saw a price.
    Quoted,
    /// Sales whose phone was proved.
    Proved,
    /// Orders taken, with their claimed faces.
    Orders,
    /// Vouchers taken, by brand, with their claimed faces.
    Items,
    /// Orders paid, with what was paid.
    Paid,
    /// Vouchers refused, by brand and reason, with their claimed faces.
    Rejected,
}

words!(Measure, "measure", {
    Begun => "begun",
    Quoted => "quoted",
    Proved => "proved",
    Orders => "orders",
    Items => "items",
    Paid => "paid",
    Rejected => "rejected",
});

/// How far a sale in the making came. The words are those of `sale_steps.step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleStep {
    /// It was begun.
    Begun,
    /// It saw a price.
    Quoted,
    /// Its phone was proved.
    Proved,
}

words!(SaleStep, "sale step", { Begun => "begun", Quoted => "quoted", Proved => "proved" });
