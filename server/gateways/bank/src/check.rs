//! Is an answer about our request, and what does it prove? The codes are `domain`'s table; here are the fields.

use crate::names::cut_euc_kr;
use crate::types::{BankRefusal, DepositResult, Paid};
use crate::wire::{Reply, ReplyLine};
use domain::KstDate;
use domain::policy::{BankVerdict, bank_verdict};

const MAX_AMOUNT: i64 = 999_999_999_999;

/// The bank is at it, or nobody knows.
pub(crate) const PROCESSING: [&str; 7] = ["A0001", "A0007", "400", "803", "804", "819", "822"];

/// The codes by `domain`'s table, and the answer's fields against what was asked.
pub(crate) fn judge(reply: &Reply, line: &ReplyLine, asked: &Asked<'_>) -> Verdict {
    let bank =
        if line.bank_code_tran.is_empty() { asked.payee.map_or("", |(bank, _)| bank) } else { &line.bank_code_tran };
    let decided = if line.bank_rsp_code.is_empty() { &reply.rsp_code } else { &line.bank_rsp_code };
    match bank_verdict(&reply.rsp_code, bank, &line.bank_rsp_code) {
        BankVerdict::Paid if asked.matches(line) => Verdict::Success,
        // A refusal without any line is the rail refusing this request; one with a line must be about ours.
        verdict @ (BankVerdict::Hold | BankVerdict::Refuse) if line.is_empty() || asked.may_be(line) => {
            Verdict::Failure(BankRefusal {
                verdict,
                rsp_code: word(&reply.rsp_code),
                bank_code: if plain_code(bank) { bank.to_owned() } else { String::new() },
                bank_rsp_code: if line.bank_rsp_code.is_empty() { String::new() } else { word(&line.bank_rsp_code) },
            })
        }
        BankVerdict::Paid | BankVerdict::Hold | BankVerdict::Refuse => Verdict::Unsettled("answer_mismatch".to_owned()),
        // "Processing" from the rail says more than whatever the bank's field holds.
        _ if PROCESSING.contains(&reply.rsp_code.as_str()) => Verdict::Unsettled(reply.rsp_code.clone()),
        BankVerdict::Unknown | BankVerdict::NotSent => Verdict::Unsettled(word(decided)),
    }
}

pub(crate) enum Verdict {
    Success,
    Failure(BankRefusal),
    Unsettled(String),
}

/// What an answer must name to be ours.
pub(crate) struct Asked<'a> {
    pub bank_tran_id: &'a str,
    pub amount: i64,
    pub payee: Option<(&'a str, &'a str)>,
    pub amount_required: bool,
}

impl Asked<'_> {
    /// For a success: everything must be there and equal.
    pub fn matches(&self, line: &ReplyLine) -> bool {
        let amount = match &line.tran_amt {
            Some(amount) => amount.value() == Some(self.amount),
            None => !self.amount_required,
        };
        let payee = self.payee.is_none_or(|(bank, account)| {
            let numbered = if line.account_num.is_empty() {
                same_masked(account, &line.account_num_masked)
            } else {
                line.account_num == account
            };
            line.bank_code_std == bank && numbered
        });
        line.bank_tran_id == self.bank_tran_id && amount && payee
    }

    /// For a refusal: banks leave fields out, but none may contradict.
    fn may_be(&self, line: &ReplyLine) -> bool {
        line.bank_tran_id == self.bank_tran_id
            && line.tran_amt.as_ref().is_none_or(|amount| amount.value() == Some(self.amount))
            && self.payee.is_none_or(|(bank, account)| {
                (line.bank_code_std.is_empty() || line.bank_code_std == bank)
                    && (line.account_num.is_empty() || line.account_num == account)
            })
    }
}

impl ReplyLine {
    pub fn is_empty(&self) -> bool {
        self.bank_tran_id.is_empty() && self.bank_rsp_code.is_empty()
    }
}

/// `000-1234-***`: equal digits where digits are shown. At least four digits must be shown.
fn same_masked(account: &str, masked: &str) -> bool {
    let shown: Vec<char> = masked.chars().filter(|c| *c == '*' || c.is_ascii_digit()).collect();
    shown.len() == account.len()
        && shown.iter().filter(|c| c.is_ascii_digit()).count() >= 4
        && account.chars().zip(&shown).all(|(ours, theirs)| *theirs == '*' || ours == *theirs)
}

static NO_LINE: ReplyLine = ReplyLine {
    tran_no: None,
    bank_tran_id: String::new(),
    bank_tran_date: String::new(),
    bank_code_tran: String::new(),
    bank_rsp_code: String::new(),
    bank_code_std: String::new(),
    account_num: String::new(),
    account_num_masked: String::new(),
    account_holder_name: String::new(),
    tran_amt: None,
};

/// The one line of a deposit's answer; none at all is the rail answering by itself.
pub(crate) fn one_line(reply: &Reply) -> Result<&ReplyLine, &'static str> {
    match reply.res_list.as_slice() {
        [] => Ok(&NO_LINE),
        [line] if line.tran_no.as_ref().is_none_or(|number| number.value() == Some(1)) => Ok(line),
        _ => Err("answer_mismatch"),
    }
}

pub(crate) fn paid(reply: &Reply, line: &ReplyLine) -> Option<Paid> {
    let bank_tran_date = KstDate::parse_yyyymmdd(&line.bank_tran_date)?;
    Some(Paid { api_tran_id: reply.api_tran_id.clone(), bank_tran_date })
}

pub(crate) fn mismatch() -> DepositResult {
    DepositResult::Unknown { code: "answer_mismatch".to_owned() }
}

pub(crate) fn bad_request(
    bank: &str,
    account: &str,
    amount: i64,
    client_name: &str,
    client_num: &str,
) -> Option<&'static str> {
    if bank.len() != 3 || !digits(bank, 3) {
        Some("bad_bank")
    } else if !digits(account, 16) {
        Some("bad_account")
    } else if !(1..=MAX_AMOUNT).contains(&amount) {
        Some("bad_amount")
    } else if cut_euc_kr(client_name, 20).trim().is_empty() {
        Some("bad_name")
    } else if !(1..=20).contains(&client_num.len())
        || !client_num.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    {
        Some("bad_client_num")
    } else {
        None
    }
}

pub(crate) fn digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A code may go into our log and database; text in its place may not.
pub(crate) fn plain_code(code: &str) -> bool {
    (1..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(crate) fn word(code: &str) -> String {
    if plain_code(code) { code.to_owned() } else { "unreadable".to_owned() }
}
