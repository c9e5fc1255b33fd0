//! Tables handed out as files: their states and formats, and what keeps a cell from becoming a formula.

use crate::state::words;
use serde::{Deserialize, Serialize};

/// The kind of file. The words are those of `exports.format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Text with commas, UTF-8 with a mark at its head so that spreadsheets read Hangul.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

words!(ExportFormat, "export format", { Csv => "csv", Xlsx => "xlsx" });

impl ExportFormat {
    /// What a browser is told it gets.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Where an export stands. The words are those of `exports.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// Waits for a worker.
    Queued,
    /// Is being written.
    Running,
    /// Can be fetched until its time is over.
    Done,
    /// Could not be written. An end.
    Failed,
    /// Its maker didn't want it any more. An end.
    Cancelled,
    /// Its time is over; the file is gone. An end.
    Expired,
}

words!(ExportState, "export state", {
    Queued => "queued",
    Running => "running",
    Done => "done",
    Failed => "failed",
    Cancelled => "cancelled",
    Expired => "expired",
});

/// A cell's text as a spreadsheet may open it: what could begin a formula gets an apostrophe before it. Blank letters before the sign count for
/// nothing, since some programs drop them; full-width signs count, since some turn them into the usual ones.
pub fn tame(cell: &str) -> std::borrow::Cow<'_, str> {
    let begins = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−' | '|' | '%')
    };
    let first = cell.chars().next();
    let blank = |c: char| c.is_whitespace() || c.is_control() || crate::form::is_invisible(c);
    let wild = first.is_some_and(|c| matches!(c, '\t' | '\r' | '\n' | '\0'))
        || cell.chars().find(|c| !blank(*c)).is_some_and(begins);
    if wild { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_in_a_cell_can_begin_a_formula() {
        for wild in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "＝HYPERLINK(\"http://x\")",
            "＋1",
            "－1",
            "＠x",
            "﹦1",
            "−1",
            "%0A=1",
            "|calc",
            "\ttab",
            "\rcr",
        ] {
            assert_eq!(tame(wild), format!("'{wild}"), "{wild:?}");
        }
        for plain in ["", "홍길동", "010-1234-5678", "1+1", "PD-7K3M-9QXT", "430201*****", "2026-11-20 14:05", "*동"]
        {
            assert_eq!(tame(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn taming_twice_changes_nothing_more(cell in ".*") {
            let once = tame(&cell).into_owned();
            prop_assert_eq!(tame(&once), once.as_str());
            prop_assert!(once.ends_with(&cell));
        }
    }
}
