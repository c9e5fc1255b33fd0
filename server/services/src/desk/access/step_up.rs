//! Showing the second factor again before something that can't be taken back.

use super::code::{Shown, check};
use super::{limits, wrong_code, wrong_pair};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::Timestamp;
use serde_json::json;
use store::audit::AuditKind;
use store::sign_in_tries::Factor;
use store::users;

/// Checks the app's code, or where no second factor is set up (the sandbox) the password, and says when that was. The
/// session is the web layer's to mark.
///
/// Errors: [`ServiceError::Invalid`] when it is wrong; [`ServiceError::Busy`] after too many.
pub async fn step_up(services: &Services, actor: &Actor, typed: &str) -> Result<Timestamp, ServiceError> {
    let staff = rights::staff(actor, Act::Desk)?;
    let tried = limits::begin(services, &staff.login, &staff.address, Factor::Code, staff.lang).await?;
    let by_password = {
        let mut reader = services.db.read().await?;
        let user = users::find(&mut reader, staff.user).await?.ok_or(ServiceError::SignedOut)?;
        drop(reader);
        if user.totp_confirmed_at.is_none() {
            Some(services.hashing.matches(typed, user.password_hash, staff.lang).await?)
        } else {
            None
        }
    };
    let mut unit = Unit::of_staff(services, actor, Act::Desk).await?;
    let user = users::find(&mut unit.tx, staff.user).await?.ok_or(ServiceError::SignedOut)?;
    let right = match by_password {
        Some(right) => right && user.totp_confirmed_at.is_none(),
        None => !matches!(check(services, &mut unit.tx, &user, typed).await?, Shown::Wrong),
    };
    let (action, target) = (if right { "step_up.done" } else { "step_up.wrong" }, ("user", staff.user.to_string()));
    if right {
        tried.was_right(&mut unit.tx).await?;
    }
    unit.audit(AuditKind::SignIn, action, target, None, json!({}))?;
    let now = unit.now;
    unit.commit().await?;
    if right {
        return Ok(now);
    }
    let message = if by_password.is_some() { wrong_pair(staff.lang) } else { wrong_code(staff.lang) };
    Err(ServiceError::invalid("code", "wrong_code", message))
}

/// Is it the app's code that must be shown, or, where no second factor is set up, the password?
pub async fn has_second_factor(services: &Services, actor: &Actor) -> Result<bool, ServiceError> {
    let staff = rights::staff(actor, Act::Desk)?;
    let mut reader = services.db.read().await?;
    let user = users::find(&mut reader, staff.user).await?.ok_or(ServiceError::SignedOut)?;
    Ok(user.totp_confirmed_at.is_some())
}
