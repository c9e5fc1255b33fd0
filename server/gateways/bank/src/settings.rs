use crate::check::{PROCESSING, digits, plain_code};
use crate::names::cut_euc_kr;
use crate::tran_id::good_code;
use domain::policy::{BankVerdict, bank_verdict};
use gateway_line::{BreakerSettings, Secret, SettingsError};
use std::time::Duration;

/// The contract with the rail. [`BankSettings::new`] fills what has a usual value.
#[derive(Clone, Debug)]
pub struct BankSettings {
    /// `https://openapi.openbanking.or.kr`, the test bed, or the sandbox's `http://127.0.0.1:9100/bank`.
    pub base_url: String,
    /// OAuth client.
    pub client_id: String,
    /// OAuth secret.
    pub client_secret: Secret,
    /// 이용기관코드, 10 of `[0-9A-Z]`.
    pub client_use_code: String,
    /// 약정 계좌번호: the account that pays, digits, at most 16.
    pub contract_account: Secret,
    /// 입금이체용 암호문구; the test bed takes `NONE`.
    pub pass_phrase: Secret,
    /// What our own statement shows, at most 20 bytes of EUC-KR.
    pub wd_print_content: String,
    /// What the payee's statement shows, at most 20 bytes of EUC-KR.
    pub print_content: String,
    /// 이체용도. `TR` 송금 (unconfirmed).
    pub transfer_purpose: String,
    /// Bank code and account sent as the requesting customer's. `None` sends the payee's own (unconfirmed).
    pub client_account: Option<(String, Secret)>,
    /// Whether the bank itself compares the payee's name at deposit time.
    pub name_check: bool,
    /// `bank_rsp_code` meaning "no such transfer" in a result inquiry (unconfirmed).
    pub not_found_code: String,
    /// `bank_rsp_code` meaning "was paid, came back" in a result inquiry (unconfirmed).
    pub returned_code: String,
    /// Time to get a connection.
    pub connect_timeout: Duration,
    /// Time for a whole call.
    pub total_timeout: Duration,
    /// Calls at the same time.
    pub max_concurrent: usize,
    /// When to stop calling.
    pub breaker: BreakerSettings,
    /// PEM certificates to trust instead of the machine's list.
    pub ca_pem: Option<String>,
}

impl BankSettings {
    /// Settings with the usual values for everything that is not a secret or a contract number.
    pub fn new(
        base_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: Secret,
        client_use_code: impl Into<String>,
        contract_account: Secret,
        pass_phrase: Secret,
    ) -> Self {
        Self {
            base_url: base_url.into(),
            client_id: client_id.into(),
            client_secret,
            client_use_code: client_use_code.into(),
            contract_account,
            pass_phrase,
            wd_print_content: "상품권매입".to_owned(),
            print_content: "상품권매입".to_owned(),
            transfer_purpose: "TR".to_owned(),
            client_account: None,
            name_check: true,
            not_found_code: "701".to_owned(),
            returned_code: "702".to_owned(),
            connect_timeout: Duration::from_secs(3),
            total_timeout: Duration::from_secs(30),
            max_concurrent: 8,
            breaker: BreakerSettings::default(),
            ca_pem: None,
        }
    }

    /// Names the first setting that can't be right.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        if self.client_id.is_empty() || self.client_secret.expose().is_empty() {
            return Err(SettingsError::new("client_id", "and client_secret must not be empty"));
        }
        if !good_code(&self.client_use_code) {
            return Err(SettingsError::new("client_use_code", "must be 10 characters of 0-9 and A-Z"));
        }
        if !digits(self.contract_account.expose(), 16) {
            return Err(SettingsError::new("contract_account", "must be 1 to 16 digits"));
        }
        if self.pass_phrase.expose().is_empty() || self.pass_phrase.expose().len() > 128 {
            return Err(SettingsError::new("pass_phrase", "must be 1 to 128 characters"));
        }
        for (setting, text) in [("wd_print_content", &self.wd_print_content), ("print_content", &self.print_content)] {
            if text.is_empty() || cut_euc_kr(text, 20) != *text {
                return Err(SettingsError::new(setting, "must be 1 to 20 bytes in EUC-KR"));
            }
        }
        if self
            .client_account
            .as_ref()
            .is_some_and(|(bank, account)| bank.len() != 3 || !digits(bank, 3) || !digits(account.expose(), 16))
        {
            return Err(SettingsError::new("client_account", "must be a 3-digit bank code and 1 to 16 digits"));
        }
        // A code that already means something else would turn that into "not found".
        let taken =
            |code: &str| !plain_code(code) || code == "000" || bank_verdict("A0000", "", code) != BankVerdict::Unknown;
        if [&self.not_found_code, &self.returned_code]
            .iter()
            .any(|code| taken(code) || PROCESSING.contains(&code.as_str()))
            || self.not_found_code == self.returned_code
        {
            return Err(SettingsError::new(
                "not_found_code",
                "and returned_code must be two different codes of their own",
            ));
        }
        Ok(())
    }
}
