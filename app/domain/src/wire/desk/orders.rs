//! The orders list, its saved views, its exports, and the dashboard.

use crate::desk::export::{ExportFormat, ExportState};
use crate::desk::orders::Column;
use crate::desk::stats::Measure;
use crate::wire::FieldError;
use crate::{KstDate, Lane, OrderState, OutboxState, Speed, Timestamp, Won};
use serde::{Deserialize, Serialize};

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderListView {
    pub rows: Vec<OrderRow>,
    pub columns: Vec<Column>,
    /// The filter as in the address, without a place.
    pub query: String,
    /// The next page's address behind the question mark; `None` on the last.
    pub next: Option<String>,
    /// The page isn't full and yet there may be more: it looked as far back, or as far forward, as this.
    pub looked_until: Option<Timestamp>,
    /// What of the address can't be read; then there are no rows.
    pub problems: Vec<FieldError>,
    /// Key and name, for the filter's choice.
    pub brands: Vec<(String, String)>,
    pub views: Vec<ViewRow>,
    pub may_export: bool,
    pub may_export_clear: bool,
    pub now: Timestamp,
}

/// A row, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub code: String,
    pub created_at: Timestamp,
    pub state: OrderState,
    pub hold_reason: Option<String>,
    /// Names with counts.
    pub brands: Vec<(String, u32)>,
    pub items: u32,
    pub face: Won,
    pub payable: Won,
    pub name: String,
    pub phone: String,
    /// Bank and masked number.
    pub account: String,
    pub speed: Speed,
    pub risk: i64,
    /// When it came into its state.
    pub since: Timestamp,
    pub manual: u32,
    pub unknown: u32,
    pub paid_at: Option<Timestamp>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewRow {
    pub id: String,
    pub name: String,
    pub query: String,
    pub is_default: bool,
}

/// An export in its maker's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    pub id: String,
    pub format: ExportFormat,
    pub query: String,
    pub unmasked: bool,
    pub reason: String,
    pub state: ExportState,
    pub total_rows: Option<i64>,
    pub done_rows: i64,
    pub bytes: i64,
    /// In words, when it failed.
    pub error: Option<String>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub expires_at: Timestamp,
}

/// A measure on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigure {
    pub day: KstDate,
    pub measure: Measure,
    pub number: i64,
    pub won: i64,
}

/// The dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardView {
    pub today: KstDate,
    pub days: Vec<DayFigure>,
    /// Vouchers refused this week: reason in words, brand's name, how many.
    pub refused: Vec<(String, String, i64)>,
    /// Orders under way: how many, and since when the oldest waits.
    pub standing: Vec<(OrderState, i64, Timestamp)>,
    /// Work that waits.
    pub waiting: Vec<(Lane, OutboxState, u32, Timestamp)>,
    /// When today was counted.
    pub counted_at: Option<Timestamp>,
    pub now: Timestamp,
}
