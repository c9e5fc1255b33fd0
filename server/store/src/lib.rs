//! The only crate with our SQL: SQLite and PostgreSQL from one text.
//!
//! # How to add a statement
//!
//! 1. Write `sql/<noun>/<verb>.sql` with `$1` parameters, one text for both engines.
//! 2. Write the function in `src/<noun>.rs`:
//!
//! ```ignore
//! pub async fn mark_read(conn: impl Into<Conn<'_>>, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
//!     let done = on!(conn, |c| sqlx::query(sql!("messages/mark_read.sql"))
//!         .bind(id)
//!         .bind(now.micros())
//!         .execute(&mut *c)
//!         .await?
//!         .rows_affected());
//!     exactly_one(done, "message")
//! }
//! ```
//! 3. Write its contract test with `testkit::both_engines!`.
//!
//! A store function never commits and never decides: it takes a [`Conn`] (from `&mut Tx` or `&mut Reader`), does
//! one thing and says what happened. Writers start with [`Db::begin`], readers with [`Db::read`].
//!
//! # What may differ between the engines
//!
//! Only what is in [`dialect`]: how a transaction begins, row locks, the advisory lock, the shape of a multi-row
//! insert, and how an apalis task is pushed. A text that needs a row lock carries the marker `/*for update*/` or
//! `/*skip locked*/` and is passed through [`dialect::locking`].
#![warn(missing_docs)]

pub mod alerts;
pub mod announcements;
pub mod audit;
pub mod audit_checks;
pub mod banks;
pub mod blocks;
pub mod calls;
pub mod catalog;
pub mod chain;
pub mod checks;
pub mod consents;
pub mod crypto;
pub mod day_stats;
pub mod db;
pub mod dialect;
pub mod documents;
pub mod drafts;
pub mod error;
pub mod events;
pub mod exports;
pub mod feed;
pub mod fees;
pub mod idempotency;
pub mod inquiries;
pub mod invitations;
pub mod items;
pub mod keys;
pub mod lanes;
pub mod lock_attempts;
pub mod manual;
pub mod messages;
pub mod notes;
pub mod order_brands;
pub mod order_list;
pub mod order_views;
pub mod orders;
pub mod otp;
pub mod outbox;
pub mod payout_attempts;
pub mod payouts;
pub mod people;
pub mod quotes;
pub mod rates;
pub mod reseal;
pub mod retention;
pub mod risk;
pub mod risk_books;
mod risk_links;
mod risk_pasts;
pub mod rotations;
mod row;
pub mod seed;
pub mod sessions;
pub mod settings;
pub mod shop_drafts;
pub mod sign_in_tries;
pub mod stories;
pub mod users;
pub mod views;
pub mod waiting;

pub use crypto::Keyring;
pub use db::{Conn, Db, DbFacts, DbSettings, EngineSettings, Pace, Reader, Tx};
pub use error::{StoreError, exactly_one};
