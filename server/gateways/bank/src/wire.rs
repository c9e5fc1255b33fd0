use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(crate) struct ReceiveBody<'a> {
    pub bank_tran_id: &'a str,
    pub cntr_account_type: &'static str,
    pub cntr_account_num: &'a str,
    pub bank_code_std: &'a str,
    pub account_num: &'a str,
    pub print_content: &'a str,
    pub tran_amt: String,
    pub req_client_name: String,
    pub req_client_bank_code: &'a str,
    pub req_client_account_num: &'a str,
    pub req_client_num: &'a str,
    pub transfer_purpose: &'a str,
    pub tran_dtime: String,
}

#[derive(Serialize)]
pub(crate) struct DepositBody<'a> {
    pub cntr_account_type: &'static str,
    pub cntr_account_num: &'a str,
    pub wd_pass_phrase: &'a str,
    pub wd_print_content: &'a str,
    pub name_check_option: &'static str,
    pub tran_dtime: &'a str,
    pub req_cnt: &'static str,
    pub req_list: [DepositLine<'a>; 1],
}

#[derive(Serialize)]
pub(crate) struct DepositLine<'a> {
    pub tran_no: &'static str,
    pub bank_tran_id: &'a str,
    pub bank_code_std: &'a str,
    pub account_num: &'a str,
    pub account_holder_name: String,
    pub print_content: &'a str,
    pub tran_amt: String,
    pub req_client_name: String,
    pub req_client_bank_code: &'a str,
    pub req_client_account_num: &'a str,
    pub req_client_num: &'a str,
    pub transfer_purpose: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recv_bank_tran_id: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct ResultBody<'a> {
    pub check_type: &'static str,
    pub tran_dtime: String,
    pub req_cnt: &'static str,
    pub req_list: [ResultLine<'a>; 1],
}

#[derive(Serialize)]
pub(crate) struct ResultLine<'a> {
    pub tran_no: &'static str,
    pub org_bank_tran_id: &'a str,
    pub org_bank_tran_date: String,
    pub org_tran_amt: String,
}

#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    pub access_token: Option<String>,
    pub expires_in: Option<Number>,
    #[serde(default)]
    pub rsp_code: String,
}

/// KFTC writes numbers as text in some answers and as numbers in others.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Number {
    Int(i64),
    Text(String),
}

impl Number {
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Text(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
            Self::Text(_) => None,
        }
    }
}

/// Every answer of the transfer calls, read loosely here and checked strictly in `client.rs`.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Reply {
    pub api_tran_id: String,
    pub rsp_code: String,
    pub res_list: Vec<ReplyLine>,
    // The receive inquiry answers one line without a list.
    #[serde(flatten)]
    pub line: ReplyLine,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct ReplyLine {
    pub tran_no: Option<Number>,
    pub bank_tran_id: String,
    pub bank_tran_date: String,
    pub bank_code_tran: String,
    pub bank_rsp_code: String,
    pub bank_code_std: String,
    pub account_num: String,
    pub account_num_masked: String,
    pub account_holder_name: String,
    pub tran_amt: Option<Number>,
}
