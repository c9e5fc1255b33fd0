//! Removing what is past its time, a little at a time, so that nobody waits for it.

use crate::{ServiceError, Services, desk};
use domain::Span;
use domain::desk::stats::SaleStep;
use std::time::{Duration, Instant};
use store::{day_stats, dialect, drafts, idempotency, otp, outbox, quotes, sessions, sign_in_tries};

/// Rows per transaction.
const BATCH: u32 = 500;
/// Codes are kept for the limits per day, and a while for questions.
const KEEP_CODES: Span = Span::days(30);
/// Quotes nobody used.
const KEEP_QUOTES: Span = Span::days(7);
/// Done work; its unique keys keep the same work from being written again meanwhile.
const KEEP_DONE: Span = Span::days(30);
/// Tries to sign in: as long as an address counts as known to a login, and a day.
const KEEP_TRIES: Span = Span::days(31);
/// How far sales came: counted into the day's figures long before.
const KEEP_STEPS: Span = Span::days(40);
/// Alarms that have rung.
const KEEP_TASKS: Span = Span::minutes(10);

/// A round ends after this long, whatever is left; the next one goes on.
const AT_MOST: Duration = Duration::from_secs(10);

/// One round; each batch in a transaction of its own. Says how many rows went.
pub async fn tidy(services: &Services) -> Result<u64, ServiceError> {
    let begun = Instant::now();
    let mut gone = 0;
    for kind in KINDS {
        loop {
            let batch = one_batch(services, kind).await?;
            gone += batch;
            if batch < u64::from(BATCH) || begun.elapsed() > AT_MOST {
                break;
            }
        }
    }
    Ok(gone)
}

/// What gets past its time. Drafts first: they hold numbers and accounts.
#[derive(Clone, Copy)]
enum Kind {
    Drafts,
    Codes,
    Keys,
    Quotes,
    Sessions,
    Done,
    Exports,
    Steps(SaleStep),
    Alarms,
    Tries,
}

const KINDS: [Kind; 12] = [
    Kind::Drafts,
    Kind::Exports,
    Kind::Codes,
    Kind::Keys,
    Kind::Quotes,
    Kind::Sessions,
    Kind::Done,
    Kind::Tries,
    Kind::Steps(SaleStep::Begun),
    Kind::Steps(SaleStep::Quoted),
    Kind::Steps(SaleStep::Proved),
    Kind::Alarms,
];

async fn one_batch(services: &Services, kind: Kind) -> Result<u64, ServiceError> {
    let now = services.clock.now();
    if matches!(kind, Kind::Exports) {
        return desk::exports::remove_expired(services, BATCH).await;
    }
    let mut tx = services.db.begin().await?;
    let gone = match kind {
        Kind::Drafts => drafts::delete_expired(&mut tx, now, BATCH).await?,
        Kind::Codes => otp::delete_old(&mut tx, now.minus(KEEP_CODES), BATCH).await?,
        Kind::Keys => idempotency::delete_expired(&mut tx, now, BATCH).await?,
        Kind::Quotes => quotes::delete_unused(&mut tx, now.minus(KEEP_QUOTES), BATCH).await?,
        Kind::Sessions => sessions::delete_expired(&mut tx, now, BATCH).await?,
        Kind::Done => outbox::delete_done(&mut tx, now.minus(KEEP_DONE), BATCH).await?,
        Kind::Tries => sign_in_tries::forget(&mut tx, now.minus(KEEP_TRIES), BATCH).await?,
        // Each in a transaction of its own, above.
        Kind::Exports => 0,
        Kind::Steps(step) => day_stats::delete_steps(&mut tx, step, now.minus(KEEP_STEPS), BATCH).await?,
        Kind::Alarms => {
            let before = now.minus(KEEP_TASKS).micros().div_euclid(1_000_000);
            dialect::forget_tasks(&mut tx, before, i64::from(BATCH)).await?
        }
    };
    tx.commit().await?;
    Ok(gone)
}
