use crate::harness::{Sandbox, eventually, now, soon, tran_id, won};
use domain::policy::BankVerdict;
use domain::{Span, Timestamp};
use gateway_bank::{
    BankClient, BankRefusal, BankTranId, BreakerSettings, DepositRequest, DepositResult, Holder, Outcome, Paid,
    ReceiveInquiry, ResultInquiry, Secret,
};
use serde_json::json;
use std::time::{Duration, Instant};

async fn receive(client: &BankClient, account: &str, name: &str) -> Outcome<Holder, BankRefusal> {
    let id = tran_id();
    let request = ReceiveInquiry {
        bank_tran_id: &id,
        bank_code: "004",
        account,
        amount: won(45_000),
        client_name: name,
        client_num: "ORD1",
    };
    client.receive_inquiry(&request, now()).await
}

async fn pay(client: &BankClient, id: &BankTranId, account: &str) -> Outcome<Paid, BankRefusal> {
    pay_at(client, id, account, now()).await
}

async fn pay_at(client: &BankClient, id: &BankTranId, account: &str, at: Timestamp) -> Outcome<Paid, BankRefusal> {
    send(client, id, account, (at, &at.kst_yyyymmddhhmmss()), soon()).await
}

async fn send(
    client: &BankClient,
    id: &BankTranId,
    account: &str,
    (at, tran_dtime): (Timestamp, &str),
    send_by: Instant,
) -> Outcome<Paid, BankRefusal> {
    let request = DepositRequest {
        bank_tran_id: id,
        tran_dtime,
        send_by,
        bank_code: "004",
        account,
        holder_name: "홍길동",
        amount: won(45_000),
        client_name: "홍길동",
        client_num: "ORD1",
        recv_bank_tran_id: None,
    };
    client.deposit(&request, at).await
}

async fn ask(client: &BankClient, id: &BankTranId) -> DepositResult {
    let request = ResultInquiry { bank_tran_id: id, bank_tran_date: now().kst_day(), amount: won(45_000) };
    client.result(&request, now()).await
}

fn refused(verdict: BankVerdict, rsp_code: &str, bank_rsp_code: &str) -> BankRefusal {
    BankRefusal {
        verdict,
        rsp_code: rsp_code.to_owned(),
        bank_code: "004".to_owned(),
        bank_rsp_code: bank_rsp_code.to_owned(),
    }
}

#[tokio::test]
async fn an_account_is_asked_paid_and_found() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    let holder = receive(&client, "12345678901234", "홍길동").await;
    assert_eq!(holder, Outcome::Accepted(Holder { name: "홍길동".to_owned() }));
    let id = tran_id();
    assert_eq!(ask(&client, &id).await, DepositResult::NotFound);
    let paid = pay(&client, &id, "12345678901234").await;
    let Outcome::Accepted(paid) = paid else { panic!("{paid:?}") };
    assert_eq!(paid.bank_tran_date, now().kst_day());
    assert!(matches!(ask(&client, &id).await, DepositResult::Paid(_)));
    assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, 1);
    let other = ResultInquiry { bank_tran_id: &id, bank_tran_date: now().kst_day(), amount: won(45_001) };
    assert_eq!(client.result(&other, now()).await, DepositResult::NotFound);
}

#[tokio::test]
async fn a_long_name_comes_back_cut_and_still_matches() {
    let (sandbox, _folder) = Sandbox::start();
    let name = "주식회사 아주아주 긴이름상사";
    let Outcome::Accepted(holder) = receive(&sandbox.bank(), "12345678901234", name).await else { panic!() };
    assert_ne!(holder.name, name);
    assert!(domain::bank::holder_matches(name, &holder.name));
}

