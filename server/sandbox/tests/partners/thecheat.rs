//! TheCheat's client against the sandbox's TheCheat: what it reports, and every way not to answer.

use crate::harness::{NO_BREAKER, Sandbox};
use gateway_thecheat::{CheatClient, CheatSettings, Keyword, Outcome, Report, Secret};
use serde_json::json;
use std::time::Duration;

const PHONE: Keyword<'_> = Keyword::Phone("01012345678");
const ACCOUNT: Keyword<'_> = Keyword::Account { bank_code: "004", number: "43020011911" };

fn client(sandbox: &Sandbox, change: impl FnOnce(&mut CheatSettings)) -> CheatClient {
    let mut settings = CheatSettings {
        base_url: format!("{}/thecheat", sandbox.url),
        api_key: Secret::new("pindesk-sandbox-secret"),
        seal_key: Secret::new("sandbox-thecheat-key-32-letters!"),
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_millis(400),
        max_concurrent: 8,
        breaker: NO_BREAKER,
        ca_pem: None,
    };
    change(&mut settings);
    CheatClient::new(settings).unwrap()
}

#[tokio::test]
async fn endings_say_who_is_reported_and_the_journal_who_was_asked_for() {
    let (sandbox, _folder) = Sandbox::start();
    let client = client(&sandbox, |_| {});
    assert_eq!(client.search(PHONE, [1; 16]).await, Outcome::Accepted(Report::Clean));
    assert_eq!(client.search(Keyword::Phone("01012349911"), [2; 16]).await, Outcome::Accepted(Report::Caution));
    assert_eq!(client.search(ACCOUNT, [3; 16]).await, Outcome::Accepted(Report::Caution));
    let journal = sandbox.text("/journal/thecheat.jsonl").await;
    let decisions: Vec<String> = journal
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["decision"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(decisions, ["clean", "caution", "caution"]);
    assert!(!journal.contains("01012345678") && !journal.contains("43020011911"), "{journal}");
}

#[tokio::test]
async fn wrong_keys_are_refused_in_words() {
    let (sandbox, _folder) = Sandbox::start();
    let wrong = client(&sandbox, |settings| settings.api_key = Secret::new("wrong"));
    assert_eq!(wrong.search(PHONE, [1; 16]).await, Outcome::Rejected("result_-10".to_owned()));
    let other = client(&sandbox, |settings| settings.seal_key = Secret::new("another-thecheat-key-32-letters!"));
    assert!(matches!(other.search(PHONE, [1; 16]).await, Outcome::Rejected(_)));
}

#[tokio::test]
async fn nothing_but_a_whole_answer_is_an_answer() {
    let (sandbox, _folder) = Sandbox::start();
    let client = client(&sandbox, |_| {});
    for (fault, code) in [
        ("hang", "timeout"),
        ("timeout_before", "timeout"),
        ("timeout_after", "timeout"),
        ("500_before", "http_500"),
        ("500_after", "http_500"),
        ("429", "http_429"),
        ("maintenance", "http_503"),
        ("truncated", "cut"),
        ("malformed", "unreadable"),
        ("wrong_charset", "unreadable"),
        ("wrong_reference", "answer_mismatch"),
    ] {
        let rule = json!([{"party": "thecheat", "operation": "search", "fault": fault, "delay_ms": 2000}]);
        assert!(sandbox.faults(rule).await < 300, "{fault}");
        assert_eq!(client.search(PHONE, [1; 16]).await, Outcome::unknown(code), "{fault}");
    }
    let refused = json!([{"party": "thecheat", "operation": "search", "fault": "wrong_amount"}]);
    assert_eq!(sandbox.faults(refused).await, 422, "a fault that can do nothing");
}
