//! Sessions, accounts and roles.

use crate::{Role, Timestamp};
use serde::{Deserialize, Serialize};

/// Where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Names it in the form that ends it; no cookie can be made from it.
    pub id: String,
    /// It is the one that asks.
    pub here: bool,
    pub address: String,
    pub agent: String,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
}

/// An account in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: String,
    pub login: String,
    pub name: String,
    /// `invited`, `active`, `disabled`.
    pub state: String,
    pub roles: Vec<Role>,
    pub second_factor: bool,
    pub last_sign_in_at: Option<Timestamp>,
}

/// An account with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    pub user: UserRow,
    pub revision: i64,
    /// It is the one who asks: nobody changes their own rights.
    pub own: bool,
    pub recovery_codes: i64,
    pub sessions: Vec<SessionView>,
    pub changes: Vec<RoleChangeView>,
}

/// A role given or taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChangeView {
    pub role: String,
    pub granted: bool,
    /// The login of who did it; their id when there is no such account any more.
    pub actor: String,
    pub reason: String,
    pub at: Timestamp,
}
