//! One's own sessions, password and recovery codes.

use super::password::check_new;
use super::{Badge, PasswordProblem, totp, wrong_pair};
use crate::rights::{self, Act};
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::SessionView;
use serde_json::{Value, json};
use store::audit::AuditKind;
use store::{sessions, users};

/// Where one is signed in, the last seen first.
pub async fn my_sessions(services: &Services, actor: &Actor) -> Result<Vec<SessionView>, ServiceError> {
    let staff = rights::staff(actor, Act::Desk)?;
    of_user(services, staff.user, Some(staff.session)).await
}

/// Where somebody is signed in.
pub(in crate::desk) async fn of_user(
    services: &Services,
    user: domain::UserId,
    own: Option<[u8; 32]>,
) -> Result<Vec<SessionView>, ServiceError> {
    let mut reader = services.db.read().await?;
    let found = sessions::of_user(&mut reader, user, services.clock.now()).await?;
    drop(reader);
    found
        .into_iter()
        .map(|session| {
            let badge = badge_of(services, &session)?;
            Ok(SessionView {
                id: hex::encode(&session.id_hash),
                here: own.is_some_and(|own| own.as_slice() == session.id_hash),
                address: badge.address,
                agent: badge.agent,
                began_at: session.created_at,
                seen_at: session.last_seen_at,
            })
        })
        .collect()
}

fn badge_of(services: &Services, session: &sessions::Listed) -> Result<Badge, ServiceError> {
    let mut row = [0; 16];
    let head = session.id_hash.get(..16).ok_or_else(|| ServiceError::Internal("a session without a name".into()))?;
    row.copy_from_slice(head);
    let plain = services.keys.open(sessions::TABLE, "data_enc", row, &session.data_enc)?;
    let data: Value = serde_json::from_slice(&plain).map_err(|error| ServiceError::Internal(error.to_string()))?;
    serde_json::from_value(data.get(Badge::KEY).cloned().unwrap_or_default())
        .map_err(|error| ServiceError::Internal(error.to_string()))
}

impl Badge {
    /// Under this name a session holds it.
    pub const KEY: &'static str = "badge";
}

/// Ends one of one's own sessions; one that is none of them has ended already.
pub async fn end_session(services: &Services, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::Desk).await?;
    let user = unit.staff()?.user;
    let hash = hex::decode(id).map_err(|_| ServiceError::NotFound)?;
    if !sessions::delete_one_of_user(&mut unit.tx, user, &hash).await? {
        return Err(ServiceError::NotFound);
    }
    let mark = json!({ "session": id.chars().take(16).collect::<String>() });
    unit.audit(AuditKind::SignIn, "session.end", ("user", user.to_string()), None, mark)?;
    unit.commit().await
}

/// Ends all of one's own sessions but this one and says how many there were.
pub async fn end_others(services: &Services, actor: &Actor) -> Result<u64, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::Desk).await?;
    let (user, session) = (unit.staff()?.user, unit.staff()?.session);
    let ended = sessions::delete_others_of_user(&mut unit.tx, user, session).await?;
    unit.audit(AuditKind::SignIn, "session.end_others", ("user", user.to_string()), None, json!({ "ended": ended }))?;
    unit.commit().await?;
    Ok(ended)
}

/// Chooses another password: every session ends, and the one it was done in goes on with the badge given back.
///
/// Errors: [`ServiceError::Invalid`] for a wrong old password or a new one that isn't taken; [`ServiceError::StepUp`].
pub async fn change_password(
    services: &Services,
    actor: &Actor,
    (old, new, again): (&str, &str, &str),
) -> Result<Badge, ServiceError> {
    let staff = rights::staff(actor, Act::Desk)?;
    let lang = staff.lang;
    let refused =
        |problem: PasswordProblem, field: &str| ServiceError::invalid(field, problem.code(), problem.text(lang));
    let chosen = check_new(new, &[&staff.login, &staff.name]).map_err(|problem| refused(problem, "password"))?;
    if new != again {
        return Err(refused(PasswordProblem::Differs, "again"));
    }
    let before = {
        let mut reader = services.db.read().await?;
        users::find(&mut reader, staff.user).await?.ok_or(ServiceError::SignedOut)?
    };
    if !services.hashing.matches(old, before.password_hash.clone(), lang).await? {
        return Err(ServiceError::invalid("old", "wrong", wrong_pair(lang)));
    }
    let hash = services.hashing.hash(chosen, lang).await?;
    let mut unit = Unit::of_staff(services, actor, Act::OwnPassword).await?;
    let mut after = before.clone();
    after.password_hash = Some(hash);
    after.password_changed_at = Some(unit.now);
    after.session_epoch += 1;
    let now = unit.now;
    users::write(&mut unit.tx, &before, &after, now).await?;
    let session = unit.staff()?.session;
    sessions::delete_others_of_user(&mut unit.tx, staff.user, session).await?;
    unit.audit(AuditKind::SignIn, "password.change", ("user", staff.user.to_string()), None, json!({}))?;
    unit.commit().await?;
    Ok(Badge {
        user: staff.user,
        epoch: after.session_epoch,
        step_up_at: now,
        address: staff.address.clone(),
        agent: staff.agent.clone(),
    })
}

/// Fresh recovery codes in the place of all before, shown this once.
///
/// Errors: [`ServiceError::StepUp`]; [`ServiceError::NotFound`] for somebody without a second factor.
pub async fn new_recovery_codes(services: &Services, actor: &Actor) -> Result<Vec<String>, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::OwnPassword).await?;
    let id = unit.staff()?.user;
    let user = users::find(&mut unit.tx, id).await?.filter(|user| user.totp_confirmed_at.is_some());
    let user = user.ok_or(ServiceError::NotFound)?;
    let codes = totp::fresh_codes(services);
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| totp::code_hashes(&services.keys, user.id, code)[0]).collect();
    let now = unit.now;
    users::set_recovery_codes(&mut unit.tx, user.id, &hashes, now).await?;
    unit.audit(AuditKind::SignIn, "recovery_codes.new", ("user", id.to_string()), None, json!({}))?;
    unit.commit().await?;
    Ok(codes)
}
