//! The second factor after a right password.

use super::enter::{let_in, line};
use super::{Badge, PENDING_VALID, Pending, limits, totp, wrong_code};
use crate::shop::visitor;
use crate::{Actor, ServiceError, Services};
use serde_json::json;
use store::sign_in_tries::Factor;
use store::users::{self, User, UserState};
use store::{Tx, audit};

/// What was shown as a second factor.
pub(super) enum Shown {
    /// Nothing that fits.
    Wrong,
    /// The app's code.
    Code,
    /// One of the recovery codes, which is spent now.
    Recovery,
}

/// Checks what was typed against somebody's second factor and spends it.
pub(super) async fn check(services: &Services, tx: &mut Tx, user: &User, typed: &str) -> Result<Shown, ServiceError> {
    let Some(secret) = totp::secret_of(services, user)?.filter(|_| user.totp_confirmed_at.is_some()) else {
        return Ok(Shown::Wrong);
    };
    if let Some(step) = totp::step_of(&secret.into_exposed(), typed, services.clock.now())? {
        // Seen over a shoulder, typed a second later: a step is good once.
        let first = users::spend_step(&mut *tx, user.id, step).await?;
        return Ok(if first { Shown::Code } else { Shown::Wrong });
    }
    // Under the active key, then under the one before it; without a second key the two are one.
    for hash in totp::code_hashes(&services.keys, user.id, typed) {
        if users::spend_recovery_code(&mut *tx, user.id, hash, services.clock.now()).await? {
            return Ok(Shown::Recovery);
        }
    }
    Ok(Shown::Wrong)
}

/// The account of a half sign-in, if that still holds.
///
/// Errors: [`ServiceError::SignedOut`] when it is too old or the account changed.
pub(super) async fn pending_user(services: &Services, pending: &Pending) -> Result<User, ServiceError> {
    if services.clock.now().since(pending.since) > PENDING_VALID {
        return Err(ServiceError::SignedOut);
    }
    let mut reader = services.db.read().await?;
    users::find(&mut reader, pending.user)
        .await?
        .filter(|user| user.state == UserState::Active && user.session_epoch == pending.epoch)
        .ok_or(ServiceError::SignedOut)
}

/// Checks the app's code, or a recovery code, and lets the person in.
///
/// Errors: [`ServiceError::Invalid`] for a wrong code; [`ServiceError::Busy`] after too many; [`ServiceError::SignedOut`]
/// when the half sign-in ended.
pub async fn show_code(
    services: &Services,
    actor: &Actor,
    pending: &Pending,
    typed: &str,
) -> Result<Badge, ServiceError> {
    let door = visitor(actor)?;
    let user = pending_user(services, pending).await?;
    let tried = limits::begin(services, &user.login, &door.address, Factor::Code, door.lang).await?;
    let mut tx = services.db.begin().await?;
    let factor = match check(services, &mut tx, &user, typed).await? {
        Shown::Wrong => {
            let wrong =
                line(services, door, Some(&user), ("sign_in.wrong_code", "user", user.id.to_string()), json!({}));
            audit::insert(&mut tx, &wrong).await?;
            tx.commit().await?;
            return Err(ServiceError::invalid("code", "wrong_code", wrong_code(door.lang)));
        }
        Shown::Code => "code",
        Shown::Recovery => "recovery_code",
    };
    tried.was_right(&mut tx).await?;
    let badge = let_in(services, &mut tx, door, &user, factor, services.clock.now()).await?;
    tx.commit().await?;
    Ok(badge)
}
