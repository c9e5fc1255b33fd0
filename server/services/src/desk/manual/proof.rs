//! Proofs: a picture or a paper of what the issuer said. Told by its content, not by its name; sealed, and opened with a
//! view line.

use super::{TARGET, own_claim, words};
use crate::desk::order::not_too_many;
use crate::erased::needed;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services, rights};
use domain::{ItemId, Lang, ProofId};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::audit::AuditKind;
use store::items;
use store::manual::{self, Proof, ProofKind};

/// Largest file, in bytes.
pub const LARGEST_PROOF: usize = 5 * 1024 * 1024;
/// Most files of one voucher.
const MOST: usize = 10;

/// What the content says it is.
fn kind_of(content: &[u8]) -> Option<ProofKind> {
    match content {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(ProofKind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(ProofKind::Jpeg),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(ProofKind::Pdf),
        _ => None,
    }
}

/// May this person bring files at all? Asked before a file is read.
pub fn may_add_proof(actor: &Actor) -> Result<(), ServiceError> {
    rights::staff(actor, Act::ManualDesk).map(|_| ())
}

/// What is said of a file that is larger than [`LARGEST_PROOF`].
pub fn too_large(lang: Lang) -> ServiceError {
    ServiceError::invalid("file", "too_large", words::file_large(lang, LARGEST_PROOF / 1024 / 1024))
}

/// Keeps a proof of a voucher one has taken.
///
/// Errors: [`ServiceError::Invalid`] in `file`; [`ServiceError::Conflict`] without a living claim of one's own.
pub async fn add_proof(
    services: &Services,
    actor: &Actor,
    item: &str,
    name: &str,
    content: &[u8],
) -> Result<(), ServiceError> {
    let lang = rights::staff(actor, Act::ManualDesk)?.lang;
    let item: ItemId = item.parse().map_err(|_| ServiceError::NotFound)?;
    let refuse = |code, message: String| Err(ServiceError::invalid("file", code, message));
    if content.is_empty() {
        return refuse("missing", words::file_missing(lang).to_owned());
    }
    if content.len() > LARGEST_PROOF {
        return Err(too_large(lang));
    }
    let Some(kind) = kind_of(content) else { return refuse("kind", words::file_kind(lang).to_owned()) };
    // Sealed before the transaction: it takes a while.
    let id = ProofId::from_bytes(services.chance.id(services.clock.now()));
    let seal = |column: &str, plain: &[u8]| services.keys.seal(manual::PROOFS, column, id.bytes(), plain);
    let name_enc = seal("name_enc", crate::shop::kept(name.trim(), 100).as_bytes())?;
    let body_enc = seal("body_enc", content)?;
    let hash: [u8; 32] = Sha256::digest(content).into();
    let mut unit = Unit::of_staff(services, actor, Act::ManualDesk).await?;
    let order = items::find(&mut unit.tx, item).await?.ok_or(ServiceError::NotFound)?.order_id;
    own_claim(&mut unit, item).await?;
    let there = manual::proofs_of_order(&mut unit.tx, order).await?;
    if there.iter().filter(|proof| proof.item == item).count() >= MOST {
        return refuse("too_many", words::file_many(lang, MOST));
    }
    let proof = Proof {
        id,
        item,
        user: unit.staff()?.user,
        kind,
        bytes: u32::try_from(content.len()).unwrap_or(u32::MAX),
        hash: hash.to_vec(),
        name_enc,
        created_at: unit.now,
    };
    manual::insert_proof(&mut unit.tx, &proof, &body_enc).await?;
    let meta =
        json!({ "item": item, "proof": id, "kind": kind.as_str(), "bytes": proof.bytes, "sha256": hex::encode(hash) });
    unit.audit(AuditKind::Change, "proof.add", (TARGET, order.to_string()), None, meta)?;
    unit.commit().await
}

/// A proof's content, for download.
pub struct ProofFile {
    /// `png`, `jpeg`, `pdf`.
    pub kind: &'static str,
    pub content: Vec<u8>,
}

/// Opens a proof, and leaves a view line first. It may show a number, so it wants what a number wants: the second factor
/// shown again, and it counts among what one person reveals in an hour.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::Busy`] after too many; [`ServiceError::Conflict`] when it was erased.
pub async fn open_proof(services: &Services, actor: &Actor, id: &str) -> Result<ProofFile, ServiceError> {
    let lang = rights::staff(actor, Act::ManualDesk)?.lang;
    let id: ProofId = id.parse().map_err(|_| ServiceError::NotFound)?;
    // Asked here too, before megabytes are opened for nothing; what counts is asked again by the unit.
    let staff = rights::staff(actor, Act::RevealPin)?;
    if !rights::is_fresh(staff.step_up_at, services.clock.now()) {
        return Err(ServiceError::StepUp);
    }
    // Read and opened before the unit, which would keep everybody else's writing waiting.
    let mut reader = services.db.read().await?;
    let proof = manual::find_proof(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let order = items::find(&mut reader, proof.item).await?.ok_or(ServiceError::NotFound)?.order_id;
    let sealed = manual::proof_body(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    drop(reader);
    let content = services.keys.open(manual::PROOFS, "body_enc", id.bytes(), &sealed);
    let content = needed(content.map_err(ServiceError::from), lang)?;
    let mut unit = Unit::of_staff(services, actor, Act::RevealPin).await?;
    not_too_many(&mut unit).await?;
    let meta = json!({ "item": proof.item, "proof": id });
    unit.audit(AuditKind::View, "proof.open", (TARGET, order.to_string()), None, meta)?;
    unit.commit().await?;
    Ok(ProofFile { kind: proof.kind.as_str(), content })
}

/// The voucher a proof is of, for where to go on.
pub async fn item_of_proof(services: &Services, actor: &Actor, id: &str) -> Result<ItemId, ServiceError> {
    rights::staff(actor, Act::ManualDesk)?;
    let id: ProofId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let proof = manual::find_proof(&mut services.db.read().await?, id).await?;
    Ok(proof.ok_or(ServiceError::NotFound)?.item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\nrest"), Some(ProofKind::Png));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0rest"), Some(ProofKind::Jpeg));
        assert_eq!(kind_of(b"%PDF-1.7 rest"), Some(ProofKind::Pdf));
        for other in [&b""[..], b"<svg onload=alert(1)>", b"<html>", b"MZ", b"GIF89a", b"%PD", b"\x89PNG"] {
            assert_eq!(kind_of(other), None);
        }
    }
}
