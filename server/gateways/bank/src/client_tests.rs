//! Answers written by hand against what was asked. The calls themselves are tested against the sandbox.
#![expect(clippy::expect_used, reason = "a test may fail loudly")]

use super::*;
use domain::Won;
use gateway_line::Secret;

fn settings() -> BankSettings {
    BankSettings::new(
        "http://127.0.0.1:1",
        "id",
        Secret::new("secret"),
        "T991628940",
        Secret::new("1101230000678"),
        Secret::new("NONE"),
    )
}

fn client() -> BankClient {
    BankClient::new(settings()).expect("settings are good")
}

const ASKED: Asked<'static> = Asked {
    bank_tran_id: "T991628940U000000001",
    amount: 45_000,
    payee: Some(("004", "12345678901234")),
    amount_required: true,
};

fn judge(rsp: &str, line: &str) -> String {
    let reply: Reply = serde_json::from_str(&format!(r#"{{"rsp_code":"{rsp}","res_list":[{line}]}}"#)).expect("json");
    match super::judge(&reply, one_line(&reply).expect("one line"), &ASKED) {
        Verdict::Success => "paid".to_owned(),
        Verdict::Failure(refusal) => format!("failed {:?} {} {}", refusal.verdict, refusal.bank_code, refusal.as_ref()),
        Verdict::Unsettled(code) => format!("unknown {code}"),
    }
}

const GOOD: &str = r#"{"tran_no":"1","bank_tran_id":"T991628940U000000001","bank_code_tran":"004","bank_rsp_code":"000",
    "bank_code_std":"004","account_num":"12345678901234","tran_amt":"45000","bank_tran_date":"20261121"}"#;

#[test]
fn only_a_complete_and_equal_answer_is_paid() {
    assert_eq!(judge("A0000", GOOD), "paid");
    for (from, to) in [
        ("U000000001", "U000000002"),
        ("\"45000\"", "\"45001\""),
        ("\"45000\"", "\"4500\""),
        ("\"tran_amt\":\"45000\",", ""),
        ("\"bank_code_std\":\"004\"", "\"bank_code_std\":\"088\""),
        ("12345678901234", "12345678901235"),
    ] {
        assert_eq!(judge("A0000", &GOOD.replace(from, to)), "unknown answer_mismatch", "{from} -> {to}");
    }
    assert_eq!(judge("A0000", ""), "unknown A0000");
    assert_eq!(judge("A0001", GOOD), "unknown A0001");
}

#[test]
fn a_masked_account_is_enough_if_it_shows_enough() {
    let masked = |mask: &str| {
        judge(
            "A0000",
            &GOOD.replace("\"account_num\":\"12345678901234\"", &format!("\"account_num_masked\":\"{mask}\"")),
        )
    };
    assert_eq!(masked("123456-78-9****"), "unknown answer_mismatch", "of another length");
    assert_eq!(masked("1234567890****"), "paid");
    assert_eq!(masked("1234567899****"), "unknown answer_mismatch");
    assert_eq!(masked("**************"), "unknown answer_mismatch");
}

#[test]
fn refusals_are_about_our_request_or_prove_nothing() {
    let refused = GOOD.replace("\"bank_rsp_code\":\"000\"", "\"bank_rsp_code\":\"412\"");
    assert_eq!(judge("A0002", &refused), "failed Refuse 004 412");
    assert_eq!(judge("A0002", &refused.replace("U000000001", "U000000009")), "unknown answer_mismatch");
    assert_eq!(judge("A0002", &refused.replace("412", "420")), "failed Hold 004 420");
    assert_eq!(judge("A0001", &refused), "unknown A0001");
    assert_eq!(judge("A0002", &refused.replace("412", "822")), "unknown 822");
    assert_eq!(judge("A0002", &refused.replace("412", "777")), "unknown 777");
    assert_eq!(judge("A0312", ""), "failed Refuse 004 A0312");
    assert_eq!(judge("홍길동님 오류", ""), "unknown unreadable");
}

#[test]
fn unusable_settings_are_named() {
    let with = |change: fn(&mut BankSettings)| {
        let mut settings = settings();
        change(&mut settings);
        BankClient::new(settings).err().map(|error| error.setting)
    };
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|s| s.client_use_code = "T99".to_owned()), Some("client_use_code"));
    assert_eq!(with(|s| s.contract_account = Secret::new("12-34")), Some("contract_account"));
    assert_eq!(with(|s| s.print_content = "열한글자가넘는아주긴통장표시".to_owned()), Some("print_content"));
    assert_eq!(with(|s| s.returned_code = "701".to_owned()), Some("not_found_code"));
    assert_eq!(with(|s| s.not_found_code = "412".to_owned()), Some("not_found_code"));
    assert_eq!(with(|s| s.not_found_code = "400".to_owned()), Some("not_found_code"));
    assert_eq!(with(|s| s.base_url = "http://bank.example".to_owned()), Some("base_url"));
}

#[test]
fn a_request_that_cannot_be_written_is_not_sent() {
    for (bank, account, amount, name, num, code) in [
        ("04", "1", 1, "홍", "A1", "bad_bank"),
        ("004", "1-2", 1, "홍", "A1", "bad_account"),
        ("004", "12345678901234567", 1, "홍", "A1", "bad_account"),
        ("004", "1", 0, "홍", "A1", "bad_amount"),
        ("004", "1", 1_000_000_000_000, "홍", "A1", "bad_amount"),
        ("004", "1", 1, "😀", "A1", "bad_name"),
        ("004", "1", 1, "홍", "ord_1", "bad_client_num"),
    ] {
        assert_eq!(bad_request(bank, account, amount, name, num), Some(code));
    }
    assert_eq!(bad_request("004", "1", 1, "홍", "ORD1"), None);
}

#[test]
fn debug_prints_no_account_and_no_secret() {
    let id = BankTranId::new("T991628940", 1).expect("id");
    let request = DepositRequest {
        bank_tran_id: &id,
        tran_dtime: "20261121090000",
        send_by: Instant::now(),
        bank_code: "004",
        account: "98765432109",
        holder_name: "홍길동",
        amount: Won::whole(1),
        client_name: "홍길동",
        client_num: "A1",
        recv_bank_tran_id: None,
    };
    let shown = format!("{request:?} {:?} {:?}", client(), Holder { name: "홍길동".to_owned() });
    for hidden in ["98765432109", "홍길동", "1101230000678", "\"secret\""] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
}
