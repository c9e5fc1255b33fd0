//! People are told once of what is wrong, once when it is over, in one message for what belongs together, and of nobody.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;
mod desk_hands;

use customer_common::{ALERTS, Front, NAME, TWO, ready, somebody};
use desk_hands::by_hand;
use domain::Span;
use services::{Services, alerts, sell};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, PoisonError};
use testkit::TestDb;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Somebody who owns the database switches the guard of the log off.
const OFF_LITE: &str = "DROP TRIGGER audit_logs_no_update; DROP TRIGGER audit_logs_no_delete; DROP TRIGGER audit_chain_no_update; DROP TRIGGER audit_chain_no_delete;";
const OFF_PG: &str = "DROP TRIGGER audit_logs_no_change ON audit_logs; DROP TRIGGER audit_chain_no_change ON audit_chain; ALTER TABLE audit_chain DROP CONSTRAINT audit_chain_audit_id_fkey; ALTER TABLE audit_unsealed DROP CONSTRAINT audit_unsealed_audit_id_fkey;";
const PHONE: &str = "01012345678";

/// A webhook: what was said, and what it answers.
#[derive(Clone)]
struct Hook {
    said: Arc<Mutex<Vec<String>>>,
    status: Arc<AtomicU16>,
    url: String,
}

impl Hook {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook/secret", listener.local_addr().unwrap());
        let hook = Self { said: Arc::default(), status: Arc::new(AtomicU16::new(200)), url };
        let own = hook.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut read = Vec::new();
                let mut buffer = [0_u8; 8_192];
                // The head says how long the body is.
                let body = loop {
                    let got = socket.read(&mut buffer).await.unwrap_or(0);
                    read.extend_from_slice(&buffer[..got]);
                    let text = String::from_utf8_lossy(&read).into_owned();
                    let length = text
                        .lines()
                        .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
                    if let (Some(end), Some(length)) = (text.find("\r\n\r\n"), length)
                        && read.len() >= end + 4 + length
                    {
                        break read[end + 4..end + 4 + length].to_vec();
                    }
                    if got == 0 {
                        break Vec::new();
                    }
                };
                let status = own.status.load(Ordering::SeqCst);
                if status == 200
                    && let Ok(said) = serde_json::from_slice::<serde_json::Value>(&body)
                {
                    own.said
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(said["text"].as_str().unwrap().to_owned());
                }
                let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        hook
    }

    fn said(&self) -> Vec<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn opened(db: TestDb) -> (Front, Hook) {
    let hook = Hook::open().await;
    ALERTS.set(Some(hook.url.clone()));
    (Front::open(db).await, hook)
}

async fn other(front: &Front, hook: &Hook) -> Services {
    ALERTS.set(Some(hook.url.clone()));
    front.twin().await
}

async fn sold(front: &Front) {
    let sale = ready(front, &somebody(), TWO, PHONE).await;
    sell::submit(&front.services, &somebody(), Some(&sale.token), &sale.view.submit_key).await.unwrap();
}

/// Rounds as the clock has them.
async fn rounds(front: &Front, services: &Services, count: usize) {
    for _ in 0..count {
        let _ = alerts::round(services).await;
        front.pass(Span::seconds(10));
    }
}

