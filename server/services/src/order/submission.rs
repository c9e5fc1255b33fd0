//! What a submit needs and gives.

use domain::wire::HolderCheck;
use domain::{AccountNo, Lang, OrderCode, OrderId, PersonName, Phone, Pin, QuoteId, Won};

/// Everything a customer sends, checked in its form by the caller. Prices are not among it.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Made when the form was opened; the same one again gives the same order.
    pub idempotency_key: String,
    /// The price the customer agreed to; says the speed too.
    pub quote_id: QuoteId,
    /// Language of the page, and of the messages to come.
    pub lang: Lang,
    /// Applicant.
    pub name: PersonName,
    /// Proved phone.
    pub phone: Phone,
    /// The phone under every valid lookup key, the active one first; the same hash the codes are kept under.
    pub phone_hmacs: [[u8; 32]; 2],
    /// Hash of the proof the code gave; used up by this order.
    pub proof_hash: [u8; 32],
    /// Three digits.
    pub bank_code: String,
    /// Account number.
    pub account: AccountNo,
    /// Account holder.
    pub holder: PersonName,
    /// What the bank said about the holder.
    pub holder_check: HolderCheck,
    /// The vouchers, in the quote's order.
    pub items: Vec<SubmittedItem>,
    /// One answer per document.
    pub consents: Vec<SubmittedConsent>,
}

/// One voucher.
#[derive(Clone)]
pub struct SubmittedItem {
    /// The draft's row; names it in errors.
    pub row: u32,
    /// Brand key.
    pub brand: String,
    /// Normalised number.
    pub pin: Pin,
    /// Companion fields by name, checked.
    pub companions: Vec<(String, String)>,
    /// What the customer says it is worth.
    pub claimed_face: Won,
}

impl std::fmt::Debug for SubmittedItem {
    /// Without the companions: they are half of the number's secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubmittedItem").field("row", &self.row).field("brand", &self.brand).finish_non_exhaustive()
    }
}

/// One answer to one document.
#[derive(Clone, Debug)]
pub struct SubmittedConsent {
    /// `consent_terms`, `consent_privacy`, `consent_own_voucher`, `consent_marketing`.
    pub kind: String,
    /// Version that was shown.
    pub version: u32,
    /// SHA-256 of the text as shown.
    pub text_hash: [u8; 32],
    /// Yes or no.
    pub granted: bool,
}

/// The order that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its key.
    pub id: OrderId,
    /// Its name for people.
    pub code: OrderCode,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't read its input should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_companion_is_not_in_a_debug_line() {
        let item = SubmittedItem {
            row: 7,
            brand: "booknlife".to_owned(),
            pin: Pin::new("2123456789012345").unwrap(),
            companions: vec![("auth_code".to_owned(), "7890".to_owned())],
            claimed_face: Won::ZERO,
        };
        let line = format!("{item:?}");
        assert!(line.contains("row: 7") && !line.contains("7890") && !line.contains("2123"), "{line}");
    }
}
