//! The manual verification desk: vouchers a machine can't decide.
//!
//! The story. A voucher waits in state `manual`. Somebody takes it ([`claim`]): a row with a lease, so that two people
//! never work on the same one; who comes second sees who has it and since when. They read its number (the same reveal as
//! everywhere), ask the issuer by telephone or on its page, keep a picture of the answer ([`add_proof`]), and key the
//! result ([`key`]) while the claim lasts. Keying ends the claim; so does giving it back ([`give_back`]) or letting it
//! lapse, and keying after that is refused.
//!
//! What a result means is the item machine's: "redeemed" is a redemption a person made at the issuer, so the voucher is
//! `locked`, with a row in `lock_attempts` like any other redemption (`accepted`, by hand): the same unique index that
//! keeps the machines from redeeming a voucher twice keeps people from it, and the books see it. "Good" sends a voucher of
//! a brand with a bridge back to the machines, which redeem it. Everything else turns it down with the reason the customer
//! reads. The issuer's word needs a proof; our own judgement (its form, that we don't want it) needs none.
//!
//! A redemption nobody knows the outcome of (`unknown_lock`, inquiries used up) is listed, but decided on its order's page
//! by asking again: that it was never received must be proved, and no keying here stands for that proof.

mod claim;
mod key;
mod proof;
mod queue;

pub use claim::{claim, give_back};
pub use key::{KeyInput, key};
pub use proof::{LARGEST_PROOF, ProofFile, add_proof, item_of_proof, may_add_proof, open_proof, too_large};
pub use queue::{item, queue};

use super::order::{TARGET, words};
use crate::ServiceError;
use crate::work::Unit;
use domain::{ItemId, Span};
use store::manual::{self, Claim};
use store::users;

/// How long somebody has a voucher before others may take it; taking it again starts anew.
pub const LEASE: Span = Span::minutes(15);

/// One's own living claim, with its row held until the unit ends.
///
/// Errors: [`ServiceError::Conflict`] when somebody else is at it, or one's own has lapsed.
async fn own_claim(unit: &mut Unit<'_>, item: ItemId) -> Result<Claim, ServiceError> {
    let (me, lang, now) = (unit.staff()?.user, unit.staff()?.lang, unit.now);
    match manual::lock_claim(&mut unit.tx, item).await? {
        Some(claim) if claim.lease_until <= now => lapsed(lang),
        Some(claim) if claim.user == me => Ok(claim),
        Some(claim) => Err(taken(unit, &claim).await),
        None => lapsed(lang),
    }
}

fn lapsed(lang: domain::Lang) -> Result<Claim, ServiceError> {
    Err(ServiceError::Conflict { code: "lapsed", message: words::claim_lapsed(lang).to_owned() })
}

/// Who has it, and since when.
async fn taken(unit: &mut Unit<'_>, claim: &Claim) -> ServiceError {
    let who = match users::find(&mut unit.tx, claim.user).await {
        Ok(user) => user.map_or_else(String::new, |user| user.name),
        Err(error) => return error.into(),
    };
    let lang = match unit.staff() {
        Ok(staff) => staff.lang,
        Err(error) => return error,
    };
    let message = words::claim_other(lang, &who, &claim.claimed_at.kst_clock());
    ServiceError::Conflict { code: "claimed", message }
}