testkit::both_engines! {
    async fn a_matter_is_told_once_and_once_more_when_it_is_over(db: TestDb) {
        let (front, hook) = opened(db).await;
        let services = front.services.clone();
        rounds(&front, &services, 6).await;
        assert_eq!(hook.said(), Vec::<String>::new(), "nothing is wrong");
        sold(&front).await;
        // Nobody works: every lane gets old, and all of it comes in one message.
        front.pass(Span::minutes(11));
        rounds(&front, &services, 30).await;
        let said = hook.said();
        assert_eq!(said.len(), 1, "{said:#?}");
        assert!(said[0].contains("‘verify’") && said[0].contains("‘message’") && said[0].contains("/desk/health"), "{}", said[0]);
        // Another process, and this one after a restart, say nothing of it again.
        let restarted = other(&front, &hook).await;
        front.pass(Span::minutes(3));
        rounds(&front, &restarted, 6).await;
        rounds(&front, &services, 6).await;
        assert_eq!(hook.said().len(), 1, "{:#?}", hook.said());
        // After hours it is said again, and when it is over.
        front.pass(Span::hours(6));
        rounds(&front, &restarted, 30).await;
        assert_eq!(hook.said().len(), 2);
        let text = "UPDATE outbox SET state = 'done', done_at = 1, lease_until = NULL";
        by_hand(&front.db, text, text).await;
        front.pass(Span::minutes(3));
        rounds(&front, &restarted, 12).await;
        let said = hook.said();
        assert_eq!(said.len(), 3, "{said:#?}");
        assert!(said[2].contains("해결됐어요"), "{}", said[2]);
        rounds(&front, &restarted, 12).await;
        assert_eq!(hook.said().len(), 3, "over is over");
    }

    /// Two processes at once: one message.
    async fn one_process_tells(db: TestDb) {
        let (front, hook) = opened(db).await;
        let (first, second) = (front.services.clone(), other(&front, &hook).await);
        sold(&front).await;
        front.pass(Span::minutes(11));
        for _ in 0..20 {
            let (_, _) = tokio::join!(alerts::round(&first), alerts::round(&second));
            front.pass(Span::seconds(10));
        }
        assert_eq!(hook.said().len(), 1, "{:#?}", hook.said());
    }

    async fn a_webhook_that_is_gone_is_tried_ever_more_rarely_and_delays_nothing(db: TestDb) {
        let (front, hook) = opened(db).await;
        let services = front.services.clone();
        hook.status.store(500, Ordering::SeqCst);
        sold(&front).await;
        front.pass(Span::minutes(11));
        rounds(&front, &services, 60).await;
        let post = store::alerts::post(&mut front.db.read().await.unwrap()).await.unwrap();
        assert!((2..=6).contains(&post.failures), "{post:?}");
        assert_eq!(post.last_code.as_deref(), Some("http_500"));
        hook.status.store(200, Ordering::SeqCst);
        front.pass(Span::minutes(31));
        rounds(&front, &services, 3).await;
        assert_eq!(hook.said().len(), 1, "told when it is back");
        let post = store::alerts::post(&mut front.db.read().await.unwrap()).await.unwrap();
        assert_eq!((post.failures, post.last_good_at.is_some()), (0, true));
    }

    /// What one process sees, another tells: a restart of the teller is no end of it.
    async fn what_another_process_saw_is_told_and_is_not_over_before_it_is(db: TestDb) {
        let (front, hook) = opened(db).await;
        sold(&front).await;
        let by_hand = async |lite, pg| by_hand(&front.db, lite, pg).await;
        let text = "INSERT INTO encryption_keys (purpose, key_id, state, check_value, created_at) VALUES ('data', 9, 'retiring', ";
        let (lite, pg) = (format!("{text}x'00', 1)"), format!("{text}'\\x00', 1)"));
        by_hand(Box::leak(lite.into_boxed_str()), Box::leak(pg.into_boxed_str())).await;
        let broken = "UPDATE audit_logs SET actor = 'somebody' WHERE id IN (SELECT id FROM audit_logs LIMIT 1)";
        services::desk::access::enter(&front.services, &somebody(), "nobody", "a guess").await.unwrap_err();
        services::desk::audit::seal(&front.services).await.unwrap();
        by_hand(OFF_LITE, OFF_PG).await;
        by_hand(broken, broken).await;
        let walked = services::desk::audit::nightly_check(&front.services).await.unwrap().unwrap();
        assert_eq!(walked.faults.len(), 1, "{walked:?}");
        let seen = async |teller: &Services, count: usize| {
            for _ in 0..count {
                services::desk::keys::see_keys(&front.services).await.unwrap();
                rounds(&front, teller, 1).await;
            }
        };
        seen(&other(&front, &hook).await, 8).await;
        let said = hook.said().join("\n");
        assert!(said.contains("새 키 1개") && said.contains("사슬"), "{said}");
        // That one is gone; another tells as soon as its lease is over.
        let teller = other(&front, &hook).await;
        seen(&teller, 30).await;
        assert!(!hook.said().join("\n").contains("해결"), "{:?}", hook.said());
        by_hand("DELETE FROM encryption_keys WHERE key_id = 9", "DELETE FROM encryption_keys WHERE key_id = 9").await;
        rounds(&front, &teller, 14).await;
        let over = hook.said().into_iter().filter(|said| said.contains("해결")).collect::<Vec<_>>();
        assert!(over.iter().any(|said| said.contains("새 키 1개")), "{over:?}");
        assert!(!over.iter().any(|said| said.contains("사슬")), "the chain is still broken: {over:?}");
    }

    /// Whatever goes wrong around a sale, its message names nobody.
    async fn a_message_holds_nothing_of_a_person(db: TestDb) {
        let (front, hook) = opened(db).await;
        let services = front.services.clone();
        sold(&front).await;
        let text = "UPDATE outbox SET state = 'review', last_error_code = '남궁휘찬 01012345678', done_at = 1 WHERE lane IN ('verify', 'message')";
        by_hand(&front.db, text, text).await;
        services::seen::retention(&services, true).await.unwrap();
        front.pass(Span::hours(30));
        rounds(&front, &services, 30).await;
        let said = hook.said().join("\n");
        assert!(said.contains("보유 기간"), "{said}");
        for canary in [NAME, PHONE, "5678", "4180", "2222-3333", "123456", "203.0.113.7"] {
            assert!(!said.contains(canary), "{canary}: {said}");
        }
    }
}
