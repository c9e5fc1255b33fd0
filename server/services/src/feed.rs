//! The public feed of real payouts.

use crate::catalogue::shelf;
use crate::{ServiceError, Services};
use domain::wire::FeedRow;

/// The newest payouts at least ten minutes old; empty when fewer than five. At most one second old.
pub async fn recent(services: &Services) -> Result<Vec<FeedRow>, ServiceError> {
    Ok(shelf(services).await?.feed.clone())
}
