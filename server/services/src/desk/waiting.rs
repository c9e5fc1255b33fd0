//! What waits for somebody: the figures in the rail, and whether the page they look at is still true.

use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::Waiting;
use domain::{Span, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use store::waiting;

/// Figures are this old at most; all open pages share one reading.
const FRESH: Span = Span::millis(1_000);

/// A rotation of keys is worth looking at again after so many microseconds.
const ROTATION_SEEN: i64 = 4_000_000;

/// The last reading.
#[derive(Debug, Default)]
pub struct Board(Mutex<Option<(Timestamp, Arc<Reading>)>>);

/// What waits at each desk, by the desk's address, with the act that opens it.
#[derive(Debug)]
struct Reading {
    counts: Vec<(&'static str, Act, i64)>,
    mark: String,
}

async fn read(services: &Services) -> Result<Arc<Reading>, ServiceError> {
    let now = services.clock.now();
    let kept = services.board.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((at, reading)) = kept
        && now >= at
        && now.since(at) < FRESH
    {
        return Ok(reading);
    }
    let mut reader = services.db.read().await?;
    let counts = vec![
        ("/desk/risk", Act::RiskRead, waiting::held_orders(&mut reader).await?),
        ("/desk/manual", Act::ManualDesk, i64::from(store::manual::waiting(&mut reader).await?)),
        ("/desk/inquiries", Act::Inquiries, waiting::open_inquiries(&mut reader).await?),
        ("/desk/jobs", Act::JobsRead, waiting::works_for_people(&mut reader).await?),
    ];
    let mut mark = waiting::mark(&mut reader).await?;
    // What is neither an order's history nor somebody's act: files under way, and what customers ask.
    let files = waiting::exports_mark(&mut reader).await?;
    let asked: i64 = counts.iter().filter(|(place, ..)| *place == "/desk/inquiries").map(|(.., count)| count).sum();
    mark.push_str(&[files, asked].map(|number| format!(".{number}")).concat());
    // While keys are rotated the page of it is looked at every few seconds.
    if let Some(rotation) = store::rotations::newest(&mut reader).await? {
        mark.push_str(&(rotation.updated_at.micros() / ROTATION_SEEN).to_string());
    }
    let reading = Arc::new(Reading { counts, mark });
    *services.board.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&reading)));
    Ok(reading)
}

/// What waits for this person, at the desks they have.
pub async fn waiting(services: &Services, actor: &Actor) -> Result<Waiting, ServiceError> {
    let staff = rights::staff(actor, Act::Desk)?;
    let reading = read(services).await?;
    let mine = reading.counts.iter().filter(|(_, act, _)| rights::may(staff, *act));
    Ok(Waiting {
        counts: mine.map(|(place, _, count)| ((*place).to_owned(), *count)).collect(),
        mark: reading.mark.clone(),
    })
}
