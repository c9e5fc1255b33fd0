use crate::harness::{Sandbox, now, soon, won};
use domain::{IssuerAnswer, Span, Won};
use gateway_issuer::{BreakerSettings, InquiryRequest, IssuerClient, Outcome, RedeemRequest, Redemption, Secret};
use serde_json::json;
use std::time::{Duration, Instant};

async fn inquire(client: &IssuerClient, pin: &str, claimed: Option<Won>) -> Outcome<IssuerAnswer> {
    let request = InquiryRequest {
        reference: "inq-1",
        brand: "culture",
        pin,
        companions: &[("auth", "1234")],
        claimed_face: claimed,
    };
    client.inquire(&request, now()).await
}

async fn redeem(client: &IssuerClient, reference: &str, pin: &str, face: u32) -> Outcome<IssuerAnswer> {
    let request =
        RedeemRequest { reference, brand: "culture", pin, companions: &[], expected_face: won(face), send_by: soon() };
    client.redeem(&request, now()).await
}

fn ok_face<R>(outcome: &Outcome<IssuerAnswer, R>) -> Option<u64> {
    match outcome {
        Outcome::Accepted(IssuerAnswer::Ok { face, .. }) => u64::try_from(face.get()).ok(),
        _ => None,
    }
}

fn class<T, R>(outcome: &Outcome<T, R>) -> &'static str {
    match outcome {
        Outcome::NotSent { .. } => "not_sent",
        Outcome::Accepted(_) => "accepted",
        Outcome::Rejected(_) => "rejected",
        Outcome::Unknown { .. } => "unknown",
    }
}

#[tokio::test]
async fn a_good_voucher_is_seen_taken_and_found() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer();
    let seen = inquire(&client, "4111222233334444", Some(won(50_000))).await;
    assert_eq!(ok_face(&seen), Some(50_000));
    assert_eq!(client.redemption("r-1", won(50_000), now()).await, Redemption::NotFound);
    let taken = redeem(&client, "r-1", "4111222233334444", 50_000).await;
    let Outcome::Accepted(IssuerAnswer::Ok { face, balance, expires_at, issuer_ref }) = taken.clone() else {
        panic!("{taken:?}")
    };
    assert_eq!((face, balance), (won(50_000), Won::ZERO));
    assert!(expires_at.is_some() && issuer_ref.is_some());
    let Outcome::Accepted(answer) = taken else { panic!() };
    assert_eq!(client.redemption("r-1", won(50_000), now()).await, Redemption::Found(answer));
    assert_eq!(inquire(&client, "4111222233334444", None).await, Outcome::Accepted(IssuerAnswer::Used));
    assert_eq!(sandbox.decided("issuer", "r-1", "redeemed").await, 1);
}

#[tokio::test]
async fn a_reference_is_idempotent_and_a_voucher_is_taken_once() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer();
    let first = redeem(&client, "r-1", "4111222233334444", 30_000).await;
    assert_eq!(ok_face(&first), Some(30_000));
    assert_eq!(redeem(&client, "r-1", "4111222233334444", 30_000).await, first);
    let conflict = Outcome::Rejected("reference_conflict".to_owned());
    assert_eq!(redeem(&client, "r-1", "4111222233335555", 30_000).await, conflict);
    assert_eq!(redeem(&client, "r-1", "4111222233334444", 50_000).await, conflict);
    assert_eq!(redeem(&client, "r-2", "4111222233334444", 30_000).await, Outcome::Accepted(IssuerAnswer::Used));
    assert_eq!(client.redemption("r-2", won(30_000), now()).await, Redemption::Found(IssuerAnswer::Used));
    let redeemed = sandbox.journal("issuer").await.iter().filter(|line| line["decision"] == "redeemed").count();
    assert_eq!(redeemed, 1);
}

/// Whoever waited past the time for a free place sends nothing: the voucher may be somebody else's work by then.
#[tokio::test]
async fn a_redemption_that_waited_too_long_for_its_place_is_not_sent() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer_with(|settings| {
        settings.max_concurrent = 1;
        settings.total_timeout = Duration::from_secs(5);
    });
    let slow = json!({"party": "issuer", "operation": "inquiry", "fault": "slow", "delay_ms": 3});
    assert_eq!(sandbox.faults(json!([slow])).await, 200);
    let late = async {
        // Behind the inquiry in the queue.
        tokio::task::yield_now().await;
        let request = RedeemRequest {
            reference: "r-1",
            brand: "culture",
            pin: "4111222233334444",
            companions: &[],
            expected_face: won(50_000),
            send_by: Instant::now() + Duration::from_millis(100),
        };
        client.redeem(&request, now()).await
    };
    let (seen, late) = tokio::join!(inquire(&client, "4111222233335555", Some(won(50_000))), late);
    assert_eq!(ok_face(&seen), Some(50_000), "the place was taken for a while");
    assert_eq!(late, Outcome::not_sent("too_late"));
    assert!(sandbox.journal("issuer").await.iter().all(|line| line["operation"] != "redeem"));
    assert_eq!(class(&redeem(&client, "r-1", "4111222233334444", 50_000).await), "accepted");
}

