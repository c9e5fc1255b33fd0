//! The agent played on both engines: what `sms_agent` hands over is sent once and told.

use crate::harness::{Sandbox, eventually, now};
use domain::{Channel, Span, Timestamp};
use serde_json::json;
use sms_agent::{AgentSettings, CancelOutcome, InsertOutcome, KstTime, QueueStatus, Row, SmsAgent, Traffic, Where};
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use testkit::mariadb::MariaDb;

fn row(key: &str, phone: &str, body: &str, at: Timestamp) -> Row {
    Row {
        client_key: key.to_owned(),
        channel: Channel::for_text(body).unwrap(),
        traffic: Traffic::Real,
        req_date: KstTime::from(at),
        callback: "15880000".to_owned(),
        phone: phone.to_owned(),
        title: None,
        body: body.to_owned(),
        files: None,
        campaign: None,
        etc1: None,
    }
}

fn soon() -> Timestamp {
    now().minus(Span::seconds(2))
}

/// A sandbox with its tables, on either engine.
struct Stage {
    sandbox: Sandbox,
    agent: SmsAgent,
    url: String,
    folder: TempDir,
    _maria: Option<MariaDb>,
}

impl Stage {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("agent.db").display());
        Self::on(url, folder, None).await
    }

    async fn mariadb() -> Self {
        let maria = MariaDb::start();
        Self::on(maria.url(), tempfile::tempdir().unwrap(), Some(maria)).await
    }

    async fn on(url: String, folder: TempDir, maria: Option<MariaDb>) -> Self {
        let sandbox = start(folder.path(), &url);
        let agent = SmsAgent::connect(AgentSettings::new(url.clone())).await.unwrap();
        agent.check_columns().await.unwrap();
        Self { sandbox, agent, url, folder, _maria: maria }
    }

    async fn finished(&self, key: &str) -> (String, String) {
        eventually("a result", async || match self.agent.find(key, now()).await.unwrap() {
            Where::Log { done_code, done_date, .. } => Some((done_code, done_date)),
            _ => None,
        })
        .await
    }
}

fn start(folder: &Path, url: &str) -> Sandbox {
    Sandbox::start_in(folder, &["--agent-db", url])
}

/// One law, two engines.
macro_rules! both {
    ($($name:ident($stage:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn law($stage: Stage) $body

            #[tokio::test]
            async fn sqlite() {
                law(Stage::sqlite().await).await;
            }

            #[tokio::test]
            async fn mariadb() {
                law(Stage::mariadb().await).await;
            }
        }
    )+};
}

