//! The program itself: durability, stopping, refusing what can't be right.

use crate::harness::{Sandbox, now, soon, tran_id, won};
use domain::IssuerAnswer;
use gateway_bank::{DepositRequest, DepositResult, ResultInquiry};
use gateway_issuer::{Outcome, RedeemRequest, Redemption};
use serde_json::json;
use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Whatever was answered before a kill is true after it, and nothing happens twice.
#[tokio::test]
async fn kills_lose_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut accepted: HashSet<usize> = HashSet::new();
    let mut unknown: HashSet<usize> = HashSet::new();
    let mut next = 0;
    for round in 0..4_u64 {
        let sandbox = Sandbox::start_in(folder.path(), &[]);
        let client = sandbox.issuer_with(|settings| settings.total_timeout = Duration::from_secs(2));
        let killer = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(30 + 25 * round)).await;
            sandbox.kill();
        });
        let numbers: Vec<usize> = (next..next + 400).collect();
        next += 400;
        for chunk in numbers.chunks(40) {
            let calls = chunk.iter().map(|n| {
                let client = &client;
                async move {
                    let (reference, pin) = (format!("r-{n}"), format!("41110000{n:06}55"));
                    let request = RedeemRequest {
                        reference: &reference,
                        brand: "b",
                        pin: &pin,
                        companions: &[],
                        expected_face: won(10_000),
                        send_by: soon(),
                    };
                    (*n, client.redeem(&request, now()).await)
                }
            });
            for (n, outcome) in futures::future::join_all(calls).await {
                match outcome {
                    Outcome::Accepted(IssuerAnswer::Ok { .. }) => accepted.insert(n),
                    Outcome::Unknown { .. } => unknown.insert(n),
                    Outcome::NotSent { .. } => false,
                    other => panic!("{other:?}"),
                };
            }
        }
        killer.await.unwrap();
    }
    assert!(!accepted.is_empty(), "the kills came before anything was done");
    let sandbox = Sandbox::start_in(folder.path(), &[]);
    let client = sandbox.issuer_with(|settings| settings.total_timeout = Duration::from_secs(2));
    let lines = sandbox.journal("issuer").await;
    let redeemed: Vec<&str> = lines
        .iter()
        .filter(|line| line["decision"] == "redeemed")
        .filter_map(|line| line["reference"].as_str())
        .collect();
    assert_eq!(redeemed.iter().collect::<HashSet<_>>().len(), redeemed.len(), "each once");
    let seqs: Vec<u64> = lines.iter().filter_map(|line| line["seq"].as_u64()).collect();
    assert!(seqs.iter().zip(1..).all(|(seq, want)| *seq == want), "numbered without a gap");
    for n in &accepted {
        assert!(redeemed.contains(&format!("r-{n}").as_str()), "r-{n} was answered and is not in the journal");
    }
    for n in accepted.iter().take(20).chain(unknown.iter().take(20)) {
        let found = client.redemption(&format!("r-{n}"), won(10_000), now()).await;
        let happened = redeemed.contains(&format!("r-{n}").as_str());
        assert_eq!(matches!(found, Redemption::Found(IssuerAnswer::Ok { .. })), happened, "r-{n}: {found:?}");
        let pin = format!("41110000{n:06}55");
        let again = RedeemRequest {
            reference: &format!("again-{n}"),
            brand: "b",
            pin: &pin,
            companions: &[],
            expected_face: won(10_000),
            send_by: soon(),
        };
        let used = client.redeem(&again, now()).await == Outcome::Accepted(IssuerAnswer::Used);
        assert_eq!(used, happened, "r-{n}");
    }
}

#[tokio::test]
async fn a_payment_is_remembered_over_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start_in(folder.path(), &[]);
    let id = tran_id();
    let request = DepositRequest {
        bank_tran_id: &id,
        tran_dtime: &now().kst_yyyymmddhhmmss(),
        send_by: soon(),
        bank_code: "088",
        account: "110123456789",
        holder_name: "홍길동",
        amount: won(10_000),
        client_name: "홍길동",
        client_num: "A1",
        recv_bank_tran_id: None,
    };
    assert!(matches!(sandbox.bank().deposit(&request, now()).await, Outcome::Accepted(_)));
    sandbox.kill();
    let sandbox = Sandbox::start_in(folder.path(), &[]);
    assert_eq!(sandbox.bank().deposit(&request, now()).await, Outcome::unknown("822"));
    let asked = ResultInquiry { bank_tran_id: &id, bank_tran_date: now().kst_day(), amount: won(10_000) };
    assert!(matches!(sandbox.bank().result(&asked, now()).await, DepositResult::Paid(_)));
    assert_eq!(sandbox.decided("bank", id.as_str(), "paid").await, 1);
}

