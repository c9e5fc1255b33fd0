//! The draft as it stands.

use super::draft::Draft;
use super::keep::{Ctx, Kept, load};
use super::{DraftToken, SellAnswer};
use crate::catalogue::shelf;
use crate::shop::new_token;
use crate::{Actor, ServiceError, Services};

/// The draft as it stands; without a (living) one an empty view. Writes nothing.
pub async fn open(services: &Services, actor: &Actor, token: Option<&DraftToken>) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let loaded = load(services, token, ctx.now).await?;
    let draft = loaded.map_or_else(|| Draft::new(new_token(services)), |loaded| loaded.draft);
    Ok(Kept { draft, token: None, id: None }.answer(&ctx))
}
