//! Selling: one draft, four steps.
//!
//! The whole state of a sale is one encrypted row, found by a random token that only the customer's browser holds.
//! Every action loads it, checks, writes it back under a revision guard and answers with the whole [`SellView`].
//! What the customer can mend is in the view (`errors`, `rows[].problems`), never an `Err`; the values typed are kept.

mod code;
mod consents;
mod draft;
mod face;
mod glance;
mod keep;
mod open;
mod paste;
mod payee;
mod quote;
mod resend;
mod row_verbs;
mod rows;
mod seen;
mod submit;
mod view;

pub(crate) use code::code_problem;
pub use code::{check_code, send_code};
pub use consents::consents;
pub use glance::glance;
pub use open::open;
pub use paste::{paste, too_long};
pub use payee::payee;
pub use quote::quote;
pub(crate) use resend::{Again, resend};
pub use row_verbs::{add, edit, remove};
pub use submit::submit;
pub(crate) use view::eta;

use domain::OrderId;
use domain::wire::SellView;

/// What a browser holds to find its draft again: 256 random bits. Kept in an HttpOnly cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftToken(String);

impl DraftToken {
    /// Reads a cookie's value; `None` when it isn't one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The cookie's value, 64 hexadecimal digits.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for DraftToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DraftToken")
    }
}

/// What a sell action answers.
#[derive(Clone)]
pub struct SellAnswer {
    pub view: SellView,
    /// Set when a new draft was made: put it into the cookie.
    pub token: Option<DraftToken>,
    /// Set once the order exists: add it to the session's grants.
    pub granted: Option<OrderId>,
    /// This very action proved the phone: give the session another name. Not set while an older proof holds.
    pub proved: bool,
}

impl std::fmt::Debug for SellAnswer {
    /// Without the view, which is the customer's alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SellAnswer").field("granted", &self.granted).finish_non_exhaustive()
    }
}

/// A voucher typed by form.
#[derive(Clone, Default)]
pub struct AddRow {
    pub brand: String,
    pub pin: String,
    /// Companion fields by name.
    pub companion: Vec<(String, String)>,
    /// Won, as typed or chosen; empty when not chosen.
    pub face: String,
}

/// A change to one row; what is `None` stays.
#[derive(Clone, Default)]
pub struct EditRow {
    pub row: u32,
    pub brand: Option<String>,
    pub pin: Option<String>,
    /// Only the named fields change.
    pub companion: Vec<(String, String)>,
    /// Won, as typed or chosen; empty takes the choice back.
    pub face: Option<String>,
}

/// The fields of the step "you". All of it may come with each of its buttons; what is `None` stays.
#[derive(Clone, Default)]
pub struct YouInput {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub code: Option<String>,
    pub bank_code: Option<String>,
    pub account: Option<String>,
    pub holder: Option<String>,
}
