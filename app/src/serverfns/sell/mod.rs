//! Selling.

mod add_row;
mod check_code;
mod edit_row;
mod glance_text;
mod paste_text;
mod quote_rows;
mod remove_row;
mod send_code;
mod set_consents;
mod set_payee;
mod submit_draft;

pub use add_row::{AddRow, add_row};
pub use check_code::{CheckCode, check_code};
pub use edit_row::{EditRow, edit_row};
pub use glance_text::{GlanceText, glance_text};
pub use paste_text::{PasteText, paste_text};
pub use quote_rows::{QuoteRows, quote_rows};
pub use remove_row::{RemoveRow, remove_row};
pub use send_code::{SendCode, send_code};
pub use set_consents::{SetConsents, set_consents};
pub use set_payee::{SetPayee, set_payee};
pub use submit_draft::{SubmitDraft, submit_draft};

/// The face a form means: another amount typed since the page was made counts before the quick choice.
fn face_meant(quick: String, other: String, other_was: &str) -> String {
    let typed = other.trim();
    if quick.is_empty() || (!typed.is_empty() && typed != other_was) { other } else { quick }
}

#[cfg(test)]
mod tests {
    use super::face_meant;

    #[test]
    fn the_choice_made_last_is_the_one_meant() {
        let meant = |quick: &str, other: &str, was: &str| face_meant(quick.to_owned(), other.to_owned(), was);
        assert_eq!(meant("50000", "", ""), "50000");
        assert_eq!(meant("", "12300", ""), "12300");
        assert_eq!(meant("50000", "12300", ""), "12300", "typed after a quick choice");
        assert_eq!(meant("50000", "12300", "12300"), "50000", "a quick choice after an amount typed earlier");
        assert_eq!(meant("", "", "12300"), "", "taken back");
    }
}
