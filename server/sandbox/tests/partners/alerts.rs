//! The webhook's client against the sandbox's webhook: what was said stands there, and every way not to take it is told.

use crate::harness::{NO_BREAKER, Sandbox};
use gateway_alerts::{AlertClient, AlertSettings, Outcome, Secret};
use serde_json::json;
use std::time::Duration;

fn client(sandbox: &Sandbox, path: &str) -> AlertClient {
    let settings = AlertSettings {
        url: Secret::new(format!("{}{path}", sandbox.url)),
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_millis(400),
        breaker: NO_BREAKER,
        ca_pem: None,
    };
    AlertClient::new(settings).unwrap()
}

#[tokio::test]
async fn what_is_said_is_shown_as_it_was_said() {
    let (sandbox, _folder) = Sandbox::start();
    let text = "줄이 멈췄어요 \"payout\"\n• 23건";
    assert_eq!(client(&sandbox, "/alerts/hook").say(text).await, Outcome::Accepted(()));
    assert_eq!(client(&sandbox, "/alerts/nobody").say(text).await, Outcome::Rejected("http_404".to_owned()));
    let journal = sandbox.text("/journal/alerts.jsonl").await;
    let lines: Vec<serde_json::Value> = journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0]["reference"].as_str(), lines[0]["decision"].as_str()), (Some(text), Some("shown")));
}

#[tokio::test]
async fn what_was_not_taken_is_told_as_such() {
    let (sandbox, _folder) = Sandbox::start();
    let client = client(&sandbox, "/alerts/hook");
    for (fault, code) in
        [("hang", "timeout"), ("500_before", "http_500"), ("429", "http_429"), ("maintenance", "http_503")]
    {
        let rule = json!([{"party": "alerts", "operation": "say", "fault": fault, "delay_ms": 2000}]);
        assert!(sandbox.faults(rule).await < 300, "{fault}");
        assert_eq!(client.say("x").await, Outcome::unknown(code), "{fault}");
    }
}
