//! From a stored value to a domain value; nonsense is named with table and row.

use crate::StoreError;
use domain::{Timestamp, Won};
use std::str::FromStr;
use uuid::Uuid;

/// Names the row a value came from, so that nonsense in it can be found again.
#[derive(Clone, Copy)]
pub(crate) struct Of {
    pub table: &'static str,
    pub id: Uuid,
}

impl Of {
    /// A stored word.
    pub fn word<T: FromStr>(self, column: &str, word: &str) -> Result<T, StoreError> {
        word.parse().map_err(|_| StoreError::corrupt(self.table, self.id, format!("{column} is {word:?}")))
    }

    /// A stored word that may be missing.
    pub fn word_opt<T: FromStr>(self, column: &str, word: Option<&str>) -> Result<Option<T>, StoreError> {
        word.map(|word| self.word(column, word)).transpose()
    }

    /// A stored amount.
    pub fn won(self, column: &str, won: i64) -> Result<Won, StoreError> {
        Won::new(won).map_err(|_| StoreError::corrupt(self.table, self.id, format!("{column} is {won}")))
    }

    /// A stored amount that may be missing.
    pub fn won_opt(self, column: &str, won: Option<i64>) -> Result<Option<Won>, StoreError> {
        won.map(|won| self.won(column, won)).transpose()
    }

    /// A stored count.
    pub fn count(self, column: &str, count: i64) -> Result<u32, StoreError> {
        u32::try_from(count).map_err(|_| StoreError::corrupt(self.table, self.id, format!("{column} is {count}")))
    }
}

/// A key column.
pub(crate) fn key(bytes: [u8; 16]) -> Uuid {
    Uuid::from_bytes(bytes)
}

/// A moment that may be missing.
pub(crate) fn moment(micros: Option<i64>) -> Option<Timestamp> {
    micros.map(Timestamp::from_micros)
}

/// The stored form of a moment that may be missing.
pub(crate) fn micros(moment: Option<Timestamp>) -> Option<i64> {
    moment.map(Timestamp::micros)
}

/// The stored form of an amount that may be missing.
pub(crate) fn amount(won: Option<Won>) -> Option<i64> {
    won.map(Won::get)
}
