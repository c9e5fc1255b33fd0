//! Work that fails every time, and work nobody tidied for a while.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod customer_common;

use customer_common::Front;
use domain::{OutboxId, OutboxKind, OutboxState, Span};
use services::{Policy, work};
use store::outbox::{self, OutboxRow, Work};

/// Work for a voucher that isn't there.
const NOBODY: [u8; 16] = [7; 16];

fn works(front: &Front, count: u32) -> Vec<Work> {
    (0..count)
        .map(|n| Work {
            id: OutboxId::from_bytes(front.services.chance.id(front.now())),
            kind: OutboxKind::VerifyItem,
            subject: NOBODY,
            unique_key: n.to_string(),
            run_at: front.now(),
        })
        .collect()
}

async fn rows(front: &Front) -> Vec<OutboxRow> {
    outbox::of_subject(&mut front.services.db.read().await.unwrap(), NOBODY).await.unwrap()
}

testkit::both_engines! {
    async fn work_that_fails_again_and_again_is_never_parked_in_silence(db: TestDb) {
        let front = Front::with(db, Policy { max_claims: 3, ..Policy::default() }).await;
        let mut tx = front.services.db.begin().await.unwrap();
        outbox::enqueue(&mut tx, &works(&front, 1), front.now()).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..5 {
            let stands = rows(&front).await.remove(0);
            front.pass(stands.next_attempt_at.since(front.now()));
            work::run_due(&front.services, "test").await.unwrap();
        }
        // From the third on every ten minutes, and never out of sight.
        let stands = rows(&front).await.remove(0);
        assert_eq!((stands.state, stands.attempts), (OutboxState::Ready, 5));
        assert_eq!(stands.last_error_code.as_deref(), Some("not_found"));
        assert_eq!(stands.next_attempt_at.since(front.now()), Span::minutes(10));
    }

    async fn a_round_of_tidying_takes_more_than_one_batch(db: TestDb) {
        let front = Front::open(db).await;
        let (works, now) = (works(&front, 1_200), front.now());
        let mut tx = front.services.db.begin().await.unwrap();
        outbox::enqueue(&mut tx, &works, now).await.unwrap();
        for work in &works {
            let until = now.plus(Span::minutes(1));
            let claim = outbox::claim(&mut tx, work.id, "test", now, until).await.unwrap().unwrap();
            outbox::finish(&mut tx, &claim, None, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        front.pass(Span::days(31));
        work::tidy(&front.services).await.unwrap();
        assert_eq!(rows(&front).await, []);
    }
}
