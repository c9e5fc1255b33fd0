//! Korean banks and securities houses by their three-digit standard code (domain-facts §2.1, §4.7).

mod account;
mod holder;
mod hours;
mod table;

pub use account::{AccountNo, AccountProblem, account_hint};
pub use holder::holder_matches;
pub use hours::{
    BankHours, ClosedOn, ClosedWindow, HoursProblem, RailRest, booking_days, closed_until, seed_hours,
    sending_closed_until,
};
pub use table::BANKS;

use crate::Lang;
use serde::{Deserialize, Serialize};

/// Bank or securities house. The words are those of `banks.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankKind {
    /// Takes deposits.
    Bank,
    /// Keeps investment accounts that can be paid into.
    Securities,
}

crate::state::words!(BankKind, "bank kind", { Bank => "bank", Securities => "securities" });

/// One institution money can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Three digits, with leading zeros.
    pub code: &'static str,
    /// Bank or securities house.
    pub kind: BankKind,
    /// Current name in Korean.
    pub name_ko: &'static str,
    /// Current name in English.
    pub name_en: &'static str,
    /// Further spellings people type, old names among them.
    pub aliases: &'static [&'static str],
}

impl Bank {
    /// The name in the reader's language.
    pub const fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.name_ko,
            Lang::En => self.name_en,
        }
    }
}

/// Code of the hub's test bank "오픈은행"; never offered to customers.
pub const TEST_BANK: &str = "097";

/// A code as it is valid today: merged banks give their heir's (005 외환 → 081 하나).
pub fn canonical_code(code: &str) -> &str {
    match code {
        "005" => "081",
        other => other,
    }
}

/// The institution of a code, merged ones included; `None` for dead and unknown codes.
pub fn bank(code: &str) -> Option<&'static Bank> {
    let code = canonical_code(code);
    BANKS.iter().find(|bank| bank.code == code)
}

/// Institutions whose code, name or another spelling holds what was typed; those that begin with it come first.
/// Spaces, case and a trailing 은행 or 증권 don't count. Nothing typed gives all of them.
pub fn search(typed: &str) -> Vec<&'static Bank> {
    let wanted = folded(typed);
    let short = ["은행", "뱅크", "증권", "bank"].iter().find_map(|end| wanted.strip_suffix(end));
    let short = short.filter(|short| !short.is_empty()).unwrap_or(&wanted);
    let mut found: Vec<(u8, &Bank)> =
        BANKS.iter().filter_map(|bank| Some((rank(bank, &wanted, short)?, bank))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, bank)| bank).collect()
}

/// 0 the very name, 1 begins with it, 2 holds it, 3 begins with its short form, 4 holds the short form.
fn rank(bank: &Bank, wanted: &str, short: &str) -> Option<u8> {
    if wanted.is_empty() {
        return Some(0);
    }
    let spellings = [bank.code, bank.name_ko, bank.name_en].into_iter().chain(bank.aliases.iter().copied());
    spellings
        .filter_map(|spelling| {
            let spelling = folded(spelling);
            if spelling == wanted {
                Some(0)
            } else if spelling.starts_with(wanted) {
                Some(1)
            } else if spelling.contains(wanted) {
                Some(2)
            } else if spelling.starts_with(short) {
                Some(3)
            } else {
                spelling.contains(short).then_some(4)
            }
        })
        .min()
}

/// The one institution that was meant: by its code, a name or another spelling in full, or else by a part that only it
/// has in its names. `None` when that is nobody or could be several: money isn't sent by guess.
pub fn named(typed: &str) -> Option<&'static Bank> {
    let wanted = folded(typed);
    if wanted.is_empty() {
        return None;
    }
    if wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        return bank(&wanted);
    }
    let wanted = wanted.as_str();
    let ranked =
        |most| BANKS.iter().filter(move |bank| rank(bank, wanted, wanted).is_some_and(|rank: u8| rank <= most));
    let exact = ranked(0).count() > 0;
    let mut found = ranked(if exact { 0 } else { 2 });
    found.next().filter(|_| found.next().is_none())
}

fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().map(crate::form::half_width).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_spelling_finds_its_bank_first() {
        for (typed, code) in [
            ("국민", "004"),
            ("KB국민", "004"),
            ("국민은행", "004"),
            ("kb 국민은행", "004"),
            ("004", "004"),
            ("대구", "031"),
            ("아이엠뱅크", "031"),
            ("iM뱅크", "031"),
            ("농협", "011"),
            ("단위농협", "012"),
            ("카뱅", "090"),
            ("카카오", "090"),
            ("토스", "092"),
            ("토스뱅크", "092"),
            ("토스증권", "271"),
            ("외환", "081"),
            ("하나은행", "081"),
            ("하나금융투자", "270"),
            ("우체국", "071"),
            ("새마을", "045"),
            ("shinhan", "088"),
            ("케이뱅크", "089"),
            ("이베스트", "265"),
            ("카카오페이증권", "288"),
        ] {
            assert_eq!(search(typed).first().map(|bank| bank.code), Some(code), "{typed}");
        }
        assert!(search("없는은행이름").is_empty());
        assert_eq!(search("").len(), BANKS.len());
    }

    #[test]
    fn a_bank_is_meant_by_name_alias_or_code_and_never_by_guess() {
        for (typed, code) in [
            ("카카오뱅크", "090"),
            ("카뱅", "090"),
            (" kb 국민 은행 ", "004"),
            ("농협", "011"),
            ("토스", "092"),
            ("토스증권", "271"),
            ("외환", "081"),
            ("005", "081"),
            ("090", "090"),
            ("Shinhan Bank", "088"),
            ("우체", "071"),
            ("카카오페이증", "288"),
        ] {
            assert_eq!(named(typed).map(|bank| bank.code), Some(code), "{typed}");
        }
        for nobody in ["", "  ", "은행", "투자증권", "SK은행", "없는은행", "999", "0"] {
            assert_eq!(named(nobody).map(|bank| bank.name_ko), None, "{nobody:?}");
        }
        for bank in BANKS {
            for spelling in [bank.code, bank.name_ko, bank.name_en] {
                assert_eq!(named(spelling), Some(bank), "{spelling}");
            }
        }
    }

    #[test]
    fn codes_are_three_digits_and_stand_once() {
        let codes: HashSet<_> = BANKS.iter().map(|bank| bank.code).collect();
        assert_eq!(codes.len(), BANKS.len());
        assert!(codes.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())));
    }

    #[test]
    fn dead_codes_are_not_offered_and_merged_ones_lead_to_their_heir() {
        for dead in ["005", "021", "026", "097", "230"] {
            assert!(BANKS.iter().all(|bank| bank.code != dead));
        }
        assert_eq!(bank("005").map(|bank| bank.code), Some("081"));
        assert_eq!(bank("021"), None);
        assert_eq!(bank("288").map(|bank| bank.name_ko), Some("카카오페이증권"));
        assert_eq!(bank("287").map(|bank| bank.name_ko), Some("메리츠증권"));
    }
}
