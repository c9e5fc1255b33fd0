//! Inviting somebody.

use super::{reason, role_missing};
use crate::desk::access::write_invited;
use crate::rights::Act;
use crate::work::Unit;
use crate::{Actor, ServiceError, Services};
use domain::Role;
use domain::secret::Secret;
use serde_json::json;
use store::audit::AuditKind;

/// The form as posted.
#[derive(Clone, Debug, Default)]
pub struct Invite {
    /// What the person will type to sign in.
    pub login: String,
    /// What colleagues call them.
    pub name: String,
    /// What they may be.
    pub roles: Vec<Role>,
    /// Why.
    pub reason: String,
}

/// Makes an invited account and says its link's token, this once.
///
/// Errors: [`ServiceError::Invalid`] by field; [`ServiceError::StepUp`].
pub async fn invite(services: &Services, actor: &Actor, input: &Invite) -> Result<Secret<String>, ServiceError> {
    let mut unit = Unit::of_staff(services, actor, Act::UsersWrite).await?;
    let (lang, who) = (unit.staff()?.lang, unit.staff()?.actor());
    let why = reason(&input.reason, lang)?;
    if input.roles.is_empty() {
        return Err(ServiceError::invalid("roles", "missing", role_missing(lang)));
    }
    let of = (input.login.as_str(), input.name.as_str());
    let (id, token) = write_invited(services, &mut unit.tx, of, &input.roles, (&who, &why), lang).await?;
    let words: Vec<&str> = input.roles.iter().map(|role| role.as_str()).collect();
    let target = ("user", id.to_string());
    unit.audit(AuditKind::Change, "user.invite", target, Some(&why), json!({ "roles": words }))?;
    unit.commit().await?;
    Ok(token)
}
