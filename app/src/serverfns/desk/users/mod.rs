//! Accounts of the staff.

mod end_sessions;
mod invite;
mod link;
mod roles;
mod state;

pub use end_sessions::{EndUserSessions, end_user_sessions};
pub use invite::{InviteUser, invite_user};
pub use link::{LinkUser, link_user};
pub use roles::{SetUserRoles, set_user_roles};
pub use state::{SetUserState, set_user_state};

use crate::ssr::Cx;
use domain::Role;

const LIST: &str = "/desk/users";

/// The account's page.
fn page(id: &str) -> String {
    format!("{LIST}/{}", crate::desk::in_query(id))
}

/// The roles ticked; what is none is left out. The brackets let the form reader take more than one.
fn ticked(cx: &Cx) -> Vec<Role> {
    cx.all_typed("role[]").iter().filter_map(|role| role.parse().ok()).collect()
}

/// The address of a link that is shown once.
fn address(cx: &Cx, token: &str) -> String {
    format!("{}/desk/invite/{token}", cx.services.policy.public_url)
}
