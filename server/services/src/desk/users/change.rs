//! Changing what somebody may do, or ending it.

use super::{another_owner, reason, role_missing, roles_unchanged, take};
use crate::desk::access::write_link;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::secret::Secret;
use domain::{Role, Roles};
use serde_json::json;
use store::audit::AuditKind;
use store::invitations::{self, InvitationPurpose};
use store::sessions;
use store::users::{self, RoleChange, UserState};

/// Gives and takes roles until the person holds just these. In force with the next thing they do.
///
/// Errors: [`ServiceError::Invalid`] for one's own account, the last owner, no role or no reason;
/// [`ServiceError::Conflict`] when the account changed; [`ServiceError::StepUp`].
pub async fn set_roles(
    services: &Services,
    actor: &Actor,
    (id, revision): (&str, i64),
    roles: &[Role],
    why: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::UsersWrite).await?;
    let (lang, who) = (unit.staff()?.lang, unit.staff()?.actor());
    let why = reason(why, lang)?;
    let user = take(&mut unit, id, revision).await?;
    let wanted: Roles = roles.iter().copied().collect();
    if wanted.is_empty() {
        return Err(ServiceError::invalid("roles", "missing", role_missing(lang)));
    }
    let held = users::roles(&mut unit.tx, user.id).await?;
    if held == wanted {
        return Err(ServiceError::invalid("roles", "unchanged", roles_unchanged(lang)));
    }
    if held.has(Role::Owner) && !wanted.has(Role::Owner) {
        another_owner(&mut unit, user.id).await?;
    }
    let now = unit.now;
    let mut changes = Vec::new();
    for role in Role::ALL.iter().copied().filter(|role| held.has(*role) != wanted.has(*role)) {
        let granted = wanted.has(role);
        users::set_role(&mut unit.tx, user.id, role, granted, now).await?;
        let change =
            RoleChange { role: role.as_str().to_owned(), granted, actor: who.clone(), reason: why.clone(), at: now };
        users::note_role(&mut unit.tx, services.chance.id(now), user.id, &change).await?;
        changes.push(json!({ "role": role.as_str(), "granted": granted }));
    }
    // The page somebody else has open shows roles that are no longer so.
    users::write(&mut unit.tx, &user, &user, now).await?;
    let target = ("user", user.id.to_string());
    unit.audit(AuditKind::Change, "user.roles", target, Some(&why), json!({ "changes": changes }))?;
    unit.commit().await
}

/// Shuts an account out, or lets it in again. Shut out, every session and link of it is dead at once.
///
/// Errors: as [`set_roles`].
pub async fn set_state(
    services: &Services,
    actor: &Actor,
    (id, revision): (&str, i64),
    enabled: bool,
    why: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::UsersWrite).await?;
    let lang = unit.staff()?.lang;
    let why = reason(why, lang)?;
    let user = take(&mut unit, id, revision).await?;
    if !enabled && users::roles(&mut unit.tx, user.id).await?.has(Role::Owner) {
        another_owner(&mut unit, user.id).await?;
    }
    let now = unit.now;
    let mut after = user.clone();
    after.state = match (enabled, user.password_hash.is_some()) {
        (true, true) => UserState::Active,
        (true, false) => UserState::Invited,
        (false, _) => UserState::Disabled,
    };
    if after.state == user.state {
        return Err(super::conflict(lang));
    }
    after.session_epoch += 1;
    users::write(&mut unit.tx, &user, &after, now).await?;
    sessions::delete_of_user(&mut unit.tx, user.id).await?;
    invitations::end_of_user(&mut unit.tx, user.id, now).await?;
    let action = if enabled { "user.enable" } else { "user.disable" };
    unit.audit(AuditKind::Change, action, ("user", user.id.to_string()), Some(&why), json!({}))?;
    unit.commit().await
}

/// Ends every session of somebody; they may sign in again.
///
/// Errors: as [`set_roles`].
pub async fn end_sessions(
    services: &Services,
    actor: &Actor,
    (id, revision): (&str, i64),
    why: &str,
) -> Result<(), ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::UsersWrite).await?;
    let why = reason(why, unit.staff()?.lang)?;
    let user = take(&mut unit, id, revision).await?;
    let now = unit.now;
    let mut after = user.clone();
    after.session_epoch += 1;
    users::write(&mut unit.tx, &user, &after, now).await?;
    let ended = sessions::delete_of_user(&mut unit.tx, user.id).await?;
    let target = ("user", user.id.to_string());
    unit.audit(AuditKind::Change, "user.end_sessions", target, Some(&why), json!({ "ended": ended }))?;
    unit.commit().await
}

/// Another link: for an invitation that was lost, or to choose another password and second factor. Says its token, this
/// once. What there was goes on until the link is used.
///
/// Errors: as [`set_roles`]; [`ServiceError::NotFound`] for a disabled account.
pub async fn link(
    services: &Services,
    actor: &Actor,
    (id, revision): (&str, i64),
    why: &str,
) -> Result<Secret<String>, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::UsersWrite).await?;
    let (lang, who) = (unit.staff()?.lang, unit.staff()?.actor());
    let why = reason(why, lang)?;
    let user = take(&mut unit, id, revision).await?;
    let purpose = match user.state {
        UserState::Invited => InvitationPurpose::Invite,
        UserState::Active => InvitationPurpose::Reset,
        UserState::Disabled => return Err(ServiceError::NotFound),
    };
    let now = unit.now;
    let token = write_link(services, &mut unit.tx, user.id, purpose, &who, now).await?;
    let (target, meta) = (("user", user.id.to_string()), json!({ "purpose": purpose.as_str() }));
    unit.audit(AuditKind::Change, "user.link", target, Some(&why), meta)?;
    unit.commit().await?;
    Ok(token)
}