#[tokio::test]
async fn the_same_id_twice_a_day_pays_once() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    let id = tran_id();
    assert!(matches!(pay(&client, &id, "12345678901234").await, Outcome::Accepted(_)));
    assert_eq!(pay(&client, &id, "12345678901234").await, Outcome::unknown("822"));
    sandbox.faults(json!([{"party": "bank", "operation": "deposit", "fault": "duplicate_success"}])).await;
    assert!(matches!(pay(&client, &id, "12345678901234").await, Outcome::Accepted(_)));
    assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, 1);
}

/// The rail knows a transfer under the day it arrived, whatever the request says.
#[tokio::test]
async fn a_deposit_is_booked_on_the_day_it_arrives() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    let at = |text: &str| Timestamp::from_kst_yyyymmddhhmmss(text).unwrap();
    sandbox.clock(at("20261121000000")).await;
    let id = tran_id();
    let paid = send(&client, &id, "12345678901234", (at("20261120235959"), "20261120235958"), soon()).await;
    let Outcome::Accepted(paid) = paid else { panic!("{paid:?}") };
    assert_eq!(paid.bank_tran_date.yyyymmdd(), "20261121");
    let line = sandbox.journal("bank").await.into_iter().find(|line| line["operation"] == "deposit").unwrap();
    assert_eq!(line["date"], "20261121");
    assert_eq!(line["sent"], "20261120235958", "the committed time was sent, not a later one");
    let under = async |day: &str| {
        let bank_tran_date = domain::KstDate::parse_yyyymmdd(day).unwrap();
        client.result(&ResultInquiry { bank_tran_id: &id, bank_tran_date, amount: won(45_000) }, now()).await
    };
    assert_eq!(under("20261120").await, DepositResult::NotFound);
    assert!(matches!(under("20261121").await, DepositResult::Paid(_)));
}

/// The wait for a token counts: a worker whose claim may be gone by now sends nothing.
#[tokio::test]
async fn a_deposit_that_waited_too_long_for_its_token_is_not_sent() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank_with(|settings| settings.total_timeout = Duration::from_secs(5));
    let slow = json!({"party": "bank", "operation": "token", "fault": "slow", "delay_ms": 3});
    let moment = (now(), now().kst_yyyymmddhhmmss());
    let send_late = async |id: &BankTranId| {
        let send_by = Instant::now() + Duration::from_millis(250);
        send(&client, id, "12345678901234", (moment.0, &moment.1), send_by).await
    };
    assert_eq!(sandbox.faults(json!([slow])).await, 200);
    assert_eq!(send_late(&tran_id()).await, Outcome::not_sent("too_late"));
    // With a token at hand that the bank refuses: the second presentation comes too late.
    let refused = json!({"party": "bank", "operation": "deposit", "fault": "token_refused", "count": 1});
    assert_eq!(sandbox.faults(json!([slow, refused])).await, 200);
    assert_eq!(send_late(&tran_id()).await, Outcome::not_sent("too_late"));
    let lines = sandbox.journal("bank").await;
    let deposits: Vec<_> = lines.iter().filter(|line| line["operation"] == "deposit").collect();
    assert_eq!(deposits.len(), 1, "{deposits:?}");
    assert_eq!(deposits[0]["decision"], "not_done");
}

