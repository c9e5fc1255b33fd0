//! What is asked of the bank and what it can answer.

use crate::tran_id::BankTranId;
use domain::policy::BankVerdict;
use domain::{KstDate, Won};
use std::fmt;
use std::time::Instant;

/// Can this account be paid, and whose is it?
#[derive(Clone, Copy)]
pub struct ReceiveInquiry<'a> {
    /// A new id of its own; it may be named in the deposit that follows.
    pub bank_tran_id: &'a BankTranId,
    /// 3-digit bank code.
    pub bank_code: &'a str,
    /// Digits, at most 16.
    pub account: &'a str,
    /// What will be paid.
    pub amount: Won,
    /// The name the customer gave; sent as the requesting customer's.
    pub client_name: &'a str,
    /// Our customer number, at most 20 of `[0-9A-Z]` (other characters are refused).
    pub client_num: &'a str,
}

/// One payout attempt.
#[derive(Clone, Copy)]
pub struct DepositRequest<'a> {
    /// The attempt's id, in our database before the call.
    pub bank_tran_id: &'a BankTranId,
    /// The attempt's time, in our database before the call: `yyyyMMddHHmmss`, Korean time.
    pub tran_dtime: &'a str,
    /// Not sent after this moment: the claim on the attempt may be somebody else's then.
    pub send_by: Instant,
    /// 3-digit bank code.
    pub bank_code: &'a str,
    /// Digits, at most 16.
    pub account: &'a str,
    /// The payee's name, as approved.
    pub holder_name: &'a str,
    /// What is paid.
    pub amount: Won,
    /// The name of the requesting customer, usually the payee's.
    pub client_name: &'a str,
    /// Our customer number, at most 20 of `[0-9A-Z]`.
    pub client_num: &'a str,
    /// Id of the receive inquiry made just before, if one was.
    pub recv_bank_tran_id: Option<&'a BankTranId>,
}

/// Asks what became of a deposit.
#[derive(Clone, Copy, Debug)]
pub struct ResultInquiry<'a> {
    /// The deposit's id.
    pub bank_tran_id: &'a BankTranId,
    /// The deposit's `bank_tran_date`. When no answer came: the Korean day it was sent; near midnight each of the days of
    /// `domain::bank::booking_days`, for the rail knows a transfer under the day it arrived.
    pub bank_tran_date: KstDate,
    /// The deposit's amount.
    pub amount: Won,
}

impl fmt::Debug for ReceiveInquiry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiveInquiry").field("bank_tran_id", self.bank_tran_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for DepositRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DepositRequest")
            .field("bank_tran_id", self.bank_tran_id)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// The account can be paid.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// The name as the bank gives it, perhaps cut: compare with `domain::bank::holder_matches`.
    pub name: String,
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder")
    }
}

/// The bank's word that the money is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// The rail's number for the call, for disputes.
    pub api_tran_id: String,
    /// The bank's day of the transfer; needed for a result inquiry.
    pub bank_tran_date: KstDate,
}

/// The bank's word that no money moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankRefusal {
    /// What `domain`'s table makes of it: `Refuse` or `Hold`.
    pub verdict: BankVerdict,
    /// The rail's code.
    pub rsp_code: String,
    /// Who gave the bank's code: 3 digits, the payee's bank when the answer names none.
    pub bank_code: String,
    /// The bank's code; empty when the rail itself refused. Means different things at different banks.
    pub bank_rsp_code: String,
}

impl AsRef<str> for BankRefusal {
    /// The code that decided.
    fn as_ref(&self) -> &str {
        if self.bank_rsp_code.is_empty() { &self.rsp_code } else { &self.bank_rsp_code }
    }
}

/// What became of a deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum DepositResult {
    /// The money is there.
    Paid(Paid),
    /// No money moved.
    Failed(BankRefusal),
    /// It was paid and came back.
    Returned {
        /// The bank's code.
        code: String,
    },
    /// The bank is still at it. Ask again.
    Processing {
        /// The bank's code.
        code: String,
    },
    /// The bank does not know the id. Not yet a proof: ask again after the settling delay.
    NotFound,
    /// No answer that could be trusted.
    Unknown {
        /// `connect`, `timeout`, `cut`, `http_500`, `unreadable`, `answer_mismatch`, `token_…` or the bank's code.
        code: String,
    },
}