#[tokio::test]
async fn sixty_four_at_once_take_it_once() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer_with(|settings| settings.total_timeout = Duration::from_secs(5));
    let all = futures::future::join_all((0..64).map(|n| {
        let client = &client;
        async move { redeem(client, &format!("r-{n}"), "4111222233334444", 30_000).await }
    }));
    let outcomes = all.await;
    assert_eq!(outcomes.iter().filter(|outcome| ok_face(outcome).is_some()).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Accepted(IssuerAnswer::Used)).count(), 63);
}

#[tokio::test]
async fn endings_decide() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer();
    let half = IssuerAnswer::Partial { balance: won(25_000) };
    for (ending, letters, answer) in [
        ("9901", "USED", IssuerAnswer::Used),
        ("9902", "NONE", IssuerAnswer::NotFound),
        ("9903", "ZERO", IssuerAnswer::ZeroBalance),
        ("9904", "HALF", half),
        ("9905", "LOCK", IssuerAnswer::LockedOut),
        ("9909", "DESK", IssuerAnswer::NotSupported),
    ] {
        for ending in [ending, letters] {
            let pin = format!("411122223333{ending}");
            assert_eq!(inquire(&client, &pin, Some(won(50_000))).await, Outcome::Accepted(answer.clone()), "{ending}");
            let taken = redeem(&client, &format!("r-{ending}"), &pin, 50_000).await;
            assert_eq!(taken, Outcome::Accepted(answer.clone()), "{ending}");
        }
    }
    // Less than claimed: seen as such, and only that face can be taken.
    for pin in ["4111222233339910", "411122223333LESS"] {
        assert_eq!(ok_face(&inquire(&client, pin, Some(won(50_000))).await), Some(40_000));
        let whole = redeem(&client, &format!("w-{pin}"), pin, 50_000).await;
        assert_eq!(whole, Outcome::Accepted(IssuerAnswer::Partial { balance: won(40_000) }));
        assert_eq!(ok_face(&redeem(&client, &format!("l-{pin}"), pin, 40_000).await), Some(40_000));
    }
    // Not now, twice, under the same reference; then good.
    for pin in ["4111222233339906", "411122223333TEMP"] {
        let reference = format!("t-{pin}");
        for _ in 0..2 {
            assert_eq!(redeem(&client, &reference, pin, 10_000).await, Outcome::Accepted(IssuerAnswer::Temporary));
            assert_eq!(client.redemption(&reference, won(10_000), now()).await, Redemption::NotFound);
        }
        assert_eq!(ok_face(&redeem(&client, &reference, pin, 10_000).await), Some(10_000));
    }
    // Done, but not told; and lost before it was done.
    for (pin, found) in [
        ("4111222233339907", true),
        ("411122223333LATE", true),
        ("4111222233339908", false),
        ("411122223333EARL", false),
    ] {
        let reference = format!("u-{pin}");
        assert_eq!(redeem(&client, &reference, pin, 10_000).await, Outcome::unknown("timeout"), "{pin}");
        let known = client.redemption(&reference, won(10_000), now()).await;
        assert_eq!(matches!(known, Redemption::Found(IssuerAnswer::Ok { .. })), found, "{pin} {known:?}");
        assert_eq!(
            ok_face(&redeem(&client, &reference, pin, 10_000).await),
            Some(10_000),
            "{pin}: again, same reference"
        );
        assert_eq!(sandbox.decided("issuer", &reference, "redeemed").await, 1);
    }
}

#[tokio::test]
async fn a_wrong_or_old_signature_does_nothing() {
    let (sandbox, _folder) = Sandbox::start();
    let rejected = |code: &str| Outcome::<IssuerAnswer>::Rejected(code.to_owned());
    let forged = sandbox.issuer_with(|settings| settings.secret = Secret::new("another-secret-of-16"));
    assert_eq!(redeem(&forged, "r-1", "4111222233334444", 10_000).await, rejected("bad_signature"));
    let stranger = sandbox.issuer_with(|settings| settings.key_id = "stranger".to_owned());
    assert_eq!(redeem(&stranger, "r-1", "4111222233334444", 10_000).await, rejected("unknown_key"));
    let client = sandbox.issuer();
    let request = RedeemRequest {
        reference: "r-1",
        brand: "culture",
        pin: "4111222233334444",
        companions: &[],
        expected_face: won(10_000),
        send_by: soon(),
    };
    for skew in [Span::minutes(6), Span::minutes(-6)] {
        assert_eq!(client.redeem(&request, now().plus(skew)).await, rejected("stale_time"));
    }
    assert!(matches!(
        client.redemption("r-1", won(10_000), now().plus(Span::minutes(-6))).await,
        Redemption::Unknown { .. }
    ));
    assert!(sandbox.journal("issuer").await.is_empty());
}

