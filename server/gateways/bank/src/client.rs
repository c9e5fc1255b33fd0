//! A deposit is one payout attempt under one `bank_tran_id`, committed to our database before this file is reached.
//!
//! Failure before the call (no token, no connection): `NotSent`, the attempt may be made again under the same id.
//! Failure after it, or an answer that proves nothing: `Unknown`; only [`BankClient::result`] or a person settles
//! it. This file decides nothing else and never sends a deposit twice (see `send` for the one exception, a refused
//! access token). A deposit that waited for its token or its place until after `send_by` is `NotSent` too.

use crate::check::{Asked, Verdict, bad_request, judge, mismatch, one_line, paid, plain_code, word};
use crate::names::cut_euc_kr;
use crate::settings::BankSettings;
use crate::token::TokenStore;
use crate::tran_id::BankTranId;
use crate::types::{BankRefusal, DepositRequest, DepositResult, Holder, Paid, ReceiveInquiry, ResultInquiry};
use crate::wire::{DepositBody, DepositLine, ReceiveBody, Reply, ResultBody, ResultLine};
use domain::Timestamp;
use gateway_line::{Fault, Line, LineSettings, Method, Outcome, SettingsError};
use serde::Serialize;
use std::time::Instant;

/// The rail, seen from here. Make it once and share it.
#[derive(Debug)]
pub struct BankClient {
    line: Line,
    settings: BankSettings,
    tokens: TokenStore,
}

const JSON: &str = "application/json; charset=UTF-8";
/// The rail refused the access token: it has not looked at the request.
const TOKEN_REFUSED: &str = "O0002";

impl BankClient {
    /// Is the breaker open: would a call be refused before it is made?
    pub fn is_refused(&self) -> bool {
        self.line.is_refused()
    }

    /// Checks the settings and makes the client. No call is made.
    pub fn new(settings: BankSettings) -> Result<Self, SettingsError> {
        settings.check()?;
        let line = Line::new(&LineSettings {
            party: "bank",
            base_url: settings.base_url.clone(),
            connect_timeout: settings.connect_timeout,
            total_timeout: settings.total_timeout,
            max_concurrent: settings.max_concurrent,
            max_answer: 256 * 1024,
            breaker: settings.breaker,
            ca_pem: settings.ca_pem.clone(),
        })?;
        Ok(Self { line, settings, tokens: TokenStore::default() })
    }

    /// A `bank_tran_id` of this institution from a number the caller drew by chance; see [`BankTranId::new`].
    pub fn tran_id(&self, number: u64) -> Option<BankTranId> {
        BankTranId::new(&self.settings.client_use_code, number)
    }

    /// Asks whether an account can be paid and under which name. Moves nothing.
    pub async fn receive_inquiry(&self, request: &ReceiveInquiry<'_>, now: Timestamp) -> Outcome<Holder, BankRefusal> {
        if let Some(code) = bad_request(
            request.bank_code,
            request.account,
            request.amount.get(),
            request.client_name,
            request.client_num,
        ) {
            return Outcome::not_sent(code);
        }
        let (client_bank, client_account) = self.client_account(request.bank_code, request.account);
        let body = ReceiveBody {
            bank_tran_id: request.bank_tran_id.as_str(),
            cntr_account_type: "N",
            cntr_account_num: self.settings.contract_account.expose(),
            bank_code_std: request.bank_code,
            account_num: request.account,
            print_content: &self.settings.print_content,
            tran_amt: request.amount.get().to_string(),
            req_client_name: cut_euc_kr(request.client_name, 20),
            req_client_bank_code: client_bank,
            req_client_account_num: client_account,
            req_client_num: request.client_num,
            transfer_purpose: &self.settings.transfer_purpose,
            tran_dtime: now.kst_yyyymmddhhmmss(),
        };
        let reply = match self.send("receive_inquiry", "/v2.0/inquiry/receive", &body, now, None).await {
            Ok(reply) => reply,
            Err(Unsent::Not(code)) => return Outcome::not_sent(code),
            Err(Unsent::Perhaps(code)) => return Outcome::unknown(code),
        };
        let asked = Asked {
            bank_tran_id: request.bank_tran_id.as_str(),
            amount: request.amount.get(),
            payee: Some((request.bank_code, request.account)),
            amount_required: false,
        };
        match judge(&reply, &reply.line, &asked) {
            Verdict::Success if reply.line.account_holder_name.trim().is_empty() => Outcome::unknown("unreadable"),
            Verdict::Success => Outcome::Accepted(Holder { name: reply.line.account_holder_name.trim().to_owned() }),
            Verdict::Failure(refusal) => Outcome::Rejected(refusal),
            Verdict::Unsettled(code) => Outcome::unknown(code),
        }
    }

