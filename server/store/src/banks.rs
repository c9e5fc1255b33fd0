//! Banks and securities houses a customer may be paid to, with their hours.

use crate::db::Conn;
use crate::dialect::multi_row;
use crate::{StoreError, on, sql};
use domain::{BankHours, BankKind, Timestamp};
use sqlx::types::Json;

/// A bank as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBank {
    /// Three digits, the clearing house's.
    pub code: String,
    /// Bank or securities house.
    pub kind: BankKind,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// Place in the list, from 0.
    pub position: u32,
    /// May be chosen.
    pub enabled: bool,
    /// When it takes transfers.
    pub hours: BankHours,
}

#[derive(sqlx::FromRow)]
struct Row {
    bank_code: String,
    kind: String,
    name_ko: String,
    name_en: String,
    position: i64,
    enabled: bool,
    hours_json: Json<serde_json::Value>,
}

/// `bank` or `securities`, as stored.
const fn kind_word(kind: BankKind) -> &'static str {
    match kind {
        BankKind::Bank => "bank",
        BankKind::Securities => "securities",
    }
}

impl TryFrom<Row> for StoredBank {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: String| StoreError::corrupt("banks", &row.bank_code, what);
        Ok(Self {
            kind: [BankKind::Bank, BankKind::Securities]
                .into_iter()
                .find(|kind| kind_word(*kind) == row.kind)
                .ok_or_else(|| corrupt(format!("kind is {:?}", row.kind)))?,
            position: u32::try_from(row.position).map_err(|_| corrupt(format!("position is {}", row.position)))?,
            hours: serde_json::from_value(row.hours_json.0).map_err(|error| corrupt(format!("hours_json: {error}")))?,
            code: row.bank_code,
            name_ko: row.name_ko,
            name_en: row.name_en,
            enabled: row.enabled,
        })
    }
}

/// All banks in the order they are shown, disabled ones too.
pub async fn all(conn: impl Into<Conn<'_>>) -> Result<Vec<StoredBank>, StoreError> {
    let rows = on!(conn, |c| sqlx::query_as::<_, Row>(sql!("banks/all.sql")).fetch_all(&mut *c).await?);
    rows.into_iter().map(StoredBank::try_from).collect()
}

/// Adds the banks that are not there yet; the others keep what the back office made of them.
pub async fn add_missing(conn: impl Into<Conn<'_>>, banks: &[StoredBank], now: Timestamp) -> Result<u64, StoreError> {
    if banks.is_empty() {
        return Ok(0);
    }
    Ok(on!(conn, |c| {
        let mut query = sqlx::query(multi_row(c, sql!("banks/insert_many.sql"), banks.len()));
        for bank in banks {
            query = query
                .bind(bank.code.as_str())
                .bind(kind_word(bank.kind))
                .bind(bank.name_ko.as_str())
                .bind(bank.name_en.as_str())
                .bind(i64::from(bank.position))
                .bind(bank.enabled)
                .bind(Json(&bank.hours))
                .bind(now.micros());
        }
        query.execute(&mut *c).await?.rows_affected()
    }))
}
