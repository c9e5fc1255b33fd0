use domain::{IssuerAnswer, KstDate, Won};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the bridge knows about one of our references.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Redemption {
    /// It was asked for, and this was the answer: `Ok` means redeemed, everything else that nothing was taken.
    Found(IssuerAnswer),
    /// The bridge has no such reference. Not yet a proof: it may still arrive. Ask again after the settling delay.
    NotFound,
    /// No answer that could be trusted.
    Unknown {
        /// `connect`, `timeout`, `cut`, `http_500`, `unreadable`, `answer_mismatch`, …
        code: String,
    },
}

#[derive(Serialize)]
pub(crate) struct InquiryBody<'a> {
    pub reference: &'a str,
    pub brand: &'a str,
    pub pin: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub companions: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_face: Option<Won>,
}

#[derive(Serialize)]
pub(crate) struct RedeemBody<'a> {
    pub reference: &'a str,
    pub brand: &'a str,
    pub pin: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub companions: BTreeMap<&'a str, &'a str>,
    pub expected_face: Won,
}

#[derive(Deserialize)]
pub(crate) struct ResultBody {
    pub reference: String,
    pub result: String,
    pub face: Option<Won>,
    pub balance: Option<Won>,
    pub expires_at: Option<KstDate>,
    pub issuer_ref: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ErrorBody {
    pub error: ErrorWord,
}

#[derive(Deserialize)]
pub(crate) struct ErrorWord {
    pub code: String,
}

/// A result read strictly: an unknown word, a missing number or an impossible one is not an answer.
pub(crate) fn verdict(body: &ResultBody) -> Option<IssuerAnswer> {
    Some(match body.result.as_str() {
        "ok" => {
            let (face, balance) = (body.face?, body.balance?);
            let issuer_ref = body.issuer_ref.clone().filter(|text| (1..=64).contains(&text.len()))?;
            if face.is_zero() || balance > face {
                return None;
            }
            IssuerAnswer::Ok {
                face,
                balance,
                // The last day counts whole.
                expires_at: body.expires_at.map(|day| day.plus_days(1).start()),
                issuer_ref: Some(issuer_ref),
            }
        }
        "used" => IssuerAnswer::Used,
        "not_found" => IssuerAnswer::NotFound,
        "zero_balance" => IssuerAnswer::ZeroBalance,
        "partial" => IssuerAnswer::Partial { balance: body.balance.filter(|balance| !balance.is_zero())? },
        "locked_out" => IssuerAnswer::LockedOut,
        "not_supported" => IssuerAnswer::NotSupported,
        "temporary" => IssuerAnswer::Temporary,
        _ => return None,
    })
}
