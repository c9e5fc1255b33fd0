//! Setting up the second factor: once after the first password, again after a reset.

use super::code::pending_user;
use super::enter::{let_in, line};
use super::{Badge, Pending, limits, totp, wrong_code};
use crate::shop::visitor;
use crate::{Actor, ServiceError, Services};
use domain::secret::Secret;
use serde_json::json;
use store::sign_in_tries::Factor;
use store::{audit, users};

/// What the page shows for the app to take over.
pub struct Enrolment {
    /// As typed by hand.
    pub secret: Secret<String>,
    /// As a picture (SVG).
    pub picture: String,
    pub login: String,
}

/// The secret to take over; the same one again until it is confirmed.
///
/// Errors: [`ServiceError::SignedOut`] when the half sign-in ended; [`ServiceError::NotFound`] when the account has a
/// confirmed second factor.
pub async fn enrol(services: &Services, actor: &Actor, pending: &Pending) -> Result<Enrolment, ServiceError> {
    visitor(actor)?;
    let user = pending_user(services, pending).await?;
    if user.totp_confirmed_at.is_some() {
        return Err(ServiceError::NotFound);
    }
    let secret = match totp::secret_of(services, &user)? {
        Some(secret) => secret.into_exposed(),
        None => {
            let fresh = services.chance.bytes::<{ totp::SECRET_BYTES }>().to_vec();
            let sealed = services.keys.seal(users::TABLE, "totp_enc", user.id.bytes(), &fresh)?;
            let mut after = user.clone();
            after.totp_enc = Some(sealed);
            let mut tx = services.db.begin().await?;
            users::write(&mut tx, &user, &after, services.clock.now()).await?;
            tx.commit().await?;
            fresh
        }
    };
    let picture = totp::picture(&totp::address(&secret, &user.login))?;
    Ok(Enrolment { secret: Secret::new(totp::as_text(&secret)), picture, login: user.login })
}

/// Confirms that the app holds the secret, and lets the person in. The recovery codes are shown this once.
///
/// Errors: as [`super::show_code`].
pub async fn enrol_confirm(
    services: &Services,
    actor: &Actor,
    pending: &Pending,
    typed: &str,
) -> Result<(Badge, Vec<String>), ServiceError> {
    let door = visitor(actor)?;
    let user = pending_user(services, pending).await?;
    let tried = limits::begin(services, &user.login, &door.address, Factor::Code, door.lang).await?;
    let secret = totp::secret_of(services, &user)?.filter(|_| user.totp_confirmed_at.is_none());
    let Some(secret) = secret else { return Err(ServiceError::NotFound) };
    let now = services.clock.now();
    let Some(step) = totp::step_of(&secret.into_exposed(), typed, now)? else {
        return Err(ServiceError::invalid("code", "wrong_code", wrong_code(door.lang)));
    };
    let mut after = user.clone();
    after.totp_confirmed_at = Some(now);
    after.totp_last_step = step;
    let codes = totp::fresh_codes(services);
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| totp::code_hashes(&services.keys, user.id, code)[0]).collect();
    let mut tx = services.db.begin().await?;
    tried.was_right(&mut tx).await?;
    users::write(&mut tx, &user, &after, now).await?;
    users::set_recovery_codes(&mut tx, user.id, &hashes, now).await?;
    let enrolled = line(services, door, Some(&user), ("second_factor.set_up", "user", user.id.to_string()), json!({}));
    audit::insert(&mut tx, &enrolled).await?;
    let badge = let_in(services, &mut tx, door, &after, "code", now).await?;
    tx.commit().await?;
    Ok((badge, codes))
}
