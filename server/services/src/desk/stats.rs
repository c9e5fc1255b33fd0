//! The dashboard's figures: counted per day in Korea by a worker, read by the page.
//!
//! A day is counted by what happened on it: orders taken, orders paid, vouchers refused. The past changes little (a day's figures only when a payout comes back), so past days are counted once after they are over, today every few
//! seconds. Counting replaces a day's rows in one transaction; whoever reads meanwhile sees the old ones.

use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::desk::stats::Measure;
use domain::wire::desk::{DashboardView, DayFigure};
use domain::{KstDate, Lane, OrderState, OutboxState, Reason, Span, Timestamp};
use store::day_stats::{self, DayCount, Part};
use store::{catalog, orders, outbox};

/// Today is counted anew when its figures are older than this.
const FRESH: Span = Span::seconds(15);
/// A day is counted once more so long after its end: what a slow clock or a long transaction brought late.
const SETTLED: Span = Span::minutes(10);
/// Days the dashboard shows.
pub const DAYS: i64 = 35;
/// Days counted in one round, so that a long backlog holds nobody up.
const AT_ONCE: usize = 3;

/// Counts what is due: today, and past days that were not counted since they ended. Says how many days it counted.
pub async fn count(services: &Services) -> Result<usize, ServiceError> {
    let now = services.clock.now();
    let today = now.kst_day();
    let first = today.plus_days(1 - DAYS);
    let mut reader = services.db.read().await?;
    let counted = day_stats::counted(&mut reader, first, today).await?;
    drop(reader);
    let due = (0..DAYS).map(|back| today.plus_days(-back)).filter(|day| {
        let last = counted.iter().find(|(known, _)| known == day).map(|(_, at)| *at);
        is_due(*day, last, now)
    });
    let due: Vec<KstDate> = due.take(AT_ONCE).collect();
    for day in &due {
        let mut tx = services.db.begin().await?;
        day_stats::count(&mut tx, *day, now).await?;
        tx.commit().await?;
    }
    Ok(due.len())
}

fn is_due(day: KstDate, last: Option<Timestamp>, now: Timestamp) -> bool {
    let Some(last) = last else { return true };
    let over = day.plus_days(1).start().plus(SETTLED);
    if now < over { now.since(last) >= FRESH } else { last < over }
}

/// Everything the dashboard shows, as counted.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Today in Korea.
    pub today: KstDate,
    /// Each measure of each of the last days.
    pub days: Vec<DayCount>,
    /// Vouchers refused this week by brand and reason.
    pub refused: Vec<Part>,
    /// Vouchers taken this week by brand.
    pub taken: Vec<Part>,
    /// Orders that are under way, by state, and the oldest of each.
    pub standing: Vec<(OrderState, i64, Timestamp)>,
    /// Work that waits, by lane and state, and the oldest of each.
    pub waiting: Vec<(Lane, OutboxState, u32, Timestamp)>,
    /// When today was counted; `None` while it never was.
    pub counted_at: Option<Timestamp>,
}

/// Reads them.
pub async fn figures(services: &Services) -> Result<Figures, ServiceError> {
    let today = services.clock.now().kst_day();
    let (first, week) = (today.plus_days(1 - DAYS), today.plus_days(-6));
    let mut reader = services.db.read().await?;
    let days = day_stats::days(&mut reader, first, today).await?;
    let refused = day_stats::parts(&mut reader, week, today, Measure::Rejected).await?;
    let taken = day_stats::parts(&mut reader, week, today, Measure::Items).await?;
    let standing = orders::standing(&mut reader).await?;
    let waiting = outbox::ages(&mut reader).await?;
    let counted_at = days.iter().filter(|count| count.day == today).map(|count| count.counted_at).max();
    Ok(Figures { today, days, refused, taken, standing, waiting, counted_at })
}

/// The dashboard as its page shows it.
pub async fn dashboard(services: &Services, actor: &Actor) -> Result<DashboardView, ServiceError> {
    let lang = rights::staff(actor, Act::Dashboard)?.lang;
    let figures = figures(services).await?;
    let mut reader = services.db.read().await?;
    let brands = catalog::all(&mut reader).await?;
    drop(reader);
    let brand = |key: &str| {
        brands.iter().find(|brand| brand.brand == key).map_or(key, |brand| brand.info.name(lang)).to_owned()
    };
    let reason = |word: &str| word.parse::<Reason>().map_or(word, |reason| reason.word(lang)).to_owned();
    Ok(DashboardView {
        today: figures.today,
        days: figures
            .days
            .iter()
            .map(|count| DayFigure { day: count.day, measure: count.measure, number: count.number, won: count.won })
            .collect(),
        refused: figures.refused.iter().map(|part| (reason(&part.reason), brand(&part.brand), part.number)).collect(),
        standing: figures.standing,
        waiting: figures.waiting,
        counted_at: figures.counted_at,
        now: services.clock.now(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_counted_again_and_again_and_a_past_day_once_after_it_is_over() {
        let day = Timestamp::from_micros(1_795_000_000_000_000).kst_day();
        let end = day.plus_days(1).start();
        let noon = end.minus(Span::hours(12));
        assert!(is_due(day, None, noon));
        assert!(!is_due(day, Some(noon), noon.plus(Span::seconds(14))));
        assert!(is_due(day, Some(noon), noon.plus(Span::seconds(15))));
        // Just after midnight it may still change, and then it is counted once for good.
        assert!(is_due(day, Some(end.plus(Span::minutes(9))), end.plus(Span::minutes(11))));
        assert!(!is_due(day, Some(end.plus(Span::minutes(10))), end.plus(Span::days(3))));
    }
}
