//! What is counted of other orders, in one statement for all orders that are judged together.

use crate::db::Conn;
use crate::dialect::{multi_all, portions};
use crate::{StoreError, on, sql};
use domain::Won;
use domain::risk::{Past, Subject, Windows};

/// Other orders of one subject shared with one other: of a phone by account, of an account or a device by phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRow {
    /// The phone, account or device, as hashed.
    pub subject: Vec<u8>,
    /// The account or phone of these orders, as hashed.
    pub other: Vec<u8>,
    /// What they were. `others` is nothing here: one row stands for one other.
    pub past: Past,
}

#[derive(sqlx::FromRow)]
struct Row {
    subject: Vec<u8>,
    other: Vec<u8>,
    orders_month: i64,
    amount_month: i64,
    orders_day: i64,
    amount_day: i64,
    failed_day: i64,
    pins_hour: i64,
    paid: i64,
}

/// Orders of these subjects since the windows began. Addresses are not counted: [`StoreError::Settings`].
pub async fn pasts(
    conn: impl Into<Conn<'_>>,
    kind: Subject,
    subjects: &[[u8; 32]],
    windows: Windows,
) -> Result<Vec<PastRow>, StoreError> {
    let text = match kind {
        Subject::Phone => sql!("risk/past_by_phone.sql"),
        Subject::Account => sql!("risk/past_by_account.sql"),
        Subject::Device => sql!("risk/past_by_device.sql"),
        Subject::Address => return Err(StoreError::Settings { what: "orders are not counted by address".into() }),
    };
    let mut found: Vec<Row> = Vec::new();
    on!(conn, |c| {
        for portion in portions(subjects) {
            let mut query = sqlx::query_as::<_, Row>(multi_all(&*c, text, 5, portion.len()))
                .bind(windows.since.micros())
                .bind(windows.month.micros())
                .bind(windows.day.micros())
                .bind(windows.last_day.micros())
                .bind(windows.last_hour.micros());
            for subject in portion {
                query = query.bind(subject.as_slice());
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    let count = |count: i64| u32::try_from(count.max(0)).unwrap_or(u32::MAX);
    let won =
        |won: i64| Won::new(won).map_err(|_| StoreError::corrupt("orders", "sum", format!("amounts sum to {won}")));
    found
        .into_iter()
        .map(|row| {
            let past = Past {
                paid_before: row.paid > 0,
                orders_day: count(row.orders_day),
                amount_day: won(row.amount_day)?,
                orders_month: count(row.orders_month),
                amount_month: won(row.amount_month)?,
                pins_hour: count(row.pins_hour),
                failed_day: count(row.failed_day),
                others: 0,
            };
            Ok(PastRow { subject: row.subject, other: row.other, past })
        })
        .collect()
}

/// Which of these phones, or accounts, were ever paid.
pub async fn paid_before(
    conn: impl Into<Conn<'_>>,
    kind: Subject,
    subjects: &[[u8; 32]],
) -> Result<Vec<Vec<u8>>, StoreError> {
    let text = match kind {
        Subject::Phone => sql!("risk/paid_phone.sql"),
        Subject::Account => sql!("risk/paid_account.sql"),
        Subject::Device | Subject::Address => {
            return Err(StoreError::Settings { what: "only phones and accounts are paid".into() });
        }
    };
    let mut found = Vec::new();
    on!(conn, |c| {
        for portion in portions(subjects) {
            let mut query = sqlx::query_scalar::<_, Vec<u8>>(multi_all(&*c, text, 0, portion.len()));
            for subject in portion {
                query = query.bind(subject.as_slice());
            }
            found.extend(query.fetch_all(&mut *c).await?);
        }
    });
    Ok(found)
}
