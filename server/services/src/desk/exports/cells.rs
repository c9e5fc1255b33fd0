//! A row of the orders list as a file's cells.

use crate::desk::orders::Listed;
use crate::erased::erased;
use domain::bank::BANKS;
use domain::desk::orders::{Column, words};
use domain::{ItemState, Lang, PersonName, Phone, Timestamp};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text, tamed when it is written.
    Text(String),
    /// A number to count with.
    Number(i64),
    /// Nothing.
    Empty,
}

/// How cells are made.
pub(super) struct Cells<'a> {
    pub columns: &'a [Column],
    pub lang: Lang,
    pub unmasked: bool,
    /// Each brand with its name in the file's language.
    pub brands: Vec<(String, String)>,
}

impl Cells<'_> {
    /// A row's cells.
    pub fn row(&self, row: &Listed) -> Vec<Cell> {
        self.columns.iter().map(|column| self.cell(*column, row)).collect()
    }

    fn cell(&self, column: Column, row: &Listed) -> Cell {
        let lang = self.lang;
        let order = &row.order;
        match column {
            Column::Code => Cell::Text(order.code.to_string()),
            Column::Created => Cell::Text(moment(order.created_at)),
            Column::State => Cell::Text(words::state(order.state, lang).to_owned()),
            Column::Flags => text(&self.flags(row)),
            Column::Age => Cell::Text(moment(row.since)),
            Column::Brands => text(&self.brands(row)),
            Column::Items => Cell::Number(i64::from(order.item_count)),
            Column::Face => Cell::Number(order.total_face.get()),
            Column::Payable => Cell::Number(order.total_payable.get()),
            Column::Name => self.person(row.name.as_ref(), PersonName::expose, PersonName::masked),
            Column::Phone => self.person(row.phone.as_ref(), Phone::expose, Phone::masked),
            Column::Account => {
                let bank = BANKS.iter().find(|bank| bank.code == order.bank_code);
                let bank = bank.map_or(order.bank_code.as_str(), |bank| lang.pick(bank.name_ko, bank.name_en));
                let account = row.account.as_ref();
                let account = account.map(|it| if self.unmasked { it.expose().to_owned() } else { it.masked() });
                let account = account.unwrap_or_else(|| erased(lang).to_owned());
                Cell::Text(format!("{bank} {account}"))
            }
            Column::Speed => Cell::Text(words::speed(order.speed, lang).to_owned()),
            Column::Risk => Cell::Number(order.risk_score),
            Column::Paid => order.paid_at.map_or(Cell::Empty, |at| Cell::Text(moment(at))),
        }
    }

    fn person<T>(&self, value: Option<&T>, clear: fn(&T) -> &str, masked: fn(&T) -> String) -> Cell {
        match value {
            Some(value) if self.unmasked => text(clear(value)),
            Some(value) => text(&masked(value)),
            None => text(erased(self.lang)),
        }
    }

    fn brands(&self, row: &Listed) -> String {
        let name = |brand: &str| self.brands.iter().find(|(code, _)| code == brand).map(|(_, name)| name.clone());
        let each = row
            .brands
            .iter()
            .map(|(brand, items, _)| format!("{} × {items}", name(brand).unwrap_or_else(|| brand.clone())));
        each.collect::<Vec<_>>().join(", ")
    }

    fn flags(&self, row: &Listed) -> String {
        let mut flags: Vec<String> = Vec::new();
        let manual: u32 = row.open.iter().filter(|(state, _)| *state == ItemState::Manual).map(|(_, n)| n).sum();
        let unknown: u32 = row.open.iter().filter(|(state, _)| *state != ItemState::Manual).map(|(_, n)| n).sum();
        if manual > 0 {
            flags.push(format!("{} {manual}", words::flag_manual(self.lang)));
        }
        if unknown > 0 {
            flags.push(format!("{} {unknown}", words::flag_unknown(self.lang)));
        }
        flags.extend(row.order.hold_reason.clone());
        flags.join(", ")
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// `2026-11-20 14:05:30`, Korean time: sorts as text, and no program reads it as another day.
fn moment(at: Timestamp) -> String {
    let digits = at.kst_yyyymmddhhmmss();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{} {}:{}:{}", at.kst_day(), part(8, 10), part(10, 12), part(12, 14))
}