#[tokio::test]
async fn endings_decide() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    assert_eq!(
        receive(&client, "1234567890901", "홍길동").await,
        Outcome::Accepted(Holder { name: "김다름".to_owned() })
    );
    let no_account = refused(BankVerdict::Refuse, "A0002", "412");
    assert_eq!(receive(&client, "1234567890902", "홍길동").await, Outcome::Rejected(no_account.clone()));
    for (account, refusal) in [
        ("1234567890902", no_account),
        ("1234567890905", refused(BankVerdict::Hold, "A0002", "420")),
        ("1234567890901", refused(BankVerdict::Refuse, "A0312", "815")),
    ] {
        let id = tran_id();
        assert_eq!(pay(&client, &id, account).await, Outcome::Rejected(refusal.clone()), "{account}");
        let DepositResult::Failed(found) = ask(&client, &id).await else { panic!("{account}") };
        assert_eq!(found.bank_rsp_code, refusal.bank_rsp_code);
        assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, 0);
    }
    let id = tran_id();
    assert_eq!(pay(&client, &id, "1234567890903").await, Outcome::unknown("A0001"));
    assert!(matches!(ask(&client, &id).await, DepositResult::Paid(_)));
    let id = tran_id();
    assert_eq!(pay(&client, &id, "1234567890904").await, Outcome::unknown("timeout"));
    assert!(matches!(ask(&client, &id).await, DepositResult::Paid(_)));
    let id = tran_id();
    assert!(matches!(pay(&client, &id, "1234567890906").await, Outcome::Accepted(_)));
    assert!(matches!(ask(&client, &id).await, DepositResult::Paid(_)));
    let code = eventually("the money comes back", async || match ask(&client, &id).await {
        DepositResult::Returned { code } => Some(code),
        _ => None,
    });
    assert_eq!(code.await, "702");
}

#[tokio::test]
async fn one_token_serves_all_until_it_ends_or_is_refused() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    let issued = async || sandbox.journal("bank").await.iter().filter(|line| line["decision"] == "issued").count();
    let all = futures::future::join_all((0..30).map(|_| receive(&client, "12345678901234", "홍길동")));
    assert!(all.await.iter().all(|outcome| matches!(outcome, Outcome::Accepted(_))));
    assert_eq!(issued().await, 1, "single flight");
    // Near its end by our clock: fetched anew.
    let late = now().plus(Span::seconds(86_400 - 30));
    let _ = pay_at(&client, &tran_id(), "12345678901234", late).await;
    assert_eq!(issued().await, 2);
    // Refused once: fetched anew and presented again, one payment.
    sandbox.faults(json!([{"party": "bank", "operation": "deposit", "fault": "token_refused", "count": 1}])).await;
    let id = tran_id();
    assert!(matches!(pay(&client, &id, "12345678901234").await, Outcome::Accepted(_)));
    assert_eq!(issued().await, 3);
    assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, 1);
    // Refused again and again: nothing was sent, and no endless loop.
    sandbox.faults(json!([{"party": "bank", "operation": "deposit", "fault": "token_refused"}])).await;
    assert_eq!(pay(&client, &tran_id(), "12345678901234").await, Outcome::not_sent("token_refused"));
    assert_eq!(sandbox.journal("bank").await.iter().filter(|line| line["fault"] == "token_refused").count(), 3);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let (sandbox, _folder) = Sandbox::start();
    let stranger = sandbox.bank_with(|settings| settings.client_secret = Secret::new("wrong"));
    assert_eq!(pay(&stranger, &tran_id(), "12345678901234").await, Outcome::not_sent("token_O0001"));
    for fault in [
        "connection_refused",
        "hang",
        "timeout_before",
        "timeout_after",
        "500_before",
        "500_after",
        "429",
        "truncated",
        "slow",
        "wrong_charset",
        "malformed",
        "maintenance",
    ] {
        assert_eq!(sandbox.faults(json!([{"party": "bank", "operation": "token", "fault": fault}])).await, 200);
        let id = tran_id();
        let outcome = pay(&sandbox.bank(), &id, "12345678901234").await;
        assert!(matches!(&outcome, Outcome::NotSent { code } if code.starts_with("token_")), "{fault}: {outcome:?}");
        assert!(matches!(ask(&sandbox.bank(), &id).await, DepositResult::Unknown { .. }), "{fault}");
    }
    assert!(sandbox.journal("bank").await.iter().all(|line| line["operation"] == "token"));
}

