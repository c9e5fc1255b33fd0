//! Removing what is past its time, a little at a time, so that nobody waits for it.

use crate::{ServiceError, Services};
use domain::Span;
use store::{dialect, drafts, idempotency, otp, outbox, quotes, sessions};

/// Rows per kind and round.
const BATCH: u32 = 500;
/// Codes are kept for the limits per day, and a while for questions.
const KEEP_CODES: Span = Span::days(30);
/// Quotes nobody used.
const KEEP_QUOTES: Span = Span::days(7);
/// Done work; its unique keys keep the same work from being written again meanwhile.
const KEEP_DONE: Span = Span::days(30);
/// Alarms that have rung.
const KEEP_TASKS: Span = Span::minutes(10);

/// One round; each kind in a transaction of its own. Says how many rows went.
pub async fn tidy(services: &Services) -> Result<u64, ServiceError> {
    let now = services.clock.now();
    let db = &services.db;
    let mut gone = 0;

    let mut tx = db.begin().await?;
    gone += drafts::delete_expired(&mut tx, now, BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    gone += otp::delete_old(&mut tx, now.minus(KEEP_CODES), BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    gone += idempotency::delete_expired(&mut tx, now, BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    gone += quotes::delete_unused(&mut tx, now.minus(KEEP_QUOTES), BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    gone += sessions::delete_expired(&mut tx, now, BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    gone += outbox::delete_done(&mut tx, now.minus(KEEP_DONE), BATCH).await?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    let before = now.minus(KEEP_TASKS).micros().div_euclid(1_000_000);
    gone += dialect::forget_tasks(&mut tx, before, i64::from(BATCH) * 4).await?;
    tx.commit().await?;
    Ok(gone)
}
