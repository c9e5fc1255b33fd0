//! Telling the people who run the shop that something is wrong, by a webhook.
//!
//! Each round looks at everything worth a look ([`look`]), writes down what is there and what is over, and when the last
//! message is old enough sends one with everything new. A matter is told once, again after hours, and once more when it is
//! over; what came and went between two messages is not told at all. What was told stands in the database, and one process
//! tells, under a lease; so a restart repeats nothing. A crash between the sending and the writing repeats one message,
//! which is better than none. Nothing waits for any of this, and no text holds anything of a person: only counts, ages and
//! our own words.

mod look;

use crate::{ServiceError, Services};
use domain::{Span, Timestamp};
use gateway_alerts::Outcome;
use std::sync::{Mutex, PoisonError};
use store::alerts::{self, Matter, Post};

/// Messages are this far apart at least, so that what belongs together comes together.
const WINDOW: Span = Span::minutes(1);
/// A matter is told when it has been there this long: what mends itself at once is nobody's concern.
const SETTLED: Span = Span::seconds(20);
/// What isn't over is told again after this.
const AGAIN: Span = Span::hours(6);
/// The process that tells is somebody else after this, when it is gone.
const LEASE: Span = Span::minutes(2);
/// Tries after a failed one: twice as long each time, up to this.
const LONGEST_PAUSE: Span = Span::minutes(30);
/// The database may be busy for a moment.
const DATABASE_GONE: Span = Span::minutes(1);

domain::messages! {
    fn wrong(count: usize) { ko: "[PinDesk] 확인이 필요해요 ({count}건)", en: "[PinDesk] Look at this ({count})" }
    fn right(count: usize) { ko: "[PinDesk] 해결됐어요 ({count}건)", en: "[PinDesk] Over ({count})" }
    fn since(minutes: i64) { ko: "{minutes}분째", en: "for {minutes} min" }
    fn lasted(minutes: i64) { ko: "{minutes}분 동안", en: "after {minutes} min" }
    fn database_gone() { ko: "데이터베이스에 쓸 수 없어요.", en: "The database can’t be written." }
}

/// What this process keeps in mind between rounds: its name, and since when the database fails.
#[derive(Debug, Default)]
pub struct Bell {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    worker: Option<String>,
    gone_since: Option<Timestamp>,
    told_gone: Option<Timestamp>,
}

impl Bell {
    fn with<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        change(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One round. Nothing when no webhook is configured.
pub async fn round(services: &Services) -> Result<(), ServiceError> {
    if services.alerts.is_none() {
        return Ok(());
    }
    let done = try_round(services).await;
    let now = services.clock.now();
    if let Err(ServiceError::Store(_)) = &done {
        without_database(services, now).await;
    } else {
        services.bell.with(|inner| (inner.gone_since, inner.told_gone) = (None, None));
    }
    done
}

/// The books can't be written, so what was told is kept in this process alone.
async fn without_database(services: &Services, now: Timestamp) {
    let due = services.bell.with(|inner| {
        let since = *inner.gone_since.get_or_insert(now);
        let told = inner.told_gone.is_some_and(|told| now.since(told) < AGAIN);
        let due = now.since(since) >= DATABASE_GONE && !told;
        if due {
            inner.told_gone = Some(now);
        }
        due
    });
    if let (true, Some(client)) = (due, &services.alerts) {
        let lang = domain::Lang::Ko;
        let _ = client.say(&format!("{}\n• {}", wrong(lang, 1), database_gone(lang))).await;
    }
}

async fn try_round(services: &Services) -> Result<(), ServiceError> {
    let now = services.clock.now();
    let worker = services
        .bell
        .with(|inner| inner.worker.get_or_insert_with(|| hex::encode(services.chance.bytes::<8>())).clone());
    let mut tx = services.db.begin().await?;
    if !alerts::take(&mut tx, &worker, now.plus(LEASE), now).await? {
        return Ok(tx.rollback().await?);
    }
    tx.commit().await?;

    let found = look::look(services, now).await?;
    let mut tx = services.db.begin().await?;
    for (matter, words) in &found {
        alerts::see(&mut tx, matter, words, now).await?;
    }
    for known in alerts::all(&mut tx).await? {
        if !found.iter().any(|(matter, _)| *matter == known.matter) {
            alerts::over(&mut tx, &known.matter, now).await?;
            if known.told_at.is_none() {
                alerts::forget(&mut tx, &known.matter).await?;
            }
        }
    }
    let (known, post) = (alerts::all(&mut tx).await?, alerts::post(&mut tx).await?);
    tx.commit().await?;
    if now < post.next_at {
        return Ok(());
    }
    let due: Vec<&Matter> = known.iter().filter(|matter| is_due(matter, now)).collect();
    if due.is_empty() {
        return Ok(());
    }
    tell(services, &worker, &due, &post, now).await
}

/// Is there something to tell of it?
fn is_due(matter: &Matter, now: Timestamp) -> bool {
    match (matter.over_at, matter.told_at) {
        (Some(_), told) => told.is_some(),
        (None, None) => now.since(matter.began_at) >= SETTLED,
        (None, Some(told)) => now.since(told) >= AGAIN,
    }
}

async fn tell(
    services: &Services,
    worker: &str,
    due: &[&Matter],
    post: &Post,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let Some(client) = &services.alerts else { return Ok(()) };
    let outcome = client.say(&text(due, &services.policy.public_url, now)).await;
    let mut tx = services.db.begin().await?;
    if let Outcome::Accepted(()) = outcome {
        for matter in due {
            if matter.over_at.is_some() {
                alerts::forget(&mut tx, &matter.matter).await?;
            } else {
                alerts::told(&mut tx, &matter.matter, now).await?;
            }
        }
        alerts::went(&mut tx, worker, now.plus(WINDOW), now).await?;
    } else {
        let code = outcome.code().unwrap_or("unknown").to_owned();
        let pause = Span::seconds(30_i64 << post.failures.min(6)).min(LONGEST_PAUSE);
        tracing::warn!(code, failures = post.failures + 1, "an alert was not taken");
        alerts::failed(&mut tx, worker, now.plus(pause), &code, now).await?;
    }
    Ok(tx.commit().await?)
}

/// One message: what is there, what is over, and where to look.
fn text(due: &[&Matter], public_url: &str, now: Timestamp) -> String {
    let lang = domain::Lang::Ko;
    let (over, there): (Vec<&Matter>, Vec<&Matter>) = due.iter().partition(|matter| matter.over_at.is_some());
    let mut lines = Vec::new();
    if !there.is_empty() {
        lines.push(wrong(lang, there.len()));
    }
    for matter in &there {
        lines.push(format!("• {} ({})", matter.words, since(lang, now.since(matter.began_at).as_seconds() / 60)));
    }
    if !over.is_empty() {
        lines.push(right(lang, over.len()));
    }
    for matter in &over {
        let end = matter.over_at.unwrap_or(now);
        lines.push(format!("• {} ({})", matter.words, lasted(lang, end.since(matter.began_at).as_seconds() / 60)));
    }
    lines.push(format!("{public_url}/desk/health"));
    lines.join("\n")
}
