//! Since when the partner has been silent about a piece of work.

use crate::{ServiceError, Services};
use domain::policy::{came_to_nothing, failing_since};
use domain::{Span, Timestamp};
use store::calls;
use store::outbox::Claim;

/// The beginning of the unbroken run of calls about the claim's subject that came to nothing; `now` when there is none.
/// Calls of earlier work about it don't count: a person, or an answer, set this one going.
pub(crate) async fn silent_since(
    services: &Services,
    claim: &Claim,
    lull: Span,
    now: Timestamp,
) -> Result<Timestamp, ServiceError> {
    let mut reader = services.db.read().await?;
    let calls = calls::of_subject(&mut reader, claim.subject).await?;
    let own = calls.iter().filter(|call| call.started_at >= claim.created_at);
    let ends = own.map(|call| (call.started_at, came_to_nothing(&call.outcome, call.code.as_deref())));
    Ok(failing_since(lull, ends, now))
}
