//! How we and our partners are.

use crate::desk::{audit, jobs};
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::Span;
use domain::wire::desk::{AlertsView, HealthView, PartnerView, QueueAge};
use store::{Reader, lanes};

/// The partners whose calls are written down.
const PARTNERS: [&str; 4] = ["issuer", "bank", "agent", "thecheat"];
/// Looked back for the last answer.
const LAST: Span = Span::days(7);
/// Looked back for the times.
const TIMES: Span = Span::hours(1);
/// Calls looked at for the times.
const CALLS: u32 = 5_000;

/// The `part`th of a hundred in sorted times, in milliseconds.
fn percentile(sorted: &[i64], part: usize) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((sorted.len() * part / 100).min(last)).map(|micros| micros / 1_000)
}

/// Everything on one page.
pub async fn health(services: &Services, actor: &Actor) -> Result<HealthView, ServiceError> {
    rights::staff(actor, Act::HealthRead)?;
    let now = services.clock.now();
    let mut partners = Vec::with_capacity(PARTNERS.len());
    let mut reader = services.db.read().await?;
    // Nobody asks a partner that is switched off.
    let asked = PARTNERS.into_iter().filter(|party| *party != "thecheat" || services.cheat.is_some());
    for party in asked {
        let since = (now.minus(LAST), now.minus(TIMES));
        let (good, bad, mut times) = lanes::partner(&mut reader, party, since, CALLS).await?;
        times.sort_unstable();
        let breaker_open = match party {
            "issuer" => Some(services.issuer.is_refused() || services.verifier.is_refused()),
            "bank" => Some(services.bank.is_refused()),
            "thecheat" => services.cheat.as_ref().map(gateway_thecheat::CheatClient::is_refused),
            _ => None,
        };
        partners.push(PartnerView {
            party: party.to_owned(),
            last_good: good,
            last_bad: bad,
            calls: times.len(),
            median_ms: percentile(&times, 50),
            slow_ms: percentile(&times, 95),
            breaker_open,
        });
    }
    let alerts = alerts(services, &mut reader).await?;
    drop(reader);
    let facts = services.db.check().await;
    let chain = audit::state(services).await?;
    let queues = jobs::stuck(services, now).await?;
    Ok(HealthView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: facts.as_ref().map(|facts| format!("{} {}", facts.engine, facts.version)).unwrap_or_default(),
        database_ok: facts.is_ok(),
        private: facts.is_ok_and(|facts| facts.private),
        sandbox: services.policy.sandbox,
        partners,
        queues: queues
            .into_iter()
            .map(|(lane, works, age)| QueueAge { lane: lane.as_str().to_owned(), works, age_s: age.max(0) })
            .collect(),
        chain_ok: chain.is_sound(now),
        chain_head: chain.head.map_or(0, |head| head.seq),
        chain_waiting: chain.waiting,
        alerts,
        now,
    })
}

async fn alerts(services: &Services, reader: &mut Reader) -> Result<Option<AlertsView>, ServiceError> {
    if services.alerts.is_none() {
        return Ok(None);
    }
    let post = store::alerts::post(&mut *reader).await?;
    let matters = store::alerts::all(&mut *reader).await?;
    Ok(Some(AlertsView {
        last_good: post.last_good_at,
        failing: (post.failures > 0).then(|| (post.failures, post.last_code.unwrap_or_default())),
        matters: matters.into_iter().filter(|matter| matter.over_at.is_none()).map(|matter| matter.words).collect(),
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn percentiles_of_few_and_none() {
        assert_eq!(super::percentile(&[], 50), None);
        assert_eq!(super::percentile(&[7_000], 95), Some(7));
        let many: Vec<i64> = (1..=100).map(|n| n * 1_000).collect();
        assert_eq!((super::percentile(&many, 50), super::percentile(&many, 95)), (Some(51), Some(96)));
    }
}