    /// Sends money. `now` is for the access token; the transfer's own time is the request's, as it was committed. After
    /// `Unknown` ask [`Self::result`]; never call this again with a new id for the same payout.
    pub async fn deposit(&self, request: &DepositRequest<'_>, now: Timestamp) -> Outcome<Paid, BankRefusal> {
        if let Some(code) = bad_request(
            request.bank_code,
            request.account,
            request.amount.get(),
            request.client_name,
            request.client_num,
        ) {
            return Outcome::not_sent(code);
        }
        if cut_euc_kr(request.holder_name, 20).trim().is_empty() {
            return Outcome::not_sent("bad_name");
        }
        let (client_bank, client_account) = self.client_account(request.bank_code, request.account);
        let body = DepositBody {
            cntr_account_type: "N",
            cntr_account_num: self.settings.contract_account.expose(),
            wd_pass_phrase: self.settings.pass_phrase.expose(),
            wd_print_content: &self.settings.wd_print_content,
            name_check_option: if self.settings.name_check { "on" } else { "off" },
            tran_dtime: request.tran_dtime,
            req_cnt: "1",
            req_list: [DepositLine {
                tran_no: "1",
                bank_tran_id: request.bank_tran_id.as_str(),
                bank_code_std: request.bank_code,
                account_num: request.account,
                account_holder_name: cut_euc_kr(request.holder_name, 20),
                print_content: &self.settings.print_content,
                tran_amt: request.amount.get().to_string(),
                req_client_name: cut_euc_kr(request.client_name, 20),
                req_client_bank_code: client_bank,
                req_client_account_num: client_account,
                req_client_num: request.client_num,
                transfer_purpose: &self.settings.transfer_purpose,
                recv_bank_tran_id: request.recv_bank_tran_id.map(BankTranId::as_str),
            }],
        };
        let reply =
            match self.send("deposit", "/v2.0/transfer/deposit/acnt_num", &body, now, Some(request.send_by)).await {
                Ok(reply) => reply,
                Err(Unsent::Not(code)) => return Outcome::not_sent(code),
                Err(Unsent::Perhaps(code)) => return Outcome::unknown(code),
            };
        let asked = Asked {
            bank_tran_id: request.bank_tran_id.as_str(),
            amount: request.amount.get(),
            payee: Some((request.bank_code, request.account)),
            amount_required: true,
        };
        let line = match one_line(&reply) {
            Ok(line) => line,
            Err(code) => return Outcome::unknown(code),
        };
        match judge(&reply, line, &asked) {
            Verdict::Success => match paid(&reply, line) {
                Some(paid) => Outcome::Accepted(paid),
                None => Outcome::unknown("unreadable"),
            },
            Verdict::Failure(refusal) => Outcome::Rejected(refusal),
            Verdict::Unsettled(code) => Outcome::unknown(code),
        }
    }