/// Every fault at every operation: what the client may conclude, and what really happened.
#[tokio::test]
async fn every_fault_has_its_class() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer();
    let mut number = 0;
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
        number += 1;
        let (pin, reference) = (format!("41112222333300{number:02}"), format!("f-{number}"));
        let rule = |operation: &str| json!([{"party": "issuer", "operation": operation, "fault": fault, "count": 1}]);

        if fault != "not_found_then_found" {
            assert_eq!(sandbox.faults(rule("inquiry")).await, 200);
            let seen = inquire(&client, &pin, Some(won(10_000))).await;
            // A wrong face in an inquiry can't be told from a right one; the redemption's check catches it.
            let expected = if fault == "wrong_amount" { "accepted" } else { "unknown" };
            assert_eq!(class(&seen), expected, "inquiry {fault}: {seen:?}");
        }

        assert_eq!(sandbox.faults(rule("redeem")).await, 200);
        let taken = redeem(&client, &reference, &pin, 10_000).await;
        assert_eq!(class(&taken), "unknown", "redeem {fault}: {taken:?}");
        assert_eq!(sandbox.decided("issuer", &reference, "redeemed").await, usize::from(done), "{fault}");
        if fault == "not_found_then_found" {
            for _ in 0..2 {
                assert_eq!(client.redemption(&reference, won(10_000), now()).await, Redemption::NotFound);
            }
        }
        // What really happened can be learned.
        let known = client.redemption(&reference, won(10_000), now()).await;
        assert_eq!(matches!(known, Redemption::Found(IssuerAnswer::Ok { .. })), done, "{fault}: {known:?}");
        // And the same request again ends well, with one redemption in all.
        assert_eq!(ok_face(&redeem(&client, &reference, &pin, 10_000).await), Some(10_000), "{fault}");
        assert_eq!(sandbox.decided("issuer", &reference, "redeemed").await, 1, "{fault}");

        assert_eq!(sandbox.faults(rule("redemption")).await, 200);
        let known = client.redemption(&reference, won(10_000), now()).await;
        if fault == "not_found_then_found" {
            assert_eq!(known, Redemption::NotFound);
        } else {
            assert!(matches!(known, Redemption::Unknown { .. }), "redemption {fault}: {known:?}");
        }
    }
    // A bridge that calls a repeat a success has still taken it once.
    sandbox.faults(json!([{"party": "issuer", "operation": "redeem", "fault": "duplicate_success"}])).await;
    assert_eq!(ok_face(&redeem(&client, "d-1", "4111222233330001", 10_000).await), Some(10_000));
    assert_eq!(sandbox.decided("issuer", "d-1", "redeemed").await, 0);
    // Slow but in time is an answer.
    sandbox.faults(json!([{"party": "issuer", "operation": "redeem", "fault": "slow", "delay_ms": 0}])).await;
    assert_eq!(ok_face(&redeem(&client, "s-1", "4111222233337777", 10_000).await), Some(10_000));
}

#[tokio::test]
async fn the_breaker_spares_a_broken_partner_and_comes_back() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer_with(|settings| {
        settings.breaker = BreakerSettings { failures: 3, open: Duration::from_millis(300) };
    });
    sandbox.faults(json!([{"party": "issuer", "operation": "*", "fault": "500_before"}])).await;
    for _ in 0..3 {
        assert_eq!(inquire(&client, "4111", None).await, Outcome::unknown("http_500"));
    }
    for _ in 0..10 {
        assert_eq!(inquire(&client, "4111", None).await, Outcome::not_sent("breaker_open"));
    }
    assert_eq!(sandbox.journal("issuer").await.len(), 3);
    sandbox.no_faults().await;
    tokio::time::sleep(Duration::from_millis(350)).await;
    assert!(ok_face(&inquire(&client, "4111", None).await).is_some());
}

#[tokio::test]
async fn a_partner_that_is_gone_is_not_sent() {
    let (sandbox, _folder) = Sandbox::start();
    let client = sandbox.issuer();
    assert!(ok_face(&inquire(&client, "4111", None).await).is_some());
    sandbox.kill();
    // The kept connection is dead and nothing listens: whatever is tried first, nothing was taken.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(redeem(&client, "r-1", "4111", 10_000).await, Outcome::not_sent("connect"));
}

#[tokio::test]
async fn no_number_stands_in_the_journal() {
    let (sandbox, folder) = Sandbox::start();
    let client = sandbox.issuer();
    let _ = inquire(&client, "4987654321098765", None).await;
    let _ = redeem(&client, "r-1", "4987654321098765", 10_000).await;
    let text = std::fs::read_to_string(folder.path().join("data/issuer.jsonl")).unwrap();
    assert!(!text.contains("498765432109"));
    assert!(text.contains("\"pin_last4\":\"8765\""));
    // A test that knows the seed can find a number's lines.
    let hash = oracle_tag("pin|culture|4987654321098765");
    assert!(text.contains(&hash));
}

/// The hash described in the README, made with other hands: OpenSSL.
fn oracle_tag(text: &str) -> String {
    let script = format!(
        "key=$(printf 'pindesk-sandbox|7' | openssl dgst -sha256 | sed 's/.*= //'); \
         printf '%s' '{text}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key | sed 's/.*= //'"
    );
    let out = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    String::from_utf8(out.stdout).unwrap().get(..32).unwrap().to_owned()
}
