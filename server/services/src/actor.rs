//! Who acts. Every use case takes it first.

use domain::{Lang, Roles, Timestamp, UserId};

/// The one who asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A person without an account, in front of the shop.
    Visitor(Visitor),
    /// Somebody who works here, signed in. What they may do is asked of [`crate::rights`].
    Staff(Staff),
    /// A worker lane or the scheduler; never reachable from a request.
    System { worker: String },
}

/// What the shop knows of a visitor's request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The visitor's address after the trusted proxies, as text.
    pub address: String,
    /// The browser's own description, cut to 200 characters.
    pub agent: String,
    pub lang: Lang,
    /// The browser's own long-lived random name, if it brought one.
    pub device: Option<String>,
    /// Orders this browser may open: made here, or proved by a code sent to their phone.
    pub grants: Vec<domain::OrderId>,
}

/// A signed-in member of staff, as the database knew them when the request began. A use case that changes something asks
/// again inside its transaction: [`crate::work::Unit::of_staff`].
#[derive(Clone, Debug)]
pub struct Staff {
    pub user: UserId,
    /// What is typed to sign in.
    pub login: String,
    /// What colleagues call them.
    pub name: String,
    pub roles: Roles,
    /// The session's stored name: SHA-256 of the cookie's.
    pub session: [u8; 32],
    /// The epoch of the user's sessions it belongs to.
    pub epoch: i64,
    /// Where from, after the trusted proxies.
    pub address: String,
    /// The browser's own description, cut to 200 characters.
    pub agent: String,
    pub lang: Lang,
    /// When the second factor was last shown.
    pub step_up_at: Option<Timestamp>,
}

impl Staff {
    /// The person in logs and the audit log: an id, never a name.
    pub fn actor(&self) -> String {
        self.user.to_string()
    }

    /// The session in the audit log: enough to tell two apart, too little to be one.
    pub fn session_mark(&self) -> String {
        hex::encode(&self.session[..8])
    }
}

impl Actor {
    /// The language answers are written in.
    pub fn lang(&self) -> Lang {
        match self {
            Self::Visitor(visitor) => visitor.lang,
            Self::Staff(staff) => staff.lang,
            Self::System { .. } => Lang::Ko,
        }
    }
}
