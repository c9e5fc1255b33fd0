//! Who acts. Every use case takes it first.

use domain::Lang;

/// The one who asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A person without an account, in front of the shop.
    Visitor(Visitor),
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
    /// Orders this browser may open: made here, or proved by a code sent to their phone.
    pub grants: Vec<domain::OrderId>,
}

impl Actor {
    /// The language answers are written in.
    pub fn lang(&self) -> Lang {
        match self {
            Self::Visitor(visitor) => visitor.lang,
            Self::System { .. } => Lang::Ko,
        }
    }
}
