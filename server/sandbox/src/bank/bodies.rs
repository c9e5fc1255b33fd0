//! What requests hold. Every field of the documents must be there.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct TokenForm {
    pub client_id: String,
    pub client_secret: String,
    pub scope: String,
    pub grant_type: String,
}

#[derive(Deserialize)]
pub struct Receive {
    pub bank_tran_id: String,
    pub cntr_account_type: String,
    pub cntr_account_num: String,
    pub bank_code_std: String,
    pub account_num: String,
    pub print_content: String,
    pub tran_amt: String,
    pub req_client_name: String,
    pub req_client_bank_code: String,
    pub req_client_account_num: String,
    pub req_client_num: String,
    pub transfer_purpose: String,
    pub tran_dtime: String,
}

#[derive(Deserialize)]
pub struct Transfer {
    pub cntr_account_type: String,
    pub cntr_account_num: String,
    pub wd_pass_phrase: String,
    pub wd_print_content: String,
    pub name_check_option: String,
    pub tran_dtime: String,
    pub req_cnt: String,
    pub req_list: Vec<Line>,
}

#[derive(Deserialize)]
pub struct Line {
    pub tran_no: String,
    pub bank_tran_id: String,
    pub bank_code_std: String,
    pub account_num: String,
    pub account_holder_name: String,
    pub print_content: String,
    pub tran_amt: String,
    pub req_client_name: String,
    pub req_client_num: String,
    pub transfer_purpose: String,
}

#[derive(Deserialize)]
pub struct ResultAsked {
    pub check_type: String,
    pub tran_dtime: String,
    pub req_cnt: String,
    pub req_list: Vec<ResultLine>,
}

#[derive(Deserialize)]
pub struct ResultLine {
    pub tran_no: String,
    pub org_bank_tran_id: String,
    pub org_bank_tran_date: String,
    pub org_tran_amt: String,
}
