//! Who works here.

use crate::desk::access::sessions_of;
use crate::rights::{self, Act};
use crate::{Actor, ServiceError, Services};
use domain::wire::desk::{RoleChangeView, UserPage, UserRow};
use domain::{Role, UserId};
use std::collections::HashMap;
use store::users::{self, User};

/// Changes of roles shown.
const CHANGES: u32 = 50;

/// Every account, by login.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<UserRow>, ServiceError> {
    rights::staff(actor, Act::UsersRead)?;
    let mut reader = services.db.read().await?;
    let mut roles: HashMap<UserId, Vec<Role>> = HashMap::new();
    for (id, role) in users::all_roles(&mut reader).await? {
        roles.entry(id).or_default().push(role);
    }
    let found = users::list(&mut reader).await?;
    Ok(found
        .into_iter()
        .map(|user| {
            let mut held = roles.remove(&user.id).unwrap_or_default();
            held.sort_unstable();
            row(user, held)
        })
        .collect())
}

fn row(user: User, roles: Vec<Role>) -> UserRow {
    UserRow {
        id: user.id.to_string(),
        login: user.login,
        name: user.name,
        state: user.state.as_str().to_owned(),
        roles,
        second_factor: user.totp_confirmed_at.is_some(),
        last_sign_in_at: user.last_sign_in_at,
    }
}

/// One account with its sessions and how its roles came to be.
///
/// Errors: [`ServiceError::NotFound`].
pub async fn open(services: &Services, actor: &Actor, id: &str) -> Result<UserPage, ServiceError> {
    let staff = rights::staff(actor, Act::UsersRead)?;
    let id: UserId = id.parse().map_err(|_| ServiceError::NotFound)?;
    let mut reader = services.db.read().await?;
    let user = users::find(&mut reader, id).await?.ok_or(ServiceError::NotFound)?;
    let roles = users::roles(&mut reader, id).await?.iter().collect();
    let recovery_codes = users::recovery_codes_left(&mut reader, id).await?;
    let logins: HashMap<String, String> =
        users::list(&mut reader).await?.into_iter().map(|user| (user.id.to_string(), user.login)).collect();
    let changes = users::role_changes(&mut reader, id, CHANGES).await?;
    drop(reader);
    let named = |change: users::RoleChange| RoleChangeView {
        actor: logins.get(&change.actor).cloned().unwrap_or(change.actor),
        role: change.role,
        granted: change.granted,
        reason: change.reason,
        at: change.at,
    };
    Ok(UserPage {
        sessions: sessions_of(services, id, Some(staff.session)).await?,
        revision: user.revision,
        own: id == staff.user,
        recovery_codes,
        changes: changes.into_iter().map(named).collect(),
        user: row(user, roles),
    })
}
