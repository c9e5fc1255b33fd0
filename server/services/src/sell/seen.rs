//! What the last button is pressed on.
//!
//! The key of a submission says which sale; it doesn't say which price and which account were on the page. A page may
//! be old: another tab changed the account, or the first press of a double click met a new price. So the page carries
//! a digest of what it shows beside the key, and a press on anything else is asked about.

use super::draft::Draft;
use sha2::{Digest as _, Sha256};

/// Between key and digest.
const SEAM: char = '.';

/// What the page posts: the draft's key and the digest of what is shown.
pub(crate) fn key_of_page(draft: &Draft) -> String {
    format!("{}{SEAM}{}", draft.submit_key, digest(draft))
}

/// Key and digest of what a page posted.
pub(crate) fn taken_apart(posted: &str) -> (&str, &str) {
    posted.split_once(SEAM).unwrap_or((posted, ""))
}

/// Was it pressed on what the draft holds now?
pub(crate) fn is_current(draft: &Draft, seen: &str) -> bool {
    digest(draft) == seen
}

/// Everything the customer agrees to with the last button. The key is a secret of this sale, so the digest tells
/// nobody anything about a number that could be guessed.
fn digest(draft: &Draft) -> String {
    let mut hash = Sha256::new();
    let mut put = |part: &str| {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    };
    put(&draft.submit_key);
    if let Some(quote) = &draft.quote {
        // Not the quote's id: a price that was frozen anew and is the same needs no question.
        put(&format!("{:?} {} {} {}", quote.speed, quote.total_face.get(), quote.fee.get(), quote.net.get()));
    }
    for row in &draft.rows {
        put(&format!("{} {} {:?}", row.id, row.brand, row.face));
        put(&row.pin);
        for (name, value) in &row.companion {
            put(name);
            put(value);
        }
    }
    let you = &draft.you;
    for field in [&you.name, &you.phone, &you.bank_code, &you.account, &you.holder] {
        put(field);
    }
    hex::encode(&hash.finalize()[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sell::draft::{Row, You};
    use domain::Won;

    fn sale() -> Draft {
        let row = Row { id: 1, brand: "cultureland".into(), pin: "4180111122223333".into(), ..Row::default() };
        let you = You { bank_code: "090".into(), account: "3333012345678".into(), ..You::default() };
        Draft { rows: vec![Row { face: Some(Won::whole(50_000)), ..row }], you, ..Draft::new("key".into()) }
    }

    #[test]
    fn another_account_voucher_or_sale_is_another_page() {
        let page = key_of_page(&sale());
        let (key, seen) = taken_apart(&page);
        assert_eq!(key, "key");
        assert!(is_current(&sale(), seen));
        let mut account = sale();
        account.you.account = "3333012345679".into();
        let mut face = sale();
        face.rows[0].face = Some(Won::whole(10_000));
        let mut fewer = sale();
        fewer.rows.clear();
        for changed in [account, face, fewer, Draft { submit_key: "other".into(), ..sale() }] {
            assert!(!is_current(&changed, seen));
        }
    }

    #[test]
    fn a_page_without_a_digest_is_no_agreement() {
        assert!(!is_current(&sale(), taken_apart("key").1));
    }
}