both! {
    a_message_goes_from_ready_to_the_phone(stage) {
        let body = "[PinDesk] 인증번호 123456 (3분)";
        assert_eq!(stage.agent.insert(&row("otp-1", "01012345678", body, soon())).await, InsertOutcome::Inserted);
        let (code, date) = stage.finished("otp-1").await;
        assert_eq!(code, "10000");
        // The agent's wall clock is ours, to the second, on both engines.
        let age = i64::from(date >= KstTime::from(now().minus(Span::seconds(30))).to_string());
        assert_eq!((age, date <= KstTime::from(now()).to_string()), (1, true), "{date}");
        let sms = stage.sandbox.json("/phone.json?to=01012345678").await;
        assert_eq!(sms[0]["body"], body);
        assert_eq!(sms[0]["client_key"], "otp-1");
        assert_eq!(stage.sandbox.json("/phone.json?to=01000000000").await, json!([]));
        let page = stage.sandbox.text("/phone/01012345678").await;
        assert!(page.contains("010-1234-5678") && page.contains("인증번호 123456") && page.contains("모의 휴대폰"));
        assert_eq!(stage.sandbox.decided("agent", "otp-1", "delivered").await, 1);
        let journal = stage.sandbox.text("/journal/agent.jsonl").await;
        assert!(!journal.contains("01012345678") && !journal.contains("123456"));
    }

    a_scheduled_message_waits_and_can_be_taken_back(stage) {
        let later = now().plus(Span::hours(1));
        assert_eq!(stage.agent.insert(&row("later-1", "01012345678", "나중", later)).await, InsertOutcome::Inserted);
        assert_eq!(stage.agent.insert(&row("soon-1", "01012345678", "지금", soon())).await, InsertOutcome::Inserted);
        stage.finished("soon-1").await;
        assert_eq!(stage.agent.find("later-1", now()).await.unwrap(), Where::Queue(QueueStatus::Ready));
        assert_eq!(stage.agent.cancel("later-1").await, CancelOutcome::Cancelled);
        assert_eq!(stage.agent.find("later-1", now()).await.unwrap(), Where::Nowhere);
        assert_eq!(stage.agent.cancel("soon-1").await, CancelOutcome::TooLate);
    }

    endings_and_faults_decide_a_message(stage) {
        for (key, phone) in [("a", "01012349901"), ("b", "01012349902"), ("c", "01012349904")] {
            assert_eq!(stage.agent.insert(&row(key, phone, "안녕", soon())).await, InsertOutcome::Inserted);
        }
        assert_eq!(stage.agent.insert(&row("never", "01012349903", "안녕", soon())).await, InsertOutcome::Inserted);
        assert_eq!(stage.finished("a").await.0, "31000");
        assert_eq!(stage.finished("b").await.0, "31107");
        assert_eq!(stage.finished("c").await.0, "29015");
        assert_eq!(stage.agent.find("never", now()).await.unwrap(), Where::Queue(QueueStatus::Request));
        let rule = json!([{"party": "agent", "operation": "send", "match": {"phone": "*5678"}, "fault": "undelivered", "code": "30114"}]);
        assert_eq!(stage.sandbox.faults(rule).await, 200);
        assert_eq!(stage.agent.insert(&row("spam", "01012345678", "안녕", soon())).await, InsertOutcome::Inserted);
        assert_eq!(stage.finished("spam").await.0, "30114");
        assert_eq!(stage.sandbox.json("/phone.json").await, json!([]));
        // An agent at rest leaves rows alone.
        stage.sandbox.faults(json!([{"party": "agent", "operation": "*", "fault": "maintenance"}])).await;
        assert_eq!(stage.agent.insert(&row("rest", "01012341111", "안녕", soon())).await, InsertOutcome::Inserted);
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(stage.agent.find("rest", now()).await.unwrap(), Where::Queue(QueueStatus::Ready));
        stage.sandbox.no_faults().await;
        assert_eq!(stage.finished("rest").await.0, "10000");
    }

    a_killed_agent_sends_everything_once(stage) {
        let Stage { sandbox, agent, url, folder, _maria } = stage;
        let keys: Vec<String> = (0..300).map(|n| format!("k-{n}")).collect();
        let rows: Vec<Row> = keys.iter().map(|key| row(key, "01012345678", "안녕", soon())).collect();
        assert!(agent.insert_many(&rows).await.iter().all(|outcome| *outcome == InsertOutcome::Inserted));
        let mut sandbox = Some(sandbox);
        for wait in [120, 210, 330] {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            sandbox.take().unwrap().kill();
            sandbox = Some(start(folder.path(), &url));
        }
        let sandbox = sandbox.unwrap();
        let names: Vec<&str> = keys.iter().map(String::as_str).collect();
        eventually("all finished", async || {
            let found = agent.find_many(&names, now()).await.unwrap();
            found.values().all(|place| matches!(place, Where::Log { done_code, .. } if done_code == "10000")).then_some(())
        })
        .await;
        let mut told: HashMap<String, usize> = HashMap::new();
        for line in sandbox.journal("agent").await {
            *told.entry(line["reference"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        assert_eq!(told.len(), 300);
        assert!(told.values().all(|count| *count == 1));
    }
}