/// Every fault at every operation: what the client may conclude, and what really happened.
#[tokio::test]
async fn every_fault_has_its_class() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    for (fault, done) in [
        ("connection_refused", false),
        ("hang", false),
        ("timeout_before", false),
        ("500_before", false),
        ("429", false),
        ("maintenance", false),
        ("timeout_after", true),
        ("500_after", true),
        ("truncated", true),
        ("slow", true),
        ("wrong_charset", true),
        ("malformed", true),
        ("wrong_amount", true),
        ("wrong_reference", true),
        ("not_found_then_found", true),
    ] {
        let rule = |operation: &str| json!([{"party": "bank", "operation": operation, "fault": fault, "count": 1}]);
        if !matches!(fault, "wrong_amount" | "not_found_then_found") {
            assert_eq!(sandbox.faults(rule("receive_inquiry")).await, 200, "{fault}");
            let seen = receive(&client, "12345678901234", "홍길동").await;
            assert!(matches!(seen, Outcome::Unknown { .. }), "receive {fault}: {seen:?}");
        }
        assert_eq!(sandbox.faults(rule("deposit")).await, 200);
        let id = tran_id();
        let paid = pay(&client, &id, "12345678901234").await;
        assert!(matches!(paid, Outcome::Unknown { .. }), "deposit {fault}: {paid:?}");
        if fault.starts_with("wrong_") && fault != "wrong_charset" {
            assert_eq!(paid, Outcome::unknown("answer_mismatch"));
        }
        assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, usize::from(done), "{fault}");
        if fault == "not_found_then_found" {
            for _ in 0..2 {
                assert_eq!(ask(&client, &id).await, DepositResult::NotFound);
            }
        }
        let known = ask(&client, &id).await;
        assert_eq!(matches!(known, DepositResult::Paid(_)), done, "{fault}: {known:?}");
        assert_eq!(known == DepositResult::NotFound, !done, "{fault}: {known:?}");

        assert_eq!(sandbox.faults(rule("result")).await, 200);
        let known = ask(&client, &id).await;
        if fault == "not_found_then_found" {
            assert_eq!(known, DepositResult::NotFound);
        } else {
            assert!(matches!(known, DepositResult::Unknown { .. }), "result {fault}: {known:?}");
        }
    }
}

#[tokio::test]
async fn a_payment_may_come_back_later() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.bank();
    sandbox
        .faults(json!([{"party": "bank", "operation": "deposit", "fault": "later_reversal", "delay_ms": 300}]))
        .await;
    let id = tran_id();
    assert!(matches!(pay(&client, &id, "12345678901234").await, Outcome::Accepted(_)));
    assert!(matches!(ask(&client, &id).await, DepositResult::Paid(_)));
    tokio::time::sleep(Duration::from_millis(350)).await;
    assert_eq!(ask(&client, &id).await, DepositResult::Returned { code: "702".to_owned() });
}

#[tokio::test]
async fn a_partner_that_is_gone_is_not_sent_and_the_breaker_opens() {
    let (sandbox, _folder) = Sandbox::start();
    let client =
        sandbox.bank_with(|settings| settings.breaker = BreakerSettings { failures: 2, open: Duration::from_mins(1) });
    assert!(matches!(receive(&client, "12345678901234", "홍길동").await, Outcome::Accepted(_)));
    sandbox.kill();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(pay(&client, &tran_id(), "12345678901234").await, Outcome::not_sent("connect"));
    assert_eq!(pay(&client, &tran_id(), "12345678901234").await, Outcome::not_sent("connect"));
    assert_eq!(pay(&client, &tran_id(), "12345678901234").await, Outcome::not_sent("breaker_open"));
}

#[tokio::test]
async fn no_account_stands_in_the_journal() {
    let (sandbox, folder) = Sandbox::start();
    let _ = pay(&sandbox.bank(), &tran_id(), "98765432101234").await;
    let text = std::fs::read_to_string(folder.path().join("data/bank.jsonl")).unwrap();
    assert!(!text.contains("98765432101234") && !text.contains("홍길동"));
    assert!(text.contains("987654321*****"));
}