fn ends_within(child: &mut std::process::Child, limit: Duration) -> bool {
    let until = Instant::now() + limit;
    while Instant::now() < until {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[tokio::test]
async fn it_stops_when_asked_even_while_a_request_hangs() {
    for by_signal in [true, false] {
        let (mut sandbox, _folder) = Sandbox::start();
        sandbox.faults(json!([{"party": "issuer", "operation": "*", "fault": "hang"}])).await;
        let client = sandbox.issuer_with(|settings| settings.total_timeout = Duration::from_secs(20));
        let hanging = tokio::spawn(async move { client.redemption("r-1", won(1), now()).await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        if by_signal {
            Command::new("kill").arg(sandbox.child.id().to_string()).status().unwrap();
        } else {
            drop(sandbox.child.stdin.take());
        }
        assert!(ends_within(&mut sandbox.child, Duration::from_secs(4)), "by signal: {by_signal}");
        assert!(matches!(hanging.await.unwrap(), Redemption::Unknown { .. }));
    }
}

#[tokio::test]
async fn it_stops_when_its_parent_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "'{}' --listen 127.0.0.1:0 --data '{1}/d' --agent-db '{1}/a.db' --parent-pid $$ >'{1}/out' & echo $!; sleep 1; kill -9 $$",
        env!("CARGO_BIN_EXE_sandbox"),
        folder.path().display()
    );
    let out = Command::new("sh").args(["-c", &script]).output().unwrap();
    let pid = String::from_utf8(out.stdout).unwrap().trim().to_owned();
    assert!(std::fs::read_to_string(folder.path().join("out")).unwrap().contains("\"ready\":true"));
    let until = Instant::now() + Duration::from_secs(5);
    while std::path::Path::new(&format!("/proc/{pid}/cmdline")).exists() {
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if state.contains(") Z ") {
            break;
        }
        assert!(Instant::now() < until, "still alive");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn it_refuses_what_cannot_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .arg("--data")
            .arg(folder.path().join("data"))
            .arg("--agent-db")
            .arg(folder.path().join("a.db"))
            .arg("--exit-with-stdin")
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (out.status.success(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    assert!(run(&["--seed", "1"]).0);
    let (good, why) = run(&["--seed", "2"]);
    assert!(!good && why.contains("belongs to seed 1"), "{why}");
    let (good, why) = run(&["--listen", "0.0.0.0:0"]);
    assert!(!good && why.contains("this machine only"), "{why}");
    let rules = folder.path().join("rules.json");
    std::fs::write(&rules, r#"[{"party":"bank","operation":"redeem","fault":"hang"}]"#).unwrap();
    let (good, why) = run(&["--seed", "1", "--faults", rules.to_str().unwrap()]);
    assert!(!good && why.contains("rule 0"), "{why}");
}

#[tokio::test]
async fn rules_are_checked_counted_and_removed() {
    let (sandbox, _folder) = Sandbox::start();
    assert_eq!(sandbox.faults(json!([{"party": "bank", "operation": "deposit", "fault": "explode"}])).await, 422);
    assert_eq!(
        sandbox.faults(json!({"rules": [{"party": "bank", "operation": "*", "fault": "429", "count": 2}]})).await,
        200
    );
    for _ in 0..3 {
        let _ = sandbox
            .bank()
            .result(&ResultInquiry { bank_tran_id: &tran_id(), bank_tran_date: now().kst_day(), amount: won(1) }, now())
            .await;
    }
    let rules = sandbox.json("/faults").await;
    assert_eq!(rules["rules"][0]["used"], 2);
    sandbox.no_faults().await;
    assert_eq!(sandbox.json("/faults").await, json!({"rules": []}));
}

#[tokio::test]
async fn the_start_page_tells_what_to_try() {
    let (sandbox, _folder) = Sandbox::start();
    let page = sandbox.text("/").await;
    for word in ["…9907", "…LATE", "…904", "김다름", "모의 환경"] {
        assert!(page.contains(word), "{word}");
    }
    assert_eq!(sandbox.text("/healthz").await, "ok");
}
