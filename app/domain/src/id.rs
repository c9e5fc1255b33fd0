//! Identifiers: sixteen bytes each, told apart by type and, as text, by a prefix.

use crate::UnknownWord;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Sixteen bytes from text of 32 hexadecimal digits.
fn from_hex(text: &str) -> Option<[u8; 16]> {
    let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = if plain {
        u128::from_str_radix(text, 16).ok()?
    } else {
        return None;
    };
    Some(number.to_be_bytes())
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// What its text form begins with.
            pub const PREFIX: &'static str = $prefix;

            /// From sixteen bytes, as stored.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes, as stored.
            pub const fn bytes(self) -> [u8; 16] {
                self.0
            }

            /// From a number, most significant byte first.
            pub const fn from_u128(number: u128) -> Self {
                Self(number.to_be_bytes())
            }

            /// As a number, most significant byte first.
            pub const fn as_u128(self) -> u128 {
                u128::from_be_bytes(self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{:032x}"), self.as_u128())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let hex = text.strip_prefix($prefix).and_then(from_hex);
                hex.map(Self).ok_or_else(|| UnknownWord::new(stringify!($name), text))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// One customer's submission.
    OrderId = "ord_";
    /// One voucher in an order.
    ItemId = "itm_";
    /// The right to be paid.
    PayoutId = "po_";
    /// One transfer sent to the bank, or one redemption sent to the issuer, under one key.
    AttemptId = "att_";
    /// A frozen price.
    QuoteId = "qte_";
    /// A sale in the making.
    DraftId = "drf_";
    /// One logical SMS, LMS or MMS.
    MessageId = "msg_";
    /// One piece of work that must happen.
    OutboxId = "obx_";
    /// One line of an order's history.
    EventId = "evt_";
    /// One code sent to a phone.
    ChallengeId = "chl_";
    /// One rate row.
    RateId = "rat_";
    /// One fee row.
    FeeId = "fee_";
    /// One call to a partner, as recorded.
    CallId = "cal_";
    /// One notice or FAQ entry.
    AnnouncementId = "ann_";
    /// One recorded consent.
    ConsentId = "cns_";
    /// One risk flag.
    FlagId = "flg_";
    /// One line of the audit log.
    AuditId = "aud_";
    /// One line of the block list.
    BlockId = "blk_";
    /// One version of the book of rules.
    BookId = "bok_";
    /// One inquiry from a visitor.
    InquiryId = "inq_";
    /// One row of the public feed.
    FeedId = "fed_";
    /// One table handed out as a file.
    ExportId = "exp_";
    /// One saved view of a list.
    ViewId = "viw_";
    /// One member of staff.
    UserId = "usr_";
    /// One draft of what the shop shows or pays.
    ShopDraftId = "sdr_";
    /// One note of the staff on an order.
    NoteId = "not_";
    /// One file that proves a result keyed by hand.
    ProofId = "prf_";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_reads_back_only_under_its_own_prefix() {
        let id = OrderId::from_u128(0xab);
        assert_eq!(id.to_string(), "ord_000000000000000000000000000000ab");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().parse::<ItemId>().is_err());
        for wrong in ["", "ord_", "ord_ab", "000000000000000000000000000000ab", "ord_+00000000000000000000000000000ab"]
        {
            assert!(wrong.parse::<OrderId>().is_err(), "{wrong}");
        }
        assert_eq!(serde_json::to_string(&id).ok(), Some(format!("\"{id}\"")));
    }

    proptest! {
        #[test]
        fn every_id_survives_its_text(bytes in any::<[u8; 16]>()) {
            let id = PayoutId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<PayoutId>().map(PayoutId::bytes), Ok(bytes));
            prop_assert_eq!(PayoutId::from_u128(id.as_u128()), id);
        }
    }
}
