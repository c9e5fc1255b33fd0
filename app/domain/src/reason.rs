//! Why a voucher can't be paid, or waits for a person.

use crate::{Lang, text};
use serde::{Deserialize, Serialize};

/// The reason stored beside a rejected, unknown or manual item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Redeemed before.
    Used,
    /// The issuer knows no such number.
    NotFound,
    /// Known, but empty.
    ZeroBalance,
    /// Partly used: less on it than its face.
    Partial,
    /// Past its date.
    Expired,
    /// The number can't be one of this brand.
    BadFormat,
    /// The same voucher is in another live order, or twice in this one.
    Duplicate,
    /// The issuer answered with another face than the customer named, and no rate covers it.
    OtherFace,
    /// The issuer has locked look-ups for now.
    LockedOut,
    /// The issuer's bridge can't do this; a person does.
    NotSupported,
    /// The issuer didn't answer, or not clearly.
    NoAnswer,
    /// This brand isn't bought any more.
    BrandStopped,
    /// We declined; the details stay inside.
    Declined,
}

crate::state::words!(Reason, "reason", {
    Used => "used",
    NotFound => "not_found",
    ZeroBalance => "zero_balance",
    Partial => "partial",
    Expired => "expired",
    BadFormat => "bad_format",
    Duplicate => "duplicate",
    OtherFace => "other_face",
    LockedOut => "locked_out",
    NotSupported => "not_supported",
    NoAnswer => "no_answer",
    BrandStopped => "brand_stopped",
    Declined => "declined",
});

impl Reason {
    /// The chip's word: 사용됨, 번호오류, 잔액부족, 확인필요…
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Used => text::result_used(lang),
            Self::NotFound | Self::BadFormat => text::result_wrong_number(lang),
            Self::ZeroBalance | Self::Partial => text::result_low_balance(lang),
            Self::Expired => text::result_expired(lang),
            Self::Duplicate => text::result_duplicate(lang),
            Self::OtherFace => text::result_other_face(lang),
            Self::LockedOut | Self::NotSupported | Self::NoAnswer => text::result_unknown(lang),
            Self::BrandStopped | Self::Declined => text::result_not_bought(lang),
        }
    }

    /// One sentence more: what it means and what to do.
    pub fn detail(self, lang: Lang) -> &'static str {
        match self {
            Self::Used => text::reason_used(lang),
            Self::NotFound => text::reason_not_found(lang),
            Self::ZeroBalance => text::reason_zero_balance(lang),
            Self::Partial => text::reason_partial(lang),
            Self::Expired => text::reason_expired(lang),
            Self::BadFormat => text::reason_bad_format(lang),
            Self::Duplicate => text::reason_duplicate(lang),
            Self::OtherFace => text::reason_other_face(lang),
            Self::LockedOut => text::reason_locked_out(lang),
            Self::NotSupported => text::reason_not_supported(lang),
            Self::NoAnswer => text::reason_no_answer(lang),
            Self::BrandStopped => text::reason_brand_stopped(lang),
            Self::Declined => text::reason_declined(lang),
        }
    }

    /// May the customer mend the number and send it again?
    pub const fn can_resend(self) -> bool {
        match self {
            Self::NotFound | Self::BadFormat | Self::OtherFace => true,
            Self::Used
            | Self::ZeroBalance
            | Self::Partial
            | Self::Expired
            | Self::Duplicate
            | Self::LockedOut
            | Self::NotSupported
            | Self::NoAnswer
            | Self::BrandStopped
            | Self::Declined => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_in_both_languages() {
        for reason in Reason::ALL {
            for lang in [Lang::Ko, Lang::En] {
                assert!(!reason.word(lang).is_empty() && !reason.detail(lang).is_empty());
            }
            assert_eq!(reason.as_str().parse(), Ok(*reason));
            assert_eq!(serde_json::to_string(reason).ok(), Some(format!("\"{reason}\"")));
        }
    }
}
