//! A note on an order: only ever added. Its text may tell of a person, so it is sealed; the audit log says that there is
//! one, not what it says.

use super::{TARGET, id_of, words};
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{NoteId, OrderId};
use serde_json::json;
use store::audit::AuditKind;
use store::notes::{self, Note};

/// Most characters of a note.
const LONGEST: usize = 2_000;

/// Writes a note.
///
/// Errors: [`ServiceError::Invalid`] when it is empty or too long.
pub async fn note(services: &Services, actor: &Actor, code: &str, text: &str) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::OrderNote)?.lang;
    let text = text.replace("\r\n", "\n");
    let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    match text.chars().count() {
        0 => return Err(ServiceError::invalid("text", "missing", words::note_empty(lang))),
        got if got > LONGEST => {
            return Err(ServiceError::invalid("text", "too_long", words::note_long(lang, got, LONGEST)));
        }
        _ => {}
    }
    let order_id = id_of(services, code).await?;
    let mut unit = Unit::of_staff(services, actor, Act::OrderNote).await?;
    let id = keep_note(&mut unit, order_id, &text).await?;
    let target = (TARGET, order_id.to_string());
    unit.audit(AuditKind::Change, "order.note", target, None, json!({ "note": id }))?;
    unit.commit().await
}

/// Seals a note and writes it within what else is done.
pub(in crate::desk) async fn keep_note(
    unit: &mut Unit<'_>,
    order_id: OrderId,
    text: &str,
) -> Result<NoteId, ServiceError> {
    let id = NoteId::from_bytes(unit.services.chance.id(unit.now));
    let body_enc = unit.services.keys.seal(notes::TABLE, "body_enc", id.bytes(), text.as_bytes())?;
    let note = Note { id, order_id, user: unit.staff()?.user, body_enc, created_at: unit.now };
    notes::insert(&mut unit.tx, &note).await?;
    Ok(id)
}
