//! The numbers of a voucher: the few places that open their columns.

use crate::{ServiceError, Services};
use domain::Pin;
use store::items::{Item, TABLE};

/// The voucher's number.
pub fn pin_of(services: &Services, item: &Item) -> Result<Pin, ServiceError> {
    let text = services.keys.open_text(TABLE, "pin_enc", item.id.bytes(), &item.pin_enc)?;
    Pin::new(&text).ok_or_else(|| ServiceError::Internal(format!("item {} has no number", item.id)))
}

/// The companion fields by name.
pub fn companions_of(services: &Services, item: &Item) -> Result<Vec<(String, String)>, ServiceError> {
    let Some(sealed) = &item.companion_enc else { return Ok(Vec::new()) };
    let text = services.keys.open_text(TABLE, "companion_enc", item.id.bytes(), sealed)?;
    serde_json::from_str(&text)
        .map_err(|_| ServiceError::Internal(format!("item {} has unreadable companions", item.id)))
}