    /// Asks what became of a deposit. Moves nothing.
    pub async fn result(&self, request: &ResultInquiry<'_>, now: Timestamp) -> DepositResult {
        let body = ResultBody {
            // 1 is withdrawals, 2 is deposits.
            check_type: "2",
            tran_dtime: now.kst_yyyymmddhhmmss(),
            req_cnt: "1",
            req_list: [ResultLine {
                tran_no: "1",
                org_bank_tran_id: request.bank_tran_id.as_str(),
                org_bank_tran_date: request.bank_tran_date.yyyymmdd(),
                org_tran_amt: request.amount.get().to_string(),
            }],
        };
        let reply = match self.send("result", "/v2.0/transfer/result", &body, now, None).await {
            Ok(reply) => reply,
            Err(Unsent::Not(code) | Unsent::Perhaps(code)) => return DepositResult::Unknown { code },
        };
        // An inquiry that itself failed says nothing about the deposit, so a line is needed.
        let [line] = reply.res_list.as_slice() else {
            return DepositResult::Unknown { code: word(&reply.rsp_code) };
        };
        let asked = Asked {
            bank_tran_id: request.bank_tran_id.as_str(),
            amount: request.amount.get(),
            payee: None,
            amount_required: true,
        };
        let named = line.bank_tran_id == asked.bank_tran_id;
        let inquiry_worked = matches!(reply.rsp_code.as_str(), "A0000" | "A0002");
        if named && inquiry_worked && line.bank_rsp_code == self.settings.not_found_code {
            return DepositResult::NotFound;
        }
        if named && reply.rsp_code == "A0000" && line.bank_rsp_code == self.settings.returned_code {
            return if asked.matches(line) {
                DepositResult::Returned { code: word(&line.bank_rsp_code) }
            } else {
                mismatch()
            };
        }
        match judge(&reply, line, &asked) {
            Verdict::Success => {
                paid(&reply, line).map_or(DepositResult::Unknown { code: "unreadable".to_owned() }, DepositResult::Paid)
            }
            // The rail's own refusal is about this inquiry; only a bank's code is about the deposit.
            Verdict::Failure(refusal) if line.bank_rsp_code.is_empty() => {
                DepositResult::Unknown { code: refusal.rsp_code }
            }
            Verdict::Failure(refusal) => DepositResult::Failed(refusal),
            Verdict::Unsettled(code) if matches!(code.as_str(), "400" | "A0001") => DepositResult::Processing { code },
            Verdict::Unsettled(code) => DepositResult::Unknown { code },
        }
    }

    fn client_account<'a>(&'a self, bank: &'a str, account: &'a str) -> (&'a str, &'a str) {
        self.settings
            .client_account
            .as_ref()
            .map_or((bank, account), |(bank, account)| (bank.as_str(), account.expose()))
    }

    /// One request under a token. When the token is refused the request is presented once more under a fresh one:
    /// the bank has said that it did not look at it.
    async fn send(
        &self,
        operation: &'static str,
        path: &str,
        body: &impl Serialize,
        now: Timestamp,
        send_by: Option<Instant>,
    ) -> Result<Reply, Unsent> {
        let body = serde_json::to_vec(body).map_err(|_| Unsent::Not("bad_request".to_owned()))?;
        let mut presented = 0;
        loop {
            presented += 1;
            let token = self
                .tokens
                .get(&self.line, &self.settings.client_id, &self.settings.client_secret, now)
                .await
                .map_err(Unsent::Not)?;
            let headers = [("authorization", format!("Bearer {}", token.value.expose()))];
            let body = Some((JSON, body.clone()));
            let answer =
                self.line.call(operation, Method::POST, path, &headers, body, send_by).await.map_err(|fault| {
                    match fault {
                        Fault::NotSent { code } => Unsent::Not(code.to_owned()),
                        Fault::Unknown { code } => Unsent::Perhaps(code.to_owned()),
                    }
                })?;
            let reply = answer.text().and_then(|text| serde_json::from_str::<Reply>(text).ok());
            let refused = matches!(answer.status, 200 | 400 | 401 | 403)
                && reply.as_ref().is_some_and(|reply| {
                    reply.rsp_code == TOKEN_REFUSED && reply.res_list.is_empty() && reply.line.is_empty()
                });
            if refused {
                self.tokens.refuse(&token).await;
                if presented < 2 {
                    continue;
                }
                return Err(Unsent::Not("token_refused".to_owned()));
            }
            return match (answer.status, reply) {
                (200, Some(reply)) if plain_code(&reply.rsp_code) => Ok(reply),
                (200, _) => Err(Unsent::Perhaps("unreadable".to_owned())),
                (status, _) => Err(Unsent::Perhaps(format!("http_{status}"))),
            };
        }
    }
}

enum Unsent {
    Not(String),
    Perhaps(String),
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
