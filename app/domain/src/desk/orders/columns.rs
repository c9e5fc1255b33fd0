//! The columns of the orders list and of its exports.

use serde::{Deserialize, Serialize};

/// One column. The words are those of `order_columns.columns` and `exports.columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The order's code. Always shown: it is the row's link.
    Code,
    /// When it was taken.
    Created,
    /// Where it stands.
    State,
    /// What a person should know: manual, unknown, held for what.
    Flags,
    /// How long it has stood there.
    Age,
    /// Brands with counts.
    Brands,
    /// How many vouchers.
    Items,
    /// Sum of the claimed faces.
    Face,
    /// What is paid for it.
    Payable,
    /// The applicant.
    Name,
    /// The applicant's phone.
    Phone,
    /// Bank and account.
    Account,
    /// How soon it is paid.
    Speed,
    /// Risk points.
    Risk,
    /// When it was paid.
    Paid,
}

crate::state::words!(Column, "column", {
    Code => "code",
    Created => "created",
    State => "state",
    Flags => "flags",
    Age => "age",
    Brands => "brands",
    Items => "items",
    Face => "face",
    Payable => "payable",
    Name => "name",
    Phone => "phone",
    Account => "account",
    Speed => "speed",
    Risk => "risk",
    Paid => "paid",
});

impl Column {
    /// What somebody sees who never chose.
    pub const USUAL: &'static [Self] = &[
        Self::Code,
        Self::Created,
        Self::State,
        Self::Flags,
        Self::Brands,
        Self::Payable,
        Self::Name,
        Self::Phone,
        Self::Risk,
    ];

    /// Holds a person.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Name | Self::Phone | Self::Account)
    }
}

/// Reads a stored or sent choice. Unknown words are left out (a newer version's column), the code is always there, and the
/// order is the table's own.
pub fn parse_columns<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Column> {
    let chosen: Vec<Column> = words.into_iter().filter_map(|word| word.parse().ok()).collect();
    Column::ALL.iter().copied().filter(|column| *column == Column::Code || chosen.contains(column)).collect()
}

/// As stored: `code,created,state`.
pub fn print_columns(columns: &[Column]) -> String {
    columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_reads_back_and_always_has_the_code() {
        assert_eq!(parse_columns(print_columns(Column::ALL).split(',')), Column::ALL);
        assert_eq!(parse_columns(["risk", "state", "nonsense", "risk"]), [Column::Code, Column::State, Column::Risk]);
        assert_eq!(parse_columns([""]), [Column::Code]);
        assert_eq!(parse_columns(Column::USUAL.iter().map(|column| column.as_str())), Column::USUAL);
    }
}
